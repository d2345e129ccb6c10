"""Markup in a body that would be shown as text, and links in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierkit.check.report import Finding
from dossierkit.check.sheet import CheckedArticle, CheckedPage
from dossierkit.evidence.nesting import too_deep

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_INDENTED = re.compile(r"    |\t")
_TICKS = re.compile(r"`+")
_TAG = re.compile(r"(?<!\\)</?[a-zA-Z][a-zA-Z0-9-]{0,30}(?:\s[^<>]{0,500})?/?>|(?<!\\)<!--")
_OF_NOTES = re.compile(
    r"(?P<embedded>!\[\[[^\[\]\n]{1,200}\]\])"
    r"|(?P<link>\[\[(?!\d{1,4}\]\])[^\[\]\n]{1,200}\]\](?!\())"
    r"|(?P<callout>^ {0,3}> {0,3}\[![a-zA-Z]{1,20}\])"
    r"|(?P<comment>%%[^%\n]{1,500}%%)",
    re.MULTILINE,
)
_REMEDIES = {
    "embedded": "`{}` is shown to readers as text: write `![what it shows](../../media/FILE)`",
    "link": "`{}` is shown to readers as text: write `[words](FILE.md)`, with the path from this page",
    "callout": "`{}` is shown to readers as text: write `!!! note` and indent the text below it, or leave a plain quotation",
    "comment": "`{}` is shown to readers: take out what they are not to see, or put it into a comment of the front matter (`# ...`)",
}


def html(article: CheckedArticle) -> Iterator[Finding]:
    """D122: raw HTML, which is shown as source."""
    for match in _TAG.finditer(_without_spans(_without_blocks(article.page.body))):
        message = (
            f"`{match[0]}` is shown to readers as text: write Markdown, or `\\<` where the sign is meant"
        )
        yield Finding("D122", message, offset=match.start())


def of_notes(page: CheckedPage) -> Iterator[Finding]:
    """D129: markup of a program for notes, which is shown as it was written."""
    for match in _OF_NOTES.finditer(_without_spans(_without_blocks(page.source.body))):
        yield Finding("D129", _REMEDIES[match.lastgroup or ""].format(match[0].strip()), offset=match.start())


def nesting(page: CheckedPage) -> Iterator[Finding]:
    """D126: a text that is not formatted, because it nests too deeply."""
    at = too_deep(page.source.body)
    if at is not None:
        message = (
            "lists, quotations or open brackets nest too deeply here: readers would see all of the text as it is written, with the "
            "signs of Markdown. Put a backslash before brackets that are meant as such, or part the text"
        )
        yield Finding("D126", message, offset=at)


def _without_blocks(body: str) -> str:
    """Replace fenced and indented code by blanks of the same length."""
    lines: list[str] = []
    fence = ""
    for line in body.split("\n"):
        found = _FENCE.match(line)
        code = bool(fence or found or _INDENTED.match(line))
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence):
            fence = ""
        lines.append(" " * len(line) if code else line)
    return "\n".join(lines)


def _without_spans(body: str) -> str:
    """Replace code spans by blanks. A run of backticks is closed by the next of equal length; linear in the text."""
    runs = [match.span() for match in _TICKS.finditer(body)]
    closing: list[int | None] = [None] * len(runs)
    later: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        closing[number] = later.get(length)
        later[length] = number
    parts: list[str] = []
    at = number = 0
    while number < len(runs):
        close = closing[number]
        if close is not None:
            start, end = runs[number][0], runs[close][1]
            parts += (body[at:start], " " * (end - start))
            at, number = end, close
        number += 1
    return "".join(parts) + body[at:]


def link_offset(body: str, address: str) -> int:
    """Offset of a link's address in the Markdown; 0 if it is written differently there."""
    for before in ("](", "](<", "]: "):
        at = body.find(before + address)
        if at >= 0:
            return at + len(before)
    return max(0, body.find(address))
