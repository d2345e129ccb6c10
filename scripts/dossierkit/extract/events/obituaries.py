"""Deaths that an English text tells beside a name at its beginning, as obituaries do: "Ada Moreau, who has died aged 61, was the first"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossierkit.extract.events.dating import no_later
from dossierkit.extract.headings import Heading
from dossierkit.extract.quotable import Quotable
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.model.finding import Event, Mention

_DIED = re.compile(
    r",(?: \d{2,3},)? who (has died|has been (?:assassinated|executed|found dead|killed|murdered|shot dead))\b"
)
_AGED = re.compile(r",? (?:at the age of|at|aged) \d{1,3}\b")
_WHY = (0.5, "death told beside a name, on or before the day of the report")


def death(
    text: str, sentences: Sequence[SentenceParticipants], published: str
) -> tuple[Event, Heading, SentenceParticipants] | None:
    """The death of the first person of whom the lead says so, on or before the day of the report; None if it says so of nobody."""
    return next(
        (
            _event(one, who, found, text, published)
            for one in sentences
            if one.lead and not one.headline
            for who in one.mentions
            if who.type == "person" and (found := _DIED.match(text, who.end, one.sentence.end))
        ),
        None,
    )


def _event(
    one: SentenceParticipants, who: Mention, found: re.Match[str], text: str, published: str
) -> tuple[Event, Heading, SentenceParticipants]:
    aged = _AGED.match(text, found.end(), one.sentence.end)
    line = f"{who.text} {found[1]}{aged[0].replace(',', '') if aged else ''}"
    end = aged.end() if aged else found.end()
    span, said = (one.sentence.start, one.sentence.end), (one.body, end)
    event = Event(
        *span,
        no_later(published),
        None,
        (who.entity,),
        text[slice(*(said if Quotable(text).once(*said) else span))],
        line,
        *_WHY,
        "report",
    )
    return event, Heading(line, whole=True, subject=who.text, begins=who.start), one
