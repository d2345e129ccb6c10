"""Where the tests spend the processor: `python scripts/slow_tests.py [arguments of pytest]` runs them and says it.

Seconds are of the processor, of the tests' own process and of those they started. Of those that still run, such as a browser,
only Linux says them; elsewhere they count where they end, and parts of a browser nowhere. A machine that is very busy needs
more of them for the same: compare what was measured at one time. With `-n 2` the processes send what they measured.
"""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

SHOWN = 40  # lines of each table
PHASE, FIXTURE = "processor:", "processor of fixture:"


def seconds() -> float:
    """Processor seconds of this process, and of those that it started."""
    spent = os.times()
    ended = spent.children_user + spent.children_system
    return spent.user + spent.system + ended + sum(running(str(os.getpid())))


def running(process: str) -> Iterator[float]:
    """Seconds of each process below one, with those it waited for, as /proc of Linux has them (proc_pid_stat(5))."""
    for child in _children(process):
        if times := _read(Path(f"/proc/{child}/stat")).rpartition(")")[2].split():
            yield sum(map(int, times[11:15])) / os.sysconf("SC_CLK_TCK")
            yield from running(child)


def _children(process: str) -> list[str]:
    with suppress(OSError):
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [child for task in tasks for child in _read(task / "children").split()]
    return []


def _read(file: Path) -> str:
    """Nothing of what has ended meanwhile, which counts as ended; what runs beside it goes on counting."""
    with suppress(OSError):
        return file.read_text(encoding="utf-8", errors="replace")
    return ""


class Spent:
    """A plugin that notes in each test's report what its parts took."""

    def __init__(self) -> None:
        self.files: Counter[str] = Counter()
        self.tests: Counter[str] = Counter()
        self.fixtures: Counter[str] = Counter()
        self.times: Counter[str] = Counter()
        self.number: defaultdict[str, int] = defaultdict(int)
        self._inner = [0.0]

    def _phase(self, item: pytest.Item, phase: str) -> Iterator[None]:
        start = seconds()
        try:
            return (yield)
        finally:
            item.user_properties.append((f"{PHASE}{phase}", seconds() - start))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Iterator[None]:
        return (yield from self._phase(item, "setup"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        return (yield from self._phase(item, "call"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        return (yield from self._phase(item, "teardown"))

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
    ) -> Iterator[object]:
        """What a fixture takes itself, without those it asks for."""
        start = seconds()
        self._inner.append(0.0)
        try:
            return (yield)
        finally:
            whole = seconds() - start
            own = whole - self._inner.pop()
            self._inner[-1] += whole
            place = fixturedef.baseid or "pytest"
            request.node.config._spent_fixtures.append((f"{FIXTURE}{place}::{fixturedef.argname}", own))  # noqa: SLF001

    def pytest_configure(self, config: pytest.Config) -> None:
        config._spent_fixtures = []  # noqa: SLF001

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> Iterator[object]:
        """All that was measured goes with the last report of a test, the only one that is the master's for sure."""
        if call.when == "teardown":
            item.user_properties += item.config._spent_fixtures  # noqa: SLF001
            item.config._spent_fixtures.clear()  # noqa: SLF001
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "teardown":
            return
        file = report.nodeid.partition("::")[0]
        self.number[file] += 1
        for name, spent in report.user_properties:
            if name.startswith(FIXTURE):
                self.fixtures[name.removeprefix(FIXTURE)] += spent
                self.times[name.removeprefix(FIXTURE)] += 1
            elif name.startswith(PHASE):
                self.files[file] += spent
                self.tests[f"{report.nodeid} ({name.removeprefix(PHASE)})"] += spent

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        say = terminalreporter.write_line
        say(f"\nprocessor seconds: {sum(self.files.values()):.0f}")
        for title, counted, times in (
            ("files (tests)", self.files, self.number),
            ("fixtures, without what they ask for (times made)", self.fixtures, self.times),
            ("tests", self.tests, {}),
        ):
            say(f"\n{title}")
            for line in _lines(counted, times):
                say(line)


def _lines(counted: Counter[str], times: Mapping[str, int]) -> Iterator[str]:
    for name, spent in counted.most_common(SHOWN):
        yield f"{spent:8.2f}  {name}" + (f" ({times[name]})" if name in times else "")


spent = Spent()


def pytest_configure(config: pytest.Config) -> None:
    """Where this file is named as a plugin, as the processes of pytest-xdist are told."""
    if not config.pluginmanager.is_registered(spent):
        config.pluginmanager.register(spent)


if __name__ == "__main__":
    # As `python -m pytest` has it, also in processes: tests are found from where they are run, and this file beside them.
    places = [str(Path.cwd()), str(Path(__file__).parent)]
    sys.path[:0] = places
    os.environ["PYTHONPATH"] = os.pathsep.join([*places, *filter(None, [os.environ.get("PYTHONPATH")])])
    sys.exit(pytest.main(["-p", "slow_tests", *sys.argv[1:]]))
