"""The key `proposed` of an article page or a record: proposals on which nobody has decided.

It is a key of its own, not a mark on the items of `entities` and `timeline`, because undecided items must never reach readers. A
comment (`# proposed`) means nothing to a YAML reader and is dropped by browser editors: the claim would be published. A key
`proposed: true` in the item is data, but every present and future reader of those lists (sidebars, back-references, feeds,
exports, a newsroom's own template) would have to skip it, and a plain id (`- jane-doe`) would have to become a mapping and a
plain id again. A list that nobody reads cannot leak. The editor's lists, their order and their lines stay unchanged, so that two
branches do not conflict there; a diff shows everything new in one place; to accept is to move the lines up, to reject is to
delete them:

    proposed:
      entities:
        - jane-doe
      timeline:
        - date: 2016-05-29
          text: ...
          quote: ...
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import yaml

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.store import frontmatter
from dossierkit.store.items import entry, references, value_text
from dossierkit.store.reader import FrontMatterReader
from dossierkit.store.schema import ARTICLE, RECORD, Key

PROPOSED = "proposed"
KEY = Key(
    PROPOSED,
    "mapping",
    "Proposals that nobody has decided on yet. Never published.",
    of=tuple(key for key in ARTICLE if key.name in {"entities", "timeline"}),
)
RECORD_FIELDS = ("title", "type", "description", "aliases", "weak_aliases", "same_as", "relations")
RECORD_KEY = Key(
    PROPOSED,
    "mapping",
    "Proposals for the record that nobody has decided on yet. Never published.",
    of=tuple(replace(key, required=False) for key in RECORD if key.name in RECORD_FIELDS),
)


@dataclass(frozen=True, slots=True)
class ProposedKey:
    """Open proposals, in the order of the page."""

    entities: tuple[EntityRef, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()


def proposed_items(text: str, path: str) -> ProposedKey:
    """The open proposals in a page's text. Raises DiagnosticsError with positions."""
    lists = _proposed(text, path, KEY)
    return ProposedKey(
        references(lists.get("entities", ())),
        tuple(map(entry, lists.get("timeline", ()))),
    )


def proposed_values(text: str, path: str) -> tuple[tuple[str, str], ...]:
    """The open proposals in a record's text: (key, value), in the order of RECORD_FIELDS. Raises DiagnosticsError."""
    found = _proposed(text, path, RECORD_KEY)
    return tuple((name, value) for name in RECORD_FIELDS for value in _each(found.get(name, ())))


def _each(found: Any) -> tuple[str, ...]:  # noqa: ANN401 -- a text, texts, names or relations
    if isinstance(found, str):
        return (found,)
    return tuple(map(value_text, found))


def _proposed(text: str, path: str, key: Key) -> dict[str, Any]:
    root = frontmatter.parse(text.replace("\r\n", "\n"), path).root
    own = [pair for pair in root.value if pair[0].value == PROPOSED]
    reader = FrontMatterReader(path)
    values, _ = reader.mapping(yaml.MappingNode("tag:yaml.org,2002:map", own), [key])
    if reader.problems:
        raise DiagnosticsError(reader.problems)
    found: dict[str, Any] = values.get(PROPOSED, {})
    return found
