"""The text of mkdocs.yml with what it inherits from, as people wrote it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.text.data import LOADER
from dossierkit.text.repeated_keys import repeated


def written(file: Path) -> dict[str, str]:
    """The texts of mkdocs.yml and of the files that it inherits from (`INHERIT`), the nearest first, by path from its folder."""
    found: dict[str, str] = {}
    root, above = file.parent, file.name
    while above and (name := Path(os.path.relpath(file, root)).as_posix()) not in found:
        found[name] = file.read_text(encoding="utf-8")
        above = next((str(value.value) for key, value in _pairs(found[name]) if key.value == "INHERIT"), "")
        file = file.parent / above
    return found


def plugins(texts: Iterable[str]) -> frozenset[str]:
    """The names under `plugins` in these texts, with or without settings. Raises yaml.YAMLError."""
    found: set[str] = set()
    for value in (value for text in texts for key, value in _pairs(text) if key.value == "plugins"):
        for item in value.value if isinstance(value, yaml.CollectionNode) else ():
            named = item[0] if isinstance(item, tuple) else item
            found.add(str(named.value[0][0].value if isinstance(named, yaml.MappingNode) else named.value))
    return frozenset(found)


def _pairs(text: str) -> Sequence[tuple[yaml.Node, yaml.Node]]:
    """The keys of a file of settings, with their values."""
    node = yaml.compose(text, Loader=LOADER)
    return node.value if isinstance(node, yaml.MappingNode) else ()


def repeated_settings(file: Path) -> tuple[Diagnostic, ...]:
    """The repeated keys of mkdocs.yml and of the files that it inherits from; () if one cannot be read, which MkDocs says."""
    try:
        texts = written(file)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return ()
    every = (one for path, text in texts.items() for one in repeated(yaml.compose(text, Loader=LOADER), path))
    return tuple(sorted(every))
