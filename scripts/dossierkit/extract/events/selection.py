"""Select the events shown to an editor: those with a complete heading, and in any case the article's main event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dossierkit.extract.events.dating import ahead, no_later, to_end
from dossierkit.extract.events.lasting import still_so
from dossierkit.extract.events.opinions import guess, opinion
from dossierkit.extract.events.undated import of_the_day, sure_of_day
from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.words import listed, words_of
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.extract.tense import announces, in_perfect, tense
from dossierkit.model.finding import Event

_LEAST = 0.45
_THEN = frozenset({"today", "tomorrow", "tonight", "yesterday"})
_PARTS = frozenset({("last", "night"), ("this", "afternoon"), ("this", "evening"), ("this", "morning")})
_HAVE = frozenset({"has", "have", "had"})
_WILL_BE = (["will", "be", "a"], ["will", "be", "an"], ["will", "be", "the"])
_POSSESSIVE = re.compile("[’']s$")
_VERB = 15  # code points behind the subject, by which two headings of a sentence are one
_UNDATED = 0.45
_FAR_DAYS = 5 * 366
_BE = 3  # words within which "is" is the verb: "Moreau’s trial is now set"
_MOST_NEW = 0.5  # of a headline's words
Candidate = tuple[Event, Heading, SentenceParticipants]


def selected(
    candidates: Sequence[Candidate], *, report: bool = True, published: str | None = None
) -> tuple[Event, ...]:
    """The events in order, with `proposed` set; equal events once.

    `report`: the article surely reports on the days around its publication; otherwise only the main event is proposed
    among those without a date of their own. A past event of a report cannot have a date after `published`, others none years
    after it.
    """
    forecasts = {
        at
        for at, (event, title, one) in enumerate(candidates)
        if _ahead(event, title, one.lang, published, 0 if report else _FAR_DAYS)
    }
    main = _main([one for at, one in enumerate(candidates) if at not in forecasts])
    chosen = {
        at
        for at, one in enumerate(candidates)
        if at not in forecasts and (one is main or (_sound(one, main) and (report or _dated(one[0]))))
    }
    chosen -= _headlines(candidates, chosen)
    others = report and len(chosen) > 1
    chosen -= {at for at in chosen if others and candidates[at] is main and _names_nobody(candidates[at])}
    by_then = {at for at in chosen if _may_be_earlier(candidates[at], main)}
    return tuple(
        _at_the_latest(event, candidates[at][2], published) if at in by_then else event
        for at, event in enumerate(_once(candidates, chosen))
    )


def _at_the_latest(event: Event, sentence: SentenceParticipants, published: str | None) -> Event:
    """The event on or before the day of the story; of what is told in the perfect, on or before that of the report."""
    if event.dated_by == "story" and published and in_perfect(sentence.words):
        return replace(event, date=no_later(published), dated_by="report")
    return replace(event, date=no_later(event.date))


def _may_be_earlier(one: Candidate, main: Candidate | None) -> bool:
    """Whether the day of the report or story is only the last on which an event can have happened; of what the perfect tells behind another day no
    more is known.
    """
    event, _, sentence = one
    if event.dated_by == "story" and sentence.lang == "en" and in_perfect(sentence.words):
        return True
    undated = event.timex is None and event.dated_by in {"report", "story"}
    return undated and sentence.lang == "en" and not sure_of_day(one, main)


def _main(candidates: Sequence[Candidate]) -> Candidate | None:
    """The first complete event at the beginning of the article that can be understood alone, else the first; of a headline and the sentence that
    repeats it, the sentence.
    """
    fits = [candidate for candidate in candidates if _begins(*candidate)]
    again = (fit for fit in fits[1:] if fits[0][2].headline and _says_again(fit, fits[0]))
    return next(again, next((fit for fit in fits if _stands(fit)), next(iter(fits), None)))


def _stands(one: Candidate) -> bool:
    """Whether the sentence gives the date, or a reader who does not know the article knows who did what, and that it is no view: not "The man was
    stopped", "Hale says it is safe".
    """
    return one[0].timex is not None or (not one[1].doubtful and not (one[2].lang == "en" and opinion(one[1])))


def _names_nobody(one: Candidate) -> bool:
    """As in "Three more yachts pulled out of the classic", not "The camp was closed", of which the text is."""
    return one[2].lang == "en" and one[1].doubtful


def _says_again(one: Candidate, headline: Candidate) -> bool:
    words = set(headline[0].text.casefold().split())
    return len(words & set(one[0].text.casefold().split())) > _MOST_NEW * len(words)


def _begins(event: Event, title: Heading, one: SentenceParticipants) -> bool:
    dated = bool(event.date) and "XXXX" not in (event.date or "") and event.score >= _UNDATED
    fits = one.lead and title.whole and dated and (one.headline or not title.stative)
    undated = event.timex is None and one.lang == "en"
    again = one.lang == "en" and (says_when(title.text) or pictured(event, title, one))
    view = (
        title.ongoing or opinion(title) or guess(title)
        if undated
        else one.lang == "en" and opinion(title, dated=True)
    )
    return fits and not (again or view)


def _ahead(event: Event, title: Heading, lang: str, published: str | None, days: int) -> bool:
    """Whether what is told in the past tense has a date more than so many days ahead: that of a forecast in the sentence. Outside English also
    whether it is a deadline to come.

    What somebody said or asked may be about a day to come.
    """
    if lang != "en" and event.timex is not None and to_end(event.date, published):
        return True
    forecast = lang == "en" and event.timex is not None and ahead(event.date, published, days)
    words = title.text[len(title.subject) :].split()
    planned = not {"is", "are"}.isdisjoint(words[:_BE]) or not listed("said", "spoken").isdisjoint(words)
    return forecast and not planned and tense(title.text, lang) == "past" and not announces(title.text)


def _sound(candidate: Candidate, main: Candidate | None) -> bool:
    event, title, one = candidate
    if not title.whole or title.doubtful or one.headline or "XXXX" in (event.date or ""):
        return False
    if one.lang == "en" and (says_when(title.text) or pictured(event, title, one)):
        return False
    if event.timex is not None:
        timeless = (title.stative and _timeless(event, title, one)) or (
            one.lang == "en" and _not_since(event, title)
        )
        view = one.lang == "en" and (opinion(title, dated=True) or guess(title))
        return event.score >= _LEAST and not (timeless or view or still_so(event, title, one))
    if event.score < _UNDATED or not event.entities:
        return False
    if event.dated_by == "heading":
        return one.lang != "en" or not _lasting(title) or title.acts
    told = one.lang == "en" and not (_lasting(title) or opinion(title) or guess(title))
    return told and of_the_day(candidate, main)


def pictured(event: Event, title: Heading, one: SentenceParticipants) -> bool:
    """Whether a sentence is the caption of a picture: "A woman holds a flag in Tarn on Monday.", its day at the end."""
    timex = next((timex for index, timex in one.dates if index == event.timex), None)
    verb = title.text[len(title.subject) :].split()[:1]
    shown = timex is not None and _is_day(event.date) and verb != [] and verb[0] in listed("pictured")
    return shown and timex is not None and len(one.words[timex.end - one.body :].strip(" .)")) == 0


def says_when(line: str) -> bool:
    """Whether an English heading tells a day by that of the report: "said the vote would be held today"."""
    words = [word for word in words_of(line, 0, len(line)) if not word.aside]
    return any(
        word.form in _THEN or (word.form, _POSSESSIVE.sub("", after.form)) in _PARTS
        for word, after in zip(words, (*words[1:], *words[-1:]), strict=True)
    )


def _dated(event: Event) -> bool:
    """Whether the text gives the date: in the sentence, or in the heading above it."""
    return event.timex is not None or event.dated_by == "heading"


def _lasting(title: Heading) -> bool:
    return title.stative or title.ongoing


def _is_day(date: str | None) -> bool:
    return "/" not in (date or "") and (date or "").count("-") == len("--")


def _timeless(event: Event, title: Heading, one: SentenceParticipants) -> bool:
    """Whether the date is not an event's: "today" may mean "nowadays", and a state in a month or year did not happen then."""
    if title.present and not _is_day(event.date):
        return True
    first = title.text[len(title.subject) :].split()[:3]
    if first[:2] in (["is", "a"], ["is", "an"]) or first in _WILL_BE:
        return True  # "what follows is a transcript of today's briefing"
    if _since(event) and first[:2] != ["had", "been"]:
        return True  # "had 937,000 inhabitants as of 2010"
    words = next((timex.text for index, timex in one.dates if index == event.timex), "")
    return words.lower() == "today" and not announces(title.text)


def _since(event: Event) -> bool:
    return (event.date or "").endswith("/..")


def _not_since(event: Event, title: Heading) -> bool:
    """As in "has not played since October", and "was seen", where what goes on since then is another clause."""
    verbs = title.text[len(title.subject) :].split()[:3]
    return _since(event) and (verbs[1:2] == ["not"] or _HAVE.isdisjoint(verbs))


def _headlines(candidates: Sequence[Candidate], chosen: set[int]) -> set[int]:
    """Headlines that the text below repeats; what has lasted since a day is not the news."""
    news = (candidates[at] for at in chosen if not (candidates[at][0].date or "").endswith("/.."))
    reported = any(one.lead and not one.headline for _, _, one in news)
    return {at for at in chosen if candidates[at][2].headline and reported}


def _once(candidates: Sequence[Candidate], chosen: set[int]) -> Iterable[Event]:
    """Propose a repeated date once, and a clause once if its sentence also has the day on which somebody reported it, or has its own
    date.
    """
    seen: set[tuple[str | None, str]] = set()
    done = {candidates[at][0].start for at in chosen if not _says_when(*candidates[at])}
    dated = {_told(*candidates[at][:2]) for at in chosen if candidates[at][0].timex is not None}
    for at, (event, title, one) in enumerate(candidates):
        told = _told(event, title)
        claim = (event.date, event.quote)
        both = (str(event.start), event.text)  # "trained in 1997 and 1998" is one entry: its heading has both
        again = (
            claim in seen
            or (one.lang == "en" and event.when.isdigit() and event.when in event.text and both in seen)
            or (
                told in dated
                if event.timex is None
                else event.start in done and _says_when(event, title, one)
            )
        )
        yield replace(event, proposed=at in chosen and not again)
        if at in chosen and not again:
            seen |= {claim, both}


def _told(event: Event, title: Heading) -> tuple[int, str]:
    return event.start, title.text[: len(title.subject) + _VERB]


def _says_when(event: Event, title: Heading, one: SentenceParticipants) -> bool:
    """Whether the date stands beside a verb of saying that is not in what the heading reports: "the army took the town on 3 May, officials
    said today".
    """
    if not listed("said", "spoken").isdisjoint(title.text.split()):
        return False
    start = next((timex.start for index, timex in one.dates if index == event.timex), event.start)
    before = one.words[: start - event.start].split()
    beside = listed("prepositions", "determiners", "venues")
    while len(before) > 1 and before[-1] in beside:
        before.pop()  # "said in a report on Wednesday"
    return not listed("said", "spoken").isdisjoint(before[-2:])
