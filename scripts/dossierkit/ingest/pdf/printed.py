"""What a browser prints above and below a page: date and time, title, address, page number; and paths of the printing machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossierkit.ingest.pdf.layout import TextLine
from dossierkit.ingest.pdf.running import at_edge

_TIME = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d{2}(?: ?[AaPp]\.? ?[Mm]\.?)?")
_ADDRESS = re.compile(r"(?:https?|file)://\S+|about:\S+")
_NUMBER = re.compile(r"(?<!\S)\d{1,4} ?(?:/|of|von|de|sur|من) ?\d{1,4}(?!\S)")
_FILE = re.compile(r"\bfile:/\S*")


def without_printed(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> list[list[TextLine]]:
    """The lines of each page without those of a browser that printed it, and without any path of a local file.

    A first and a last row are a browser's if the two together have a date with its time, an address and a page number,
    as Chromium, Firefox and Safari print them.
    """
    found = [_body(lines, height) for lines, height in zip(pages, heights, strict=True)]
    return [[line for line in map(_without_path, lines) if line.text] for lines in found]


def _body(lines: Sequence[TextLine], height: float) -> list[TextLine]:
    rows = tuple(_edge_rows(lines, height))
    texts = [_in_order(row) for row in rows]
    if not all(any(form.search(text) for text in texts) for form in (_TIME, _ADDRESS, _NUMBER)):
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
        for form in (_TIME, _ADDRESS, _NUMBER)
        for found in form.finditer(text)
    )


def _without_path(line: TextLine) -> TextLine:
    text = " ".join(_FILE.sub(" ", line.text).split()) if "file:/" in line.text else line.text
    return line if text == line.text else replace(line, text=text)
