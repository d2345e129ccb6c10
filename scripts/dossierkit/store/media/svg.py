"""Drawings (SVG): only listed elements and attributes are published, and only styles that load nothing.

Opened at its own address, a drawing is a page of the site without the site's policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from dossierkit.store.media import embedded
from dossierkit.text.data import load

_LEADING = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|webp|gif)[;,])", re.IGNORECASE)
_FUNCTION = re.compile(r"(?<![\w-])([\w-]+)\((?:\s*['\"]?(#))?")
_RULE = re.compile(r"@\s*([\w-]*)")
_SIZE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*\Z")
_NUMBERS = re.compile(r"[\s,]+")


_SVG = "{http://www.w3.org/2000/svg}"
_HTML = "{http://www.w3.org/1999/xhtml}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_XML = frozenset({f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("lang", "space", "id")})


class DrawingError(Exception):
    """The drawing could act, or has more in it than is drawn; the message says by what, and what was expected."""


def examine(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, (0, 0) if not given. Raises DrawingError for a drawing that could act or is not SVG."""
    return _size(_read(data))


def cleaned(data: bytes) -> bytes:
    """The drawing without what is not drawn: metadata, of pictures inside it too, comments, and elements and attributes of
    programs, which may contain paths and names.

    Raises DrawingError, as `examine` does.
    """
    from lxml import etree  # noqa: PLC0415 -- heavy

    # Comments beside the root are left out too.
    written: bytes = etree.tostring(_read(data), encoding="utf-8")
    return written


def _read(data: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """The root of the cleaned drawing. It is examined as it will be published: what is taken out of the middle of a style may join
    what stood beside it.
    """
    from lxml import etree  # noqa: PLC0415 -- heavy

    if b"<!DOCTYPE" in data.upper() or b"<!ENTITY" in data.upper():
        raise DrawingError("it declares a document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DrawingError(f"it cannot be read ({error.msg})") from None
    if root.getroottree().docinfo.doctype:  # in an encoding whose bytes are not those of ASCII
        raise DrawingError("it declares a document type")
    if _name(root) != "svg":
        raise DrawingError("its first element is not `svg`")
    for found in _lost(root):
        raise DrawingError(found)
    _clean(root)
    for found in _acting(root):
        raise DrawingError(found)
    _clean_pictures(root)
    return root


def _lost(root: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """What could act and would be taken out: whoever drew it wanted something else than what would be published."""
    if root.xpath("//processing-instruction('xml-stylesheet')"):
        yield "it names a style sheet"
    for element in root.iter("*"):
        if element.tag.startswith(_HTML):
            yield f"it holds `<{_name(element)}>` of HTML"
        for key in element.attrib:
            if key.lower().startswith("on"):
                yield f"it holds the handler `{key}`"


def _clean(root: Any) -> None:  # noqa: ANN401 - as above
    from lxml import etree  # noqa: PLC0415 -- heavy

    for element in list(root.iter()):
        if element is not root and not _is_drawn(element):
            _remove(element)
    for element in root.iter():
        for key in [key for key in element.attrib if not _is_kept(key)]:
            del element.attrib[key]
    etree.cleanup_namespaces(root)


def _clean_pictures(root: Any) -> None:  # noqa: ANN401 - as above
    """Take out of pictures what their camera wrote. One that stands in several places is decoded once."""
    known: dict[str, str] = {}
    for element in root.iter("*"):
        for key, value in element.attrib.items():
            if _name_of(key) != "href" or value.lstrip().startswith("#"):
                continue
            try:
                known[value] = known.get(value) or embedded.cleaned(value)
            except embedded.EmbeddedError as error:
                raise DrawingError(str(error)) from None
            element.set(key, known[value])


def _is_drawn(element: Any) -> bool:  # noqa: ANN401 - as above
    tag = element.tag
    return isinstance(tag, str) and (tag.startswith(_SVG) or "}" not in tag) and _name(element) != "metadata"


def _is_kept(key: str) -> bool:
    return key in _listed("attributes") or key.startswith("aria-") or key in _XML or key == _HREF


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


def _acting(root: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    for element in root.iter():
        name = _name(element)
        if name not in _listed("elements"):
            yield f"it holds `<{name}>`"
        if name == "style":
            yield from (f"its style {found}" for found in _loading("".join(element.itertext())))
        for key, value in element.attrib.items():
            yield from (f"`{_name_of(key)}` {found}" for found in _attribute(_name_of(key), value))


def _attribute(name: str, value: str) -> Iterator[str]:
    if name == "href" and not _LEADING.match(value):
        yield "leads elsewhere"
    elif name != "href" and name not in _listed("words") and not name.startswith("aria-"):
        yield from _loading(value)


def _loading(style: str) -> Iterator[str]:
    """What in a style could load something. Without escapes, a browser reads each function and rule where it is written, so comments
    and strings need not be told apart: what stands in them is refused as well.
    """
    if "\\" in style:
        yield "holds a backslash, which can hide an address"
    for rule in _RULE.finditer(style):
        if rule[1].lower() not in _listed("rules"):
            yield f"holds the rule `@{rule[1]}`"
    for function in _FUNCTION.finditer(style):
        if function[1].lower() not in _listed("functions"):
            yield f"holds the function `{function[1]}`"
        elif function[1].lower() == "url" and not function[2]:
            yield "leads elsewhere"


@cache
def _listed(what: str) -> frozenset[str]:
    """Names of one kind that drawings may hold. Elements and attributes are written as XML takes them, the rest in small letters."""
    return frozenset(load("drawings")[what].split())


def _name(element: Any) -> str:  # noqa: ANN401 - as above
    return _name_of(element.tag) if isinstance(element.tag, str) else ""


def _name_of(qualified: str) -> str:
    return qualified.rpartition("}")[2]


def _size(root: Any) -> tuple[int, int]:  # noqa: ANN401 - as above
    sides = [_SIZE.match(root.get(name, "")) for name in ("width", "height")]
    if all(sides):
        return tuple(max(1, round(float(side[1]))) for side in sides if side)  # type: ignore[return-value]  # two of them
    box = _NUMBERS.split(root.get("viewBox", "").strip())
    numbers = [float(match[1]) for one in box[2:] if (match := _SIZE.match(one))]
    return (round(numbers[0]), round(numbers[1])) if len(numbers) == 2 else (0, 0)
