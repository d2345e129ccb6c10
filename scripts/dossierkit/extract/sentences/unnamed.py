"""Whether a sentence tells of a person without a name ("shot the driver", "the wife of Ada Moreau"), whom "he" or "she" may mean next."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossierkit.extract.headings.words import listed, verb_at, words_of
from dossierkit.extract.sentences.roles import person_pattern
from dossierkit.model.finding import Mention, Sentence

_DETERMINED = re.compile(
    r"(?:\b(?:an?|another|her|his|its|one|the|their|this|that)|[’']s?) (?:[\w-]+ ){0,3}\Z", re.IGNORECASE
)
_BEFORE_NAME = re.compile(r",? |(?: (?:at|for|from|in|of|to) [^,.;:()]{1,60})?, ")
_APPOSED = re.compile(r",[^,.;:()]{0,60} ")
_BEING = re.compile(r" (?:is|was|became|remained|had been|has been) [^,.;:()]{0,30}")
_AS = re.compile(r"\b(?:as|called|named) (?:(?:an?|the|her|his) )?(?:[\w-]+ ){0,2}\Z", re.IGNORECASE)
_NEAR = 40  # code points before a noun
_WORD = 24  # code points behind it


def tells_of_unnamed(text: str, sentence: Sentence, people: Iterable[Mention]) -> bool:
    """`people`: those that it names. What says who one of them is ("the mayor, Ada Moreau", "Ada Moreau, a lawyer") is nobody else."""
    named = list(people)
    return any(
        _is_person(text, noun, sentence) and not any(_says_who(text, noun, one) for one in named)
        for noun in person_pattern().finditer(text, sentence.start, sentence.end)
    )


def _is_person(text: str, noun: re.Match[str], sentence: Sentence) -> bool:
    """Not "the driver shortage", "worked as a driver", "drivers"."""
    before = text[max(sentence.start, noun.start() - _NEAR) : noun.start()]
    if not _DETERMINED.search(before) or _AS.search(before):
        return False
    words = words_of(text, noun.end(), min(sentence.end, noun.end() + _WORD))
    after = words[0] if words else None
    governs = listed("prepositions", "conjunctions", "relatives", "subordinators", "adverbs", "bare_dates")
    return (
        after is None
        or not after.form.islower()
        or after.sign
        or after.low in governs
        or verb_at(words, 0) != ""
    )


def _says_who(text: str, noun: re.Match[str], one: Mention) -> bool:
    if one.start <= noun.start() < one.end:
        return True
    if noun.end() <= one.start:
        return _BEFORE_NAME.fullmatch(text, noun.end(), one.start) is not None
    between = text[one.end : noun.start()]
    words = words_of(text, one.end, noun.start())
    acts = any(verb_at(words, at) for at in range(len(words)))
    return (_APPOSED.fullmatch(between) is not None and not acts) or _BEING.fullmatch(between) is not None
