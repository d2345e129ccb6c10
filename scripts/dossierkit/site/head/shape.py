"""The elements of a head, as the fragment head.html reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Meta(NamedTuple):
    """A `meta` element. `key`: its attribute for the name, `name` or, in RDFa and thus Open Graph, `property`."""

    key: str
    name: str
    content: str


class Link(NamedTuple):
    rel: str
    href: str
    type: str = ""
    title: str = ""


class HeadFacts(NamedTuple):
    """The metadata of one page.

    `kind`: its type in Open Graph. `changed`: the day of its last change for readers, empty if unknown. `nodes`: its
    schema.org nodes. `metas`: elements that only this kind of page has.
    """

    path: str
    title: str
    description: str
    kind: str = "website"
    changed: str = ""
    nodes: tuple[Mapping[str, Any], ...] = ()
    metas: tuple[Meta, ...] = ()


def named(pairs: Mapping[str, str], key: str = "name") -> tuple[Meta, ...]:
    """One element for each pair whose content is not empty."""
    return tuple(Meta(key, name, content) for name, content in pairs.items() if content)
