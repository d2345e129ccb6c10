"""Which events an editor is asked about: those whose heading stands by itself, and what the article is about in any case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dossierkit.extract.headings import Heading
from dossierkit.extract.participants import SentenceParticipants
from dossierkit.model.finding import Event

_LEAST = 0.45
_UNDATED = 0.45
Candidate = tuple[Event, Heading, SentenceParticipants]


def selected(candidates: Sequence[Candidate], *, report: bool = True) -> tuple[Event, ...]:
    """The events in order, with `proposed` set; equal claims once.

    `report`: whether the article surely reports of the days around its publication; else of what has no date of its own only
    the main event is proposed.
    """
    main = _main(candidates)
    chosen = {
        at
        for at, one in enumerate(candidates)
        if at == main or (_stands(*one) and (report or one[0].timex is not None))
    }
    chosen -= _headlines(candidates, chosen)
    return tuple(_once(replace(one[0], proposed=at in chosen) for at, one in enumerate(candidates)))


def _main(candidates: Sequence[Candidate]) -> int | None:
    """The first event of the article's beginning that its heading can tell."""
    fits = (
        at
        for at, (event, title, one) in enumerate(candidates)
        if one.lead
        and title.whole
        and event.date
        and event.score >= _UNDATED
        and (one.headline or not title.stative)
    )
    return next(fits, None)


def _stands(event: Event, title: Heading, one: SentenceParticipants) -> bool:
    if not title.whole or one.headline:
        return False
    if event.timex is not None:
        return event.score >= _LEAST and not (title.stative and _timeless(event, title, one))
    return one.lang == "en" and event.score >= _UNDATED and not title.stative and bool(event.entities)


def _timeless(event: Event, title: Heading, one: SentenceParticipants) -> bool:
    """Whether it tells of no day: "today" may mean "nowadays", and what is so in a month or year did not happen then."""
    if title.present and (event.date or "").count("-") < len("--"):
        return True
    words = next((timex.text for index, timex in one.dates if index == event.timex), "")
    return words.lower() == "today"


def _headlines(candidates: Sequence[Candidate], chosen: set[int]) -> set[int]:
    """A headline where the report that follows says the same."""
    reports = [at for at in chosen if not candidates[at][2].headline and candidates[at][2].lead]
    return {at for at in chosen if candidates[at][2].headline and reports}


def _once(events: Iterable[Event]) -> Iterable[Event]:
    """A date that is said twice makes one proposal."""
    seen: set[tuple[str | None, str]] = set()
    for event in events:
        claim = (event.date, event.quote)
        yield replace(event, proposed=event.proposed and claim not in seen)
        if event.proposed:
            seen.add(claim)
