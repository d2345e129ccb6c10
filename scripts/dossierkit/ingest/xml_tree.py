"""Parse XML without any external effect: no entities, no files, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.etree import _Element

from dossierkit.ingest.clean import one_line
from dossierkit.ingest.refusal import RefusedError


def parsed(data: bytes, what: str, *, recover: bool = False) -> _Element:
    """The root element. `recover`: repair malformed XML. Raises RefusedError, also for entity definitions."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover, remove_comments=True, remove_pis=True
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, RecursionError):
        root = None
    if root is None:
        raise RefusedError(f"is no {what} that can be read (its XML is damaged): save or download it again")
    inner = root.getroottree().docinfo.internalDTD
    if inner is not None and next(inner.iterentities(), None) is not None:
        raise RefusedError("defines XML entities, which can stand for anything: save it without them")
    return root


def local(element: _Element) -> str:
    """An element's name without namespace; "" for comments and the like."""
    return _without_namespace(element.tag) if isinstance(element.tag, str) else ""


def _without_namespace(name: str) -> str:
    """A name without its namespace, or without a prefix that the file does not declare."""
    return name.rpartition("}")[2].rpartition(":")[2]


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children with these names, in any namespace."""
    return (child for child in element if local(child) in names)


def child_text(element: _Element, *names: str) -> str:
    """The text of the first child with one of these names (in their order) that is not empty, on one line."""
    for name in names:
        for child in children(element, name):
            text = one_line("".join(child.itertext()))
            if text:
                return text
    return ""


def attribute(element: _Element, name: str) -> str:
    """An attribute by name without namespace; "" without one."""
    return next(
        (str(value) for key, value in element.attrib.items() if _without_namespace(str(key)) == name), ""
    )


def append_text(element: _Element, text: str) -> None:
    """Add text behind everything that an element contains."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def value_at(element: _Element, *path: str, key: str = "val") -> str:
    """An attribute of the first element at a path of names below an element; "" without one."""
    at: Iterable[_Element] = (element,)
    for name in path:
        at = [child for one in at for child in children(one, name)]
    return next((attribute(one, key) for one in at), "")
