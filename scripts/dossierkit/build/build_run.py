"""The state of one MkDocs build: what it is given, and what it made. The plugin shares it with the modules that run builds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from dossierkit.build.bytecode import Bytecode
from dossierkit.build.manifest import Manifest
from dossierkit.build.memory import BuildMemory
from dossierkit.build.outputs import unfinished, write
from dossierkit.build.tasks import Tasks, search_processes, search_task
from dossierkit.evidence.dossier_articles import Selection
from dossierkit.model.arrival import Arrival
from dossierkit.site.compiled import Compiled
from dossierkit.site.interface import CompiledPage, Later, Unit


@dataclass(slots=True)
class BuildSetup:
    """What `dossier build` and `dossier serve` set before the plugin's events; `mkdocs build` sets nothing.

    `given`: paths of the pages that are made at once, all others on request; None: all are made at once. `memory`: the cache of
    a preview. `manifest`, `bytecode`: caches of `dossier build`. `only`: the dossier of a bundle, None for a whole site.
    `arrivals`: when articles came to the site; None: taken from git.
    """

    given: frozenset[str] | None = None
    memory: BuildMemory | None = None
    manifest: Manifest | None = None
    bytecode: Bytecode | None = None
    only: Selection | None = None
    arrivals: Mapping[str, Arrival] | None = None

    def made_at_once(self, result: Compiled) -> list[CompiledPage]:
        """The pages that MkDocs is given, without the last one (see `Compiled.last`)."""
        wanted = [one for one in result.later if one.path in (self.given or ())]
        made = (self.manifest.page(one) if self.manifest else one.make() for one in wanted)
        return [*result.pages, *made]


@dataclass(frozen=True, slots=True)
class BuildRun:
    """The results of the event `on_files`.

    `policy`: the content security policy of pages. `tasks`: write the files that are not pages. `units`: files that the manifest
    may leave in place. `later`: the pages to be made on request. `last`: makes the page that lists the sizes of files. `ends`:
    see `Compiled.end`. `arrivals`: by article id. `empty`: see `Context.empty`. `put`: the compiled pages that MkDocs was given, by path; `moved`: the scripts
    and styles moved out of pages, by path; both are filled during the build.
    """

    policy: str = ""
    tasks: Tasks = field(default_factory=Tasks)
    units: tuple[Unit, ...] = ()
    later: tuple[Later, ...] = ()
    last: Callable[[Mapping[str, int]], CompiledPage] | None = None
    ends: str = ""
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    put: dict[str, CompiledPage] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)


def begun(setup: BuildSetup, result: Compiled, policy: str, site: Path) -> BuildRun:
    """The run of a build into the folder `site`; starts the search index if other processes make it."""
    kept = [one for one in result.written if one.units and setup.manifest]
    return BuildRun(
        policy=policy,
        tasks=_tasks(setup, result, site),
        units=tuple(unit for one in kept for unit in one.units),
        later=tuple(one for one in result.later if one.path not in (setup.given or ())),
        last=result.last,
        ends=result.end,
        arrivals=result.frame.site.arrivals if result.frame else {},
        empty=result.frame.empty if result.frame else frozenset(),
    )


def _tasks(setup: BuildSetup, result: Compiled, site: Path) -> Tasks:
    data = tuple(partial(write, one, site) for one in result.written if not (one.units and setup.manifest))
    search = search_task(result, site, setup.manifest)
    beside = search_processes(result, setup.manifest)
    paths = (path for one in result.written for path in one.paths)
    tasks = Tasks(data if beside else (search, *data), (unfinished(site / path) for path in paths))
    if beside:
        tasks.begin(search, beside)
    return tasks
