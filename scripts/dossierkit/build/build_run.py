"""What a build of MkDocs is given, and what it made: all that the plugin shares with those who drive a build."""

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
    """What is set before the plugin's events. MkDocs alone sets nothing.

    `given`: paths of the pages that are made at once, all others on demand; None: all are made at once. `memory`: the cache of a preview. `manifest`,
    `bytecode`: the caches of a build. `only`: the one dossier that is built, of a bundle. `arrivals`: when articles came to the site, if that is
    known from elsewhere.
    """

    given: frozenset[str] | None = None
    memory: BuildMemory | None = None
    manifest: Manifest | None = None
    bytecode: Bytecode | None = None
    only: Selection | None = None
    arrivals: Mapping[str, Arrival] | None = None

    def made_at_once(self, result: Compiled) -> list[CompiledPage]:
        """The pages that MkDocs gets, without the last."""
        wanted = [one for one in result.later if one.path in (self.given or ())]
        made = (self.manifest.page(one) if self.manifest else one.make() for one in wanted)
        return [*result.pages, *made]


@dataclass(frozen=True, slots=True)
class BuildRun:
    """What there is after the event `on_files`.

    `policy`: of finished pages. `tasks`: what writes further files. `units`: files that the manifest may keep. `later`: the pages to be made on demand. `last`: makes
    the page that needs the sizes of files. `ends`: the value of `Compiled.end`. `arrivals`: of the articles. `put`: the compiled pages that MkDocs was given,
    by path. `moved`: the style and script files of finished pages, by path; both are filled in.
    """

    policy: str = ""
    tasks: Tasks = field(default_factory=Tasks)
    units: tuple[Unit, ...] = ()
    later: tuple[Later, ...] = ()
    last: Callable[[Mapping[str, int]], CompiledPage] | None = None
    ends: str = ""
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)
    put: dict[str, CompiledPage] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)


def begun(setup: BuildSetup, result: Compiled, policy: str, site: Path) -> BuildRun:
    """The run of a build into the folder `site`; the search index is begun if other processes make it."""
    kept = [one for one in result.written if one.units and setup.manifest]
    return BuildRun(
        policy=policy,
        tasks=_tasks(setup, result, site),
        units=tuple(unit for one in kept for unit in one.units),
        later=tuple(one for one in result.later if one.path not in (setup.given or ())),
        last=result.last,
        ends=result.end,
        arrivals=result.frame.site.arrivals if result.frame else {},
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
