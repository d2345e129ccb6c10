"""Builds the same site as `mkdocs build`, byte for byte, in less time: most pages are filled into a layout.

MkDocs' functions read the configuration, find the files and build the navigation. `mkdocs_pages` makes the site's own pages as
MkDocs does. Compiled pages are made and written by several processes, with a layout if they have one. If a plugin or a hook
takes part in making pages, MkDocs does everything (`applies`).
"""

from __future__ import annotations

import logging
import os
from collections import ChainMap
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs import utils
from mkdocs.exceptions import Abort, BuildError

from dossierkit.build import finished_bodies
from dossierkit.build.builder import Builder
from dossierkit.build.manifest import manifest
from dossierkit.build.messages import messages
from dossierkit.build.plugin import DossierPlugin, plugin_of
from dossierkit.build.plugin_fault import naming_plugin
from dossierkit.build.preparation import in_navigation, prepared
from dossierkit.build.site_files import Listed
from dossierkit.build.site_hashes import mark, write_manifest
from dossierkit.build.tasks import Task
from dossierkit.build.template_reads import Made, MadeUnit
from dossierkit.build.unchanged import Recorder
from dossierkit.export.offer import PAGE
from dossierkit.parallel.fork import Work, processors
from dossierkit.site.interface import Unit

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from dossierkit.parallel.executor import Executor

log = logging.getLogger("mkdocs.commands.build")

_Done = Made | MadeUnit | dict[str, int]
_LARGE = 4000
"""Pages: from here on the search index is finished before pages and data files are begun, since both need much memory."""
_EVERY_PAGE = ("pre_page page_read_source page_markdown page_content page_context post_page").split()


def applies(config: MkDocsConfig) -> bool:
    """Whether this module makes the same site as MkDocs: no plugin or hook takes part in making pages."""
    events = config.plugins.events
    return (
        any(isinstance(plugin, DossierPlugin) for plugin in config.plugins.values())
        and all(
            isinstance(getattr(one, "__self__", None), DossierPlugin)
            for name in _EVERY_PAGE
            for one in events[name]
        )
        and config.nav is not None
        and config.exclude_docs is None
        and config.draft_docs is None
        and config.validation.nav.omitted_files < logging.WARNING
        and finished_bodies.applies(config.markdown_extensions)
    )


def run(config: MkDocsConfig, *, keep: bool = True, executor: Executor | None = None) -> int:
    """Build as the command `mkdocs build` does, with its messages on standard error; returns its exit code.

    `keep`: use the cache of the last build, and write one for the next. `executor`: makes the pages elsewhere than on this
    machine.
    """
    recorder = Recorder(config)
    with messages(), recorder.listening():
        with naming_plugin(config):
            config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config, keep=keep, recorder=recorder, executor=executor)
        except Abort as error:
            if str(error):
                log.error(str(error))  # noqa: TRY400 - a message for people, without a traceback
            return int(error.code or 1)
        finally:
            config.plugins.on_shutdown()
    return 0


def build(
    config: MkDocsConfig,
    *,
    keep: bool = True,
    recorder: Recorder | None = None,
    executor: Executor | None = None,
) -> None:
    """Build as `mkdocs.commands.build.build` does. Raises Abort, without a message if the log has it.

    `keep`, `executor`: as in `run`. `recorder`: records the inputs and outputs of a build that succeeded with its cache.
    """
    counter = utils.CountHandler()
    counter.setLevel(logging.WARNING)
    if config.strict:
        logging.getLogger("mkdocs").addHandler(counter)
    plugin = plugin_of(config)
    plugin.leave(in_navigation(config.nav))
    plugin.setup.keep = keep
    try:
        with manifest(config, keep=keep) as plugin.setup.manifest:
            _build(config, plugin, counter, executor)
            _stop_on(counter)
            if plugin.setup.manifest:
                plugin.setup.manifest.save()
            plugin.run.tasks.end()
            root = Path(config.config_file_path).parent
            write_manifest(
                root, Path(config.site_dir), config.site_url or "", "mkdocs", keep=bool(plugin.setup.manifest)
            )
            if plugin.setup.manifest and plugin.setup.manifest.written and recorder:
                recorder.done(plugin.run.ends)
    except Exception as error:
        config.plugins.on_build_error(error=error)
        if isinstance(error, BuildError):
            log.error(str(error))  # noqa: TRY400 - as MkDocs says it, without a traceback
            raise Abort("") from None
        raise
    finally:
        plugin.setup.manifest = None
        plugin.leave(None)  # MkDocs keeps its plugins for the next build
        logging.getLogger("mkdocs").removeHandler(counter)


def _stop_on(counter: utils.CountHandler) -> None:
    if counts := counter.get_counts():
        counted = ", ".join(f"{number} {level.lower()}s" for level, number in counts)
        raise Abort(f"Aborted with {counted} in strict mode!")


def _build(
    config: MkDocsConfig, plugin: DossierPlugin, counter: utils.CountHandler, executor: Executor | None
) -> None:
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    log.info("Building documentation to directory: %s", config.site_dir)
    builder = prepared(config, plugin, plugin.templates(config))
    builder.clear()
    mark(Path(config.site_dir))
    builder.write_given(left=PAGE if plugin.run.last else "")
    left = builder.left(plugin)
    tasks = plugin.run.tasks.take()
    units = builder.left_units(plugin)
    work = partial(_done, partial(builder.write_later, counter, plugin), builder.write_unit)
    if len(builder.catalogue.listed) >= _LARGE:
        plugin.run.tasks.end()
    share = _Share(config, plugin, builder, work)
    done = share.there(executor, tasks, units, left) if executor else share.here(tasks, units, left)
    made = [one for one in done if isinstance(one, Made)]
    for unit, written in zip(units, (one for one in done if isinstance(one, MadeUnit)), strict=True):
        builder.take_unit(unit, written)
    if plugin.run.last is not None:
        known = plugin.setup.manifest.sizes(plugin.run.units) if plugin.setup.manifest else {}
        builder.write_last(plugin.run.last(ChainMap(known, *(one for one in done if isinstance(one, dict)))))
    for listed, one in zip(left, made, strict=True):
        builder.take(listed, one)
        plugin.run.moved.update(one.moved)
        if one.process != os.getpid():
            for level, number in one.logged.items():
                counter.counts[level] = counter.counts.get(level, 0) + number
    if plugin.setup.manifest:
        log.info("pages: %d made, %d as they were", len(left), len(builder.catalogue.listed) - len(left))
        plugin.run.moved.update(plugin.setup.manifest.moved(plugin.run.moved))
    builder.write_templates()
    config.plugins.on_post_build(config=config)


class _Share:
    """Distributes the work of one build. Results are in the order of tasks, units and pages."""

    def __init__(
        self,
        config: MkDocsConfig,
        plugin: DossierPlugin,
        builder: Builder,
        work: Callable[[Task | Listed | Unit], _Done],
    ) -> None:
        self._config, self._plugin, self._builder, self._work = config, plugin, builder, work

    def here(self, *parts: Sequence[Task | Listed | Unit]) -> Sequence[_Done]:
        """Make everything in processes of this machine."""
        return Work(self._work, [one for part in parts for one in part], self._processes).results()

    def there(
        self, executor: Executor, tasks: Sequence[Task], units: Sequence[Unit], left: Sequence[Listed]
    ) -> Sequence[_Done]:
        """Make pages, and units that record their reads, by the executor; another process of this machine makes the rest
        meanwhile.
        """
        shared = [unit for unit in units if unit.rests == "reads"]
        own: list[Task | Listed | Unit] = [*tasks, *(unit for unit in units if unit.rests != "reads")]
        beside = Work(self._work, own, min(2, self._processes))
        try:
            made = self._shared(executor, shared, left)
            rest = dict(zip(map(id, own), beside.results(), strict=True))
        finally:
            beside.stop()
        return [*(made.get(id(task)) or rest[id(task)] for task in (*tasks, *units, *left))]

    def _shared(
        self, executor: Executor, units: Sequence[Unit], left: Sequence[Listed]
    ) -> dict[int, Made | MadeUnit]:
        """Results by the identity of the page or unit. What no worker could make is made here."""
        from dossierkit.build import cluster_pages  # noqa: PLC0415 - only with a cluster

        given = cluster_pages.context(self._config, self._plugin.run.arrivals)
        every: tuple[Listed | Unit, ...] = (*left, *units)
        found = cluster_pages.made_there(executor, given, cluster_pages.names(left, units))
        made: dict[int, Made | MadeUnit] = {}
        for one, (_, answer) in zip(every, found, strict=True):
            if answer is None:
                done = self._work(one)
                assert isinstance(done, Made | MadeUnit)
                made[id(one)] = done
            elif isinstance(one, Unit):
                made[id(one)] = cluster_pages.take_unit(Path(self._config.site_dir), one, answer)
            else:
                made[id(one)] = cluster_pages.take_page(self._builder, one, answer)
        return made

    @property
    def _processes(self) -> int:
        """Depends on the size of the site, not on how many pages must be made: the index and exports are work for several
        processes.
        """
        return processors(len(self._builder.catalogue.listed))


def _done(
    write_later: Callable[[Listed], Made], write_unit: Callable[[Unit], MadeUnit], one: Task | Listed | Unit
) -> _Done:
    if isinstance(one, Listed):
        return write_later(one)
    return write_unit(one) if isinstance(one, Unit) else one() or {}
