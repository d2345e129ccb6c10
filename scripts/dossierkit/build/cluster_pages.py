"""Makes pages on the workers of a cluster; each worker reads the site from a copy of the repository's files.

Workers have no git: what is derived from it is sent to them, with the instant of the build. Each worker gathers the evidence of
all articles, because a page can show evidence of any of them.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from mkdocs import utils

from dossierkit.build.clock import NOW
from dossierkit.build.configuration import load
from dossierkit.build.environment import environment
from dossierkit.build.messages import collected
from dossierkit.build.outputs import put
from dossierkit.build.template_reads import Made, MadeUnit
from dossierkit.model.arrival import Arrival
from dossierkit.parallel.executor import Executor
from dossierkit.parallel.fence import Loss
from dossierkit.site.interface import Unit
from dossierkit.store.inside import SEEDS, real
from dossierkit.store.served import regular
from dossierkit.store.state import CACHE

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from dossierkit.build.builder import Builder
    from dossierkit.build.site_files import Listed
    from dossierkit.model.finding import NameFinder

_SITE, _CACHE = "repository", "cache"
"""A worker's copy of the repository and its cache, below a folder that is removed in the end."""
_TOGETHER = 20
"""Pages per task: some 200 ms of work, and half a megabyte of results."""
_SAID = frozenset({NOW, "SOURCE_DATE_EPOCH", "PYTHONUTF8"})

Name = tuple[str, str]
"""`page` and its path below docs_dir, or `unit` and the first of its paths on the site."""


class MadeThere(NamedTuple):
    """A page or unit made by a worker, the bytes of its files in the order of its paths, and the messages logged meanwhile."""

    made: Made | MadeUnit
    files: tuple[bytes, ...]
    said: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What all tasks of one build depend on.

    `said`: environment variables. `folders`: those below `root` that workers get a copy of.
    """

    root: Path
    said: Mapping[str, str]
    folders: tuple[str, ...]
    arrivals: Mapping[str, Arrival]

    def at(self, root: Path) -> Self:
        cache = {CACHE: str(root / _CACHE)}
        return replace(self, root=root / _SITE, said={**self.said, **cache})

    def finder(self) -> NameFinder | None:
        return None

    def files(self) -> dict[str, bytes]:
        place = real(self.root)
        paths = (
            "mkdocs.yml",
            *(
                f"{folder}/{path}"
                for folder in self.folders
                for path in regular(str(self.root / folder), place)
            ),
        )
        return {f"{_SITE}/{path}": (self.root / path).read_bytes() for path in paths}


def context(config: MkDocsConfig, arrivals: Mapping[str, Arrival]) -> BuildContext:
    """The context of a build. Only the environment variables that mkdocs.yml uses, and those in `_SAID`, are sent."""
    root = Path(config.config_file_path).parent
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    said = {
        name: value
        for name, value in os.environ.items()
        if name in _SAID or ("!ENV" in text and name in text)
    }
    folders = [
        Path(config.docs_dir),
        root / SEEDS,
        *([Path(config.theme.custom_dir)] if config.theme.custom_dir else []),
    ]
    below = dict.fromkeys(
        folder.relative_to(root).as_posix() for folder in folders if folder.is_relative_to(root)
    )
    return BuildContext(root, said, tuple(below), dict(arrivals))


def start(given: BuildContext) -> Callable[[Sequence[Name]], tuple[MadeThere, ...]]:
    """Called once in a worker: returns the function that makes pages and units by their names."""
    worker = _ClusterWorker(given)
    return worker.make


class _ClusterWorker:
    """The site in a worker, read once. The lock on its cache is held as long as the process lives."""

    def __init__(self, given: BuildContext) -> None:
        from dossierkit.build.manifest import manifest  # noqa: PLC0415 - MkDocs is heavy
        from dossierkit.build.plugin import plugin_of  # noqa: PLC0415 - as above
        from dossierkit.build.preparation import in_navigation, prepared  # noqa: PLC0415 - as above

        self._open = ExitStack()
        with environment(given.said):
            self._config = load(given.root)
            config = self._config
            config.plugins.on_startup(command="build", dirty=False)
            plugin = plugin_of(config)
            plugin.setup.arrivals = given.arrivals
            plugin.leave(in_navigation(config.nav))
            plugin.setup.manifest = self._open.enter_context(manifest(config, keep=True))
            config = config.plugins.on_config(config)
            config.plugins.on_pre_build(config=config)
            self._builder: Builder = prepared(config, plugin, plugin.templates(config))
            self._builder.left(plugin)
        self._plugin = plugin
        self._pages = {one.src_uri: one for one in self._builder.catalogue.listed}
        self._units = {unit.paths[0]: unit for unit in plugin.run.units}

    def make(self, names: Sequence[Name]) -> tuple[MadeThere, ...]:
        return tuple(self._made(*name) for name in names)

    def _made(self, kind: str, path: str) -> MadeThere:
        with collected(logging.INFO) as said:
            if kind == "page":
                made: Made | MadeUnit = self._builder.write_later(
                    utils.CountHandler(), self._plugin, self._pages[path]
                )
                files: tuple[str, ...] = (self._builder.places[path],)
            else:
                made = self._builder.write_unit(self._units[path])
                files = tuple(os.path.join(self._config.site_dir, one) for one in self._units[path].paths)  # noqa: PTH118 - many
        contents = tuple(map(_taken, files))
        return MadeThere(made, contents, tuple(said))


def made_there(
    executor: Executor, given: BuildContext, names: Sequence[Name]
) -> Iterator[tuple[Name, MadeThere | None]]:
    """Each page or unit with the result of a worker, in order; None if every worker that took it was lost."""
    some = [tuple(names[at : at + _TOGETHER]) for at in range(0, len(names), _TOGETHER)]
    for chunk, made in zip(some, executor.in_order(start, given, some, _lost), strict=True):
        yield from zip(chunk, made or [None] * len(chunk), strict=True)


def take_page(builder: Builder, listed: Listed, one: MadeThere) -> Made:
    """Write a page that a worker made."""
    assert isinstance(one.made, Made)
    stamp = put(builder.places[listed.src_uri], one.files[0])
    _say(one)
    warned = any(level >= logging.WARNING for level, _ in one.said)
    written = None if warned or not one.made.written else (one.made.written[0], stamp, one.made.written[2])
    return one.made._replace(process=os.getpid(), written=written)


def take_unit(site: Path, unit: Unit, one: MadeThere) -> MadeUnit:
    """Write the files of a unit that a worker made."""
    assert isinstance(one.made, MadeUnit)
    stamps = tuple(put(site / path, data) for path, data in zip(unit.paths, one.files, strict=True))
    _say(one)
    return one.made._replace(stamps=stamps)


def names(listed: Collection[Listed], units: Collection[Unit]) -> tuple[Name, ...]:
    """The names of pages, then of units."""
    return (*(("page", one.src_uri) for one in listed), *(("unit", unit.paths[0]) for unit in units))


def _say(one: MadeThere) -> None:
    for level, line in one.said:
        logging.getLogger("mkdocs.plugins.dossier").log(level, line)


def _lost(_names: Sequence[Name], _loss: Loss) -> None:
    return None


def _taken(path: str) -> bytes:
    """Read a file and remove it."""
    with open(path, "rb") as file:  # noqa: PTH123 - many
        data = file.read()
    os.unlink(path)  # noqa: PTH108 - many
    return data
