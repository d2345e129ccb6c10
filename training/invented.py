"""Fill the sentence templates with names from the pool: documents written for this project, free of anybody's licence."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from augment import NamePool
from corpus import Document, Span

Templates = Mapping[str, Sequence[str]]

_SLOT = re.compile(r"\{(\w+)\}|\[([pol]):((?:\{\w+\}|[^\]{])+)\]")
_INNER = re.compile(r"\{(\w+)\}")
_LETTER = {"p": "person", "o": "organization", "l": "place"}
_TYPE = {
    "person": "person",
    "given": "person",
    "place": "place",
    "city": "place",
    "country": "place",
    "team": "organization",
    "club": "organization",
    "company": "organization",
    "organization": "organization",
    "acronym": "organization",
}
_SENTENCES = (3, 4, 5, 6, 7)


def read_templates(path: Path) -> Templates:
    """Read the lists of sentences by the kind of report."""
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {kind: [str(line) for line in lines] for kind, lines in lists.items()}


def invent(templates: Templates, pool: NamePool, chance: random.Random, count: int) -> list[Document]:
    """Write `count` documents of a few sentences each, every one of a single kind; longer lists are drawn from more often."""
    kinds = list(templates)
    drawn = chance.choices(kinds, [len(templates[kind]) for kind in kinds], k=count)
    return [
        _document(chance.sample(templates[kind], chance.choice(_SENTENCES)), pool, chance, str(index))
        for index, kind in enumerate(drawn)
    ]


def _document(lines: list[str], pool: NamePool, chance: random.Random, name: str) -> Document:
    text, spans = "", []
    for line in lines:
        at = 0
        for slot in _SLOT.finditer(line):
            text += line[at : slot.start()]
            kind, form = _fill(slot, pool, chance)
            spans.append(Span(len(text), len(text) + len(form), kind))
            text += form
            at = slot.end()
        text += line[at:] + chance.choice((" ", " ", "\n"))
    return Document(name, "templates", "written for this project", text, tuple(spans))


def _fill(slot: re.Match[str], pool: NamePool, chance: random.Random) -> tuple[str, str]:
    if slot.group(2):
        form = _INNER.sub(lambda inner: _short(inner.group(1), pool, chance), slot.group(3))
        return _LETTER[slot.group(2)], form
    return _TYPE[slot.group(1)], _name(slot.group(1), pool, chance)


def _short(kind: str, pool: NamePool, chance: random.Random) -> str:
    """A name inside a name: of a person the surname."""
    return chance.choice(pool.family) if kind == "person" else _name(kind, pool, chance)


def _name(kind: str, pool: NamePool, chance: random.Random) -> str:
    if kind == "person":
        given = "" if chance.random() < 0.2 else chance.choice(pool.given) + " "
        return given + chance.choice(pool.family)
    if kind == "team":
        return chance.choice(chance.choice((pool.nations, pool.nations, pool.cities, pool.teams)))
    return chance.choice(_LISTS[kind](pool))


_LISTS = {
    "given": lambda pool: pool.given,
    "place": lambda pool: pool.places,
    "city": lambda pool: pool.cities,
    "country": lambda pool: pool.nations,
    "club": lambda pool: pool.teams,
    "company": lambda pool: pool.companies,
    "organization": lambda pool: pool.organizations,
    "acronym": lambda pool: pool.acronyms,
}
