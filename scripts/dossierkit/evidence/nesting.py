"""Markdown that nests so deeply that a parser would fail, or take a time that grows with the square of its length.

Python-Markdown calls itself for each level of lists and quotations, and looks for the end of each open bracket up to the end
of the paragraph.
"""

from __future__ import annotations

import re
from html import escape

MOST = 100
"""The most levels of brackets in a paragraph. No text that is meant for readers comes near it."""
_MOST_BLOCKS = 50
"""The most levels of lists and quotations."""
_BRACKET = re.compile(r"\\.|[\[\]()]|\n[ \t]*+\n", re.DOTALL)
_BEGINNING = re.compile(r"^(?>(?:[ \t]++|>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])|[!?]{3})+)", re.MULTILINE)
_MARKER = re.compile(r"[>\-*+]|[0-9]{1,9}[.)]")
_LEVEL = 4  # columns


def too_deep(markdown: str) -> int | None:
    """The offset of the first place that nests too deeply; None if there is none."""
    found = [at for at in (_brackets(markdown), _blocks(markdown)) if at is not None]
    return min(found, default=None)


def _brackets(markdown: str) -> int | None:
    open_ = {"[": 0, "(": 0}
    for match in _BRACKET.finditer(markdown):
        sign = match[0]
        if sign in open_:
            open_[sign] += 1
            if open_[sign] > MOST:
                return match.start()
        elif sign in "])":
            opening = "[" if sign == "]" else "("
            open_[opening] = max(0, open_[opening] - 1)
        elif sign[0] == "\n":
            open_ = {"[": 0, "(": 0}
    return None


def _blocks(markdown: str) -> int | None:
    for match in _BEGINNING.finditer(markdown):
        markers = len(_MARKER.findall(match[0]))
        columns = len(match[0].expandtabs(_LEVEL)) if match[0].strip() else 0
        deep = markers > _MOST_BLOCKS or columns > _MOST_BLOCKS * _LEVEL
        if deep and not _is_divider(markdown, match.end()):
            return match.start()
    return None


def _is_divider(markdown: str, start: int) -> bool:
    """Whether a line goes on as a line of dashes or stars does."""
    end = markdown.find("\n", start)
    return not markdown[start : end if end >= 0 else None].strip(" \t*+-")


def as_written(markdown: str) -> str:
    """The HTML of a text whose Markdown is not read: its paragraphs, with every sign."""
    return "\n".join(
        f"<p>{escape(block.strip(), quote=False)}</p>"
        for block in re.split(r"\n[ \t]*+\n", markdown)
        if block.strip()
    )
