"""The tasks of a build beside its pages: writing exports, feeds, card pictures and the search index."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from dossierkit.build.manifest import Manifest
from dossierkit.build.search_index import OwnPages, findable, renew_index, rests, write_index
from dossierkit.parallel.fork import Work, processors
from dossierkit.site.compiled import Compiled
from dossierkit.site.search.records import untold

Task = Callable[[], dict[str, int] | None]
"""Writes files; returns the sizes of those that the data page lists, by path."""


class Tasks:
    """The pending tasks of one build, and the task that another process is doing already."""

    def __init__(self, pending: Iterable[Task] = (), unfinished: Iterable[Path] = ()) -> None:
        """`unfinished`: the temporary files of tasks, to be removed if the build stops."""
        self._pending, self._unfinished = tuple(pending), tuple(unfinished)
        self._beside: Work[Task, dict[str, int]] | None = None

    def add(self, task: Task) -> None:
        self._pending = (*self._pending, task)

    def begin(self, task: Task, processes: int) -> None:
        """Start a task in other processes."""
        self._beside = Work(_called, [task], processes)

    def take(self) -> tuple[Task, ...]:
        """Hand over the pending tasks; the caller must run them."""
        taken, self._pending = self._pending, ()
        return taken

    def run(self, processes: int = 1) -> Mapping[str, int]:
        """Run the pending tasks; returns the sizes of the files that they report, by path."""
        return ChainMap(*Work(_called, self.take(), processes).results())

    def end(self) -> None:
        """Wait for the task that was started with `begin`."""
        if self._beside:
            self._beside.results()
            self._beside = None

    def stop(self) -> None:
        """Drop pending tasks, stop the running one and remove unfinished files."""
        self._pending = ()
        if self._beside:
            self._beside.stop()
            self._beside = None
        for file in self._unfinished:
            file.unlink(missing_ok=True)
        self._unfinished = ()


def search_task(result: Compiled, own: OwnPages, site: Path, manifest: Manifest | None) -> Task:
    """The task that writes the search index; it uses the last build's index if the build has a manifest with a fingerprint."""
    if manifest is None or not manifest.written:
        return partial(write_index, partial(findable, result, own, untold, ""), result.words, site)
    found = partial(findable, result, own, partial(rests, manifest.evidence), manifest.events)
    return partial(renew_index, found, result.words, site, manifest.cache, manifest.written)


def search_processes(result: Compiled, manifest: Manifest | None) -> int:
    """How many processes make the search index beside the build; 0 if it is one of the ordinary tasks.

    It is started at once if most evidence is unchanged, because few pages are to be made then.
    """
    return min(2, processors(len(result.later))) if manifest and manifest.evidence.mostly else 0


def _called(task: Task) -> dict[str, int]:
    return task() or {}
