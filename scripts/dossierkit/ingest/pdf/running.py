"""Recognise what is repeated at the edges of pages: running heads and feet, page numbers, and what a browser prints there (date and
time, title, address, page number; paths of the printing machine).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossierkit.ingest.pdf.layout import TextLine

_EDGE = 0.12  # of a page's height, above and below
_FEWEST = 3  # pages
_SHARE = 0.3  # of all pages; heads of left and right pages differ
_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.|صفحة) ?)?[-–—\[(|]? ?(?:\d{1,4}|[ivxlc]{1,7})(?: ?(?:/|of|von|de|sur|من) ?\d{1,4})? ?[-–—\])|]?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_TIME = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d{2}(?: ?[AaPp]\.? ?[Mm]\.?)?")
_ADDRESS = re.compile(r"(?:https?|file)://\S+|about:\S+")
_PAGE_OF = re.compile(r"(?<!\S)\d{1,4} ?(?:/|of|von|de|sur|من) ?\d{1,4}(?!\S)")
_FILE = re.compile(r"\bfile:/\S*")


def without_running(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> list[list[TextLine]]:
    """The lines of each page without running heads, feet and page numbers."""
    again = Counter(
        form for lines, height in zip(pages, heights, strict=True) for form in set(_forms(lines, height))
    )
    least = max(_FEWEST, _SHARE * len(pages)) if len(pages) > 2 else 2
    running = {form for form, count in again.items() if count >= least}
    return [_body(lines, height, running) for lines, height in zip(pages, heights, strict=True)]


def _forms(lines: Sequence[TextLine], height: float) -> Iterator[str]:
    return (_form(line) for line in lines if at_edge(line, height))


def _body(lines: Sequence[TextLine], height: float, running: set[str]) -> list[TextLine]:
    return [
        line
        for line in lines
        if not (at_edge(line, height) and (_form(line) in running or _is_number(line, lines)))
    ]


def _is_number(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Whether a line is a page number, with no text beyond it."""
    if not _NUMBER.fullmatch(line.text.strip()):
        return False
    others = [text_line for text_line in lines if text_line is not line]
    return (
        not others
        or all(other.bottom <= line.top + 1 for other in others)
        or all(other.top >= line.bottom - 1 for other in others)
    )


def at_edge(line: TextLine, height: float) -> bool:
    """Whether a line is near the upper or the lower end of a page."""
    return line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height


def _form(line: TextLine) -> str:
    """The form of a running line that is equal on all its pages."""
    return _DIGITS.sub("#", " ".join(line.text.split()).casefold())


def without_printed(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> list[list[TextLine]]:
    """The lines of each page without those of a browser that printed it, and without any path of a local file.

    A first and a last row are a browser's if the two together have a date with its time, an address and a page number,
    as Chromium, Firefox and Safari print them.
    """
    found = [_unprinted(lines, height) for lines, height in zip(pages, heights, strict=True)]
    return [[line for line in map(_without_path, lines) if line.text] for lines in found]


def _unprinted(lines: Sequence[TextLine], height: float) -> list[TextLine]:
    rows = tuple(_edge_rows(lines, height))
    texts = [_in_order(row) for row in rows]
    if not all(any(form.search(text) for text in texts) for form in (_TIME, _ADDRESS, _PAGE_OF)):
        return list(lines)
    printed = [id(line) for row, text in zip(rows, texts, strict=True) if _is_printed(text) for line in row]
    return [line for line in lines if id(line) not in printed]


def _edge_rows(lines: Sequence[TextLine], height: float) -> Iterator[list[TextLine]]:
    """The first and the last row, if they are at the edge."""
    for row in (_row(lines, top=True), _row(lines, top=False)) if lines else ():
        if all(at_edge(line, height) for line in row):
            yield row


def _row(lines: Sequence[TextLine], *, top: bool) -> list[TextLine]:
    outermost = min(lines, key=lambda line: line.top) if top else max(lines, key=lambda line: line.bottom)
    middle = (outermost.top + outermost.bottom) / 2
    return [line for line in lines if line.top <= middle <= line.bottom]


def _in_order(row: Sequence[TextLine]) -> str:
    return " ".join(line.text for line in sorted(row, key=lambda line: line.left))


def _is_printed(text: str) -> bool:
    """Whether a row begins or ends with what a browser prints there."""
    return any(
        found.start() == 0 or found.end() == len(text)
        for form in (_TIME, _ADDRESS, _PAGE_OF)
        for found in form.finditer(text)
    )


def _without_path(line: TextLine) -> TextLine:
    text = " ".join(_FILE.sub(" ", line.text).split()) if "file:/" in line.text else line.text
    return line if text == line.text else replace(line, text=text)
