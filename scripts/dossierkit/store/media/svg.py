"""Whether a drawing (SVG) could act: opened at its own address, it is a page of the site without the site's policy."""

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


_SVG = "{http://www.w3.org/2000/svg}"
_SHARED = ("{http://www.w3.org/1999/xlink}", "{http://www.w3.org/XML/1998/namespace}")


class DrawingError(Exception):
    """The drawing could act; the message says by what, and what was expected."""


def examine(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, (0, 0) if not given. Raises DrawingError for a drawing that could act or is not SVG."""
    return _size(_read(data))


def cleaned(data: bytes) -> bytes:
    """The drawing without what is not drawn: metadata, comments, and elements and attributes of programs, which may contain paths
    and names.

    Raises DrawingError, as `examine` does.
    """
    from lxml import etree  # noqa: PLC0415 -- heavy

    root = _read(data)
    for element in list(root.iter()):
        if element is not root and not _is_drawn(element):
            _remove(element)
    for element in root.iter():
        for key in [key for key in element.attrib if _is_foreign(key)]:
            del element.attrib[key]
    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(root, encoding="utf-8")  # comments beside the root are left out too
    return written


def _is_drawn(element: Any) -> bool:  # noqa: ANN401 - lxml has no types
    tag = element.tag
    return isinstance(tag, str) and (tag.startswith(_SVG) or "}" not in tag) and _name(element) != "metadata"


def _is_foreign(key: str) -> bool:
    return key.startswith("data-") or (key.startswith("{") and not key.startswith((_SVG, *_SHARED)))


def _remove(element: Any) -> None:  # noqa: ANN401 - as above
    """Remove an element, but not the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:  # it was taken out with an element around it
        return
    if before is not None:
        before.tail = f"{before.tail or ''}{element.tail or ''}" or None
    else:
        parent.text = f"{parent.text or ''}{element.tail or ''}" or None
    parent.remove(element)


def _read(data: bytes) -> Any:  # noqa: ANN401 - as above
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
    return root


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
