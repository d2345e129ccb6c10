"""Find the sentences that report a dated event, and the date of each event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossierkit.extract.claims.find import claims
from dossierkit.extract.claims.issuers import with_title
from dossierkit.extract.claims.words import Claim
from dossierkit.extract.events.attributed import RECENT_DAYS, as_claim
from dossierkit.extract.events.dating import (
    ELSEWHERE,
    IN_PASSING,
    Day,
    ahead,
    calls,
    compares,
    declares,
    judge_dated,
    judge_headed,
    judge_undated,
    names_event,
    narrowest,
    no_later,
    of_another_event,
    of_topic,
    reports_speech,
    story_day,
)
from dossierkit.extract.events.definites import Definites, alone
from dossierkit.extract.events.items import ChronicleItem, against, entry_line
from dossierkit.extract.events.leading import (
    MAIN,
    main_day,
    main_heading,
    main_sentence,
    own_dates,
    with_main,
)
from dossierkit.extract.events.obituaries import death
from dossierkit.extract.events.referents import with_names
from dossierkit.extract.events.reports import reports
from dossierkit.extract.events.sections import item_start, opens_line, says_day_again, section_days
from dossierkit.extract.events.selection import selected
from dossierkit.extract.events.whole_lead import in_own_words
from dossierkit.extract.headings import Heading, Names, clause, heading
from dossierkit.extract.headings.lines import capital
from dossierkit.extract.headings.plain_pieces import PlainWords, plain_words
from dossierkit.extract.mentions.modelled import BY_MODEL
from dossierkit.extract.mentions.nameless import describes
from dossierkit.extract.quotable import Quotable
from dossierkit.extract.sentences.dates import in_name, with_next_day, words_of_date
from dossierkit.extract.sentences.participants import (
    PERSON_PRONOUN,
    SentenceParticipants,
    sentence_participants,
)
from dossierkit.extract.sentences.pronouns import Quotations
from dossierkit.extract.sentences.turns import NO_TURNS, find_turns
from dossierkit.extract.tense import in_perfect, mentioned_in_passing, tense
from dossierkit.model.finding import Event, Mention, Sentence, Timex
from dossierkit.model.source import Article
from dossierkit.text.unspaced import is_shorter

_LEAST = 15
_WORD = re.compile(r"[^\W\d_]+")
_ABOVE = re.compile(r"[ \t]*\n[ \t]*(?=\S)")  # a headline, with its text in the next line
_PERFECT_DAYS = 6
_LEADING = frozenset({"at", "during", "in", "on"})
_FRONT = 30  # code points in front of a line within which its own day stands: "During the night of 3 May"
_CITED = re.compile(r""": ["'“‘«]$""")


def find_events(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention], timexes: Sequence[Timex]
) -> tuple[Event, ...]:
    """Events in text order; `proposed` marks those shown to an editor.

    A sentence with several dates gives one event for each date. If the article has no publication date, relative dates
    give events without a date. A sentence without a date gets the date of the chronicle heading above it; elsewhere, if
    it is in the past tense, the day of the story, with `timex` None and a lower score.
    """
    lang = article.lang.partition("-")[0].lower()
    turns = find_turns(article.text, article.title, mentions) if lang == "en" else NO_TURNS
    participants = sentence_participants(article.text, sentences, mentions, timexes, lang, turns)
    report = reports(article.published, participants)
    story = story_day(article.published, participants) if report else None
    finder = _EventFinder(
        article.text, story, Quotable(article.text), Quotations(article.text), lang, article.published
    )
    finder.definites = Definites(article.title, article.text) if lang == "en" else None
    anchored = article.published is not None
    sections = section_days(article.text, participants)
    claimed = claims(article.text, sentences, lang, article.publisher, turns)
    if lang == "en":
        claimed = with_title(participants, claimed, article.title)
    told = (
        death(article.text, participants, article.published) if lang == "en" and article.published else None
    )
    found = tuple(
        as_claim(candidate, claim, article.published)
        for one, day, claim in zip(participants, sections, claimed, strict=True)
        for candidate in (
            *((told,) if told is not None and told[2] is one else ()),
            *finder.candidates(_with_unresolved(one, anchored), day, claim),
        )
    )
    events = selected(found, report=report == "surely", published=article.published)
    if lang == "en" or not report or article.published is None:
        return events
    main = main_sentence(article.title, _news(participants, sections, lang), lang, article.published)
    event = finder.main(main) if main else None
    return with_main(events, event, article.published) if event else events


def _news(
    participants: Sequence[SentenceParticipants], sections: Sequence[Day | None], lang: str
) -> Sequence[SentenceParticipants]:
    """The sentences that may be the news of the report: beside a chronicle, those in the past."""
    if not any(sections):
        return participants
    outside = (one for one, day in zip(participants, sections, strict=True) if day is None)
    return [one for one in outside if tense(one.words, lang)]


def _with_unresolved(one: SentenceParticipants, anchored: bool) -> SentenceParticipants:  # noqa: FBT001
    """Treat words such as "last week" as dates without a value if the article has no publication date."""
    return one if anchored else replace(one, dates=(*one.dates, *one.unresolved))


@dataclass(slots=True)
class _EventFinder:
    """The events of one article's sentences.

    `story`: date for sentences without one. `elsewhere`: the last date of the line is another, so the day of the story
    does not apply to what follows. `looks_back`: in the line below a heading it is one before the heading's, or the line's own. `before`: it is a few days before that of the story. `attributed`: who claims the sentence is known, so
    it may be in a quotation.
    """

    text: str
    story: Day | None
    quotable: Quotable
    quotations: Quotations
    lang: str
    published: str | None = None
    elsewhere: bool = False
    before: bool = False
    looks_back: bool = False
    attributed: bool = False
    definites: Definites | None = None

    @property
    def by_clause(self) -> bool:
        """Whether sentences of the language are read clause by clause; elsewhere it is not known which date is which clause's."""
        return self.lang == "en" or plain_words(self.lang) is not None

    def candidates(
        self, one: SentenceParticipants, section: Day | None = None, claim: Claim | None = None
    ) -> Iterator[tuple[Event, Heading, SentenceParticipants]]:
        """Candidates of one sentence; `section` is the date of the chronicle heading above it, `claim` whose claim it is."""
        self.attributed = claim is not None and claim.by != "" and not claim.likely
        if one.dateline or one.shouted or one.caption or is_shorter(one.words, _LEAST):
            return
        self._follow(one, section)
        when = tense(one.words, self.lang)
        dates = [
            dated
            for dated in with_next_day(self.text, narrowest(self.text, one.dates), self.lang)
            if not (
                compares(self.text, dated[1], self.lang)
                or in_name(one, dated[1])
                or self._of_another_event(dated[1])
            )
        ]
        if section is not None:
            dates = [
                dated
                for dated in dates
                if dated[1].start >= one.body and not self._is_of_heading(dated[1], section)
            ]
            start = item_start(self.text, one)
            if dates and all(timex.start >= start for _, timex in dates):
                one = replace(one, body=start)  # "2019: On 3 October, the court ruled"
        own = [dated for dated in dates if not names_event(self.text, dated[1])]
        dated, topical, told = own or dates, True, False
        for index, timex in dated if self.by_clause else dated[:1]:
            at = (timex.start, timex.end)
            entities = _in_clause(self.text, one, at) if len(one.dates) > 1 else one.entities
            passing = mentioned_in_passing(self.text[one.body : timex.start], self.lang)
            why = IN_PASSING if passing else judge_dated(timex, when, entities)
            made = self._event(one, (index, timex), entities, why)
            topical, told = topical and made[1].topical, told or made[1].whole
            yield made if section is None else self._item(*made)
        if section is None:
            topical = topical or (not told and self._is_news(one, dates))
            undated = (dated and topical) or (
                one.lead and all(self._of_another_event(at) for _, at in one.dates)
            )
            why = self._undated(replace(one, dates=()) if undated else one, when)
        else:
            earlier = self.looks_back and when == "past" and not reports_speech(one.words)
            why = (0.0, "") if dates or earlier else judge_headed(one, when)
        if why[0]:
            about = bool(dated) and topical and self.lang == "en" and self.published is not None
            day = Day(self.published or "", "report") if about else self._day_of(one)
            made = self._event(one, None, one.entities, why, section or day)
            yield in_own_words(made) if section is None else self._item(*made)

    def _is_news(self, one: SentenceParticipants, dates: Sequence[tuple[int, Timex]]) -> bool:
        """Whether a sentence at the beginning tells its news in the perfect, beside days before: "has been fined for yesterday’s fight"."""
        told = one.lead and self.lang == "en" and bool(dates) and in_perfect(one.words)
        day = Day(self.published or "", "report")
        # Of "the strikes of 3 May" it tells nothing new.
        named = any(self.text[one.body : at.start].endswith(" of ") for _, at in dates)
        return told and not named and all(of_topic(day, at) for _, at in dates)

    def _of_another_event(self, timex: Timex) -> bool:
        return self.lang == "en" and of_another_event(self.text, timex)

    def _item(
        self, event: Event, title: Heading, one: SentenceParticipants
    ) -> tuple[Event, Heading, SentenceParticipants]:
        """An entry of a chronicle. Outside English its sentence is the heading where no clause is (`items`); the date in front is in none."""
        start, words, title = (
            item_start(self.text, one),
            plain_words(self.lang),
            replace(title, doubtful=title.doubtful and not opens_line(self.text, one)),
        )
        if self.lang == "en":
            return self._entry(event, title, one, start)
        if words is None:
            return event, title, one
        if title.whole and title.text[:1].isalpha():
            return event, replace(title, whole=not self._continues(one, words)), one
        said = self.text[start : one.sentence.end]
        item = ChronicleItem(
            said,
            line=capital(main_heading(said)),
            dated=event.timex is None or dict(one.dates)[event.timex].start < start,
            opens=opens_line(self.text, one) or start > one.body,
            named=bool(one.entities),
            above=_ABOVE.match(self.text, one.sentence.end) is not None,
            words=words,
        )
        whole = not against(item)
        told = replace(event, text=item.line) if whole else event
        return told, replace(title, text=item.line, whole=whole), one

    def _entry(
        self, event: Event, title: Heading, one: SentenceParticipants, start: int
    ) -> tuple[Event, Heading, SentenceParticipants]:
        """An English entry behind its date: where no clause is known ("thousands flee"), its sentence is the heading."""
        own = event.timex is not None and dict(one.dates)[event.timex].start < start
        line = capital(entry_line(self.text[start : one.sentence.end])) if own and not title.whole else ""
        if not line:
            return event, title, one
        return replace(event, text=line), replace(title, text=line, whole=True, stative=False), one

    def _continues(self, one: SentenceParticipants, words: PlainWords) -> bool:
        """As in "Et fait part de doutes": a sentence whose subject may be that of the one before."""
        first = _WORD.search(self.text, one.body, one.sentence.end)
        return first is not None and first[0].lower() in words.links

    def main(self, one: SentenceParticipants) -> Event | None:
        """The event of a sentence as a whole, on the day of the report; None if it is of another day."""
        day = main_day(one, self.published or "", own_dates(self.text, one))
        if day is None:
            return None
        event, title, _ = self._event(one, None, one.entities, MAIN, day)
        line = _capital(main_heading(self.text[one.body : one.sentence.end]))
        return event if title.whole else replace(event, text=line)

    def _day_of(self, one: SentenceParticipants) -> Day | None:
        """What a report tells in the perfect is of its own day where its lead names an earlier one: "has executed 44 people"; so is what a
        statement does: "condemns Thursday’s attack".
        """
        far = (
            self.story is not None
            and self.published is not None
            and not self.story.near(self.published, _PERFECT_DAYS)
        )
        if (far and in_perfect(one.words)) or (
            self.lang == "en" and (declares(one.words) or calls(one.words))
        ):
            return Day(self.published or "", "report")
        if self.before and self.lang == "en" and self.story is not None and not in_perfect(one.words):
            return replace(self.story, edtf=no_later(self.story.edtf) or "")
        return self.story

    def _is_of_heading(self, timex: Timex, section: Day) -> bool:
        """Whether a date does not date the event, in a chronicle whose heading does."""
        return names_event(self.text, timex) or says_day_again(timex, section)

    def _undated(self, one: SentenceParticipants, when: str) -> tuple[float, str]:
        score, reason = judge_undated(one, when) if self.story is not None else (0.0, "")
        elsewhere = self.elsewhere and not in_perfect(one.words)
        return (ELSEWHERE, reason) if score and elsewhere else (score, reason)

    def _follow(self, one: SentenceParticipants, section: Day | None) -> None:
        opens = "\n" in self.text[max(0, one.sentence.start - 2) : one.sentence.start]
        led = self.text[one.body : one.body + _FRONT].partition(" ")[0].lower() in _LEADING and opens_line(
            self.text, one
        )
        behind = any(
            section is not None
            and timex.edtf != section.edtf
            and (section.follows(timex.edtf) or (led and timex.start < one.body + _FRONT))
            for _, timex in one.dates
        )
        self.looks_back = behind or (self.looks_back and not opens)
        if one.dates and self.story is not None:
            gone = [timex.edtf for _, timex in one.dates if not ahead(timex.edtf, self.published, 1)]
            self.elsewhere = bool(gone) and not any(map(self.story.near, gone))
            self.before = all(self.story.follows(timex.edtf) for _, timex in one.dates)
        elif opens:
            self.elsewhere = self.before = False

    def _event(
        self,
        one: SentenceParticipants,
        dated: tuple[int, Timex] | None,
        entities: tuple[str, ...],
        why: tuple[float, str],
        day: Day | None = None,
    ) -> tuple[Event, Heading, SentenceParticipants]:
        index, timex = dated or (None, None)
        date, dated_by = (timex.edtf, "") if timex else (day.edtf, day.named_by) if day else (None, "")
        quote, title = self._words(one, timex)
        span = (one.sentence.start, one.sentence.end)
        made = Event(
            *span,
            date,
            index,
            entities,
            quote,
            title.told,
            *why,
            dated_by,
            when=words_of_date(self.text, one, timex),
        )
        return made, title, one

    def _words(self, one: SentenceParticipants, timex: Timex | None) -> tuple[str, Heading]:
        """(quote, heading). The quote is the clause with the date if that occurs once in the text, else the sentence."""
        at = self._span(timex, one) if timex else None
        recent = timex is None or Day(self.published or "", "report").near(timex.edtf, RECENT_DAYS)
        coming = timex is not None and ahead(timex.edtf, self.published, 1)
        first, last = clause(self.text, one.body, one.sentence.end, at, self.lang)
        if not self.quotable.once(first, last):
            first, last = one.sentence.start, one.sentence.end
        spans, names = one.spans if self.lang == "en" else one.points, _names(one)
        title = heading(
            self.text, one.body, one.sentence.end, at, self.lang, spans, names, past=not (recent or coming)
        )
        named = alone(with_names(title, one), self.text, one, timex, self.definites)
        quoted = not (named.speaker or self.attributed) and self._in_quotation(named.begins, one.sentence)
        return self.text[first:last].strip(" ,;"), replace(named, whole=named.whole and not quoted)

    def _span(self, timex: Timex, one: SentenceParticipants) -> tuple[int, int]:
        """A date with the other end of its range, if that stands right behind: "the night of Thursday to Friday"."""
        ends = (two.end for _, two in one.dates if self.text[timex.end : two.start] == " to ")
        return timex.start, next(ends, timex.end)

    def _in_quotation(self, at: int, sentence: Sentence) -> bool:
        """Whether a clause is in a quotation of several sentences, or is one behind a colon: "Witness: ‘Hale lied’"."""
        if _CITED.search(self.text, sentence.start, max(at, sentence.start)):
            return True
        span = self.quotations.around(at)
        return span is not None and not (sentence.start <= span[0] and span[1] <= sentence.end)


def _names(one: SentenceParticipants) -> Names:
    """The names of a sentence, without what the model took for one in English, but only describes ("Irish airline")."""
    spans = [
        (mention.type == "person", (mention.start, mention.end))
        for mention in one.mentions
        if not (
            one.lang == "en" and mention.reason.startswith(BY_MODEL) and describes(mention.text, mention.type)
        )
    ]
    return Names(
        tuple(span for person, span in spans if person), tuple(span for person, span in spans if not person)
    )


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:] if line.startswith(("the ", "an ", "a ")) else line


def _in_clause(text: str, one: SentenceParticipants, at: tuple[int, int]) -> tuple[str, ...]:
    """The entities of the clause that contains this date, if it names any, else those of the sentence."""
    first, last = clause(text, one.sentence.start, one.sentence.end, at, one.lang)
    near = tuple(dict.fromkeys(mention.entity for mention in one.mentions if first <= mention.start < last))
    named = {mention.entity for mention in one.mentions}
    meant = tuple(entity for entity in one.entities if entity not in named)  # referred to by a pronoun
    return (*near, *meant) if PERSON_PRONOUN.search(text, first, last) else near or one.entities
