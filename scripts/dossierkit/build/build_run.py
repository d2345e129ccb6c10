"""The state of one MkDocs build: what it is given, and what it made. The plugin shares it with the modules that run builds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dossierkit.build.manifest import Manifest
from dossierkit.build.memory import BuildMemory
from dossierkit.build.outputs import unfinished, write
from dossierkit.build.own_pages import of_mkdocs
from dossierkit.build.tasks import Tasks, search_processes, search_task
from dossierkit.evidence.dossier_articles import Selection
from dossierkit.model.arrival import Arrival
from dossierkit.parallel.fork import processors
from dossierkit.site.compiled import Compiled
from dossierkit.site.interface import CompiledPage, Later, Unit

if TYPE_CHECKING:
    from mkdocs.structure.files import Files


@dataclass(slots=True)
class BuildSetup:
    """What `dossier build` and `dossier serve` set before the plugin's events; `mkdocs build` sets nothing.

    `given`: paths of the pages that are made at once, all others on request; None: all are made at once. `memory`: the cache of
    a preview. `manifest`: the cache of `dossier build`. `keep`: whether compiled templates are cached. `only`: the dossier of a
    bundle, None for a whole site.
    `arrivals`: when articles came to the site; None: taken from git.
    """

    given: frozenset[str] | None = None
    memory: BuildMemory | None = None
    manifest: Manifest | None = None
    keep: bool = True
    only: Selection | None = None
    arrivals: Mapping[str, Arrival] | None = None

    def made_at_once(self, result: Compiled) -> list[CompiledPage]:
        """The pages that MkDocs is given, without the last one (see `Compiled.last`)."""
        wanted = [one for one in result.later if one.path in (self.given or ())]
        if self.manifest is None:
            return [*result.pages, *(one.make() for one in wanted)]
        return [*result.pages, *self.manifest.given(wanted, min(2, processors(len(result.later))))]


@dataclass(frozen=True, slots=True)
class BuildRun:
    """The results of the event `on_files`.

    `policy`: the content security policy of pages. `tasks`: write the files that are not pages. `search`: adds the search
    index to them when the files are known. `units`: files that the manifest
    may leave in place. `later`: the pages to be made on request. `last`: makes the page that lists the sizes of files. `ends`:
    see `Compiled.end`. `arrivals`: by article id. `empty`: see `Context.empty`. `put`: the compiled pages that MkDocs was given, by path; `moved`: the scripts
    and styles moved out of pages, by path; both are filled during the build.
    """

    policy: str = ""
    tasks: Tasks = field(default_factory=Tasks)
    search: Callable[[Files, Tasks], None] | None = None
    units: tuple[Unit, ...] = ()
    later: tuple[Later, ...] = ()
    last: Callable[[Mapping[str, int]], CompiledPage] | None = None
    ends: str = ""
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    put: dict[str, CompiledPage] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)


def begun(setup: BuildSetup, result: Compiled, policy: str, site: Path) -> BuildRun:
    """The run of a build into the folder `site`, without the search index, which `begin_search` adds."""
    by_unit = [one for one in result.written if one.units and setup.manifest]
    data = (partial(write, one, site) for one in result.written if not (one.units and setup.manifest))
    paths = (path for one in result.written for path in one.paths)
    return BuildRun(
        policy=policy,
        tasks=Tasks(data, (unfinished(site / path) for path in paths)),
        search=partial(begin_search, setup, result, site),
        units=tuple(unit for one in by_unit for unit in one.units),
        later=tuple(one for one in result.later if one.path not in (setup.given or ())),
        last=result.last,
        ends=result.end,
        arrivals=result.frame.site.arrivals,
        empty=result.frame.empty,
    )


def begin_search(setup: BuildSetup, result: Compiled, site: Path, files: Files, tasks: Tasks) -> None:
    """Add the search index to the tasks, or start it if other processes make it; `files`: those that all plugins have seen."""
    search = search_task(result, partial(of_mkdocs, files, result), site, setup.manifest)
    at_once = min(2, processors(len(result.pages))) if setup.given is None else 0
    if processes := at_once or search_processes(result, setup.manifest):
        tasks.begin(search, processes)
    else:
        tasks.add(search)
