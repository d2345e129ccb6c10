"""Tasks on a worker of a cluster: the same work as in a local process, on a copy of the repository's files."""

from __future__ import annotations

import pickle
import shutil
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossierkit.cache.extractions import FOLDER
from dossierkit.parallel.executor import WorkContext
from dossierkit.parallel.requirements import Requirements, compare, installed, name_finding
from dossierkit.store.files import write_all

Start = Callable[[Any], Callable[[Any], Any]]
# (required versions, required name finding, files of the repository, pickled start and context): plain types,
# because a worker with other classes must be refused before it unpickles the last.
Parcel = tuple[Requirements, Requirements, Mapping[str, bytes], bytes]


@dataclass(frozen=True, slots=True)
class _DaskWorker:
    root: Path
    work: Callable[[Any], Any]

    def made(self) -> dict[str, bytes]:
        """Return and remove the cache entries of the last task, by name."""
        folder = self.root / FOLDER
        files = {file.relative_to(folder).as_posix(): file for file in folder.glob("*/*")}
        made = {name: file.read_bytes() for name, file in files.items()}
        shutil.rmtree(folder, ignore_errors=True)
        return made


# By a command's key. The lock admits one task at a time: the work is not thread-safe.
_WORKERS: dict[str, _DaskWorker] = {}
_LOCK = threading.Lock()


def parcel(start: Start, context: WorkContext) -> Parcel:
    """The shared input of all tasks."""
    names = name_finding(context.finder())
    return installed(), names, context.files(), pickle.dumps((start, context))


def do(key: str, given: Parcel, worker: str, folder: str, task: bytes) -> bytes:
    """The pickled result of a pickled task, and its cache entries. Raises UnlikeError, and errors of the work.

    `folder`: where the worker may write.
    """
    with _LOCK:
        if key not in _WORKERS:
            _WORKERS[key] = _ready(given, worker, folder)
        prepared = _WORKERS[key]
        result = prepared.work(pickle.loads(task))  # noqa: S301 -- who joins a cluster trusts its scheduler
        return pickle.dumps((result, prepared.made()))


def leave(key: str) -> None:
    """Forget a command that has ended."""
    with _LOCK, suppress(KeyError):
        shutil.rmtree(_WORKERS.pop(key).root, ignore_errors=True)


def _ready(given: Parcel, worker: str, folder: str) -> _DaskWorker:
    expected, names, files, work = given
    compare(expected, installed(), worker)
    root = Path(tempfile.mkdtemp(prefix="dossierkit-", dir=folder))
    try:
        write_all(root, files)
        start, context = pickle.loads(work)  # noqa: S301 -- who joins a cluster trusts its scheduler
        here = context.at(root)
        compare(names, name_finding(here.finder()), worker)
        return _DaskWorker(root, start(here))
    except BaseException:
        shutil.rmtree(root, ignore_errors=True)
        raise
