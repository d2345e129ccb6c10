"""Hooks of mkdocs-docs.yml: the navigation, taken from docs/index.md, and the files of the repository that pages link to.

A link such as `../../CONTRIBUTING.md` leads to a file where the repository is browsed. On the site each of these files is
a page below `project/`; any other file that is no page of the documentation is named without a link.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ("CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "CHANGELOG.md")
_HEADING_OR_ITEM = re.compile(r"^(?:(##|###) (.+)|\* \[[^\]]*\]\(([^)]+)\).*)$", re.MULTILINE)
_CODE_OR_LINK = re.compile(
    r"^```.*?^```|`[^`\n]+`|(?<!!)\[(?P<words>[^\]]*)\]\((?P<path>[^)\s:#]+)(?P<anchor>#[^)\s]*)?\)",
    re.MULTILINE | re.DOTALL,
)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    index = (Path(config.docs_dir) / "index.md").read_text(encoding="utf-8")
    project = [f"project/{name}" for name in PROJECT]
    config.nav = [{"Start": "index.md"}, *navigation(index), {"Project": project}]
    return config


def navigation(index: str) -> list[dict[str, list[Any]]]:
    """The lists of links of the index as a `nav:` of MkDocs: a section for each `##`, a group in it for each `###`."""
    sections: list[dict[str, list[Any]]] = []
    pages: list[Any] = []
    for mark, title, path in _HEADING_OR_ITEM.findall(index):
        if path:
            pages.append(path)
            continue
        pages = []
        (sections if mark == "##" else next(iter(sections[-1].values()))).append({title: pages})
    return sections


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    for name in PROJECT:
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, f"project/{name}", content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - as MkDocs calls it
    """The page with its links as they hold on the site; code stays as it is."""
    here = page.file.src_uri

    def replaced(found: re.Match[str]) -> str:
        if found["path"] is None:
            return found[0]
        target = site_link(here, found["path"])
        return f"[{found['words']}]({target}{found['anchor'] or ''})" if target else found["words"]

    return _CODE_OR_LINK.sub(replaced, markdown)


def site_link(here: str, link: str) -> str:
    """A link of the page `here` (its path on the site's source) as it holds there; empty where no page stands for its target."""
    source = here.removeprefix("project/") if here.startswith("project/") else f"docs/{here}"
    target = normpath(join(dirname(source), link))
    if target in PROJECT:
        page = f"project/{target}"
    elif target.startswith("docs/"):
        page = target.removeprefix("docs/")
    else:
        return ""
    return relpath(page, dirname(here))
