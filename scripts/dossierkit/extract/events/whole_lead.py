"""The first sentence of an English report as its own heading: it is written to be understood alone."""

from __future__ import annotations

from dataclasses import replace

from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.lines import capital
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.model.finding import Event

_WHOLE = 240  # code points of a first sentence that is a heading
_QUOTES = frozenset('“”"«»')
Candidate = tuple[Event, Heading, SentenceParticipants]


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
