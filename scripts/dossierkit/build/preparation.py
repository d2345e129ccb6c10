"""What a build needs before it makes pages: the files, the navigation, and the pages that MkDocs is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mkdocs.structure.files import set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from dossierkit.build import docs_files, mkdocs_pages, theme_files
from dossierkit.build.builder import Builder
from dossierkit.build.page_files import page_file, read_compiled
from dossierkit.build.plugin import DossierPlugin
from dossierkit.build.site_files import SiteFiles
from dossierkit.build.template_reads import add_navigation_entries

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig


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
        if not (file.generated_by and read_compiled(page, plugin.put[file.src_uri])):
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
