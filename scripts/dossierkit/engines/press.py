"""The site built as `mkdocs build` builds it, byte for byte, in less time: pages of articles and records by the shell.

MkDocs' own functions read the configuration, find the files, build the navigation and all pages that are not left for
later. Those are made in several processes, each of which writes what it makes; a page that the shell cannot serve is
built by MkDocs' own functions too. Where a plugin or a hook wants to see every page, all is left to MkDocs.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import mkdocs.commands.build as engine
from mkdocs import utils
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from dossierkit.compile.site import CompiledPage, Later
from dossierkit.engines import finished
from dossierkit.engines.config import settings
from dossierkit.engines.document import document
from dossierkit.engines.forked import spread
from dossierkit.engines.mkdocs import STAMP, DossierPlugin
from dossierkit.engines.shell import Shells

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.commands.build")

_ID = re.compile(r"""(?<=\s)id="([^"]*)\"""")
_EVERY_PAGE = ("pre_page page_read_source page_markdown page_content page_context").split()


def applies(config: MkDocsConfig) -> bool:
    """Whether this way makes what MkDocs makes: no plugin or hook takes part in the making of pages."""
    events = config.plugins.events
    return (
        any(isinstance(plugin, DossierPlugin) for plugin in config.plugins.values())
        and not any(events[name] for name in _EVERY_PAGE)
        and all(isinstance(getattr(one, "__self__", None), DossierPlugin) for one in events["post_page"])
        and config.nav is not None
        and config.exclude_docs is None
        and config.draft_docs is None
        and config.validation.nav.omitted_files < logging.WARNING
        and finished.applies(config.markdown_extensions)
    )


def run(config: MkDocsConfig) -> int:
    """Build as the command `mkdocs build` does, with its messages on standard error; its exit code."""
    from mkdocs.__main__ import State  # noqa: PLC0415 - sets up what only the command needs

    state = State()  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Abort as error:
        error.show()
        return int(error.code or 1)
    finally:
        config.plugins.on_shutdown()
        del state
    return 0


def build(config: MkDocsConfig) -> None:
    """As `mkdocs.commands.build.build`, with the same messages. Raises Abort."""
    counter = utils.CountHandler()
    counter.setLevel(logging.WARNING)
    if config.strict:
        logging.getLogger("mkdocs").addHandler(counter)
    plugin = next(one for one in config.plugins.values() if isinstance(one, DossierPlugin))
    plugin.leave(in_navigation(config.nav))
    try:
        _build(config, plugin, counter)
        _stop_on(counter)
    except Exception as error:
        config.plugins.on_build_error(error=error)
        if isinstance(error, BuildError):
            log.error(str(error))  # noqa: TRY400 - as MkDocs says it, without a traceback
            raise Abort("Aborted with a BuildError!") from None
        raise
    finally:
        plugin.leave(None)  # MkDocs keeps its plugins for the next build
        logging.getLogger("mkdocs").removeHandler(counter)


def _stop_on(counter: utils.CountHandler) -> None:
    if counts := counter.get_counts():
        said = ", ".join(f"{number} {level.lower()}s" for level, number in counts)
        raise Abort(f"Aborted with {said} in strict mode!")


def _build(config: MkDocsConfig, plugin: DossierPlugin, counter: utils.CountHandler) -> None:
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    log.info("Building documentation to directory: %s", config.site_dir)
    press = prepared(config, plugin, config.theme.get_env())
    press.clear()
    press.write_given()
    made = spread(partial(press.write_later, counter, plugin.moved), plugin.later)
    for listed, (process, meta, told, moved) in zip(press.catalogue.listed, made, strict=True):
        listed.known = meta
        plugin.moved.update(moved)
        if process != os.getpid():
            for level, number in told.items():
                counter.counts[level] = counter.counts.get(level, 0) + number
    press.write_templates()
    config.plugins.on_post_build(config=config)


def prepared(config: MkDocsConfig, plugin: DossierPlugin, env: jinja2.Environment) -> Press:
    """All that is needed to make pages: files, navigation, and the pages that MkDocs is given read.

    A page that is left for later may stand in the navigation, by its address and the title that it is given there.
    """
    files = get_files(config)
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    named = in_navigation(config.nav)
    for one in (one for one in plugin.later if one.path in named):
        files.append(File.generated(config, one.path, content=""))
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    catalogue = Catalogue(files, plugin.later, config)
    for file in catalogue.given():
        if file.src_uri in catalogue.later:
            continue
        page = file.page or Page(None, file, config)
        if not (file.generated_by and _finish(page, plugin.put[file.src_uri])):
            engine._populate_page(page, config, catalogue)  # noqa: SLF001
    return Press(config, catalogue, nav, config.plugins.on_env(env, config=config, files=catalogue))


def in_navigation(nav: object, *, titled: bool = True) -> frozenset[str]:
    """The paths that stand in `nav:` of mkdocs.yml; without those that are given a title there unless `titled`."""
    if isinstance(nav, str):
        return frozenset({nav})
    if isinstance(nav, Mapping):
        items = [item for item in nav.values() if titled or not isinstance(item, str)]
    else:
        items = list(nav) if isinstance(nav, Sequence) else []
    return frozenset(path for item in items for path in in_navigation(item, titled=titled))


class Listed:
    """A page that is left for later as templates see it in the list of pages; asked for more, it is made."""

    is_link = False
    update_date = STAMP

    def __init__(self, later: Later, catalogue: Catalogue) -> None:
        self._later, self.catalogue = later, catalogue
        self.src_uri = later.path
        self.known: Mapping[str, Any] | None = None

    @property
    def page(self) -> Listed:
        return self

    @property
    def meta(self) -> Mapping[str, Any]:
        return self._later.make().meta if self.known is None else self.known

    @property
    def url(self) -> str:
        return self.catalogue.address(self.src_uri)

    @property
    def canonical_url(self) -> str | None:
        return urljoin(base, self.url) if (base := self.catalogue.base) else None

    @property
    def abs_url(self) -> str | None:
        return urlsplit(found).path if (found := self.canonical_url) else None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a page or a file has
        page = self.catalogue.made(self.src_uri).page
        return getattr(page if hasattr(page, name) else page and page.file, name)


class Catalogue(Files):
    """All files of the site; those of pages that are left for later are made when one is asked for by its path."""

    def __init__(self, files: Iterable[File], later: Iterable[Later], config: MkDocsConfig) -> None:
        super().__init__(files)
        self._config = config
        self.later = {one.path: one for one in later}
        self._urls = settings(config).urls
        self.base = config.site_url and config.site_url.rstrip("/") + "/"
        self.listed = [Listed(one, self) for one in self.later.values() if one.path not in self.src_uris]
        self._files_of_later: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        found = super().get_file_from_path(path)
        return found if found is not None or path not in self.later else self._file(path)

    def documentation_pages(self, **options: Any) -> Sequence[File]:  # noqa: ANN401 - as MkDocs has them
        """In MkDocs' order: the site's own files, then all compiled pages by path."""
        present = super().documentation_pages(**options)
        compiled: list[Any] = [*(file for file in present if file.generated_by), *self.listed]
        compiled.sort(key=lambda file: file.src_uri)
        return [*(file for file in present if not file.generated_by), *compiled]

    def given(self) -> Sequence[File]:
        """The documentation pages that are not left for later."""
        return super().documentation_pages()

    def address(self, path: str) -> str:
        """The address of a page that is left for later, from the site's root."""
        return self._urls.of(path)

    def made(self, path: str) -> File:
        """The file of a page that is left for later, with its page read."""
        file = self._file(path)
        if file.page is None or file.page.markdown is None:
            page = self.later[path].make()
            file.content_string = document(page)
            engine._populate_page(file.page or Page(None, file, self._config), self._config, self)  # noqa: SLF001
        return file

    def targets(self, page: Page) -> None:
        """Make the pages whose anchors a page links to, so that MkDocs can look for them."""
        for file in page.links_to_anchors or ():
            if file.src_uri in self._files_of_later:
                self.made(file.src_uri)
            if file.page is not None and file.page.present_anchor_ids is None:
                file.page.present_anchor_ids = set(_ID.findall(file.page.content or ""))

    def _file(self, path: str) -> File:
        if (present := self.src_uris.get(path)) is not None:
            return present
        if path not in self._files_of_later:
            file = File.generated(self._config, path, content="")
            set_exclusions([file], self._config)
            self._files_of_later[path] = file
            Page(None, file, self._config)
        return self._files_of_later[path]


Made = tuple[int, Mapping[str, Any], Mapping[int, int], Mapping[str, str]]
"""The process that made a page, the page's front matter, how many messages of each level there were, files moved."""


class Press:
    """Writes the files of one build."""

    def __init__(
        self, config: MkDocsConfig, catalogue: Catalogue, nav: Navigation, env: jinja2.Environment
    ) -> None:
        self._config, self.catalogue, self._nav, self._env = config, catalogue, nav, env
        self._pages = catalogue.documentation_pages()
        self._shells = Shells(env, self._rendered)

    def clear(self) -> None:
        """Take out of the site's folder what this build does not make."""
        site = Path(self._config.site_dir)
        made = {file.abs_dest_path for file in self.catalogue}
        made |= {str(site / self._destination(one.src_uri)) for one in self.catalogue.listed}
        named = (*self._config.theme.static_templates, *self._config.extra_templates, "sitemap.xml.gz")
        made |= {str(site / name) for name in named}
        for folder, _, names in os.walk(site, topdown=False):
            left = [name for name in names if not _removed(os.path.join(folder, name), made)]  # noqa: PTH118 - many
            if not left and not os.listdir(folder) and folder != str(site):  # noqa: PTH208 - as above
                os.rmdir(folder)  # noqa: PTH106 - as above

    def write_given(self) -> None:
        self.catalogue.copy_static_files()
        for file in self.catalogue.given():
            self._build(file)

    def write_templates(self) -> None:
        for name in self._config.theme.static_templates:
            engine._build_theme_template(name, self._env, self.catalogue, self._config, self._nav)  # noqa: SLF001
        for name in self._config.extra_templates:
            engine._build_extra_template(name, self.catalogue, self._config, self._nav)  # noqa: SLF001

    def write_later(self, counter: utils.CountHandler, moved: Mapping[str, str], later: Later) -> Made:
        before, files = dict(counter.counts), len(moved)
        compiled = later.make()
        page = Page(None, File.generated(self._config, compiled.path, content=""), self._config)
        if _finish(page, compiled):
            _write(page.file.abs_dest_path, self._shells.page(page))
            page.file.page = None  # they hold each other, and all of the HTML, until garbage is looked for
        else:
            self._build(self.catalogue.made(later.path))
        told = {level: number - before.get(level, 0) for level, number in counter.counts.items()}
        return os.getpid(), compiled.meta, told, dict(tuple(moved.items())[files:])

    def html(self, path: str) -> str | None:
        """The HTML of the page that is made of a path below docs_dir, without writing it; None where there is none."""
        later = self.catalogue.later.get(path)
        file = self.catalogue.get_file_from_path(path)
        if later is not None:
            compiled = later.make()
            page = (file and file.page) or Page(
                None, File.generated(self._config, path, content=""), self._config
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
        return engine._build_template(name, template, self.catalogue, self._config, self._nav)  # noqa: SLF001

    def _build(self, file: File) -> None:
        """A page as MkDocs builds it, and a look at its links."""
        page = file.page
        assert page is not None
        engine._build_page(page, self._config, self._pages, self._nav, self._env)  # noqa: SLF001
        self.catalogue.targets(page)
        page.validate_anchor_links(files=self.catalogue, log_level=self._config.validation.links.anchors)

    def _rendered(self, page: Page, seen: Any) -> str:  # noqa: ANN401 - a page, or what stands for it
        page.active = True
        context = engine.get_context(self._nav, self._pages, self._config, page)
        context["page"] = seen
        template = self._env.get_template(page.meta.get("template", "main.html"))
        html: str = self._config.plugins.on_post_page(
            template.render(context), page=page, config=self._config
        )
        return html

    def _destination(self, path: str) -> str:
        address = self.catalogue.address(path)
        return f"{address}index.html" if address.endswith("/") or not address else address


def _finish(page: Page, compiled: CompiledPage) -> bool:
    """Make the page what MkDocs would have read it as; false where it has to be read for that."""
    html = finished.finished(compiled.body)
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


def _removed(path: str, made: set[str]) -> bool:
    if path in made:
        return False
    Path(path).unlink()
    return True


def _write(path: str, html: str) -> None:
    """Write what is not there already, so that a file keeps its time while its bytes stay."""
    data = html.encode("utf-8", errors="xmlcharrefreplace")
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - many
            if file.read() == data:
                return
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as above
    with open(path, "wb") as file:  # noqa: PTH123 - as above
        file.write(data)
