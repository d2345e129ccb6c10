"""Fill the sentence templates with names from the pool: documents written for this project, free of anybody's licence."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from augment import NamePool
from babel import Locale
from corpus import Document, Span

Templates = Mapping[str, Sequence[str]]

_SLOT = re.compile(r"\{(\w+)\}|\[([pol]):((?:\{\w+\}|[^\]{])+)\]")
_COMMON = ("noun", "nouns")
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
# Countries that invented sentences in other languages than English name (ISO 3166-1).
_STATES = """AF AL DZ AO AR AM AU AT AZ BD BY BE BO BA BR BG CA CL CN CO CR HR CU CY CZ CD DK DO EC EG EE ET FI FR GE DE GH GR
GT HN HU IS IN ID IR IQ IE IL IT JP JO KZ KE KW LV LB LY LT MY ML MX MD MA MZ MM NL NZ NI NE NG KP NO PK PS PA PY PE PH PL PT QA RO
RU RW SA SN RS SG SK SI SO ZA KR ES SD SE CH SY TW TH TN TR UG UA AE GB US UY VE VN YE ZW""".split()
_SENTENCES = (3, 4, 5, 6, 7)


def read_templates(path: Path) -> Templates:
    """Read the lists of sentences by the kind of report."""
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {kind: [str(line) for line in lines] for kind, lines in lists.items()}


@dataclass(frozen=True)
class Language:
    """What invented documents of one language are made of. `common`: words that are no names, by slot."""

    lang: str
    sentences: Sequence[str]
    pool: NamePool
    common: Mapping[str, Sequence[str]]


def read_languages(folder: Path, english: NamePool) -> list[Language]:
    """Read the files of a folder, one a language; names of countries are those of Unicode's CLDR."""
    return [_language(path, english) for path in sorted(folder.glob("*.yaml"))]


def _language(path: Path, english: NamePool) -> Language:
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    sentences = [str(line) for line in lists.pop("sentences")]
    words = {key: tuple(part.strip() for part in value.split(",")) for key, value in lists.items()}
    territories = Locale(path.stem).territories
    nations = tuple(territories[code] for code in _STATES if code in territories)
    pool = replace(
        english,
        nations=nations,
        places=words["places"] + nations[::3],
        cities=words["places"][:30] + english.cities[::5],
        organizations=words["organizations"] + english.organizations[::8],
        acronyms=words["acronyms"],
        given=words["given"] * 2 + english.given[::3],
        family=words["family"] * 2 + english.family[::3],
    )
    return Language(path.stem, sentences, pool, {key: words[key] for key in _COMMON if key in words})


def invent_in(languages: Sequence[Language], chance: random.Random, count: int) -> list[Document]:
    """Write `count` documents in each of the languages."""
    return [
        _document(
            chance.sample(list(one.sentences), chance.choice(_SENTENCES)),
            one.pool,
            chance,
            f"{one.lang}-{index}",
            one,
        )
        for one in languages
        for index in range(count)
    ]


def invent(templates: Templates, pool: NamePool, chance: random.Random, count: int) -> list[Document]:
    """Write `count` documents of a few sentences each, every one of a single kind; longer lists are drawn from more often."""
    kinds = list(templates)
    drawn = chance.choices(kinds, [len(templates[kind]) for kind in kinds], k=count)
    return [
        _document(chance.sample(templates[kind], chance.choice(_SENTENCES)), pool, chance, str(index))
        for index, kind in enumerate(drawn)
    ]


def _document(
    lines: list[str], pool: NamePool, chance: random.Random, name: str, language: Language | None = None
) -> Document:
    text, spans = "", []
    common = language.common if language else {}
    for line in lines:
        at = 0
        for slot in _SLOT.finditer(line):
            text += line[at : slot.start()]
            at = slot.end()
            if slot.group(1) in common:
                text += chance.choice(common[slot.group(1)])
                continue
            kind, form = _fill(slot, pool, chance)
            spans.append(Span(len(text), len(text) + len(form), kind))
            text += form
        text += line[at:] + chance.choice((" ", " ", "\n"))
    source = f"templates {language.lang}" if language else "templates"
    return Document(name, source, "written for this project", text, tuple(spans))


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
