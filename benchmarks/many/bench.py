"""Measure `dossier add` over many sources: one process, two, and a Dask cluster on this machine; prints a Markdown table.

usage: bench.py [--size 2000] [--names none|model] [--work FOLDER]

All ways read the same sources, one after the other, and must write the same bytes; each first a tenth of them, which
parts what a source costs from what a start does. Processor seconds tell more than the clock where the machine has
other work. Needs `dossierkit[dask]`, and Linux, where /proc says what processes used.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from distributed import Client

from dossierkit.parallel.dask_worker import do, parcel
from dossierkit.store.seeds import Knowledge, known_sources
from dossierkit.store.state import CACHE, STATE
from dossierkit.workflow.adding.admission import Admission
from dossierkit.workflow.adding.preparing import AddContext, preparer

sys.path.append(str(Path(__file__).resolve().parents[1] / "site"))
from corpus import corpus
from measure import run

_DATE = "2016-05-30"
_SAMPLE = 100  # sources whose bytes on the way are counted
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Way:
    """What one way took. `elsewhere`: seconds of processors of scheduler and workers; `start`: seconds until they were there."""

    name: str
    size: int
    clock: float
    here: float
    elsewhere: float
    memory: float
    start: float
    digest: str


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--names", choices=("none", "model"), default="none")
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.work) as folder:
        work = Path(folder).resolve()
        os.environ |= {STATE: str(work / "state"), CACHE: str(work / "cache")}
        sources = _sources(work / "sources", given.size)
        print(f"{given.size:,} sources of 450 words, names: {given.names}\n")
        few, ways = (_ways(work, part, given.names) for part in (sources[::10], sources))
        _tell(ways)
        _tell_costs(few, ways)
        _tell_bytes(work, sources[:_SAMPLE], given.names)
    if len({way.digest for way in ways}) > 1:
        sys.exit("the ways wrote other bytes")


def _ways(work: Path, sources: Sequence[Path], names: str) -> list[Way]:
    return [
        *(_local(work, sources, names, jobs) for jobs in (1, 2)),
        *(_clustered(work, sources, names, workers) for workers in (1, 2)),
    ]


def _sources(folder: Path, size: int) -> list[Path]:
    folder.mkdir()
    for article in corpus(size).articles:
        text = f"{article.title}\n\n{article.body}"
        (folder / f"{article.id}.txt").write_text(text, encoding="utf-8")
    return sorted(folder.glob("*.txt"))


def _repository(root: Path, names: str) -> Path:
    root.mkdir()
    (root / "mkdocs.yml").write_text(
        f"site_name: x\nextra: {{dossier: {{names: {names}}}}}\n", encoding="utf-8"
    )
    return root


def _local(work: Path, sources: Sequence[Path], names: str, jobs: int) -> Way:
    return _added(work, sources, names, f"--jobs {jobs}", ("--jobs", str(jobs)))


def _clustered(work: Path, sources: Sequence[Path], names: str, workers: int) -> Way:
    with _cluster(work, workers) as (address, processes, start):
        before = sum(map(_used, processes))
        executor = ("--executor", address.replace("tcp://", "dask://"))
        way = _added(work, sources, names, f"Dask, {workers} worker{'s' * (workers > 1)}", executor)
        elsewhere = sum(map(_used, processes)) - before
    return replace(way, elsewhere=elsewhere, start=start)


def _added(work: Path, sources: Sequence[Path], names: str, name: str, options: Sequence[str]) -> Way:
    root = _repository(work / f"{name}, {len(sources)}", names)
    command = [sys.executable, "-m", "dossierkit", "-C", str(root), "add", "--date", _DATE, *options]
    taken = run([[*command, *map(str, sources)]], work, os.environ)
    return Way(name, len(sources), taken.clock, taken.processor, 0.0, taken.memory, 0.0, _digest(root))


@contextmanager
def _cluster(work: Path, workers: int) -> Iterator[tuple[str, list[int], float]]:
    """Its address, its processes and how long they took to be there."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=work) as folder:
        file = Path(folder) / "scheduler.json"
        scheduler = _dask("scheduler", file, "--host", "127.0.0.1", "--port", "0")
        processes = [scheduler]
        try:
            while not (file.is_file() and file.read_bytes().endswith(b"}")):  # written to its end
                time.sleep(0.02)
            options = ("--nthreads", "1", "--no-nanny", "--local-directory", folder)
            processes += [_dask("worker", file, *options) for _ in range(workers)]
            with Client(scheduler_file=str(file), set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=120)
                address = client.scheduler.address
            yield address, [process.pid for process in processes], time.perf_counter() - started
        finally:
            for process in processes:
                process.kill()
                process.wait()


def _dask(what: str, file: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", what, "--no-dashboard", "--scheduler-file", str(file), *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _used(pid: int) -> float:
    """Seconds of processors that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*")):
        if file.is_file():
            digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _tell(ways: Sequence[Way]) -> None:
    print(
        "| | s | sources/s | processor s here | in scheduler and workers | memory here, MB | cluster ready after s |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    for way in ways:
        there = (f"{way.elsewhere:.1f}", f"{way.start:.1f}") if way.start else ("", "")
        print(
            f"| {way.name} | {way.clock:.1f} | {way.size / way.clock:.0f} | {way.here:.1f} | {there[0]} | {way.memory:.0f} "
            f"| {there[1]} |"
        )


def _tell_costs(few: Sequence[Way], many: Sequence[Way]) -> None:
    """What a source costs and what is paid once, in processor time, from two sizes."""
    print("\n| processor time | ms a source here | ms a source there | once here, s | once there, s |")
    print("|---|---:|---:|---:|---:|")
    for less, more in zip(few, many, strict=True):
        costs = [
            _line(less.size, more.size, *pair)
            for pair in ((less.here, more.here), (less.elsewhere, more.elsewhere))
        ]
        (here, once_here), (there, once_there) = costs
        print(
            f"| {more.name} | {here * 1000:.1f} | {there * 1000:.1f} | {once_here:.1f} | {once_there:.1f} |"
        )


def _line(less: int, more: int, low: float, high: float) -> tuple[float, float]:
    """Slope and height of the line through two points."""
    slope = (high - low) / (more - less)
    return slope, low - slope * less


def _tell_bytes(work: Path, sources: Sequence[Path], names: str) -> None:
    """The bytes of a source on its way to a worker, and of what comes back: made here, as a worker makes them."""
    root = _repository(work / "bytes", names)
    admission = Admission(root, Knowledge(date=_DATE), known_sources(root))
    tasks = [pickle.dumps(admission.read(source, None)) for source in sources]
    given = parcel(preparer, AddContext(root, {}, frozenset(), admission))
    results = [do("bytes", given, "here", str(work), task) for task in tasks]
    means = [sum(map(len, many)) // len(many) for many in (tasks, results)]
    print(
        f"\nOn the way: {means[0]:,} bytes a source to a worker, {means[1]:,} back; {len(pickle.dumps(given)):,} once."
    )


if __name__ == "__main__":
    main()
