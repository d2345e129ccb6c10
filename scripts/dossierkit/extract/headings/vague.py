"""What of a heading is not understood without the sentence before: "searched for him", "reached the same conclusion", "the decision came"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dossierkit.extract.headings.signs import Span, within
from dossierkit.extract.headings.words import Word, first_verb, listed, verb_at

_OBJECTS = frozenset({"it", "him", "them"})
_POINTING = frozenset({"this", "these", "those"})
_DOING = frozenset({"do", "does", "did", "done"})
_HAVE = frozenset({"has", "have", "had"})
_CONTENT = frozenset({"it", "its", "they", "their"})
_MOST_BEFORE = 2  # words between "the" and its noun


def open_object(phrase: Sequence[Word], people: Sequence[Span] = ()) -> Word | None:
    """The "him" of "has replaced him with another", "issued a notice for him": an object that is a pronoun whose referent the heading does not
    name. `people`: the names of people in the sentence; one of them may have "the papers with him".
    """
    verb = first_verb(phrase)
    alone = not any(within(word, people) for word in phrase)
    for k in range((verb if verb is not None else len(phrase)) + 1, len(phrase)):
        word, before = phrase[k], phrase[k - 1]
        if word.low in listed("conjunctions", "subordinators") or word.form in {",", ";"}:
            return None
        following = verb_at(phrase, k + 1) if k + 1 < len(phrase) else ""
        governed = verb_at(phrase, k - 1) != "" or before.low in listed("verbs", "present")
        governed = governed or (alone and word.low != "it" and before.low in listed("prepositions"))
        told = before.low in _saying() and (word.low == "it" or before.low not in listed("said", "spoken"))
        pronoun = word.low in _OBJECTS or (word.low in {"her", *_POINTING} and _ends_there(phrase, k))
        if pronoun and governed and following != "finite" and not told:
            return word
    return None


def _ends_there(phrase: Sequence[Word], at: int) -> bool:
    """Whether "her" is no possessive: "accused her, and her associates", "sentenced her to"."""
    after = phrase[at + 1] if at + 1 < len(phrase) else None
    return after is None or after.sign or after.low in listed("prepositions", "subordinators") | {"to"}


def _saying() -> frozenset[str]:
    return listed("said", "spoken") | {"made", "makes", "make"}


def points_back(phrase: Sequence[Word]) -> bool:
    """As in "was informed of this", "ruled that it could go ahead", "had done so", "opened one", "suspended the first one", "will follow suit", "reached the same conclusion"."""
    words = [word for word in phrase if not word.sign]
    low = [word.low for word in words]
    ends = low[-1] in _POINTING | {"one"} or (low[-1] == "so" and low[-2:-1] != [] and low[-2] in _DOING)
    undone = low[-1] == "done" and low[-2:-1] != [] and low[-2] in _HAVE
    ends = ends or _points_at(words)
    first = any(one == "one" and before in listed("ordinals", "counted") for before, one in pairwise(low))
    suit = low[-1] == "suit" and low[-2:-1] != [] and low[-2].startswith("follow")
    return ends or undone or suit or first or _says_of_it(words) or _the_same(low)


def _points_at(words: Sequence[Word]) -> bool:
    """As in "reversed that decision", "denied any involvement", not "left that day", "announced the end of that work"."""
    if (
        len(words) < 3
        or words[-2].low not in _POINTING | {"any", "that", "such"}
        or not words[-1].form.islower()
    ):
        return False
    governed = verb_at(words, len(words) - 3) != ""
    return governed and words[-1].low not in listed("times", "lengths", "calendar", "adverbs")


def _says_of_it(words: Sequence[Word]) -> bool:
    """As in "says this included a letter", "found that its aims were too broad": what a finding is about."""
    for at, word in enumerate(words):
        content = words[at + 1 : at + 4]
        told = word.low in listed("said", "spoken") and any(
            one.low in _POINTING and verb_at(words, k) == "finite"
            for k, one in zip((at + 2, at + 3), content, strict=False)
            if k < len(words)
        )
        of_it = len(content) > 1 and content[0].low == "that" and content[1].low in _CONTENT
        if told or (of_it and word.low in listed("finding")):
            return True
    return False


def _the_same(low: Sequence[str]) -> bool:
    """As in "reached the same conclusion", not "the same day", "the same post as Hale"."""
    at = next((k for k, pair in enumerate(pairwise(low)) if pair == ("the", "same")), None)
    return (
        at is not None
        and at + 2 < len(low)
        and "as" not in low[at:]
        and low[at + 2] not in listed("times", "lengths") | {"time"}
    )


def takes_place(named: Sequence[Word], phrase: Sequence[Word]) -> bool:
    """As in "the attack took place", "the turning point came", of which the heading does not say what it was."""
    happened = " ".join(word.low for word in phrase[len(named) :]) in listed("happening")
    short = 1 < len(named) <= _MOST_BEFORE + 2
    plain = all(word.form.islower() and word.low not in listed("ordinals") for word in named[1:])
    return happened and short and plain and named[0].low in {"the", "a"}


def is_formality(named: Sequence[Word]) -> bool:
    """As in "apologies were received", "the minutes of 3 May were agreed". `named`: the subject."""
    head = named[1 if len(named) > 1 and named[0].low == "the" else 0]
    return head.low in listed("formalities")
