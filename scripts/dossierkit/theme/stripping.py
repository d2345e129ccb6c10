"""Style sheets and scripts of the package as they are served: each sheet in one file, without comments, indentation and blank lines.

What is left is as written, line by line: no name and no statement changes. It is for our own files alone, which hold to what this
rests on (`tests/theme/test_stripping.py`): a comment that goes begins a line and ends one, and no text goes over lines.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

FOLDER = "assets/dossierkit/"
PARTS = f"{FOLDER}parts/"
"""What style sheets are joined from; it is not served."""
_PART = re.compile(r'^@import "(parts/[a-z]+\.css)";\n', re.MULTILINE)
_BLOCK = re.compile(r"^[ \t]*+/\*(?!!)(?:[^*]++|\*(?!/))*+\*/[ \t]*+\n", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*+//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^\s++", re.MULTILINE)


def joined(file: Path) -> str:
    """The text of a style sheet or a script, with the parts that it imports in their places; they lie one folder further down."""

    def part(found: re.Match[str]) -> str:
        return (file.parent / found[1]).read_text(encoding="utf-8").replace('url("../', 'url("')

    return _PART.sub(part, file.read_text(encoding="utf-8"))


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
            file.write_text(stripped(file.name, joined(file)), encoding="utf-8", newline="\n")
    shutil.rmtree(theme / PARTS)
