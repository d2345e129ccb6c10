"""Recognise running heads and feet, and page numbers: repeated lines at the edges of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dossierkit.ingest.pdf.layout import TextLine

_EDGE = 0.12  # of a page's height, above and below
_FEWEST = 3  # pages
_SHARE = 0.3  # of all pages; heads of left and right pages differ
_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.|صفحة) ?)?[-–—\[(|]? ?(?:\d{1,4}|[ivxlc]{1,7})(?: ?(?:/|of|von|de|sur|من) ?\d{1,4})? ?[-–—\])|]?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


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
