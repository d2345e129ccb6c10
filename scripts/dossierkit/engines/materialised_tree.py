"""Writes pages as a tree on disk with its own configuration, for engines that cannot load the plugin.

The tree contains what the plugin would keep in memory: `docs/` (compiled pages and the site's own files), `theme/` (the site's
overrides over the packaged ones) and `mkdocs.yml` (the site's, with these paths and without the plugin `dossier`). YAML tags
such as `!ENV` and `!!python/name:` stay unevaluated.
"""

from __future__ import annotations

import os
import shutil
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from dossierkit.build.card_images import cards
from dossierkit.build.document import document
from dossierkit.build.outputs import write_file
from dossierkit.build.pictures import left_out, picture_folder, prepared
from dossierkit.cache.facsimiles import drawn
from dossierkit.engines.engine import Engine
from dossierkit.engines.tree_theme import (
    HOOK,
    add_templates,
    composed,
    escape_pages,
    escape_settings,
    hook,
    rewrite_templates,
    serialized,
    with_hook,
    without_pages,
)
from dossierkit.export.offer import PAGE
from dossierkit.parallel.fork import Work, processors
from dossierkit.site.compiled import Compiled
from dossierkit.site.interface import Written
from dossierkit.store.inside import leads_aside, real
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.served import Served, regular
from dossierkit.theme.escaping import escaped
from dossierkit.theme.stripping import join_scripts, strip_files

BESIDE = "beside"
"""The folder of files that are copied into the site after the engine has run."""
_STR = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class TreeOrigin:
    """The inputs of a tree besides the pages.

    `docs`: the content folder. `themes`: override folders, the least specific first. `config`: the site's mkdocs.yml. `engine`:
    for which values are escaped in advance, and whose templates are copied, if it runs no hooks. `extra`: values added to the
    site's own. `served`: which files are copied. `signature`: marks what templates write (`theme.signature`).
    """

    docs: Path
    themes: Sequence[Path]
    config: Path
    engine: Engine
    extra: Mapping[str, Any] = field(default_factory=dict)
    served: Served = field(default_factory=Served)
    signature: str = ""

    @property
    def root(self) -> str:
        """The repository's folder with every link resolved."""
        return real(self.config.parent)


def materialise(compiled: Compiled, origin: TreeOrigin, out: Path) -> Path:
    """Write the tree to `out`, which is emptied first, and return its configuration file."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "docs").mkdir(parents=True)
    _copy_docs(origin, out / "docs", compiled)
    written = (*compiled.written, cards(compiled.cards, origin.config.parent))
    work = Work(partial(_write, out=out), written, processors(len(compiled.pages)))
    sizes = ChainMap(*work.results())
    pages = (*compiled.pages, *([compiled.last(sizes)] if compiled.last else []))
    if not origin.engine.hooks:
        pages = tuple(replace(page, meta=escaped(page.meta)) for page in pages)
        escape_pages(out / "docs")
    files = {**compiled.files, **{page.path: document(page) for page in pages}}
    for path, content in files.items():
        target = out / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    made = prepared(compiled.pictures, origin.docs, picture_folder(origin.config.parent))
    made |= {path: origin.config.parent / seed for path, seed in compiled.originals.items()}
    made |= drawn(origin.config.parent, compiled.facsimiles.values())
    for path, picture in made.items():
        target = out / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, target)
    for folder in origin.themes:
        _copy_theme(folder, origin, out / "theme")
    join_scripts(out / "theme")
    if origin.engine.hooks:
        (out / HOOK).write_text(hook(origin.engine.name, origin.signature), encoding="utf-8", newline="\n")
    else:
        add_templates(origin.engine.name, out / "theme")
        rewrite_templates(out / "theme", origin.signature)
    settings = out / "mkdocs.yml"
    given = without_pages(origin.config.read_text(encoding="utf-8"), compiled.frame.empty)
    given, extra = (
        (with_hook(given), origin.extra)
        if origin.engine.hooks
        else (escape_settings(given), escaped(origin.extra))
    )
    text = configuration(given, origin.engine, extra)
    settings.write_text(text, encoding="utf-8", newline="\n")
    return settings


def _write(written: Written, out: Path) -> dict[str, int]:
    """Write the files below `docs/`, and Markdown that must not become a page below `beside/`. Returns bytes by path."""
    return {
        path: write_file(out / (BESIDE if path.endswith(".md") else "docs") / path, parts)[0]
        for path, parts in written.make()
    }


def _copy_theme(folder: Path, origin: TreeOrigin, out: Path) -> None:
    """Copy templates and their files; of a folder in the repository only files of allowed kinds."""
    named = shutil.ignore_patterns("pages", "README*", "__pycache__", *origin.engine.without)
    own = real(folder).startswith(f"{origin.root}{os.sep}")

    def ignored(place: str, names: list[str]) -> set[str]:
        wanted = {name for name in names if not own or _theme_takes(f"{place}/{name}", name, folder, origin)}
        return set(named(place, names)) | (set(names) - wanted)

    shutil.copytree(folder, out, dirs_exist_ok=True, ignore=ignored)
    if folder == packaged_templates():  # the first of the themes: overrides over it are the site's own
        strip_files(out)


def _theme_takes(place: str, name: str, folder: Path, origin: TreeOrigin) -> bool:
    if os.path.islink(place) and leads_aside(place, folder):  # noqa: PTH114 - many
        return False
    return not name.startswith(".") if os.path.isdir(place) else origin.served.theme(name)  # noqa: PTH112 - as above


def _copy_docs(origin: TreeOrigin, out: Path, compiled: Compiled) -> None:
    """Copy the site's own pages, pictures and files: everything that is published without being compiled."""
    taken = compiled.replaces | {page.path for page in compiled.pages} | {PAGE}
    found = sorted(regular(docs := str(origin.docs), origin.root, docs=docs))
    taken |= left_out(found, compiled.media) | compiled.pictures.keys()
    for path in found:
        if path not in taken and not origin.served.reason(path):
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(origin.docs / path, target)


def configuration(text: str, engine: Engine, extra: Mapping[str, Any]) -> str:
    """mkdocs.yml for the tree: with its paths, with `extra` added, and without the plugin `dossier` and keys that the engine cannot use.

    Options of the theme are set, and plugins switched off, unless the site sets them itself.
    """
    root = composed(text)
    for name in engine.drop:
        _remove(root, name)
    _set(root, "docs_dir", "docs")
    _set(root, "site_dir", "site")
    if extra:
        _add(root, "extra", extra)
    theme = _child(root, "theme")
    if isinstance(theme, yaml.MappingNode):
        _set(theme, "custom_dir", "theme")
        for name, value in engine.theme:
            if _child(theme, name) is None:
                _set(theme, name, value)
    _plugins(root, engine.off)
    return serialized(root)


def _plugins(root: yaml.MappingNode, off: Sequence[str]) -> None:
    """Remove the plugin `dossier`, and switch off those of `off` that the site does not name."""
    plugins = _child(root, "plugins")
    if isinstance(plugins, yaml.SequenceNode):
        others = [item for item in plugins.value if _plugin(item) != "dossier"]
        named = {_plugin(item) for item in others}
        plugins.value = [*others, *(_switched_off(name) for name in off if name not in named)]
    elif isinstance(plugins, yaml.MappingNode):
        _remove(plugins, "dossier")
        added = (_switched_off(name) for name in off if _child(plugins, name) is None)
        plugins.value += [pair for node in added for pair in node.value]


def _switched_off(name: str) -> yaml.MappingNode:
    return composed(f"{name}: {{enabled: false}}")


def _child(node: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in node.value if key.value == name), None)


def _remove(node: yaml.MappingNode, name: str) -> None:
    node.value = [(key, value) for key, value in node.value if key.value != name]


def _set(node: yaml.MappingNode, name: str, value: str) -> None:
    _remove(node, name)
    node.value.append((yaml.ScalarNode(_STR, name), yaml.ScalarNode(_STR, value)))


def _add(node: yaml.MappingNode, name: str, values: Mapping[str, Any]) -> None:
    """Add the values to the mapping under a name; make the mapping if it is missing."""
    made = composed(yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False))
    existing = _child(node, name)
    if isinstance(existing, yaml.MappingNode):
        existing.value += made.value
    else:
        _remove(node, name)
        node.value.append((yaml.ScalarNode(_STR, name), made))


def _plugin(item: yaml.Node) -> str:
    """The name of an entry of `plugins:`, written alone or with options."""
    if isinstance(item, yaml.MappingNode):
        return str(item.value[0][0].value) if item.value else ""
    return str(item.value)
