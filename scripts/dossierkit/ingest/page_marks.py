"""Beginnings of pages in documents read as HTML trees: marks in the text, which are removed and counted.

Word and OpenDocument files record where pages began when they were last saved; EPUB those of a print edition, or
only sections. Layout by another program may differ: the recorded page is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from lxml.etree import _Element
from lxml.html import HtmlElement

from dossierkit.ingest.blocks import is_shown
from dossierkit.ingest.clean import clean
from dossierkit.ingest.html.fragment import taken_heading
from dossierkit.model.source import Mark, inked

SIGN = "\ue0f0"
"""Stands where a page begins while a document is read: of the area for private use (Unicode 23.5), so that `clean` leaves it."""
_LONGEST = 12


def signed(root: _Element) -> bool:
    """Whether a document already contains the mark; then it cannot be used."""
    return any(SIGN in text for text in root.itertext())


def taken_title(root: HtmlElement | None) -> tuple[str, int]:
    """Remove and return `fragment.taken_heading` without marks, with the number of the first page after it."""
    heading = "" if root is None else taken_heading(root)
    return heading.replace(SIGN, ""), 1 + heading.count(SIGN)


def page_count(text: str) -> int:
    """The number of pages as a document's properties give it; 0 if they give none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def taken(root: _Element, before: int = 0) -> tuple[list[int], int]:
    """Remove the marks of a tree: for each the number of non-space characters before it; and the number of all.

    `before`: number of such characters before the tree.
    """
    found: list[int] = []
    at = before
    for element, slot in _texts(root):
        first, *rest = (getattr(element, slot) or "").split(SIGN)
        at += inked(clean(first)[0])
        for part in rest:
            found.append(at)
            at += inked(clean(part)[0])
        if rest:
            setattr(element, slot, "".join([first, *rest]))
    return found, at


def numbered(places: Sequence[int], first: int = 1) -> tuple[Mark, ...]:
    """Numbered pages that begin at these positions, after a first one at 0; none if there are no positions."""
    labels = map(str, count(first))
    return marks(zip([0, *places], labels, strict=False)) if places else ()


def marks(labelled: Iterator[tuple[int, str]]) -> tuple[Mark, ...]:
    """Labels by position; the last one if several share a position, since an empty page has no text."""
    by_place = {at: label for at, label in labelled if usable(label)}
    return tuple(Mark(at, by_place[at]) for at in sorted(by_place))


def usable(label: str) -> bool:
    """Whether a label can be used in `source.pages`."""
    return 0 < len(label) <= _LONGEST and "@" not in label and not any(map(str.isspace, label))


def _texts(element: _Element) -> Iterator[tuple[_Element, str]]:
    """Every visible text in order, with its element and whether it is text or tail."""
    yield element, "text"
    for child in element:
        if is_shown(child):
            yield from _texts(child)
        yield child, "tail"
