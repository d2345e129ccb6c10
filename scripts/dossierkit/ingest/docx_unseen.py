"""Words of a Word document that a reader of the printed page does not see: white or tiny ones (ISO 29500-1, 17.3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import _Element

from dossierkit.ingest.xml_tree import attribute, children, local, value_at

_TINY = 8
"""Half-points; a smaller letter is not read."""
_LIGHT = 240
"""Of 255: red, green and blue of what does not show on paper."""
_HEX = re.compile(r"[0-9A-Fa-f]{6}\Z")


@dataclass(frozen=True, slots=True)
class _Look:
    """Colour and size of letters as written; None where nothing is said."""

    colour: str | None = None
    size: str | None = None

    def over(self, below: _Look) -> _Look:
        """The look, and what it does not say from the one below."""
        return _Look(
            below.colour if self.colour is None else self.colour,
            below.size if self.size is None else self.size,
        )

    @property
    def unseen(self) -> bool:
        return self.tiny or light(self.colour or "")

    @property
    def tiny(self) -> bool:
        return bool(self.size) and str(self.size).isdecimal() and int(str(self.size)[:9]) < _TINY


Looks = Mapping[str, _Look]


def looks(styles: _Element | None) -> Looks:
    """What each style of `word/styles.xml` says of its letters, with what it has from the style that it is based on."""
    listed = (
        {attribute(one, "styleId"): one for one in children(styles, "style")} if styles is not None else {}
    )
    found: dict[str, _Look] = {}
    for name in listed:
        chain, at = dict[str, None](), name
        while at in listed and at not in found and at not in chain:
            chain[at] = None
            at = value_at(listed[at], "basedOn")
        look = found.get(at, _Look())
        for one in reversed(chain):
            look = found[one] = _own(listed[one]).over(look)
    return found


def unseen(root: _Element, styles: Looks) -> str:
    """The white and tiny words of a part, if no ground of another colour is said for them; on one line."""
    found = [
        "".join(str(text.text or "") for text in children(run, "t"))
        for paragraph in root.iter("{*}p")
        for run in _unseen_runs(paragraph, styles)
    ]
    return " ".join(" ".join(found).split())


def _unseen_runs(paragraph: _Element, styles: Looks) -> Iterator[_Element]:
    below, grounded = styles.get(value_at(paragraph, "pPr", "pStyle"), _Look()), _grounded(paragraph)
    for run in paragraph.iter("{*}r"):
        look = _own(run).over(styles.get(value_at(run, "rPr", "rStyle"), _Look())).over(below)
        if look.tiny or (look.unseen and not grounded and not _marked(run)):
            yield run


def _own(element: _Element) -> _Look:
    colour = value_at(element, "rPr", "color")
    return _Look(colour or None, value_at(element, "rPr", "sz") or None)


def _grounded(paragraph: _Element) -> bool:
    """Whether something else than white is below a paragraph: a ground of its own, or of its cell of a table."""
    cell = next((one for one in paragraph.iterancestors() if local(one) == "tc"), None)
    return _filled(paragraph, "pPr") or (cell is not None and _filled(cell, "tcPr"))


def _marked(run: _Element) -> bool:
    return value_at(run, "rPr", "highlight") not in {"", "none", "white"} or _filled(run, "rPr")


def _filled(element: _Element, properties: str) -> bool:
    fill = value_at(element, properties, "shd", key="fill")
    return bool(_HEX.match(fill)) and not light(fill)


def light(colour: str) -> bool:
    """Whether a colour, as six hexadecimal digits, does not show on paper."""
    return bool(_HEX.match(colour)) and min(bytes.fromhex(colour)) >= _LIGHT
