"""Vary the training text: other names in the same places, headlines in capitals. Random, seeded by the caller."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from corpus import Document, Span, sentences

_UPPER, _TITLE, _LOWER = 0.03, 0.04, 0.005


@dataclass(frozen=True)
class NamePool:
    """Names to put in place of those of a text."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    places: tuple[str, ...]
    organizations: tuple[str, ...]
    acronyms: tuple[str, ...]
    nations: tuple[str, ...]
    cities: tuple[str, ...]
    teams: tuple[str, ...]
    companies: tuple[str, ...]

    @cached_property
    def countries(self) -> frozenset[str]:
        """The nations, to be asked for."""
        return frozenset(self.nations)


def read_pool(path: Path) -> NamePool:
    """Read the word lists."""
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    split = {
        key: tuple(part.strip() for part in value.replace("\n", " ").split(","))
        for key, value in lists.items()
    }
    return NamePool(nations=split.pop("countries"), **split)


def vary(document: Document, pool: NamePool, chance: random.Random, swap: float) -> Document:
    """Return the document with some of its names exchanged, consistently, and some of its lines recased."""
    edits = _swaps(document, pool, chance, share=swap) if chance.random() < 0.7 else []
    return _recase(_apply(document, edits), chance)


def _swaps(
    document: Document, pool: NamePool, chance: random.Random, share: float
) -> list[tuple[int, int, str]]:
    """Choose new forms: one surface form has one new form; words of a person's name are exchanged one by one."""
    chosen: dict[tuple[str, str], str] = {}
    edits = []
    reach = 0
    for span in document.spans:
        form = document.text[span.start : span.end]
        nested = any(o is not span and o.start < span.end and span.start < o.end for o in document.spans)
        if span.masked or nested or span.start < reach or not form[:1].isupper():
            continue
        key = (span.type, form)
        if key not in chosen:
            chosen[key] = _other(form, span.type, pool, chance, chosen) if chance.random() < share else form
        if chosen[key] != form:
            edits.append((span.start, span.end, chosen[key]))
            reach = span.end
    return edits


def _other(
    form: str, kind: str, pool: NamePool, chance: random.Random, chosen: dict[tuple[str, str], str]
) -> str:
    if kind == "person":
        words = form.split()
        for place, word in enumerate(words):
            last = place == len(words) - 1
            if re.fullmatch(r"\w[\w’'-]+", word) and word[0].isupper():
                words[place] = chosen.setdefault(
                    ("word", word), chance.choice(pool.family if last else pool.given)
                )
        return " ".join(words)
    if kind == "place":
        kept = form in pool.countries and chance.random() < 0.5
        return form if kept else chance.choice(chance.choice((pool.places, pool.cities)))
    if re.fullmatch(r"[A-Z]{2,6}", form):
        return chance.choice(pool.acronyms)
    kept = form in pool.countries or chance.random() < 0.4
    return form if kept else chance.choice(chance.choice((pool.organizations, pool.companies)))


def _apply(document: Document, edits: Sequence[tuple[int, int, str]]) -> Document:
    """Splice the edits in; every span lies wholly inside or wholly outside each of them."""
    parts, at, reaches, shifts = [], 0, [0], [0]
    for start, end, form in edits:
        parts += [document.text[at:start], form]
        reaches.append(end)
        shifts.append(shifts[-1] + len(form) - (end - start))
        at = end
    text = "".join([*parts, document.text[at:]])

    def moved(offset: int) -> int:
        return offset + shifts[bisect_right(reaches, offset) - 1]

    spans = tuple(Span(moved(s.start), moved(s.end), s.type, s.masked) for s in document.spans)
    return Document(document.id, document.source, document.licence, text, spans)


def _recase(document: Document, chance: random.Random) -> Document:
    parts, at = [], 0
    for start, end in sentences(document.text):
        line, roll = document.text[start:end], chance.random()
        if roll < _UPPER:
            line = line.upper()
        elif roll < _UPPER + _TITLE:
            line = re.sub(r"\b[a-z](?=\w{3})", lambda match: match.group().upper(), line)
        elif roll < _UPPER + _TITLE + _LOWER:
            line = line.lower()
        if len(line) == end - start:
            parts += [document.text[at:start], line]
            at = end
    text = "".join([*parts, document.text[at:]])
    return Document(document.id, document.source, document.licence, text, document.spans)
