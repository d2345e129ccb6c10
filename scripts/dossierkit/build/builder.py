"""Writes the files of one build: pages that MkDocs renders, pages filled into a layout, copied files, templates."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs import utils
from mkdocs.commands.build import get_context
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from dossierkit.build import fingerprint, mkdocs_pages
from dossierkit.build.document import document
from dossierkit.build.layout import PageLayouts
from dossierkit.build.manifest import Manifest, asked
from dossierkit.build.outputs import Layout, Stamp, clear, copy, put, unfinished, write_file, write_pieces
from dossierkit.build.page_files import page_file, read_compiled
from dossierkit.build.plugin import DossierPlugin
from dossierkit.build.site_files import Listed, SiteFiles, without_head
from dossierkit.build.template_reads import Made, MadeUnit, NavigationEntry, TrackedPages
from dossierkit.site.interface import CompiledPage, Parts, Unit
from dossierkit.site.pieces import Database, Pieces
from dossierkit.site.search.index import FOLDER
from dossierkit.theme import escaping

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig


class Builder:
    """Writes the files of one build."""

    def __init__(
        self, config: MkDocsConfig, catalogue: SiteFiles, nav: Navigation, env: jinja2.Environment
    ) -> None:
        self._config, self.catalogue, self._nav, self._env = config, catalogue, nav, env
        self._pages = TrackedPages(catalogue.documentation_pages())
        self._layouts = PageLayouts(env, self._rendered)
        self._manifest: Manifest | None = None

    def clear(self) -> None:
        """Remove from the site's folder everything that this build does not write."""
        site = self._config.site_dir
        made = {file.abs_dest_path for file in self.catalogue}
        made |= {str(unfinished(Path(file.abs_dest_path))) for file in self.catalogue.written()}
        made.update(self.places.values())
        named = (
            *self._config.theme.static_templates,
            *self._config.extra_templates,
            "sitemap.xml.gz",
            f"{FOLDER}/",
        )
        made |= {f"{site}/{name}" for name in named}
        if os.path.isdir(site):  # noqa: PTH112 - as `clear` takes it
            clear(site, made)

    def write_given(self, left: str) -> None:
        """Write copied files and the pages that MkDocs was given. `left`: the path of a page to be left out, for `write_last`."""
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
        """Write the page that `write_given` left out, with its final content."""
        file = self.catalogue.get_file_from_path(compiled.path)
        assert file is not None
        assert file.page is not None
        if not read_compiled(file.page, compiled):
            file.content_string = document(compiled)
            mkdocs_pages.read(file.page, self._config, self.catalogue)
        self._build(file)

    def write_templates(self) -> None:
        for name in self._config.theme.static_templates:
            mkdocs_pages.write_theme_template(name, self._env, self._config, self.catalogue, self._nav)
        for name in self._config.extra_templates:
            mkdocs_pages.write_extra_template(name, self._config, self.catalogue, self._nav)

    def left(self, plugin: DossierPlugin) -> Sequence[Listed]:
        """The pages that must be made. The others are kept; their front matter, which templates may read, is in the manifest."""
        listed = self.catalogue.listed
        self._manifest = plugin.setup.manifest
        if self._manifest is None:
            return listed
        making = fingerprint.making(self._manifest.written, self._nav)
        for page in self._nav.pages:
            if isinstance(page, NavigationEntry):
                page.watch(self._pages)
            else:  # a page object that does not record what templates read of it
                self._pages.asked = True
        stand = self._manifest.stand((one.later for one in listed), self.places, making)
        for one in listed:
            if one.src_uri in stand:
                one.known_meta = partial(self._manifest.meta, one.src_uri)
        return [one for one in listed if one.src_uri not in stand]

    def left_units(self, plugin: DossierPlugin) -> Sequence[Unit]:
        """The units that must be made; none without a manifest."""
        return (
            plugin.setup.manifest.left(plugin.run.units, Path(self._config.site_dir))
            if plugin.setup.manifest
            else ()
        )

    def write_unit(self, unit: Unit) -> MadeUnit:
        assert self._manifest is not None
        layouts: list[Layout] = []
        stamps, keys = self._manifest.reads.during(
            lambda: tuple(self._write_parts(unit, path, parts, layouts) for path, parts in unit.make())
        )
        return MadeUnit(self._manifest.noted(keys), stamps, layouts[0] if layouts else None)

    def _write_parts(self, unit: Unit, path: str, parts: Parts, layouts: list[Layout]) -> Stamp:
        assert self._manifest is not None
        file = Path(self._config.site_dir) / path
        if not isinstance(parts, Pieces | Database):
            return write_file(file, parts)
        stamp, layout = write_pieces(file, parts, self._manifest.layout(unit))
        layouts.append(layout)
        return stamp

    def take_unit(self, unit: Unit, made: MadeUnit) -> None:
        """Record a unit in the manifest."""
        if self._manifest:
            self._manifest.made_unit(unit, made.keys, made.stamps, made.layout)

    def write_later(self, counter: utils.CountHandler, plugin: DossierPlugin, listed: Listed) -> Made:
        before, files = dict(counter.counts), len(plugin.run.moved)
        later = listed.later
        compiled, keys = (
            self._manifest.reads.during(later.make) if self._manifest else (later.make(), frozenset())
        )
        page = Page(None, page_file(self._config, compiled.path, source=compiled.source), self._config)
        written = None
        if read_compiled(page, compiled):
            html = self._layouts.page(page)
            stamp = put(page.file.abs_dest_path, html.encode("utf-8", errors="xmlcharrefreplace"))
            if self._manifest and not self._pages.asked:
                written = self._manifest.noted(keys), stamp, asked(html)
            page.file.page = None  # a reference cycle would hold the HTML in memory
        else:
            self._build(self.catalogue.made(later.path))
        logged = {level: number - before.get(level, 0) for level, number in counter.counts.items()}
        moved = dict(tuple(plugin.run.moved.items())[files:])
        written = None if any(logged.values()) else written
        return Made(os.getpid(), without_head(compiled.meta), logged, moved, written)

    def take(self, listed: Listed, made: Made) -> None:
        """Record a page in the manifest, and keep its front matter for templates."""
        listed.known_meta = lambda: made.meta
        if self._manifest and made.written:
            keys, stamp, files = made.written
            self._manifest.made(listed.later, keys, stamp, files, made.meta)

    def html(self, path: str) -> str | None:
        """The HTML of the page with a path below docs_dir, without writing it; None if there is none."""
        later = self.catalogue.later.get(path)
        file = self.catalogue.get_file_from_path(path)
        if later is not None:
            compiled = later.make()
            page = (file and file.page) or Page(
                None, page_file(self._config, compiled.path, source=compiled.source), self._config
            )
            page = page if read_compiled(page, compiled) else self.catalogue.made(path).page or page
        elif file is not None and file.page is not None:
            page = file.page
        else:
            return None
        return self._rendered(page, page)

    def template(self, name: str) -> str:
        """The output of a template of the theme that is no page (`404.html`)."""
        template = self._env.get_template(name)
        return mkdocs_pages.filled(name, template, self._config, self.catalogue, self._nav)

    def _build(self, file: File) -> None:
        """Build a page as MkDocs does, and check its links."""
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
    def places(self) -> dict[str, str]:
        """The file of each page that is made on demand, by its path below docs_dir."""
        addresses = ((one.src_uri, self.catalogue.address(one.src_uri)) for one in self.catalogue.listed)
        return {
            path: os.path.join(self._config.site_dir, *f"{address}{_index(address)}".split("/"))  # noqa: PTH118 - many
            for path, address in addresses
        }


def _index(address: str) -> str:
    return "index.html" if address.endswith("/") or not address else ""
