"""Text for a terminal or a log: nothing in it has an effect, every character is visible."""

from __future__ import annotations

import json
import re
import unicodedata
from json import dumps

_ACTING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # part of Arabic and Persian spelling
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""A character that changes the direction in which others are written."""
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Commands for a CI service: GitHub reads the first after white space, and the others anywhere.
_COMMAND = re.compile(r"\A\s*+:(?=:)|#(?=#(?:vso)?\[)")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    r"""One line: controls, line breaks, direction marks and lone surrogates as escapes such as `\x1b`.

    So is the first character of a command for CI services (`::error::`, `##[command]`).
    """
    plain = text.isascii() and text.isprintable()
    shown = text if plain else "".join(_escape(char) if acts(char) else char for char in text)
    return _COMMAND.sub(lambda match: f"{match[0][:-1]}{_byte(match[0][-1])}", shown)


def printable_lines(text: str) -> str:
    """The same for each line of a text."""
    return "\n".join(map(printable, text.split("\n")))


def printable_json(value: object, indent: int | None = 2) -> str:
    """The value as JSON, with escapes for what would have an effect on a terminal or in a log."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    escaped = "".join(_json(char) if acts(char) and char != "\n" else char for char in text)
    return _COMMAND.sub(lambda match: f"{match[0][:-1]}\\u{ord(match[0][-1]):04x}", escaped)


def signs(text: str) -> str:
    """A text of the same length, with a sign for each character that has an effect, for column marks."""
    shown = "".join("\ufffd" if acts(char) else char for char in text)
    return _COMMAND.sub(lambda match: f"{match[0][:-1]}\ufffd", shown)


def unreadable(text: str) -> str:
    """What is in a value that no page can contain, in words; "" if nothing is."""
    if any(unicodedata.category(char) == "Cs" for char in text):
        return "is not UTF-8"
    if any(unicodedata.category(char) == "Cc" for char in text):
        return "contains a control character"
    return "contains a character that changes the writing direction" if TURNS.search(text) else ""


def acts(char: str) -> bool:
    """Whether a character has an effect instead of being shown."""
    return unicodedata.category(char) in _ACTING and char not in _JOINERS


def _escape(char: str) -> str:
    """The escape in Python's notation; a byte that was not UTF-8 as that byte."""
    number = ord(char)
    if char in _NAMED:
        return _NAMED[char]
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    if number < 0x100:
        return _byte(char)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _byte(char: str) -> str:
    return f"\\x{ord(char):02x}"


def _json(char: str) -> str:
    return "\\u007f" if char == "\x7f" else dumps(char)[1:-1]


def visible(text: str) -> str:
    """The text on one line, NFC, with spaces for invisible and control characters; soft hyphens are removed."""
    shown = "".join(
        char if char in _JOINERS or unicodedata.category(char) not in _HIDDEN else " "
        for char in unicodedata.normalize("NFC", text).replace("\u00ad", "")
    )
    return " ".join(shown.split())
