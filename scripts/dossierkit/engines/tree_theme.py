"""Escaping for engines that cannot load the plugin: by a hook, or by templates and settings that are made safe in advance."""

from __future__ import annotations

import re
import shutil
from collections.abc import Container
from importlib.util import find_spec
from pathlib import Path

import yaml
from markupsafe import escape

from dossierkit.evidence.body_html import clean_line
from dossierkit.theme.escaping import HTML_SETTINGS
from dossierkit.theme.signature import by_tags, sign

HOOK = "dossier_hook.py"
_SOURCE = '''\
"""Written by `dossier build`: templates escape what they print here too."""

from {engine}.exceptions import PluginError

from dossierkit.theme import escaping
from dossierkit.theme.finishing import finish
from dossierkit.theme.signature import unsigned

SIGNATURE = {signature!r}


def on_config(config):
    escaping.settings(config)
    return config


def on_env(env, *, config, files):
    escaping.prepare(env, SIGNATURE)
    escaping.titles(file.page for file in files.documentation_pages() if file.page)
    return env


def on_page_context(context, *, page, config, nav):
    escaping.content(page)
    return context


def on_post_page(output, *, page, config):
    return checked(output, page.file.dest_uri)


def on_post_template(output_content, *, template_name, config):
    if template_name.endswith(".html"):
        return checked(output_content, template_name)
    return unsigned(output_content, SIGNATURE)


def checked(html, path):
    """What no template wrote is refused before other plugins, which are trusted, add to the page."""
    if problems := finish(html, path.removesuffix("index.html"), "", SIGNATURE).problems:
        raise PluginError("\\n".join(map(str, problems)))
    return html


on_page_context.mkdocs_priority = -100
on_post_page.mkdocs_priority = 100
'''
_ESCAPES = re.compile(r"(?<!\s)\s*+\|\s*+(?:escape|e)\b(?!\s*\()")
_STRIPS = re.compile(r"\|\s*striptags\b")
_TEXTS = frozenset(
    "site_name site_description site_author repo_name repo_url edit_uri extra_css extra theme copyright".split()
)
"""Settings that templates print, with everything below them."""
_MARK = "\ufeff"
"""The byte order mark that some editors write."""
_STR = "tag:yaml.org,2002:str"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE | re.DOTALL)


def hook(engine: str, signature: str) -> str:
    """The source of a hook for a fork of MkDocs."""
    return _SOURCE.format(engine=engine, signature=signature)


def add_templates(engine: str, theme: Path) -> None:
    """Copy the engine's own templates into the theme, except those that the site overrides."""
    spec = find_spec(engine)
    for place in (spec and spec.submodule_search_locations) or ():
        folder = Path(place) / "templates"
        for file in sorted(folder.rglob("*.html")):
            target = theme / file.relative_to(folder)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)


def rewrite_templates(theme: Path, signature: str) -> None:
    """Sign what templates write, and make them print values, which are escaped already, unchanged."""
    for file in sorted((*theme.rglob("*.html"), *theme.glob(".icons/**/*.svg"))):
        text = file.read_text(encoding="utf-8")
        file.write_text(sign(_printing(text), signature), encoding="utf-8", newline="\n")


def _printing(source: str) -> str:
    """The template without filters that would escape twice. `striptags` unescapes its value, which is escaped again."""
    parts = by_tags(source)
    parts[1::2] = (_STRIPS.sub(r"\g<0> | e", _ESCAPES.sub("", tag)) for tag in parts[1::2])
    return "".join(parts)


def with_hook(text: str) -> str:
    """mkdocs.yml with the hook, after the site's own hooks."""
    root = composed(text)
    present = next((value for key, value in root.value if key.value == "hooks"), None)
    if not isinstance(present, yaml.SequenceNode):
        root.value = [(key, value) for key, value in root.value if key.value != "hooks"]
        present = yaml.SequenceNode("tag:yaml.org,2002:seq", [])
        root.value.append((yaml.ScalarNode(_STR, "hooks"), present))
    present.value.append(yaml.ScalarNode(_STR, HOOK))
    return serialized(root)


def without_pages(text: str, empty: Container[str]) -> str:
    """mkdocs.yml without pages of the paths `empty` in `nav`, and without sections that had only such pages."""
    root = composed(text)
    for key, value in root.value:
        if key.value == "nav":
            _shorten(value, empty)
    return serialized(root) if empty else text


def _shorten(node: yaml.Node, empty: Container[str]) -> bool:
    """Whether anything is left of an entry of `nav`, whose lists are shortened."""
    if isinstance(node, yaml.SequenceNode):
        node.value = [item for item in node.value if _shorten(item, empty)]
        return bool(node.value)
    if isinstance(node, yaml.MappingNode):
        node.value = [(key, value) for key, value in node.value if _shorten(value, empty)]
        return bool(node.value)
    return node.value not in empty


def escape_settings(text: str) -> str:
    """mkdocs.yml with the settings that templates print escaped; settings that may contain HTML are cleaned."""
    root, done = composed(text), set[int]()
    for key, value in root.value:
        if key.value in _TEXTS:
            _escape(value, (key.value,), done)
        elif key.value == "nav":
            _escape_nav(value, done)
    return serialized(root)


def composed(text: str) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise TypeError("mkdocs.yml must be a list of `key: value` lines")
    return root


def serialized(root: yaml.Node) -> str:
    return str(yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True, width=10_000))


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
    if node.tag != _STR:
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
