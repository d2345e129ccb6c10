"""Style sheets and scripts of the package as served: imports inlined, without comments, indentation and blank lines.

Rules of style sheets are joined, without the space before a value. No names or statements are rewritten. Only for the package's own files, which satisfy
its assumptions (`tests/theme/test_stripping.py`): a removed comment is on lines of its own, and no string spans
lines.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

FOLDER = "assets/dossierkit/"
PARTS = f"{FOLDER}parts/"
"""What style sheets are joined from; it is not served."""
SCRIPT = f"{FOLDER}page.js"
"""The script of all pages: it names those that are put into it, a site's own in place of the package's."""
_PART = re.compile(r'^@import "((?:parts/)?[a-z]+\.css)";\n', re.MULTILINE)
_SCRIPT = re.compile(r'^/\*! @import "([a-z]+\.js)"; \*/\n', re.MULTILINE)
_BLOCK = re.compile(r"^[ \t]*+/\*(?!!)(?>(?:[^*]++|\*(?!/))*)\*/[ \t]*+\n", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*+//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^\s++", re.MULTILINE)
_VALUE = re.compile(r"^([a-z-]++): ", re.MULTILINE)
_END = re.compile(r"(?<=[{};,])\n")


def joined(file: Path) -> str:
    """The text of a style sheet or script with its imports inlined; parts are one folder deeper."""

    def part(found: re.Match[str]) -> str:
        text = joined(file.parent / found[1])
        return text.replace('url("../', 'url("') if found[1].startswith("parts/") else text

    return _PART.sub(part, file.read_text(encoding="utf-8"))


def with_scripts(text: str, read: Callable[[str], str]) -> str:
    """A script with those that it names in it. `read`: the text of a script by its name."""
    return _SCRIPT.sub(lambda found: read(found[1]).rstrip() + "\n", text)


@cache  # a preview builds again and again
def stripped(path: str, text: str) -> str:
    """The stripped file; comments that begin with `/*!` stay, for licences."""
    text = _BLOCK.sub("", text)
    if path.endswith(".js"):
        return _INDENT.sub("", _LINE.sub("", text))
    return _END.sub("", _VALUE.sub(r"\1:", _INDENT.sub("", text)))


def strips(path: str) -> bool:
    """Whether a file of the package, by path below the theme's folder, is stripped."""
    return path.startswith(FOLDER) and path.endswith((".css", ".js"))


def strip_files(theme: Path) -> None:
    """Strip all such files below a theme's folder, in place."""
    for file in sorted((theme / FOLDER).rglob("*")):
        if strips(file.relative_to(theme).as_posix()):
            file.write_text(stripped(file.name, joined(file)), encoding="utf-8", newline="\n")
    shutil.rmtree(theme / PARTS)


def join_scripts(theme: Path) -> None:
    """Write the script of all pages below a theme's folder, if it has one, when all its files are there."""
    script = theme / SCRIPT
    if not script.exists():
        return
    text = with_scripts(
        script.read_text(encoding="utf-8"), lambda name: script.with_name(name).read_text(encoding="utf-8")
    )
    script.write_text(text, encoding="utf-8", newline="\n")
