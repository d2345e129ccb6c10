"""The site built as `mkdocs build` builds it, byte for byte, in less time: pages of articles and records by the shell.

MkDocs' own functions read the configuration, find the files and build the navigation; `mkdocs_pages` makes the pages that
are not left for later as MkDocs does. The others are made in several processes, each of which writes what it makes; a page
that the shell cannot serve is made like the first. Where a plugin or a hook wants to see every page, all is left to MkDocs.
"""

from __future__ import annotations

import logging
import os
from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs import utils
from mkdocs.commands.build import get_context
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from dossierkit.build import docs_files, fingerprint, finished_bodies, mkdocs_pages, theme_files
from dossierkit.build.bytecode import bytecode
from dossierkit.build.dependencies.reads import listed_keys
from dossierkit.build.document import document
from dossierkit.build.layout import PageLayouts
from dossierkit.build.manifest import Manifest, asked, manifest
from dossierkit.build.messages import messages
from dossierkit.build.outputs import Stamp, clear, copy, put, unfinished, write_file
from dossierkit.build.page_files import page_file
from dossierkit.build.pieced_files import Layout, write_pieces
from dossierkit.build.plugin import STAMP, DossierPlugin, Task
from dossierkit.build.site_files import Listed, SiteFiles, without_head
from dossierkit.build.site_hashes import write_manifest
from dossierkit.build.template_reads import (
    Made,
    MadeUnit,
    NavigationEntry,
    TrackedPages,
    add_navigation_entries,
)
from dossierkit.build.unchanged import Recorder
from dossierkit.export.offer import PAGE
from dossierkit.parallel.fork import Work, processors
from dossierkit.site.interface import CompiledPage, Parts, Unit
from dossierkit.site.pieces import Database, Pieces
from dossierkit.site.search.index import FOLDER
from dossierkit.store.site_manifest import OWN
from dossierkit.theme import escaping

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.commands.build")

_EVERY_PAGE = ("pre_page page_read_source page_markdown page_content page_context post_page").split()


def applies(config: MkDocsConfig) -> bool:
    """Whether this way makes what MkDocs makes: no plugin or hook takes part in the making of pages."""
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


def run(config: MkDocsConfig, *, keep: bool = True) -> int:
    """Build as the command `mkdocs build` does, with its messages on standard error; its exit code.

    `keep`: take from the last build what is the same, and leave what the next one can take.
    """
    recorder = Recorder(config)
    with messages(), recorder.listening():
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config, keep=keep, recorder=recorder)
        except Abort as error:
            error.show()
            return int(error.code or 1)
        finally:
            config.plugins.on_shutdown()
    return 0


def build(config: MkDocsConfig, *, keep: bool = True, recorder: Recorder | None = None) -> None:
    """As `mkdocs.commands.build.build`, with the same messages. Raises Abort. `recorder` is told of a build that keeps and succeeded."""
    counter = utils.CountHandler()
    counter.setLevel(logging.WARNING)
    if config.strict:
        logging.getLogger("mkdocs").addHandler(counter)
    plugin = next(one for one in config.plugins.values() if isinstance(one, DossierPlugin))
    plugin.leave(in_navigation(config.nav))
    plugin.bytecode = bytecode(config) if keep else None
    try:
        with manifest(config, keep=keep) as plugin.ledger:
            _build(config, plugin, counter)
            _stop_on(counter)
            if plugin.ledger:
                plugin.ledger.save()
            plugin.end()
            root = Path(config.config_file_path).parent
            write_manifest(
                root, Path(config.site_dir), config.site_url or "", "mkdocs", keep=bool(plugin.ledger)
            )
            if plugin.ledger and plugin.ledger.written and recorder:
                recorder.done(plugin.ends)
    except Exception as error:
        config.plugins.on_build_error(error=error)
        if isinstance(error, BuildError):
            log.error(str(error))  # noqa: TRY400 - as MkDocs says it, without a traceback
            raise Abort("Aborted with a BuildError!") from None
        raise
    finally:
        plugin.ledger = None
        plugin.leave(None)  # MkDocs keeps its plugins for the next build
        logging.getLogger("mkdocs").removeHandler(counter)


def _stop_on(counter: utils.CountHandler) -> None:
    if counts := counter.get_counts():
        counted = ", ".join(f"{number} {level.lower()}s" for level, number in counts)
        raise Abort(f"Aborted with {counted} in strict mode!")


def _build(config: MkDocsConfig, plugin: DossierPlugin, counter: utils.CountHandler) -> None:
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    log.info("Building documentation to directory: %s", config.site_dir)
    press = prepared(config, plugin, plugin.templates(config))
    press.clear()
    press.write_given(left=PAGE if plugin.last else "")
    left = press.left(plugin)
    tasks, plugin.tasks = plugin.tasks, ()
    units = press.left_units(plugin)
    work = partial(_done, partial(press.write_later, counter, plugin), press.write_unit)
    # By the size of the site: index and exports are work for many, however few pages are left to be made.
    done = Work(work, (*tasks, *units, *left), processors(len(press.catalogue.listed))).results()
    made = [one for one in done if isinstance(one, Made)]
    for unit, written in zip(units, (one for one in done if isinstance(one, MadeUnit)), strict=True):
        press.take_unit(unit, written)
    if plugin.last is not None:
        known = plugin.ledger.sizes(plugin.units) if plugin.ledger else {}
        press.write_last(plugin.last(ChainMap(known, *(one for one in done if isinstance(one, dict)))))
    for listed, one in zip(left, made, strict=True):
        press.take(listed, one)
        plugin.moved.update(one.moved)
        if one.process != os.getpid():
            for level, number in one.told.items():
                counter.counts[level] = counter.counts.get(level, 0) + number
    if plugin.ledger:
        log.info("pages: %d made, %d as they were", len(left), len(press.catalogue.listed) - len(left))
        plugin.moved.update(plugin.ledger.moved(plugin.moved))
    press.write_templates()
    config.plugins.on_post_build(config=config)


def prepared(config: MkDocsConfig, plugin: DossierPlugin, env: jinja2.Environment) -> Builder:
    """All that is needed to make pages: files, navigation, and the pages that MkDocs is given read.

    A page that is left for later may stand in the navigation, by its address and the title that it is given there.
    """
    files = docs_files.found(config)
    theme_files.add(files, env, config)
    files = config.plugins.on_files(files, config=config)
    named = in_navigation(config.nav)
    for one in (one for one in plugin.later if one.path in named):
        files.append(page_file(config, one.path, source=one.path))
    set_exclusions(files, config)
    add_navigation_entries(config, files)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    catalogue = SiteFiles(files, plugin.later, config)
    for file in catalogue.given():
        if file.src_uri in catalogue.later:
            continue
        page = file.page or Page(None, file, config)
        if not (file.generated_by and _finish(page, plugin.put[file.src_uri])):
            mkdocs_pages.read(page, config, catalogue)
    return Builder(config, catalogue, nav, config.plugins.on_env(env, config=config, files=catalogue))


def in_navigation(nav: object, *, titled: bool = True) -> frozenset[str]:
    """The paths that stand in `nav:` of mkdocs.yml; without those that are given a title there unless `titled`."""
    if isinstance(nav, str):
        return frozenset({nav})
    if isinstance(nav, Mapping):
        items = [item for item in nav.values() if titled or not isinstance(item, str)]
    else:
        items = list(nav) if isinstance(nav, Sequence) else []
    return frozenset(path for item in items for path in in_navigation(item, titled=titled))


def _done(
    write_later: Callable[[Listed], Made], write_unit: Callable[[Unit], MadeUnit], one: Task | Listed | Unit
) -> Made | MadeUnit | dict[str, int]:
    if isinstance(one, Listed):
        return write_later(one)
    return write_unit(one) if isinstance(one, Unit) else one() or {}


class Builder:
    """Writes the files of one build."""

    def __init__(
        self, config: MkDocsConfig, catalogue: SiteFiles, nav: Navigation, env: jinja2.Environment
    ) -> None:
        self._config, self.catalogue, self._nav, self._env = config, catalogue, nav, env
        self._pages = TrackedPages(catalogue.documentation_pages())
        self._shells = PageLayouts(env, self._rendered)
        self._manifest: Manifest | None = None

    def clear(self) -> None:
        """Take out of the site's folder what this build does not make."""
        site = self._config.site_dir
        made = {file.abs_dest_path for file in self.catalogue}
        made |= {str(unfinished(Path(file.abs_dest_path))) for file in self.catalogue.written()}
        made.update(self._places.values())
        named = (
            *self._config.theme.static_templates,
            *self._config.extra_templates,
            "sitemap.xml.gz",
            f"{FOLDER}/",
            *OWN,
        )
        made |= {f"{site}/{name}" for name in named}
        if os.path.isdir(site):  # noqa: PTH112 - as `clear` takes it
            clear(site, made)

    def write_given(self, left: str = "") -> None:
        """Files that are copied, and the pages that MkDocs was given, but for one that is left for the end."""
        for file in self.catalogue.copied():
            if not file.inclusion.is_included():  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
                continue
            if file.abs_src_path:
                copy(file.abs_src_path, file.abs_dest_path)
            else:
                put(file.abs_dest_path, file.content_bytes)
        for file in self.catalogue.given():
            if file.src_uri != left:
                self._build(file)

    def write_last(self, compiled: CompiledPage) -> None:
        """A page that was left for the end, anew as it is now."""
        file = self.catalogue.get_file_from_path(compiled.path)
        assert file is not None
        assert file.page is not None
        if not _finish(file.page, compiled):
            file.content_string = document(compiled)
            mkdocs_pages.read(file.page, self._config, self.catalogue)
        self._build(file)

    def write_templates(self) -> None:
        for name in self._config.theme.static_templates:
            mkdocs_pages.write_theme_template(name, self._env, self._config, self.catalogue, self._nav)
        for name in self._config.extra_templates:
            mkdocs_pages.write_extra_template(name, self._config, self.catalogue, self._nav)

    def left(self, plugin: DossierPlugin) -> Sequence[Listed]:
        """The pages that must be made; of the others what templates ask of them is known."""
        listed = self.catalogue.listed
        self._manifest = plugin.ledger
        if self._manifest is None:
            return listed
        making = fingerprint.making(self._manifest.written, self._nav)
        for page in self._nav.pages:
            if isinstance(page, NavigationEntry):
                page.watch(self._pages)
            else:  # what templates ask of it nobody would note
                self._pages.asked = True
        stand = self._manifest.stand((one.later for one in listed), self._places, making)
        for one in listed:
            if one.src_uri in stand:
                one.kept = partial(self._manifest.meta, one.src_uri)
        return [one for one in listed if one.src_uri not in stand]

    def left_units(self, plugin: DossierPlugin) -> Sequence[Unit]:
        """The files beside pages that must be made, if there is a ledger that knows of them."""
        return plugin.ledger.left(plugin.units, Path(self._config.site_dir)) if plugin.ledger else ()

    def write_unit(self, unit: Unit) -> MadeUnit:
        assert self._manifest is not None
        layouts: list[Layout] = []
        stamps, keys = self._manifest.reads.during(
            lambda: tuple(self._write_parts(unit, path, parts, layouts) for path, parts in unit.make())
        )
        return MadeUnit(listed_keys(keys), stamps, layouts[0] if layouts else None)

    def _write_parts(self, unit: Unit, path: str, parts: Parts, layouts: list[Layout]) -> Stamp:
        assert self._manifest is not None
        file = Path(self._config.site_dir) / path
        if not isinstance(parts, Pieces | Database):
            return write_file(file, parts)
        stamp, layout = write_pieces(file, parts, self._manifest.layout(unit))
        layouts.append(layout)
        return stamp

    def take_unit(self, unit: Unit, made: MadeUnit) -> None:
        """Note that files were made."""
        if self._manifest:
            self._manifest.made_unit(unit, made.keys, made.stamps, made.layout)

    def write_later(self, counter: utils.CountHandler, plugin: DossierPlugin, listed: Listed) -> Made:
        before, files = dict(counter.counts), len(plugin.moved)
        later = listed.later
        compiled, keys = (
            self._manifest.reads.during(later.make) if self._manifest else (later.make(), frozenset())
        )
        page = Page(None, page_file(self._config, compiled.path, source=compiled.source), self._config)
        written = None
        if _finish(page, compiled):
            html = self._shells.page(page)
            stamp = put(page.file.abs_dest_path, html.encode("utf-8", errors="xmlcharrefreplace"))
            unseen = not self._manifest or self._pages.asked
            written = None if unseen else (listed_keys(keys), stamp, asked(html))
            page.file.page = None  # they hold each other, and all of the HTML, until garbage is looked for
        else:
            self._build(self.catalogue.made(later.path))
        logged = {level: number - before.get(level, 0) for level, number in counter.counts.items()}
        moved = dict(tuple(plugin.moved.items())[files:])
        written = None if any(logged.values()) else written
        return Made(os.getpid(), without_head(compiled.meta), logged, moved, written)

    def take(self, listed: Listed, made: Made) -> None:
        """Note what was made of a page."""
        listed.kept = lambda: made.meta
        if self._manifest and made.written:
            keys, stamp, files = made.written
            self._manifest.made(listed.later, keys, stamp, files, made.meta)

    def html(self, path: str) -> str | None:
        """The HTML of the page that is made of a path below docs_dir, without writing it; None where there is none."""
        later = self.catalogue.later.get(path)
        file = self.catalogue.get_file_from_path(path)
        if later is not None:
            compiled = later.make()
            page = (file and file.page) or Page(
                None, page_file(self._config, compiled.path, source=compiled.source), self._config
            )
            page = page if _finish(page, compiled) else self.catalogue.made(path).page or page
        elif file is not None and file.page is not None:
            page = file.page
        else:
            return None
        return self._rendered(page, page)

    def template(self, name: str) -> str:
        """The output of one of the theme's templates that stand for no page (`404.html`)."""
        template = self._env.get_template(name)
        return mkdocs_pages.filled(name, template, self._config, self.catalogue, self._nav)

    def _build(self, file: File) -> None:
        """A page as MkDocs builds it, and a look at its links."""
        page = file.page
        assert page is not None
        mkdocs_pages.write(page, self._config, self._pages, self._nav, self._env)
        self.catalogue.targets(page)
        page.validate_anchor_links(files=self.catalogue, log_level=self._config.validation.links.anchors)

    def _rendered(self, page: Page, shown: Any) -> str:  # noqa: ANN401 - a page, or what stands for it
        page.active = True
        escaping.content(page)
        context = get_context(self._nav, self._pages, self._config, page)
        context["page"] = shown
        template = self._env.get_template(page.meta.get("template", "main.html"))
        html: str = self._config.plugins.on_post_page(
            template.render(context), page=page, config=self._config
        )
        return html

    @cached_property
    def _places(self) -> dict[str, str]:
        """Where the files of the pages that are left for later lie, by the paths of these."""
        addresses = ((one.src_uri, self.catalogue.address(one.src_uri)) for one in self.catalogue.listed)
        return {
            path: os.path.join(self._config.site_dir, *f"{address}{_index(address)}".split("/"))  # noqa: PTH118 - many
            for path, address in addresses
        }


def _index(address: str) -> str:
    return "index.html" if address.endswith("/") or not address else ""


def _finish(page: Page, compiled: CompiledPage) -> bool:
    """Make the page what MkDocs would have read it as; false where it has to be read for that."""
    html = finished_bodies.finished(compiled.body)
    if html is None or not all(_stays(value) for value in compiled.meta.values()):
        return False
    page.markdown, page.meta, page.content = compiled.body, dict(compiled.meta), html
    page.toc = TableOfContents([])
    page.update_date = STAMP
    return True


def _stays(value: object) -> bool:
    """Whether YAML gives back what was written."""
    if isinstance(value, list):
        return all(_stays(item) for item in value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and _stays(item) for key, item in value.items())
    return value is None or type(value) in {str, bool, int}
