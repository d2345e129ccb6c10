"""What a report tells of the close of its year or of another day on which it looked: how things were, and no event of that day."""

from __future__ import annotations

import re

from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.words import listed
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.model.finding import Event

_CLOSE = re.compile(r"\byear[’']s end\b|\bend of the year\b", re.IGNORECASE)
_AS_OF = re.compile(r"\bas of (?:the )?$", re.IGNORECASE)
_LASTED = frozenset({"awaited", "continued", "remained", "stayed"})
_BE = frozenset({"was", "were"})
_NOT = frozenset({"not", "yet", "never"})
_ADVERBS = 3  # words behind a verb among which what was not so is told


def still_so(event: Event, title: Heading, one: SentenceParticipants) -> bool:
    """As in "Hale remained in prison at year’s end", "By the end of the year the council had not replied", "As of June, Hale was still missing"; not
    "as of June, 40 miners remained".
    """
    timex = next((timex for index, timex in one.dates if index == event.timex), None)
    if one.lang != "en" or timex is None:
        return False
    if title.text[len(title.subject) :].split()[:1] in (["remained"], ["remains"], ["stayed"]):
        return True
    counted = any(character.isdigit() for character in title.subject)
    as_of = not counted and _AS_OF.search(one.words[: timex.start - event.start])
    return bool(_CLOSE.search(timex.text) or as_of) and _lasts(
        title.text[len(title.subject) :].lower().split()
    )


def _lasts(predicate: list[str]) -> bool:
    first, rest = (*predicate[:1], "")[0], predicate[1:_ADVERBS]
    done = any(word.endswith("ed") or word in listed("participles") for word in rest)
    return first in _LASTED or (first in _BE and not done) or not _NOT.isdisjoint(rest)
