"""Style sheets and scripts of the package as they are served: without comments, indentation and blank lines.

What is left is as written, line by line: no name and no statement changes. It is for our own files alone, which hold to what this
rests on (`tests/theme/test_stripping.py`): a comment that goes begins a line and ends one, and no text goes over lines.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = "assets/dossierkit/"
_BLOCK = re.compile(r"^[ \t]*+/\*(?!!)(?:[^*]++|\*(?!/))*+\*/[ \t]*+\n", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*+//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^\s++", re.MULTILINE)


def stripped(path: str, text: str) -> str:
    """A style sheet or a script by its path; comments that begin with `/*!` stay, as licences do."""
    text = _BLOCK.sub("", text)
    return _INDENT.sub("", _LINE.sub("", text) if path.endswith(".js") else text)


def strips(path: str) -> bool:
    """Whether a file of the package, by its path below the theme's folder, is served without comments."""
    return path.startswith(FOLDER) and path.endswith((".css", ".js"))


def strip_files(theme: Path) -> None:
    """All of them below a folder that is a theme, where they lie."""
    for file in sorted((theme / FOLDER).rglob("*")):
        if strips(file.relative_to(theme).as_posix()):
            text = file.read_text(encoding="utf-8")
            file.write_text(stripped(file.name, text), encoding="utf-8", newline="\n")
