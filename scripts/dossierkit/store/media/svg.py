"""Whether a drawing (SVG) can do anything: opened by its own address, it is a page of the site without the site's policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_ACTING = frozenset(
    "script foreignobject iframe object embed audio video animate animatemotion animatetransform set handler listener".split()
)
_LEADING = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|webp|gif)[;,])", re.IGNORECASE)
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!['\"]?#)|javascript:|expression\(", re.IGNORECASE)
_SIZE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*\Z")
_NUMBERS = re.compile(r"[\s,]+")


class DrawingError(Exception):
    """What in it could act, and what was expected."""


def examine(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, (0, 0) where it says none. Raises DrawingError for what could act or is no SVG."""
    from lxml import etree  # noqa: PLC0415 -- heavy

    if b"<!DOCTYPE" in data.upper() or b"<!ENTITY" in data.upper():
        raise DrawingError("it declares a document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DrawingError(f"it cannot be read ({error.msg})") from None
    if _name(root) != "svg":
        raise DrawingError("its first element is not `svg`")
    for found in _acting(root):
        raise DrawingError(found)
    return _size(root)


def _acting(root: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    for element in root.iter():
        name = _name(element)
        if not name:
            if element.tag.__name__ == "ProcessingInstruction":
                yield "it holds a processing instruction"
            continue
        if name in _ACTING:
            yield f"it holds `<{name}>`"
        if name == "style" and _OUTSIDE.search("".join(element.itertext())):
            yield "its style leads elsewhere"
        for key, value in element.attrib.items():
            yield from _attribute(key.rpartition("}")[2].lower(), value)


def _attribute(name: str, value: str) -> Iterator[str]:
    if name.startswith("on"):
        yield f"it holds the handler `{name}`"
    elif (name in {"href", "src"} and not _LEADING.match(value)) or _OUTSIDE.search(value):
        yield f"`{name}` leads elsewhere"


def _name(element: Any) -> str:  # noqa: ANN401 - as above
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _size(root: Any) -> tuple[int, int]:  # noqa: ANN401 - as above
    sides = [_SIZE.match(root.get(name, "")) for name in ("width", "height")]
    if all(sides):
        return tuple(max(1, round(float(side[1]))) for side in sides if side)  # type: ignore[return-value]  # two of them
    box = _NUMBERS.split(root.get("viewBox", "").strip())
    numbers = [float(match[1]) for one in box[2:] if (match := _SIZE.match(one))]
    return (round(numbers[0]), round(numbers[1])) if len(numbers) == 2 else (0, 0)
