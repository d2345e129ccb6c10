"""The measured content, the same for every generator: articles with entities and events, made from a seed.

Numbers as a newsroom's: 450 words, 8 entities and 6 events an article, a record for every fifth article. Every fifth
article has a heading, emphasis and a link; all have apostrophes and quotation marks, as reported text does.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

_WORDS = (
    "the talks on a border crossing were held under pressure from several parties who asked for time and more aid "
    "while others refused to sign any text before the end of the month and the envoy's office said it would wait"
).split()
_FIRST = "Jan Mira Omar Lena Tariq Nadia Pavel Salma Viktor Yusra".split()
_LAST = "Holt Sayed Brandt Nasser Kovac Haddad Lindqvist Mansour Petrov Amari".split()
_WORDS_AN_ARTICLE = 450
_ENTITIES = 8
_EVENTS = 6


@dataclass(frozen=True, slots=True)
class Entity:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Event:
    """`quote` stands in the article once."""

    date: str
    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class Article:
    """`paragraphs` are Markdown."""

    id: str
    title: str
    date: str
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs) + "\n"


@dataclass(frozen=True)
class Corpus:
    """Articles in the order of their numbers, newest dates last."""

    articles: Sequence[Article]
    entities: Sequence[Entity]

    @cached_property
    def naming(self) -> Mapping[str, Sequence[Article]]:
        """The articles that name each entity."""
        found: dict[str, list[Article]] = {entity.id: [] for entity in self.entities}
        for article in self.articles:
            for entity in article.entities:
                found[entity.id].append(article)
        return found


def corpus(size: int) -> Corpus:
    """The corpus of so many articles; the first ones of two sizes differ, since there are more entities to name."""
    chance = random.Random(size)  # noqa: S311 - measured text, no secret
    entities = tuple(
        Entity(f"e{number}", f"{chance.choice(_FIRST)} {chance.choice(_LAST)}{number}")
        for number in range(size // 5)
    )
    return Corpus(tuple(article(number, entities, chance) for number in range(size)), entities)


def article(number: int, entities: Sequence[Entity], chance: random.Random) -> Article:
    """The article of that number."""
    named = tuple(chance.sample(entities, _ENTITIES))
    events = tuple(_event(number, day) for day in range(_EVENTS))
    sentences = [f"{entity.name} said that {_words(chance, 12)}." for entity in named]
    sentences += [f"In town {day}, {event.quote} {_words(chance, 10)}." for day, event in enumerate(events)]
    while sum(len(sentence.split()) for sentence in sentences) < _WORDS_AN_ARTICLE:
        sentences.append(f"“Then {_words(chance, 18)}.”")
    chance.shuffle(sentences)
    paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
    if number % 5 == 0:
        paragraphs[1] += f" The *envoy* spoke of **two** [reports](https://example.org/{number}/)."
        paragraphs.insert(2, "## What was agreed")
    day = f"{2010 + number % 12}-{number % 9 + 1:02}-{number % 28 + 1:02}"
    return Article(
        f"a{number}", f"Article {number}: the envoy's talks", day, named, events, tuple(paragraphs)
    )


def _event(number: int, day: int) -> Event:
    quote = f"on {day + 1} May 2016 item {number}x{day} was agreed"
    return Event(f"2016-05-0{day + 1}", f"Item {day} of article {number} agreed", quote)


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count))
