"""The plain text of a mail: its own words as paragraphs, quoted mails as quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from dossierkit.ingest.escape import markdown_text

# Lines above an earlier mail whose lines are not marked: Outlook's rule, and the words of Apple and others.
_BELOW_IS_QUOTED = re.compile(
    r"\A(?:-{3,} ?(?:Original Message|Message d'origine|Ursprüngliche Nachricht|Forwarded message|الرسالة الأصلية)[ \w]*-{3,}"
    r"|Begin forwarded message:|_{20,})\Z",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\A(?:> ?)+")
_SIGNATURE = "-- "


def reply_blocks(text: str, *, flowed: bool) -> list[str]:
    """The text as blocks of Markdown. `flowed`: lines that end in a space continue (RFC 3676)."""
    lines = [(*_depth(line), line) for line in _cut(text)]
    blocks: list[str] = []
    for depth, run in groupby(lines, key=lambda one: one[0]):
        parts = list(_paragraphs([bare for _, bare, _ in run], flowed=flowed))
        marked = [_quoted(part, depth) for part in parts]
        blocks += ["\n>\n".join(marked)] if depth and marked else marked
    return blocks


def _cut(text: str) -> Iterator[str]:
    """The lines, with those below a forwarding line marked as quoted."""
    below = False
    for line in text.split("\n"):
        if not below and _BELOW_IS_QUOTED.match(line.strip()):
            below = True
        elif below:
            yield f"> {line}"
        else:
            yield line


def _depth(line: str) -> tuple[int, str]:
    marks = _MARKS.match(line)
    return (min(marks[0].count(">"), 3), line[marks.end() :]) if marks else (0, line)


def _quoted(paragraph: str, depth: int) -> str:
    """A paragraph as a quotation; nested quotations are merged."""
    shown = markdown_text(paragraph)
    return "\n".join(f"> {line}" for line in shown.split("\n")) if depth else shown


def _paragraphs(lines: list[str], *, flowed: bool) -> Iterator[str]:
    width = max((len(line) for line in lines), default=0)
    run = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = line.strip() and _goes_on(line, following, width, flowed=flowed)
        run += line.rstrip() + (" " if goes_on else "")
        if not goes_on:
            if run.strip():
                yield run.strip()
            run = ""


def _goes_on(line: str, following: str, width: int, *, flowed: bool) -> bool:
    """Whether the next line belongs to the same paragraph: flowed, or wrapped at a column."""
    if not following.strip() or line == _SIGNATURE:
        return False
    if flowed:
        return line.endswith(" ")
    return 50 <= width <= 120 and len(line) + 1 + len(following.split(maxsplit=1)[0]) > min(width, 78)
