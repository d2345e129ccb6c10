"""What to do about text that is not YAML, and where: by the message of libyaml and the lines around it."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

import yaml

from dossierkit.text.data import LOADER

_TABS = "indent with spaces, not with tabs"
_QUOTE = "quote values that hold `: ` or `#`"
_UNCLOSED = "the quotation mark here is not closed, on its line at least: close it, or remove it"
_DASH = "write `- ` before it, like the items beside it"
_FLOW = "expected ',' or '"
_PLAIN = "could not find expected ':'"
_OPENED = (
    ("expected ',' or '}'", "the `{` here is not closed, or a comma is missing after it"),
    ("expected ',' or ']'", "the `[` here is not closed, or a comma is missing after it"),
    ("unexpected end of stream", "the quotation mark here is not closed"),
    (_PLAIN, "write `key: value`, with a space after the colon"),
)
"""Messages about something that began earlier: the mistake is where it began."""
_HERE = (
    ("tab character", _TABS),
    ("mapping values", "quote a value that holds `: `, or indent the key like those beside it"),
    ("'-' indicator", "indent the lines of one item alike, and begin each item with `- `"),
    ("cannot start any token", "quote a value that begins with this character"),
    ("undefined alias", "quote a value that begins with this character"),
    (_FLOW, "a comma is missing before this, or a quotation mark is one too many"),
    ("expected key", "quote the whole value, or indent the line like those beside it"),
)
_BLANKS = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff"
"""Spaces that YAML takes for letters, as word processors and phones write them."""
_BLANK = re.compile(rf"[ \t]*(?:- )?(?:[\w-]+:)?([{_BLANKS}])")
_NEAR = 3  # lines up to the mistake in which such a space is its cause


def remedy(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int, str]:
    """Line and column (from 1) of the mistake in `text`, and what to do about it."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1, _QUOTE
    return _blank(text, mark.line) or _earlier(error, mark, text) or (*_place(mark), _here(error, mark, text))


def _earlier(error: yaml.MarkedYAMLError, mark: yaml.Mark, text: str) -> tuple[int, int, str] | None:
    """The mistake if it began before the mark; None if it is there."""
    problem, began = error.problem or "", error.context_mark
    if opened := _unclosed(text, mark.index):
        return (*_place(opened), _UNCLOSED)
    if began is None or (_FLOW in problem and began.line == mark.line):
        return None
    if _PLAIN in problem and _among_items(text, began.line):
        return (*_place(began), _DASH)
    return next(((*_place(began), what) for words, what in _OPENED if words in problem), None)


def _here(error: yaml.MarkedYAMLError, mark: yaml.Mark, text: str) -> str:
    if text[mark.index : mark.index + 1] == "\t":
        return _TABS
    return next((what for words, what in _HERE if words in (error.problem or "")), _QUOTE)


def blank_at_start(key: str) -> str:
    """What to do about a key that begins with a space which YAML takes for a letter; empty if it does not."""
    return _instead(key[0]) if key and re.match(f"[{_BLANKS}]", key) else ""


def _blank(text: str, last: int) -> tuple[int, int, str] | None:
    """The place of the last space up to a line that YAML takes for a letter where it needs a space."""
    lines = text.split("\n")
    for number in range(last, max(last - _NEAR, -1), -1):
        if found := _BLANK.match(lines[number]):
            return number + 1, found.start(1) + 1, _instead(found[1])
    return None


def _instead(char: str) -> str:
    name = unicodedata.name(char, "character").lower()
    return f"write an ordinary space in place of the {name} (U+{ord(char):04X}) here"


def _unclosed(text: str, before: int) -> yaml.Mark | None:
    """Where a quoted text begins that ends on a later line, just before the mistake: its end is the mark that opens another."""
    last: yaml.Token | None = None
    try:
        for token in takewhile(lambda one: one.end_mark.index <= before, yaml.scan(text, Loader=LOADER)):
            last = token
    except yaml.YAMLError:
        pass  # the mistake itself, if it is one of the scanner
    if not isinstance(last, yaml.ScalarToken) or last.style not in {"'", '"'}:
        return None
    return last.start_mark if last.start_mark.line < last.end_mark.line else None


def _among_items(text: str, line: int) -> bool:
    """Whether the line before or after one is an item of a list."""
    lines = text.split("\n")
    return any(
        one.lstrip().startswith("- ")
        for one in (*lines[max(line - 1, 0) : line], *lines[line + 1 : line + 2])
    )


def _place(mark: yaml.Mark) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1
