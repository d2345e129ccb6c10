"""The names of one article, grouped by equal key, before ties join groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from dossierkit.extract.forms import bare, key
from dossierkit.extract.legal import is_company
from dossierkit.model.finding import Mention
from dossierkit.text.fold import fold


@dataclass(slots=True)
class Group:
    """Mentions with one key. `names` counts bare forms; `record` is an authority id or ""; `legal`: whether one has a company's legal form; `words`: those of the key."""

    key: str
    kind: str
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    mentions: list[int] = field(default_factory=list)
    record: str = ""
    legal: bool = False
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = self.key.split(" ")

    @property
    def name(self) -> str:
        """The most frequent bare form; if tied the longest, then the first alphabetically."""
        return min(self.names, key=lambda name: (-self.names[name], -len(name), name))

    @property
    def type(self) -> str:
        return min(self.types, key=lambda type_: (-self.types[type_], type_))


def kind_of(type_: str) -> str:
    """Treat organisations and places as one kind: a country is both, and models disagree."""
    return "thing" if type_ in ("organization", "place") else type_


def grouped(mentions: Iterable[Mention], unknown: Container[str] = ()) -> dict[tuple[str, str], Group]:
    """Groups by (kind, key or record id), in order of first mention. `unknown`: folded names that mean something else here than elsewhere."""
    groups: dict[tuple[str, str], Group] = {}
    for index, mention in enumerate(mentions):
        kind = kind_of(mention.type)
        name = bare(mention.text, mention.type)
        folded = fold(name)
        own = folded if folded in unknown else key(mention.text, mention.type)
        where = (kind, f"={mention.entity}" if mention.entity else own)
        group = groups.setdefault(where, Group(own, kind, record=mention.entity))
        group.legal |= is_company(mention.text)
        group.names[name] += 1
        group.types[mention.type] += 1
        group.mentions.append(index)
    return groups
