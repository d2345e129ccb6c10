"""Words of a Word document that a reader of the printed page does not see: white or tiny ones (ISO 29500-1, 17.3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml.etree import _Element

from dossierkit.ingest.xml_tree import attribute, children, local

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
            at = _value(listed[at], "basedOn")
        look = found.get(at, _Look())
        for one in reversed(chain):
            look = found[one] = _own(listed[one]).over(look)
    return found


def unseen(root: _Element, styles: Looks) -> str:
    """The white and tiny words of a part, if no ground of another colour is said for them; on one line."""
    found = [
        "".join(str(text.text or "") for text in children(run, "t"))
        for paragraph in root.iter("{*}p")
        for run in paragraph.iter("{*}r")
        if _unseen(run, paragraph, styles)
    ]
    return " ".join(" ".join(found).split())


def _unseen(run: _Element, paragraph: _Element, styles: Looks) -> bool:
    named = styles.get(_value(run, "rPr", "rStyle"), _Look())
    look = _own(run).over(named).over(styles.get(_value(paragraph, "pPr", "pStyle"), _Look()))
    return look.unseen and (look.tiny or not _grounded(run, paragraph))


def _own(element: _Element) -> _Look:
    colour = _value(element, "rPr", "color")
    return _Look(colour or None, _value(element, "rPr", "sz") or None)


def _grounded(run: _Element, paragraph: _Element) -> bool:
    """Whether something else than white is below a run: a mark, or a ground of words, paragraph or cell of a table."""
    marked = _value(run, "rPr", "highlight") not in {"", "none", "white"}
    above = (one for one in paragraph.iterancestors() if local(one) == "tc")
    cell = next(above, None)
    holders = [(run, "rPr"), (paragraph, "pPr"), *([(cell, "tcPr")] if cell is not None else [])]
    fills = [_value(holder, properties, "shd", key="fill") for holder, properties in holders]
    return marked or any(_HEX.match(fill) and not light(fill) for fill in fills)


def light(colour: str) -> bool:
    """Whether a colour, as six hexadecimal digits, does not show on paper."""
    return bool(_HEX.match(colour)) and min(bytes.fromhex(colour)) >= _LIGHT


def _value(element: _Element, *path: str, key: str = "val") -> str:
    """An attribute of the first element at a path below an element; "" without one."""
    at: Iterable[_Element] = (element,)
    for name in path:
        at = [child for one in at for child in children(one, name)]
    return next((attribute(one, key) for one in at), "")
