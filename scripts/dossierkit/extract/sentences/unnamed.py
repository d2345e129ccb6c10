"""Those without a name of whom a sentence tells ("shot the driver", "the wife of Ada Moreau", "a firm owned by Tarn Ore"), whom "he" or "it" may mean next."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossierkit.extract.headings.words import listed, verb_at, words_of
from dossierkit.extract.sentences.pronouns import gender_of_noun
from dossierkit.extract.sentences.roles import body_pattern, person_pattern
from dossierkit.model.finding import Mention, Sentence

_DETERMINED = re.compile(
    r"(?:\b(?:an?|another|her|his|its|one|the|their|this|that)|[’']s?) (?:[\w-]+ ){0,3}\Z", re.IGNORECASE
)
_INDEFINITE = re.compile(r"\b(?:an?|another|one) (?:[\w-]+ ){0,3}\Z", re.IGNORECASE)
_BEFORE_NAME = re.compile(r",? |(?: (?:at|for|from|in|of|to) [^,.;:()]{1,60})?, ")
_APPOSED = re.compile(r",[^,.;:()]{0,60} ")
_BEING = re.compile(
    r" (?:is|was|became|remained|had been|has been) (?:(?:also|not|now|once|still|then) )?(?:(?:an?|the) )?(?:[\w-]+ ){0,3}"
)
_BY = re.compile(r" (?:is|was|has been|had been) (?:[\w-]+ ){1,5}by (?:an?|the|her|his) (?:[\w-]+ ){0,3}")
"""Who did it to the one whom a sentence in the passive is about; the next one goes on about that."""
_AS = re.compile(r"\b(?:as|called|named) (?:(?:an?|the|her|his) )?(?:[\w-]+ ){0,2}\Z", re.IGNORECASE)
_OF = re.compile(r" (?:at|for|from|in|of|to|with) ")
_NEAR = 40  # code points before a noun
_WORD = 24  # code points behind it


def unnamed_people(text: str, sentence: Sentence, people: Iterable[Mention]) -> frozenset[str]:
    """The genders of people without a name in a sentence: "he", "she", or "" where the noun does not say.

    `people`: those that it names. What says who one of them is ("the mayor, Ada Moreau", "Ada Moreau, a lawyer") is nobody else.
    """
    named = list(people)
    return frozenset(
        gender_of_noun(noun[0])
        for noun in person_pattern().finditer(text, sentence.start, sentence.end)
        if _is_meant(text, noun, sentence) and not any(_says_who(text, noun, one) for one in named)
    )


def is_person(phrase: str) -> bool:
    """As in "the lawyer for Tarn Ore"."""
    return person_pattern().fullmatch(_OF.split(phrase, maxsplit=1)[0].rpartition(" ")[2].lower()) is not None


def tells_of_unnamed_body(text: str, sentence: Sentence, bodies: Iterable[Mention]) -> bool:
    """Whether a sentence brings in a body without a name: "a company linked to Tarn Ore"."""
    named = list(bodies)
    return any(
        _is_meant(text, noun, sentence, _INDEFINITE) and not any(_says_who(text, noun, one) for one in named)
        for noun in body_pattern().finditer(text, sentence.start, sentence.end)
    )


def _is_meant(
    text: str, noun: re.Match[str], sentence: Sentence, determined: re.Pattern[str] = _DETERMINED
) -> bool:
    """Not "the driver shortage", "worked as a driver", "drivers"."""
    before = text[max(sentence.start, noun.start() - _NEAR) : noun.start()]
    if not determined.search(before) or _AS.search(before):
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
    """Whether a noun says who a named one is, or stands back behind them."""
    if one.start <= noun.start() < one.end:
        return True
    if noun.end() <= one.start:
        return _BEFORE_NAME.fullmatch(text, noun.end(), one.start) is not None
    between = text[one.end : noun.start()]
    words = words_of(text, one.end, noun.start())
    verbs = [at for at in range(len(words)) if verb_at(words, at)]
    plain = not any(word.low in listed("prepositions") for word in words)
    if _BY.fullmatch(between):
        return True
    apposed = _APPOSED.fullmatch(between) is not None and not verbs
    return apposed or (_BEING.fullmatch(between) is not None and plain and len(verbs) <= 1)
