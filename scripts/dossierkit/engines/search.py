"""The search index, written into a finished site: by a process beside the engine where it is large."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from dossierkit.compile.search.index import FOLDER, index
from dossierkit.model.searched import SearchRecord

_MANY = 500  # pages: below, a second process costs more than it saves


class SearchIndex:
    """The index of one build. It is made while the engine renders, and put into the site when that is there."""

    def __init__(self, records: Sequence[SearchRecord], words: Mapping[str, Any]) -> None:
        self._records, self._words = records, words
        self._folder = Path(tempfile.mkdtemp(prefix="dossier-search-"))
        self._pool: ProcessPoolExecutor | None = None
        self._done: Future[None] | None = None
        if len(records) >= _MANY:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            self._done = self._pool.submit(write, records, words, self._folder)

    def put(self, site: Path) -> None:
        """Write the index into the site's folder. What an earlier one left there goes."""
        if self._done is None:
            write(self._records, self._words, self._folder)
        else:
            self._finish(self._done)
        target = site / FOLDER
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(self._folder / FOLDER, target)
        self.drop()

    def _finish(self, done: Future[None]) -> None:
        """Wait for the process; where it could not start (no second one is allowed here), do its work."""
        try:
            done.result()
        except BrokenProcessPool:
            write(self._records, self._words, self._folder)

    def drop(self) -> None:
        """Leave nothing behind: no process, no folder."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)


def write(records: Sequence[SearchRecord], words: Mapping[str, Any], folder: Path) -> None:
    """The files of the index, below `folder`."""
    for path, data in index(records, words):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
