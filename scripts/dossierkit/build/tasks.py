"""What one build writes beside its pages: exports, feeds, pictures of cards and the search index."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from dossierkit.build.manifest import Manifest
from dossierkit.build.search_index import renew_index, rests, write_index
from dossierkit.parallel.fork import Work, processors
from dossierkit.site.compiled import Compiled

Task = Callable[[], dict[str, int] | None]
"""Writes files; gives the sizes of those that somebody asks for, by path."""


class Tasks:
    """The tasks of one build, done by whoever takes them, and what was begun beside them."""

    def __init__(self, pending: Iterable[Task] = (), unfinished: Iterable[Path] = ()) -> None:
        """`unfinished`: the files that are there only while a task writes."""
        self._pending, self._unfinished = tuple(pending), tuple(unfinished)
        self._beside: Work[Task, dict[str, int]] | None = None

    def begin(self, task: Task, processes: int) -> None:
        """Have a task done beside the build."""
        self._beside = Work(_called, [task], processes)

    def take(self) -> tuple[Task, ...]:
        """The tasks that nobody has done: who takes them does them."""
        taken, self._pending = self._pending, ()
        return taken

    def run(self, processes: int = 1) -> Mapping[str, int]:
        """Do the tasks that nobody has done; the sizes of files that they wrote, by path."""
        return ChainMap(*Work(_called, self.take(), processes).results())

    def end(self) -> None:
        """Wait for what is done beside the build."""
        if self._beside:
            self._beside.results()
            self._beside = None

    def stop(self) -> None:
        """Leave nothing to do behind, and no file that is not whole."""
        self._pending = ()
        if self._beside:
            self._beside.stop()
            self._beside = None
        for file in self._unfinished:
            file.unlink(missing_ok=True)
        self._unfinished = ()


def search_task(result: Compiled, site: Path, manifest: Manifest | None) -> Task:
    """What writes the search index; with what the last build left, where all that it rests on can be told."""
    if manifest is None or not manifest.written:
        return partial(write_index, result.find, result.words, site)
    found = partial(result.find, partial(rests, manifest.kept))
    return partial(renew_index, found, result.words, site, manifest.cache, manifest.written)


def search_processes(result: Compiled, manifest: Manifest | None) -> int:
    """In how many processes the search index is made beside the build; 0 where it is a task like others.

    Where few pages are left to be made beside it, it begins at once.
    """
    return min(2, processors(len(result.later))) if manifest and manifest.kept.mostly else 0


def _called(task: Task) -> dict[str, int]:
    return task() or {}
