"""Where pages begin in a document that is read as a tree of HTML's elements: a sign in its text, taken out and counted.

Word and OpenDocument files state where pages began when they were saved last, EPUB where those of a printed edition do, or only its
sections. What a program would lay out otherwise is not known: the page is the one that the file states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from lxml.etree import _Element

from dossierkit.ingest.blocks import is_shown
from dossierkit.ingest.clean import clean
from dossierkit.model.source import Mark

SIGN = "\ue0f0"
"""Stands where a page begins while a document is read: of the area for private use (Unicode 23.5), so that `clean` leaves it."""
_LONGEST = 12


def signed(root: _Element) -> bool:
    """Whether the sign stands in a document already: then nothing can be told by it."""
    return any(SIGN in text for text in root.itertext())


def taken(root: _Element, before: int = 0) -> tuple[list[int], int]:
    """The signs of a tree, taken out of it: the characters before each that are no white space, and how many there are in all.

    `before`: those of what stands before the tree.
    """
    found: list[int] = []
    at = before
    for element, slot in _texts(root):
        first, *rest = (getattr(element, slot) or "").split(SIGN)
        at += _inked(first)
        for part in rest:
            found.append(at)
            at += _inked(part)
        if rest:
            setattr(element, slot, "".join([first, *rest]))
    return found, at


def numbered(places: Sequence[int], first: int = 1) -> tuple[Mark, ...]:
    """Pages that begin at these places, after a first one at the beginning; none where no place is known."""
    labels = map(str, count(first))
    return marks(zip([0, *places], labels, strict=False)) if places else ()


def marks(labelled: Iterator[tuple[int, str]]) -> tuple[Mark, ...]:
    """By place; of those at one place the last: an empty page has no text."""
    by_place = {at: label for at, label in labelled if usable(label)}
    return tuple(Mark(at, by_place[at]) for at in sorted(by_place))


def usable(label: str) -> bool:
    """Whether a page can be called that in `source.pages`."""
    return 0 < len(label) <= _LONGEST and "@" not in label and not any(map(str.isspace, label))


def _texts(element: _Element) -> Iterator[tuple[_Element, str]]:
    """Every text that is shown, in order: the element that bears it, and where."""
    yield element, "text"
    for child in element:
        if is_shown(child):
            yield from _texts(child)
        yield child, "tail"


def _inked(text: str) -> int:
    return len("".join(clean(text)[0].split()))
