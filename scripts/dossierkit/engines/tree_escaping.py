"""Texts of front matter and settings, escaped in advance for engines that cannot load the plugin and run no hooks."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from markupsafe import escape

from dossierkit.evidence.body_html import clean_line
from dossierkit.theme.escaping import HTML_SETTINGS

_TEXTS = frozenset(
    "site_name site_description site_author repo_name repo_url edit_uri extra_css extra theme copyright".split()
)
"""Settings that templates print, with everything below them."""
_MARK = "\ufeff"
"""The byte order mark that some editors write."""
STR = "tag:yaml.org,2002:str"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE | re.DOTALL)


def composed(text: str) -> yaml.MappingNode:
    """The nodes of mkdocs.yml. Tags such as `!ENV` and `!!python/name:` stay unevaluated."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise TypeError("mkdocs.yml must be a list of `key: value` lines")
    return root


def serialized(root: yaml.Node) -> str:
    return str(yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True, width=10_000))


def escape_settings(root: yaml.MappingNode) -> None:
    """Escape the settings that templates print; settings that may contain HTML are cleaned."""
    done = set[int]()
    for key, value in root.value:
        if key.value in _TEXTS:
            _escape(value, (key.value,), done)
        elif key.value == "nav":
            _escape_nav(value, done)


def escape_pages(docs: Path) -> None:
    """Escape the front matter of all pages below a folder, with `escape_front`."""
    for file in sorted(docs.rglob("*.md")):
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        if (safe := escape_front(text)) != text:
            file.write_text(safe, encoding="utf-8", errors="surrogateescape", newline="\n")


def escape_front(text: str) -> str:
    """A page with the texts of its front matter escaped; unchanged if nothing needs escaping."""
    match = _FRONT.match(text.removeprefix(_MARK))
    if not match or not re.search(r"[&<>'\"]", match[1]):
        return text
    try:
        root = yaml.compose(match[1], Loader=yaml.SafeLoader)
    except yaml.YAMLError:  # engines cannot read it either
        return text
    if root is None or not _escape(root, (), set()):
        return text
    return f"---\n{serialized(root)}---\n{text.removeprefix(_MARK)[match.end() :]}"


def _escape(node: yaml.Node, path: tuple[str, ...], done: set[int]) -> int:
    """Escape texts below a node; return how many changed. `done`: ids of escaped nodes, since anchored nodes recur."""
    if isinstance(node, yaml.MappingNode):
        return sum(_escape(value, (*path, str(key.value)), done) for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        ours = node.tag.startswith("tag:yaml.org")
        return sum(_escape(value, path, done) for value in node.value) if ours else 0
    if node.tag != STR:
        return 0
    return _put(node, clean_line(node.value) if path in HTML_SETTINGS else str(escape(node.value)), done)


def _escape_nav(node: yaml.Node, done: set[int]) -> None:
    """Escape titles, and addresses that are not paths of pages."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _escape_nav(item, done)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _put(key, str(escape(key.value)), done)
            _escape_nav(value, done)
    elif not node.value.endswith(".md"):
        _put(node, str(escape(node.value)), done)


def _put(node: yaml.Node, text: str, done: set[int]) -> int:
    if id(node) in done or node.value == text:
        return 0
    done.add(id(node))
    node.value = text
    return 1
