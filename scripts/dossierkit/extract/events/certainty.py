"""Which entries of an English report an editor can use as they stand, by where they stand and what they name; the others are in doubt.

The first sentence of a report is written to be understood alone. What follows leans on it: the classes here were half
as often usable as the others in judged reports (docs/explanation/extraction.md, "Which entries are sure").
"""

from __future__ import annotations

import re
from dataclasses import replace

from dossierkit.extract.events.undated import counted, subject_of
from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.lines import capital
from dossierkit.extract.headings.words import listed
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.model.finding import Event

_REACH = 2000  # code points from the beginning of a report
_WHOLE = 240  # code points of a first sentence that is a heading
_NAMING = re.compile(r"[A-Z0-9]")
_DAY_OF_MONTH = re.compile(r"\d [A-Z][a-z]{2}|[A-Z][a-z]{2,8}\.? \d{1,2}\b|\d(?:st|nd|rd|th)\b|\d[./-]\d")
_QUOTES = frozenset('“”"«»')
Candidate = tuple[Event, Heading, SentenceParticipants]


def in_doubt(one: Candidate, *, main: bool) -> bool:
    """Whether an entry of a report stands in doubt: its subject names nobody ("the woman", "tensions"), or it is not the main event, and stands far
    down or has its own date and names only its subject ("Hale led a march").

    The first sentence of a report is never in doubt, nor is what has a day of the calendar in its words.
    """
    event, title, sentence = one
    if sentence.opens or event.dated_by == "heading" or _has_calendar_day(event, sentence):
        return False
    dated = event.timex is not None
    if (main or dated) and not _names(title, sentence):
        return True
    alone = dated and not (_NAMING.search(title.text[len(title.subject) :]) or _befalls(title, sentence))
    return not main and (event.start > _REACH or alone)


def _has_calendar_day(event: Event, sentence: SentenceParticipants) -> bool:
    """As in "on 3 May", not "on Tuesday", "in May": texts that tell of days in order name them so."""
    timex = next((timex for index, timex in sentence.dates if index == event.timex), None)
    day = timex is not None and (event.date or "").count("-") >= len("--")
    return day and timex is not None and _DAY_OF_MONTH.search(timex.text) is not None


def _names(title: Heading, sentence: SentenceParticipants) -> bool:
    """Whether a subject names somebody or something, or is counted: "the council of Tarn", "two bombs"."""
    first = title.subject.lower().partition(" ")[0].partition("-")[0]
    number = counted(title.subject) or first in listed("numbers") | {"one"}
    named = _NAMING.search(title.subject, 1) or subject_of(title, sentence)[0]
    return number or bool(named)


def _befalls(title: Heading, sentence: SentenceParticipants) -> bool:
    """As in "Hale was arrested", "Hale has died": what happened to a person needs no other name."""
    words = title.text[len(title.subject) :].split()
    undergone = words[:1] in (["was"], ["died"]) or words[1:2] in (["been"], ["died"])
    return undergone and subject_of(title, sentence)[1] and not {"'", "’"} & {*title.subject}


def in_own_words(one: Candidate) -> Candidate:
    """The first sentence of a report as its own heading, if it gives no day and a short heading would lose more than half of it: "The council expressed
    regret" of "The council expressed regret and promised an inquiry into how two children were killed".
    """
    event, title, sentence = one
    line = " ".join(sentence.words[sentence.body - sentence.sentence.start :].split()).rstrip(" .")
    short = 2 * len(title.told.split()) < len(line.split())
    fits = short and len(line) <= _WHOLE and _QUOTES.isdisjoint(line) and title.whole
    plain = sentence.opens and sentence.lang == "en" and not (sentence.dates or sentence.unresolved)
    return (replace(event, text=capital(line)), title, sentence) if fits and plain else one
