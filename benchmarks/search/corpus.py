"""Records of a made-up site of any size: the same ones every time.

Words are made of syllables and drawn by Zipf's law, so that vocabulary grows with the text as it does in the news (Heaps'
law). Per article: about 450 words in 22 sentences, a year out of ten, a publisher out of forty, six dated events, eight entities
out of a fifth as many as there are articles, half of the mentions going to a tenth of them. What it lacks: themes (words do
not keep company), inflection, and pages of very different length.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

from dossierkit.model.searched import SearchEvent, SearchRecord, SearchSentence

_ONSETS = "b c d f g h j k l m n p r s t v w br cr dr fr gr pl pr sh sl st th tr".split()
_VOWELS = "a e i o u ai ea ou".split()
_CODAS = ["", "", "", "n", "r", "s", "l", "t", "nd", "st"]
_LITTLE = "the of and to in a that was for on".split()
_WORDS = 120_000
_SENTENCES, _LENGTH, _EVENTS = 22, 20, 6
TYPES = ("person", "organization", "place")


def records(articles: int) -> tuple[SearchRecord, ...]:
    chance = random.Random(20)  # noqa: S311 - a made-up text needs no secret
    words = _vocabulary(chance)
    weights = list(accumulate(1 / (rank + 12) ** 1.05 for rank in range(len(words))))
    people = [_entity(chance, words, number) for number in range(max(8, articles // 5))]
    return (*people, *(_article(chance, words, weights, people, number) for number in range(articles)))


def _vocabulary(chance: random.Random) -> list[str]:
    found: dict[str, None] = dict.fromkeys(_LITTLE)
    while len(found) < _WORDS:
        found["".join(_syllables(chance))] = None
    return list(found)


def _syllables(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.choice((1, 2, 2, 3, 3, 4))):
        yield chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)


def _entity(chance: random.Random, words: list[str], number: int) -> SearchRecord:
    name = f"{chance.choice(words[200:900]).title()} {chance.choice(words[900:60_000]).title()}"
    return SearchRecord(
        path=f"entities/e{number}.md",
        url=f"entities/e{number}/",
        type=TYPES[number % 3],
        title=name,
        names=(name.split()[1], "".join(word[:2] for word in name.split()).upper() + str(number)),
        named=((f"e{number}", 1),),
        description=" ".join(chance.choices(words[:20_000], k=9)),
    )


def _article(
    chance: random.Random, words: list[str], weights: list[float], people: list[SearchRecord], number: int
) -> SearchRecord:
    known = [people[_spread(chance, len(people))] for _ in range(8)]
    lines = []
    for place in range(_SENTENCES):
        said = chance.choices(words, cum_weights=weights, k=_LENGTH)
        if place < len(known):
            said[3] = known[place].title
        digest = f"{chance.getrandbits(32):08x}"
        lines.append(SearchSentence(f"s-{digest}", " ".join(said).capitalize() + "."))
    year = 2010 + chance.randrange(10)
    source = f"Publisher {_spread(chance, 40)}"
    return SearchRecord(
        path=f"articles/{year}/a{number}.md",
        url=f"articles/{year}/a{number}/",
        type="article",
        title=" ".join(chance.choices(words, cum_weights=weights, k=7)).capitalize(),
        lang="en",
        note=f"{number % 28 + 1} May {year} · {source}",
        year=str(year),
        source=source,
        dossiers=("d0",) if chance.random() < 0.05 else (),
        named=tuple(dict.fromkeys((person.entity, 1) for person in known)),
        sentences=tuple(lines),
        events=tuple(_events(chance, lines, known, year)),
        sort=f"{year}-05-{number % 28 + 1:02d}",
    )


def _events(
    chance: random.Random, lines: list[SearchSentence], known: list[SearchRecord], year: int
) -> Iterator[SearchEvent]:
    for place in chance.sample(range(len(lines)), _EVENTS):
        month, day = chance.randrange(1, 13), chance.randrange(1, 29)
        said = lines[place].text.split()
        yield SearchEvent(
            id=f"t-{chance.getrandbits(32):08x}",
            text=" ".join(said[:8]),
            date=f"{year}-{month:02d}-{day:02d}",
            words=f"{day} May {year}",
            year=str(year),
            sentence=place,
            articles=1,
            named=(known[place].entity,) if place < len(known) else (),
        )


def _spread(chance: random.Random, number: int) -> int:
    """A place among `number`, every second time within the first tenth."""
    return chance.randrange(max(1, number // 10)) if chance.random() < 0.5 else chance.randrange(number)
