"""The key `proposed` of an article page: what the machine proposes and nobody has decided on.

Why it is a key of its own, and not a mark on the items of `entities` and `timeline`. What has not been reviewed must
never reach readers. A comment (`# proposed`) means nothing to a YAML reader and is dropped by browser editors: the
claim would be published. A key `proposed: true` in the item is data, but every reader of those lists, now and later (sidebars,
back-references, feeds, exports, a newsroom's own template), has to remember to skip it, and a plain id
(`- jane-doe`) has to become a mapping and then a plain id again. A list that nobody reads cannot leak. It leaves
the editor's lists, their order and their lines alone, so that two branches do not collide there; a diff shows everything
new in one place, under its name; to accept is to move the lines up, to reject is to delete them:

    proposed:
      entities:
        - jane-doe
      timeline:
        - date: 2016-05-29
          text: ...
          quote: ...
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.problem import ProblemsError
from dossierkit.store import frontmatter
from dossierkit.store.reader import Reader
from dossierkit.store.schema import ARTICLE, Key

PROPOSED = "proposed"
KEY = Key(
    PROPOSED,
    "mapping",
    "What the machine proposes and nobody has decided on yet. Never published.",
    of=tuple(key for key in ARTICLE if key.name in {"entities", "timeline"}),
)


@dataclass(frozen=True, slots=True)
class Held:
    """Open proposals, in the order of the page."""

    entities: tuple[EntityRef, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()


def held(text: str, path: str) -> Held:
    """The open proposals of a page's text. Raises ProblemsError with positions."""
    root = frontmatter.parse(text.replace("\r\n", "\n"), path).root
    own = [pair for pair in root.value if pair[0].value == PROPOSED]
    reader = Reader(path)
    values, _ = reader.mapping(yaml.MappingNode("tag:yaml.org,2002:map", own), [KEY])
    if reader.problems:
        raise ProblemsError(reader.problems)
    lists = values.get(PROPOSED, {})
    return Held(
        tuple(EntityRef(**item) for item in lists.get("entities", ())),
        tuple(TimelineEntry(**item) for item in lists.get("timeline", ())),
    )
