"""The steps of `mkdocs build` for one page: reading, writing, rendering a template, with the events of plugins.

MkDocs' own functions for that are private; these use its public interface: events, `Page`, `get_context`. The setting `!relative`
is not supported: no Markdown extension with which `mkdocs_build` applies takes a path.
"""

from __future__ import annotations

import gzip
import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import jinja2
from mkdocs import utils
from mkdocs.commands.build import get_context
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.commands.build")


@contextmanager
def _naming_page(doing: str, page: Page) -> Iterator[None]:
    """Log an error with the page's path, in MkDocs' words."""
    try:
        yield
    except Exception as error:
        why = "" if isinstance(error, BuildError) else f" {error}"  # the message of the other is printed next
        log.error("Error %s page '%s':%s", doing, page.file.src_uri, why)  # noqa: TRY400 -- as MkDocs
        raise


def read(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Read a page's file and convert it to HTML."""
    with _naming_page("reading", page):
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=files
        )
        page.render(config, files)
        page.content = config.plugins.on_page_content(
            page.content or "", page=page, config=config, files=files
        )


def write(
    page: Page, config: MkDocsConfig, files: Sequence[File], nav: Navigation, env: jinja2.Environment
) -> None:
    """Render a page that was read, and write its file."""
    with _naming_page("building", page):
        page.active = True
        try:
            html = _html(page, config, files, nav, env)
        finally:
            page.active = False
        if html.strip():
            data = html.encode("utf-8", errors="xmlcharrefreplace")
            utils.write_file(data, page.file.abs_dest_path)
        else:
            log.info("Page skipped: '%s'. Generated empty output.", page.file.src_uri)


def _html(
    page: Page, config: MkDocsConfig, files: Sequence[File], nav: Navigation, env: jinja2.Environment
) -> str:
    context = get_context(nav, files, config, page)
    template = env.get_template(page.meta.get("template", "main.html"))
    context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
    return config.plugins.on_post_page(template.render(context), page=page, config=config)


def filled(name: str, template: jinja2.Template, config: MkDocsConfig, files: Files, nav: Navigation) -> str:
    """The output of a template that is no page. Addresses in an error page begin at the site's root."""
    template = config.plugins.on_pre_template(template, template_name=name, config=config)
    error = utils.is_error_template(name)
    base = urlsplit(config.site_url or "/").path if error else utils.get_relative_url(".", name)
    context = get_context(nav, files, config, base_url=base)
    context = config.plugins.on_template_context(context, template_name=name, config=config)
    return config.plugins.on_post_template(template.render(context), template_name=name, config=config)


def write_theme_template(
    name: str, env: jinja2.Environment, config: MkDocsConfig, files: Files, nav: Navigation
) -> None:
    """Write a static template of the theme; of the sitemap also a compressed copy."""
    try:
        template = env.get_template(name)
    except jinja2.TemplateNotFound:
        log.warning("Template skipped: '%s' not found in theme directories.", name)
        return
    text = filled(name, template, config, files, nav)
    path = Path(config.site_dir, name)
    if _put(name, text, path) and name == "sitemap.xml":
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        utils.write_file(_gzipped(text, f"{name}.gz", utils.get_build_timestamp(pages=pages)), f"{path}.gz")


def write_extra_template(name: str, config: MkDocsConfig, files: Files, nav: Navigation) -> None:
    """Write a template of the site's own files (`extra_templates`)."""
    file = files.get_file_from_path(name)
    if file is None:
        log.warning("Template skipped: '%s' not found in docs_dir.", name)
        return
    try:
        template = jinja2.Template(file.content_string)
    except (jinja2.TemplateError, OSError, ValueError) as error:
        log.warning("Error reading template '%s': %s", name, error)
        return
    _put(name, filled(name, template, config, files, nav), Path(file.abs_dest_path))


def _put(name: str, text: str, path: Path) -> bool:
    """Write the file; False if the text is empty."""
    if not text.strip():
        log.info("Template skipped: '%s' generated empty output.", name)
        return False
    utils.write_file(text.encode("utf-8"), str(path))
    return True


def _gzipped(text: str, name: str, timestamp: int) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(filename=name, fileobj=packed, mode="wb", mtime=timestamp) as file:
        file.write(text.encode("utf-8"))
    return packed.getvalue()
