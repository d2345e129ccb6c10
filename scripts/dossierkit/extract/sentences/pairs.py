"""Two people of whom a sentence tells, whom the next one calls "they": "Ada Moreau and Jesse Hale", "Ada Moreau met Jesse Hale"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossierkit.extract.headings.words import listed, words_of
from dossierkit.model.finding import Mention, Sentence

_LINK = re.compile(r" (?:and|met(?: with)?) (?:[\w’'-]+,? ){0,5}")
_THEY = re.compile(r"(?:They|[^,.;:\n]{1,40}, they) ")


def they_at(text: str, sentence: Sentence) -> tuple[int, int] | None:
    """The span of a "they" that begins a sentence or follows its adjunct."""
    found = _THEY.match(text, sentence.start, sentence.end)
    return (found.end() - len("they "), found.end() - 1) if found is not None else None


def pair_in(
    text: str, sentence: Sentence, people: Sequence[Mention], others: Sequence[Mention]
) -> tuple[Mention, Mention] | None:
    """The only two people of a sentence that begins with the first of them, if both do something together. `others`: bodies and the like."""
    if len({one.entity for one in people}) != 2 or people[0].entity == people[1].entity:
        return None
    first, second = people[:2]
    between = text[first.end : second.start]
    words = words_of(text, first.end, second.start)
    governed = any(word.low in listed("prepositions") - {"with"} for word in words)
    if _LINK.fullmatch(between) is None or governed or any(one.start < second.start for one in others):
        return None
    return (first, second) if first.start == sentence.start else None
