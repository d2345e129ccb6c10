"""The mkdocs.yml of a materialised tree, made from the site's own.

YAML tags such as `!ENV` and `!!python/name:` stay unevaluated.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from dossierkit.engines.engine import Engine
from dossierkit.engines.tree_escaping import STR, composed, escape_settings, serialized
from dossierkit.engines.tree_theme import HOOK
from dossierkit.theme.escaping import escaped


def tree_settings(file: Path, engine: Engine, extra: Mapping[str, Any], empty: Container[str]) -> str:
    """The text of mkdocs.yml for the tree: with its paths, with `extra` added, and without the plugin `dossier`, keys that the
    engine cannot use, and pages of the paths `empty`.

    `file`: the site's own mkdocs.yml. Options of the theme are set, and plugins switched off, unless the site sets them itself.
    An engine with hooks gets one; for any other, texts are escaped.
    """
    root = composed(file.read_text(encoding="utf-8"))
    _shorten(_child(root, "nav"), empty)
    if engine.hooks:
        _add_hook(root, file.parent)
    else:
        escape_settings(root)
        extra = escaped(extra)
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
    _switch_plugins(root, engine.off)
    return serialized(root)


def _shorten(node: yaml.Node | None, empty: Container[str]) -> bool:
    """Whether anything is left of an entry of `nav`, whose lists are shortened: a section of empty pages goes too."""
    if isinstance(node, yaml.SequenceNode):
        node.value = [item for item in node.value if _shorten(item, empty)]
        return bool(node.value)
    if isinstance(node, yaml.MappingNode):
        node.value = [(key, value) for key, value in node.value if _shorten(value, empty)]
        return bool(node.value)
    return node is not None and node.value not in empty


def _add_hook(root: yaml.MappingNode, repository: Path) -> None:
    """Add our hook after the site's own, whose paths begin at the site's mkdocs.yml."""
    hooks = _child(root, "hooks")
    if not isinstance(hooks, yaml.SequenceNode):
        hooks = yaml.SequenceNode("tag:yaml.org,2002:seq", [])
        _put(root, "hooks", hooks)
    for hook in hooks.value:
        if hook.tag == STR:
            hook.value = str(repository / hook.value)
    hooks.value.append(yaml.ScalarNode(STR, HOOK))


def _switch_plugins(root: yaml.MappingNode, off: Sequence[str]) -> None:
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


def _plugin(item: yaml.Node) -> str:
    """The name of an entry of `plugins:`, written alone or with options."""
    if isinstance(item, yaml.MappingNode):
        return str(item.value[0][0].value) if item.value else ""
    return str(item.value)


def _child(node: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in node.value if key.value == name), None)


def _remove(node: yaml.MappingNode, name: str) -> None:
    node.value = [(key, value) for key, value in node.value if key.value != name]


def _put(node: yaml.MappingNode, name: str, value: yaml.Node) -> None:
    _remove(node, name)
    node.value.append((yaml.ScalarNode(STR, name), value))


def _set(node: yaml.MappingNode, name: str, value: str) -> None:
    _put(node, name, yaml.ScalarNode(STR, value))


def _add(node: yaml.MappingNode, name: str, values: Mapping[str, Any]) -> None:
    """Add the values to the mapping under a name; make the mapping if it is missing."""
    made = composed(yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False))
    existing = _child(node, name)
    if isinstance(existing, yaml.MappingNode):
        existing.value += made.value
    else:
        _put(node, name, made)
