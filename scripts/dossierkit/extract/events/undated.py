"""Decides whether a sentence without a date reports an event, and not background or a state, and whether of the day of the report.

The first is a logistic model over a few signs that people can read. `training/train_undated.py` makes its weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dossierkit.extract.events.opinions import of_another_time
from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.words import listed
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.extract.tense import tense
from dossierkit.model.finding import Event
from dossierkit.text.data import load

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ATTRIBUTED = re.compile(
    r"\b(?:according to|said|says|told|claims?|alleged|reported|found that|investigation)\b"
)
_COUNTED = re.compile(
    r"(?i)(?:more than|at least|some|many|several|all|over|about|nearly|almost|hundreds|thousands|dozens|\d)\b"
)
_LATELY = re.compile(
    r"\brecently\b|\bthe other (?:day|evening|morning|night|week)\b"
    r"|\b(?:in|over|during|within) the (?:last|past) (?:\w{1,12} )?(?:days|weeks?|months?|years?)\b"
)
_EARLY = 500  # code points
_SHORT = 5  # words
_BESIDE = frozenset({"has", "have", "had", "been", "was", "were", "is", "are", "be", "being", "not", "to"})
_NEWS = frozenset({"act", "call", "says", "perfect"})
_TOGETHER = frozenset({"same", "today"})
_PERSONAL = frozenset({"he", "she", "his", "her"})
Parts = tuple[Event, Heading, SentenceParticipants]


def of_the_day(candidate: Parts, main: Parts | None) -> bool:
    """Whether the weights of a candidate's signs add up to more than the threshold. `main`: the article's main event."""
    weights: dict[str, int] = load("en/undated_weights")
    return weights["bias"] + sum(weights[sign] for sign in signs(candidate, main)) > weights["least"]


def sure_of_day(candidate: Parts, main: Parts | None) -> bool:
    """Whether an event without a date surely happened on the day of the report or story, and not on one before it.

    That of the main event is the news itself, unless it is told in the plain past without a deed ("the dam broke"). Another
    is of its day if it has the same subject, if the main event has the day in its own words, or if a person speaks: what
    states and bodies have said may be background, and so may what is told in the perfect behind a sentence with its day. What happened "the
    other night", or "over the past week", happened on no day that the sentence names.
    """
    found = signs(candidate, main)
    _, title, one = candidate
    if _LATELY.search(one.words.lower()):
        return False
    if candidate is main:
        news = one.headline or tense(_verb(title)) != "past" or not found.isdisjoint(_NEWS)
        return news and "weak" not in found and not of_another_time(title)
    if title.speaker or not found.isdisjoint({"attributed", "perfect"}):
        return main is not None and main[2].headline and {"news", "same"} <= found
    deed = "before" not in found or not found.isdisjoint(_NEWS)
    return (deed and not found.isdisjoint(_TOGETHER)) or (
        "before" not in found and _speaks(title, one, found)
    )


def _speaks(title: Heading, one: SentenceParticipants, found: frozenset[str]) -> bool:
    active = _predicate(title)[:1] not in (["was"], ["were"])
    return active and not found.isdisjoint({"call", "says"}) and _subject(title, one)[1]


def signs(candidate: Parts, main: Parts | None) -> frozenset[str]:
    """The names of the candidate's signs, from `data/en/undated_weights.yml`."""
    event, title, one = candidate
    words, verb = _predicate(title), _verb(title)
    kind = _kind(verb)
    entities, person = _subject(title, one)
    low = one.words.lower()
    said = kind in {"says", "call"}
    perfect = words[:1] in (["has"], ["have"])
    today = event.dated_by == "report" and main is not None and main[0].timex is not None
    found = {
        kind: True,
        "person": person and kind in {"other", "says"},
        "thing": not entities and title.subject.lower().startswith(("the ", "a ", "an ")),
        "counted": _COUNTED.match(title.subject) is not None,
        "perfect": perfect,
        "news": perfect and one.lead,
        "attributed": not said and _ATTRIBUTED.search(low) is not None,
        "before": _before().search(low) is not None,
        "also": " also " in low,
        "early": event.start < _EARLY,
        "short": len(title.text.split()) <= _SHORT,
        "story": event.dated_by == "story",
        "today": today,
        "scene": today and verb in load("en/undated")["scene"],
        "same": main is not None and not entities.isdisjoint(_subject(main[1], main[2])[0]),
    }
    return frozenset(sign for sign, holds in found.items() if holds)


def _predicate(title: Heading) -> list[str]:
    return _WORD.findall(title.text[len(title.subject) :].lower())


def _verb(title: Heading) -> str:
    return next((word for word in _predicate(title) if not _beside(word)), "")


def _beside(word: str) -> bool:
    return word in _BESIDE or word.endswith("ly") or word in listed("adverbs")


def _kind(verb: str) -> str:
    kinds: dict[str, list[str]] = load("en/undated")
    fits: Iterator[str] = (kind for kind in ("call", "act", "weak") if verb in kinds[kind])
    return next(fits, "says" if verb in listed("said") else "other")


def _subject(title: Heading, one: SentenceParticipants) -> tuple[set[str], bool]:
    """The entities named in a heading's subject, and whether one of them is a person."""
    named = [mention for mention in one.mentions if mention.text in title.subject]
    meant = [who for who in one.meant if who.entity and who.name in title.subject]
    person = any(mention.type == "person" for mention in named) or any(who.said in _PERSONAL for who in meant)
    return {*(mention.entity for mention in named), *(who.entity for who in meant)}, person


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, load('en/undated')['before']))})\b")
