"""Words of an OpenDocument text that a reader of the printed page does not see: white or tiny ones (OpenDocument 1.3, 16.29)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from dossierkit.ingest.docx_unseen import light
from dossierkit.ingest.xml_tree import attribute, children, local

_TINY = 4.0
_POINTS = re.compile(r"(\d{1,4}(?:\.\d{1,6})?)pt\Z")


def unseen(root: _Element) -> str:
    """The white and tiny words of content.xml, if no ground of another colour is said for them; on one line."""
    looks = {
        attribute(style, "name"): _unseen(style)
        for listed in children(root, "automatic-styles")
        for style in children(listed, "style")
        if _says(style)
    }
    if not any(looks.values()):
        return ""
    found = (
        words
        for body in children(root, "body")
        for element in body.iter()
        for words in _own_words(element)
        if _look(element, looks)
    )
    return " ".join(" ".join(found).split())


def _own_words(element: _Element) -> Iterator[str]:
    """The words directly in an element."""
    if local(element) in {"p", "h", "span", "a"}:
        yield element.text or ""
        yield from (child.tail or "" for child in element)


def _look(element: _Element, looks: dict[str, bool]) -> bool:
    """Whether the nearest style that says something hides the words of an element."""
    chain = (element, *element.iterancestors())
    return next((looks[name] for one in chain if (name := attribute(one, "style-name")) in looks), False)


def _says(style: _Element) -> bool:
    return bool(_property(style, "color") or _property(style, "font-size"))


def _unseen(style: _Element) -> bool:
    size = _POINTS.match(_property(style, "font-size"))
    grounds = (_property(style, "background-color", kind) for kind in ("text", "paragraph"))
    grounded = any(ground.startswith("#") and not light(ground[1:]) for ground in grounds)
    white = light(_property(style, "color").removeprefix("#"))
    return (size is not None and float(size[1]) < _TINY) or (white and not grounded)


def _property(style: _Element, name: str, kind: str = "text") -> str:
    found = (attribute(each, name) for each in children(style, f"{kind}-properties"))
    return next((value for value in found if value), "")
