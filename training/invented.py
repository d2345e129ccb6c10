"""Fill the sentence templates with names from the pool: documents written for this project, free of anybody's licence."""

from __future__ import annotations

import random
import re
from pathlib import Path

import yaml
from augment import NamePool
from corpus import Document, Span

_SLOT = re.compile(r"\{(person|place|organization|acronym)\}|\[([pol]):([^\]]+)\]")
_LETTER = {"p": "person", "o": "organization", "l": "place"}
_SENTENCES = 5


def read_templates(path: Path) -> list[str]:
    """Read the list of sentences."""
    return [str(line) for line in yaml.safe_load(path.read_text(encoding="utf-8"))]


def invent(templates: list[str], pool: NamePool, chance: random.Random, count: int) -> list[Document]:
    """Write `count` documents of a few sentences each."""
    return [
        _document(chance.sample(templates, _SENTENCES), pool, chance, str(index)) for index in range(count)
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
        return _LETTER[slot.group(2)], slot.group(3)
    kind = slot.group(1)
    if kind == "person":
        given = "" if chance.random() < 0.2 else chance.choice(pool.given) + " "
        return kind, given + chance.choice(pool.family)
    if kind == "acronym":
        return "organization", chance.choice(pool.acronyms)
    return kind, chance.choice(pool.places if kind == "place" else pool.organizations)
