"""How tests are shared among processes, and in which order they run."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

TESTS = Path(__file__).resolve().parents[1]

LONGEST = "browser/test_everywhere.py"
FIRST = (
    "parallel", "project/test_linear.py", "engines", "project/test_wheel.py", "build/test_copied.py", "story", "histories", "build",
)  # fmt: skip
LAST = (
    "workflow/test_cluster.py", "workflow/test_executor.py", LONGEST, "story/test_desk.py",
    "browser/test_untrusted.py", "browser/test_desk.py", "browser/test_search.py", "browser/test_strict.py", "browser/test_languages.py",
    "browser/test_article.py", "browser",
)  # fmt: skip
GARBAGE = (10_000, 20, 20)  # in place of Python's 700, 10, 10: see gc.set_threshold
ROOM = 4 * 2**30  # bytes that have to be free
FORKING = r"ignore:This process \(pid=\d+\) is multi-threaded, use of fork:DeprecationWarning"


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist nobody calls it
def pytest_xdist_auto_num_workers(config):
    """A process more than processors: tests wait for servers, browsers and processes, a third of their time."""
    return (os.cpu_count() or 1) + 1


def _memory():
    """The folder in memory that Linux has, where it has room and lets programs run; None elsewhere."""
    folder = Path("/dev/shm")  # noqa: S108 -- whoever may write there reads what tests write
    if (
        not folder.is_dir()
        or shutil.disk_usage(folder).free < ROOM
        or os.statvfs(folder).f_flag & os.ST_NOEXEC
    ):
        return None
    return folder


@pytest.hookimpl(tryfirst=True)  # before pytest says where the folders of tests are
def pytest_configure(config):
    """A process of pytest-xdist has a thread that waits for what it is told, and holds no lock that a fork could need.

    What a shell runs in the background is told to ignore Ctrl-C, and so would be all that tests start to press it. What is written is written to memory, where there is enough: it is told to be on the disk for sure, again and again,
    which takes as long as the tests themselves where they write pages.
    """
    if "TMPDIR" not in os.environ and (folder := _memory()):
        os.environ["TMPDIR"] = str(folder)
        tempfile.tempdir = None  # what Python has found before
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        config.addinivalue_line("filterwarnings", FORKING)
        os.environ.pop("COLUMNS", None)  # its width would have messages wrapped, which no test expects


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist nobody calls it
def pytest_xdist_make_scheduler(config, log):
    """The tests of a file stay in one process, but for those of the longest, which would end long after all others.

    It is said here and not by marks of groups: pytest-xdist 3.8 writes those where pytest 9 no longer reads them, and spreads every
    test by itself without a word.
    """
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 -- only where tests run in several processes

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return nodeid.partition("[")[0] if file == f"tests/{LONGEST}" else file

    return ByFile(config, log)


def pytest_collection_finish():
    """What was collected stays to the end: nothing of it is looked through again with each collection of garbage, of which there
    are fewer: they took a twelfth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """The first process alone reads tests that nobody has compiled yet: side by side each would compile all of them. It alone works
    out for all what Hypothesis keeps in its folder, too.
    """
    run = getattr(session.config, "workerinput", {}).get("testrunuid", "")
    if not run or sys.dont_write_bytecode or not hasattr(session.config, "cache"):
        return (yield)
    folder = session.config.cache.mkdir("collected")
    with FileLock(folder / "lock"):
        told = folder / "run"
        if not (told.is_file() and told.read_text(encoding="ascii") == run):
            result = yield
            _any_text()
            told.write_text(run, encoding="ascii")
            return result
    return (yield)


@settings(max_examples=1)
@given(st.text())
def _any_text(_):
    """The first property of a process has Hypothesis read the constants of all modules, and the first text all that can be encoded."""


def pytest_collection_modifyitems(items):
    """The longest come first of their kind, and tests that leave threads running last: beside threads no build forks
    (`parallel.fork`).
    """
    places = [*(TESTS / name for name in FIRST), TESTS / "", *(TESTS / name for name in LAST)]

    @cache
    def place(file):
        found = [at for at, path in enumerate(places) if file.is_relative_to(path)]
        return max(found, key=lambda at: len(places[at].parts))

    items.sort(key=lambda item: place(item.path))
