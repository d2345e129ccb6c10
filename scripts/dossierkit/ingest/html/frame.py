"""Remove lines of the page from the extracted main text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from dossierkit.ingest.blocks import words
from dossierkit.ingest.html.byline import is_byline, is_dated
from dossierkit.ingest.html.furniture import is_furniture, is_label
from dossierkit.ingest.html.lines import PageLine
from dossierkit.text import data
from dossierkit.text.unspaced import is_unspaced

_SHORT = 140
_KICKER = 60
_RIGHTS = 400
_PLACED = re.compile(r" [–—|/-] ")
_INITIALS = re.compile(r"\((?:[a-z]{2,5})(?:/[a-z]{2,5}){0,3}\)")
_LINE = re.compile(r"the line “(.+)”\Z", re.DOTALL)
_EDGE = 6  # lines from each end in which labels and bylines are looked for
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known about a page. `origins`: of facts found in a line; `above`: short lines above the headline, folded."""

    title: str
    origins: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    publisher: str = ""
    lang: str = ""
    above: frozenset[str] = frozenset()

    @property
    def known(self) -> list[str]:
        """The lines from which facts were taken."""
        return [match[1].casefold() for origin in self.origins if (match := _LINE.match(origin))]


def above(lines: Sequence[PageLine], title: str) -> frozenset[str]:
    """Short lines that occur only above the headline: menus, kickers, issue numbers."""
    at = next((number for number, line in enumerate(lines) if line.text.casefold() == title.casefold()), 0)
    below = {line.text.casefold() for line in lines[at:]}
    return frozenset(line.text.casefold() for line in lines[:at] if len(line.text) <= _KICKER) - below


def without_frame(body: Any, frame: Frame) -> None:  # noqa: ANN401 - an element
    """Remove title, bylines, dates, "read more" and the like from `body`."""
    data_cells = set(_data_cells(body))
    listed = [
        one for one in body.iter("p", "head", "item", "cell") if one is not body and one not in data_cells
    ]
    for number, element in enumerate(listed):
        edge = number < _EDGE or number >= len(listed) - _EDGE
        if edge:
            _without_lines(element, frame)
        text = words(element)
        framed = edge and (
            _is_head(text, frame.title, frame.known)
            or _is_edge(text, frame)
            or _is_of_rights(text)
            or is_furniture(text, frame.lang)
        )
        if framed or _is_cue(element, text):
            _remove(element)
    _unjoin_title(body, frame.title)


def _data_cells(body: Any) -> Iterator[Any]:  # noqa: ANN401 - an element
    """Cells of tables that have several rows of several cells: what they say is no frame, also where it is a date."""
    for table in body.iter("table"):
        rows = [[cell for cell in row.iter("cell") if words(cell)] for row in table.iter("row")]
        several = [row for row in rows if len(row) > 1]
        if len(several) > 1 and table.find(".//table") is None:  # old pages are laid out by tables in tables
            yield from chain.from_iterable(several)


def _is_edge(text: str, frame: Frame) -> bool:
    """Whether a line at the beginning or end names author, date or publisher, or occurs above the headline."""
    folded = text.casefold()
    if len(text) > _SHORT or not text:
        return False
    signed = is_byline(text) and any(name.casefold() in folded for name in frame.authors)
    placed = (
        len(text) <= _KICKER
        and frame.publisher
        and _PLACED.search(text)
        and folded.endswith(frame.publisher.casefold())
    )
    initials = _INITIALS.fullmatch(text) is not None
    return folded in frame.above or signed or bool(placed) or initials or is_dated(text, frame.lang)


def _is_of_rights(text: str) -> bool:
    """Whether a line says that rights are reserved, at whatever length."""
    return len(text) <= _RIGHTS and _cues("rights").match(text) is not None


def _is_head(text: str, title: str, known: Sequence[str]) -> bool:
    folded = text.casefold()
    return (
        _bare(text) == _bare(title)
        or any(folded.startswith(line) for line in known if len(folded) <= _SHORT)
        or folded.strip(" .:") in _kinds()
    )


def _is_framed(piece: str, frame: Frame) -> bool:
    return _is_head(piece, frame.title, frame.known) or is_furniture(piece, frame.lang) or is_label(piece)


def _without_lines(element: Any, frame: Frame) -> None:  # noqa: ANN401 - an element
    """Remove lines of the page from a paragraph: tables and old pages divide by line breaks only."""
    breaks = element.findall("lb")
    pieces = [element.text or "", *(one.tail or "" for one in breaks)]
    if (
        not breaks
        or len(breaks) != len(element)
        or not any(_is_framed(piece.strip(), frame) for piece in pieces if piece.strip())
    ):
        return
    left = [piece for piece in pieces if piece.strip() and not _is_framed(piece.strip(), frame)]
    for one in breaks:
        element.remove(one)
    element.text = " ".join(left)


def _bare(text: str) -> str:
    return _NO_WORD.sub(" ", text.casefold()).strip()


def _is_cue(element: Any, text: str) -> bool:  # noqa: ANN401 - an element
    """Whether a line begins like page furniture: short, and a link, a label, or only a cue."""
    if len(text) > _SHORT:
        return False
    if text and not _bare(text):  # a rule made of characters
        return True
    if _cues("always").match(text) or is_label(text):
        return True
    match = _cues("cues").match(text)
    if match is None:
        return False
    linked = sum(len(words(one)) for one in element.iter("ref", "a"))
    return match.end() == len(text) or match[0].endswith(":") or linked * 2 > len(text)


def _remove(element: Any) -> None:  # noqa: ANN401 - an element
    parent = element.getparent()
    if parent is not None:
        before = element.getprevious()
        if element.tail and element.tail.strip():
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def _unjoin_title(body: Any, title: str) -> None:  # noqa: ANN401 - an element
    """Remove the title from the beginning of a first paragraph."""
    first = next((one for one in body.iter("p") if words(one)), None)
    if first is None or not title or not first.text:
        return
    text = " ".join(first.text.split())
    rest = text[len(title) :].strip()
    if text.casefold().startswith(title.casefold()) and rest[:1].isupper() | rest[:1].isdigit() | (
        rest[:1] in '“"«'
    ):
        first.text = rest


@cache
def _kinds() -> frozenset[str]:
    return frozenset(data.load("pageparts")["kinds"])


@cache
def _cues(kind: str) -> re.Pattern[str]:
    rows = data.load("pageparts")[kind]
    listed = (one for row in rows for one in ([row] if isinstance(row, str) else row))
    longest = sorted(listed, key=len, reverse=True)
    return re.compile(rf"(?i:{'|'.join(map(_whole, longest))})\s*+[:：]?")


def _whole(cue: str) -> str:
    """A pattern of a cue as a word; signs and scripts without spaces end wherever they end."""
    open_ended = not cue[-1].isalnum() or is_unspaced(cue[-1])
    return re.escape(cue) + ("" if open_ended else r"(?!\w)")
