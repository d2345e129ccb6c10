"""The text of mkdocs.yml with what it inherits from, as people wrote it."""

from __future__ import annotations

import os
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
        node = yaml.compose(found[name], Loader=LOADER)
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        above = next((str(value.value) for key, value in pairs if key.value == "INHERIT"), "")
        file = file.parent / above
    return found


def repeated_settings(file: Path) -> tuple[Diagnostic, ...]:
    """The repeated keys of mkdocs.yml and of the files that it inherits from; () if one cannot be read, which MkDocs says."""
    try:
        texts = written(file)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return ()
    every = (one for path, text in texts.items() for one in repeated(yaml.compose(text, Loader=LOADER), path))
    return tuple(sorted(every))
