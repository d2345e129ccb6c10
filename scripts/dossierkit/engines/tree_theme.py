"""The templates of a materialised tree: what they print is escaped by a hook, or they are rewritten for engines without hooks."""

from __future__ import annotations

import re
import shutil
from importlib.util import find_spec
from pathlib import Path

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
