"""Which proposals are in doubt, by what parted right ones from wrong ones in every folder that was read by hand.

Names: the score of the network, unless a list has the name. Events: several signs in one sentence, each of which says little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.words import listed
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.participants import SentenceParticipants
from dossierkit.model.finding import Event
from dossierkit.model.proposal import ProposedEntity, ProposedEntry

_BY_MODEL = "name model"
_SURE_NAME = 0.95
_DOUBTED = 0.4
"""The score of an event in doubt; those without a reason for doubt have at least `_SURE_EVENT`."""
_SURE_EVENT = 0.45
_ENOUGH = 2  # signs
_LONG = 35  # words
_FAR = 10  # code points between the end of the heading and its date
_TAIL = 12  # code points by which the end of a heading is found in its sentence
_DASH = re.compile(r"[–—]| - ")
_WORD = re.compile(r"[a-z]+")


def in_doubt(item: ProposedEntity | ProposedEntry) -> bool:
    """Whether a proposal of the extractor waits for a decision before it is written into the lists of its page."""
    if item.maker:
        return False
    if isinstance(item, ProposedEntry):
        return item.score < _SURE_EVENT
    listed_name = item.name in lexicon().known or known_place(item.name)
    unsure = item.score < _SURE_NAME and item.reason.startswith(_BY_MODEL)
    return unsure and not item.known and not listed_name


def doubted(event: Event, title: Heading, one: SentenceParticipants) -> Event:
    """The event, with a low score and its reasons if its sentence has several signs of doubt. Known for English alone."""
    found = tuple(_signs(event, title, one)) if one.lang == "en" else ()
    if len(found) < _ENOUGH:
        return event
    reason = "; ".join((event.reason, *(f"in doubt: {sign}" for sign in found)))
    return replace(event, score=min(event.score, _DOUBTED), reason=reason)


def _signs(event: Event, title: Heading, one: SentenceParticipants) -> Iterator[str]:
    heading, words = title.text.lower(), one.words.lower()
    own = next((timex for index, timex in one.dates if index == event.timex), None)
    if _DASH.search(one.words):
        yield "a dash in its sentence"
    if len(one.dates) > 1:
        yield "another date in its sentence"
    if len(words.split()) >= _LONG:
        yield "a long sentence"
    ends = words.find(heading[-_TAIL:])
    if own is not None and ends >= 0 and own.start - event.start - ends - _TAIL >= _FAR:
        yield "the date is far behind it"
    if _says(words) and not _says(heading):
        yield "somebody says it"
    if title.present or " will " in heading:
        yield "it may not have happened yet"
    if event.dated_by == "story":
        yield "the day is that of the story"
    if "/" in (event.date or ""):
        yield "the date is a period"


def _says(words: str) -> bool:
    return "according to" in words or not listed("said").isdisjoint(_WORD.findall(words))
