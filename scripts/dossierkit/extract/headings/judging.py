"""Whether a heading can stand by itself: it has somebody who does it, it is what happened, and its date is its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossierkit.extract.headings.chunks import Span
from dossierkit.extract.headings.clauses import Clause
from dossierkit.extract.headings.words import Word, first_verb, listed, present, verb_at
from dossierkit.text.data import load

_TOLD = frozenset(
    {
        "said",
        "says",
        "told",
        "tells",
        "added",
        "adds",
        "stated",
        "states",
        "commented",
        "explained",
        "remarked",
        "noted",
        "notes",
    }
)
_COUNTING = frozenset({"least", "most", "than", "to"})
_APOSTROPHE = re.compile("[’']")
_FRAME = 3  # words of "announced on Friday"
_LEAST_WORDS = 2


def unfit(sentence: str) -> bool:
    """A caption, a call to the reader, a question."""
    opens = tuple(load("en/clauses")["captions"])
    stripped = sentence.lstrip()
    caption = any(stripped.startswith((f"{word}:", f"{word} (", f"{word} -", f"{word} –")) for word in opens)
    promo = any(
        stripped.startswith(words) and not stripped[len(words) : len(words) + 1].isalpha()
        for words in load("en/clauses")["promos"]
    )
    return caption or promo or stripped.rstrip('"”’ ').endswith("?")


def tells(subject: Sequence[Word], phrase: Sequence[Word]) -> bool:
    """Whether there is somebody or something that does or suffers it, in the third person."""
    named = [word for word in subject if not word.sign]
    if not named or len([word for word in phrase if not word.sign]) < _LEAST_WORDS:
        return False
    spoken = {_APOSTROPHE.split(word.low)[0] for word in phrase if not word.aside and word.form != "US"}
    empty = len(named) == 1 and named[0].low in listed("empty_subjects")
    if spoken & listed("speakers") or empty or named[0].low in {"there", "here"} or _whenever(named):
        return False
    if len(named) > 1 and named[1].low == "by" and verb_at(named, 0) == "participle":
        return False  # "supported by strikes": who it was is not here
    counts = len(named) > 1 and (named[1].low in _COUNTING or named[1].form[0].isdigit())
    opens = named[0].low in listed("prepositions", "subordinators") and not counts
    return first_verb(phrase) is not None and not opens


def _whenever(named: Sequence[Word]) -> bool:
    """As in "every time the bell was struck"."""
    return len(named) > 2 and named[0].low in {"every", "each", "the"} and named[1].low in {"time", "moment"}


def said_only(phrase: Sequence[Word]) -> bool:
    """As in "Braverman told GB News": a frame without what was said."""
    verb = first_verb(phrase) or 0
    rest = [word for word in phrase[verb + 1 :] if not word.sign and not word.aside]
    if phrase[verb].low in listed("spoken"):
        without_that = not any(word.low == "that" for word in rest)
        short = len(rest) <= _FRAME and rest[:1] and rest[0].low in listed("prepositions")
        return len(rest) < 2 or (bool(short) and without_that)
    if phrase[verb].low not in listed("said") or first_verb(rest) is not None:
        return False
    return phrase[verb].low in _TOLD or not rest or rest[0].low in listed("prepositions")


def aside(clause: Clause, at: Span | None, dates: Sequence[Span]) -> bool:
    """Whether the date is that of something else: "the system backed in 2021 was rejected", "was a firm founded in 1988", one of
    several in brackets.
    """
    if at is None:
        return False
    within = [word for word in clause.words if at[0] <= word.start < at[1]]
    if any(word.aside == "b" for word in within):
        return len(dates) > 1 or _cited(clause.words, within)
    describes = len(clause.predicate) > 1 and clause.predicate[1].low in listed("determiners")
    names = describes and clause.predicate[0].low in listed("be")
    return _of_participle(clause.subject, at) or (names and _of_participle(clause.predicate[1:], at))


def _cited(words: Sequence[Word], within: Sequence[Word]) -> bool:
    """Whether a bracket holds more than the date: "(Moreau, 1964)", or stands before the verb: "Moreau (1964) showed"."""
    first, last = words.index(within[0]), words.index(within[-1])
    alone = words[first - 1].form == "(" and words[min(last + 1, len(words) - 1)].form == ")"
    return not alone or first_verb(words[:first]) is None


def _of_participle(words: Sequence[Word], at: Span) -> bool:
    """Whether a date stands among the words, and a verb form before it."""
    before = [k for k, word in enumerate(words) if word.start < at[0]]
    return any(at[0] <= word.start < at[1] for word in words) and any(verb_at(words, k) for k in before)


def is_so(predicate: Sequence[Word]) -> bool:
    """As in "is located", "has a harbour", not "is to meet", "has left"."""
    low = [word.low for word in predicate[:2]]
    coming = {"to", "due", "set", "scheduled", "expected", "being", "planned", "going", "about"}
    done = len(low) > 1 and (low[1] in _participles() or low[1].endswith("ed"))
    return (
        bool(low)
        and low[0] in {"is", "are", "has", "have"}
        and not ((len(low) > 1 and low[1] in coming) or (low[0] in {"has", "have"} and done))
    )


def stative(predicate: Sequence[Word]) -> bool:
    first = predicate[0].low if predicate else ""
    if first in listed("was"):
        following = [word.low for word in predicate[1:4]]
        if first == "had":
            return True
        if following[:1] == ["born"]:
            return True
        return not any(low.endswith(("ed", "ing")) or low in _participles() for low in following)
    if first in {"is", "are"} and predicate[1:] and predicate[1].low != "being":
        return True
    if present(first) and first not in listed("said", "spoken"):
        return True
    return first in listed("states") and not any(
        word.low.endswith("ed") or word.low in _participles() for word in predicate[1:4]
    )


def _participles() -> frozenset[str]:
    return listed("participles", "past_or_participle") | {"been"}
