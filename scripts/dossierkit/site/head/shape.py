"""The elements of a head, as the fragment head.html writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Meta(NamedTuple):
    """`key`: whether it is told by `name` or, as RDFa and so Open Graph has it, by `property`."""

    key: str
    name: str
    content: str


class Link(NamedTuple):
    rel: str
    href: str
    type: str = ""
    title: str = ""


class HeadFacts(NamedTuple):
    """What one page says of itself.

    `kind`: Open Graph's type of it.
    `changed`: the day on which readers last found something else on it, where that is known. `nodes`: what schema.org says of it. `metas`: what only this kind of page has.
    """

    path: str
    title: str
    description: str
    kind: str = "website"
    changed: str = ""
    nodes: tuple[Mapping[str, Any], ...] = ()
    metas: tuple[Meta, ...] = ()


def named(pairs: Mapping[str, str], key: str = "name") -> tuple[Meta, ...]:
    """Those of the pairs that have a content."""
    return tuple(Meta(key, name, content) for name, content in pairs.items() if content)
