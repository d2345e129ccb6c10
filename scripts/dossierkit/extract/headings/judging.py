"""Whether a heading can stand by itself: it has somebody who does it, it is what happened, and its date is its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossierkit.extract.headings.chunks import Span
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


def tells(subject: Sequence[Word], kept: Sequence[Word]) -> bool:
    """Whether there is somebody or something that does or suffers it, in the third person."""
    named = [word for word in subject if not word.sign]
    if not named or len([word for word in kept if not word.sign]) < _LEAST_WORDS:
        return False
    spoken = {_APOSTROPHE.split(word.low)[0] for word in kept if not word.aside and word.form != "US"}
    if spoken & listed("speakers") or (len(named) == 1 and named[0].low in listed("empty_subjects")):
        return False
    counts = len(named) > 1 and (named[1].low in _COUNTING or named[1].form[0].isdigit())
    opens = named[0].low in listed("prepositions") | listed("subordinators") and not counts
    return first_verb(kept) is not None and not opens


def said_only(kept: Sequence[Word]) -> bool:
    """As in "Braverman told GB News": a frame without what was said."""
    verb = first_verb(kept) or 0
    rest = [word for word in kept[verb + 1 :] if not word.sign and not word.aside]
    if kept[verb].low in listed("spoken"):
        without_that = not any(word.low == "that" for word in rest)
        return len(rest) < 2 or (rest[0].low in listed("prepositions") and without_that)
    if kept[verb].low not in listed("said") or first_verb(rest) is not None:
        return False
    return kept[verb].low in _TOLD or not rest or rest[0].low in listed("prepositions")


def aside(subject: Sequence[Word], at: Span | None) -> bool:
    """Whether the date is in brackets, or that of a participle in the subject: "the system backed in 2021 was rejected"."""
    if at is None:
        return False
    before = [k for k, word in enumerate(subject) if word.start < at[0]]
    within = [word for word in subject if at[0] <= word.start < at[1]]
    if any(word.aside == "b" for word in within):
        return True
    return bool(within) and any(verb_at(subject, k) for k in before)


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
    if present(first) and first not in listed("said") | listed("spoken"):
        return True
    return first in listed("states") and not any(
        word.low.endswith("ed") or word.low in _participles() for word in predicate[1:4]
    )


def _participles() -> frozenset[str]:
    return listed("participles") | listed("past_or_participle") | {"been"}
