"""A Dask cluster of processes, for tests of commands that work on one."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest
from tests.support.waiting import PATIENCE, until

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "tests/ingest/files"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Lenn Courier</title><language>en</language>{}</channel></rss>"""
ITEM = """<item><title>Day {0} of the inquiry</title><guid>lenn-{0}</guid><pubDate>Fri, 13 May 2016 1{0}:00:00 GMT</pubDate>
<description>&lt;p&gt;Bob Lee was heard on {0} May 2016 in Geneva. The hearing was public.&lt;/p&gt;</description></item>"""
RECORDS = """title,text,date,url
Gauges unread,"Nobody had read the gauges since 4 April 2014, said Ada Moreau.",2016-05-14,https://courier.example/1
Pumps older,"The pumps were older than the dam, the council heard on 3 March 2016.",2016-05-15,https://courier.example/2
"""


@pytest.fixture(scope="session")
def every_format(tmp_path_factory) -> Path:
    """A folder with a file of each format that is read, made by the programs and libraries of the formats."""
    folder = tmp_path_factory.mktemp("formats")
    names = (
        "turned.pdf", "contract.docx", "libreoffice.odt", "reply.eml", "inbox.mbox", "printed.epub", "site.warc.gz", "site.wacz", "locked.pdf",
    )  # fmt: skip
    for name in names:
        shutil.copy(FILES / name, folder / name)
    (folder / "inquiry.rss").write_text(FEED.format("".join(map(ITEM.format, (1, 2)))), encoding="utf-8")
    (folder / "scraped.csv").write_text(RECORDS, encoding="utf-8")
    (folder / "broken.odt").write_bytes((FILES / "libreoffice.odt").read_bytes()[:9000])
    return folder


SITE = "site_name: x\ndocs_dir: content\nuse_directory_urls: true\ntheme: {name: material, font: false}\n"


@pytest.fixture(scope="session")
def serving(preview):
    """`serving(root, settings, host, plugins)`: the same as `preview`, of a site with these further settings."""

    def served(root: Path, settings: str, host: str = "127.0.0.1", plugins: str = "[dossier]"):
        (root / "mkdocs.yml").write_text(f"{SITE}plugins: {plugins}\n{settings}", encoding="utf-8")
        return preview(root, host)

    return served


# What a process that works loads takes longer than most of what it does here: they begin as copies of a process that has it.
COPIES = multiprocessing.get_context("forkserver") if sys.platform != "win32" else None
IMPORTED = ["distributed.cli.dask_scheduler", "distributed.cli.dask_worker", "tests.support.loaded"]
COPY = """
import os, sys
from importlib import import_module
os.chdir(folder)
log = os.open("log.txt", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
os.dup2(log, 1)
os.dup2(log, 2)
sys.argv = ["dask", what, *options]
import_module(f"distributed.cli.dask_{what}").main(options, prog_name=f"dask {what}")
"""


@pytest.fixture(scope="session")
def copies(_own_state) -> None:
    """Processes of this machine that work for a command begin as copies of one that has read the rules, too."""
    if COPIES is None:
        return
    from multiprocessing.forkserver import ensure_running  # noqa: PLC0415 -- Windows has none

    COPIES.set_forkserver_preload(IMPORTED)
    with pytest.MonkeyPatch.context() as patch:
        # For the process that is started here, of which they are copies.
        patch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
        ensure_running()


class Copy:
    """A process of a copy, with the methods of `Popen` that are used of it."""

    def __init__(self, folder: Path, what: str, options: list[str]) -> None:
        assert COPIES is not None
        given = {"folder": str(folder), "what": what, "options": options}
        # Text, since what runs there can import no file of tests.
        self._process = COPIES.Process(target=exec, args=(COPY, given))
        self._process.start()

    def send_signal(self, number: int) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        if self._process.is_alive():
            self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int | None:
        """Its exit code; None where it still runs."""
        self._process.join(timeout)
        return self._process.exitcode


Started = Copy | subprocess.Popen[bytes]


@dataclass
class Processes:
    """A scheduler and its workers; on leaving they are ended."""

    folder: Path
    running: list[Started] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    @property
    def address(self) -> str:
        told: str = json.loads((self.folder / "scheduler.json").read_text(encoding="utf-8"))["address"]
        return told

    @property
    def executor(self):
        from dossierkit.parallel.dask_cluster import Cluster  # noqa: PLC0415 -- heavy

        return Cluster(self.address)

    def scheduler(self) -> None:
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        file = self.folder / "scheduler.json"
        until(
            lambda: file.is_file() and file.read_text(encoding="utf-8").endswith("}"),  # written to its end
            "the scheduler",
        )

    def worker(self, *options: str, path: Path | None = None) -> Started:
        """One more worker, when it has joined. `path`: where it looks for packages first."""
        with self._client() as client:
            before = len(client.nthreads())
            started = self._start(
                "worker", "--nthreads", "1", "--local-directory", str(self.folder), *options, path=path
            )
            client.wait_for_workers(before + 1, timeout=PATIENCE)
        return started

    def end_workers(self) -> None:
        """End all but the scheduler, and wait until that has noticed."""
        workers, self.running[1:] = self.running[1:], []
        for process in workers:
            process.kill()
            process.wait()
        if workers:
            until(lambda: not self.count(), "an end of the workers")

    def count(self) -> int:
        with self._client() as client:
            return len(client.nthreads())

    def _client(self):
        from distributed import Client  # noqa: PLC0415 -- heavy

        return Client(self.address, set_as_default=False)

    def _start(self, what: str, *options: str, path: Path | None = None) -> Started:
        given = ["--no-dashboard", *options, "--scheduler-file", str(self.folder / "scheduler.json")]
        own = path is not None or (what == "worker" and "--no-nanny" not in options)
        started = self._program([what, *given], path) if own else Copy(self.folder, what, given)
        self.running.append(started)
        return started

    def _program(self, arguments: list[str], path: Path | None) -> subprocess.Popen[bytes]:
        """One that imports by itself: another package, or what starts processes in its turn."""
        paths = [*((str(path),) if path else ()), *filter(None, [os.environ.get("PYTHONPATH")])]
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def __exit__(self, *_raised: object) -> None:
        for process in self.running:
            process.kill()
            process.wait()


@pytest.fixture
def own(tmp_path_factory, copies) -> Iterator[Processes]:
    """A scheduler without workers, that may be killed."""
    with Processes(tmp_path_factory.mktemp("cluster")) as processes:
        processes.scheduler()
        yield processes


@pytest.fixture(scope="module")
def _scheduler(tmp_path_factory, copies) -> Iterator[Processes]:
    with Processes(tmp_path_factory.mktemp("cluster")) as processes:
        processes.scheduler()
        yield processes


@pytest.fixture
def idle(_scheduler) -> Iterator[Processes]:
    """A scheduler without workers: those that a test starts are ended after it."""
    yield _scheduler
    _scheduler.end_workers()


@pytest.fixture(scope="module")
def two(tmp_path_factory, copies) -> Iterator[Processes]:
    """A scheduler and two workers."""
    with Processes(tmp_path_factory.mktemp("cluster")) as processes:
        processes.scheduler()
        processes.worker("--no-nanny")
        processes.worker("--no-nanny")
        yield processes
