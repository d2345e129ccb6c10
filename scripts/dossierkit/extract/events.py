"""Which sentences report something dated, and which date belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossierkit.extract.dating import IN_PASSING, judge_dated, judge_undated, narrowest, story_date
from dossierkit.extract.headings import clause, heading
from dossierkit.extract.participants import PERSON_PRONOUN, SentenceParticipants, tell
from dossierkit.extract.quotable import Quotable
from dossierkit.extract.tense import tense, told_in_passing
from dossierkit.model.article import Article
from dossierkit.model.finding import Event, Mention, Sentence, Timex

_LEAST = 20


def find_events(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention], timexes: Sequence[Timex]
) -> tuple[Event, ...]:
    """Events in text order.

    A sentence with several dates gives one for each. In an article without a date of publication, relative dates
    give events without a date. One that tells of the past without a date gives one with the
    date that the story stands at, `timex` None and a lower score; the present and what is to come give none.
    """
    told = tell(article.text, sentences, mentions, timexes)
    story = story_date(article.published, told)
    quotable = Quotable(article.text)
    anchored = article.published is not None
    read = _EventFinder(article.text, story, quotable, article.lang.partition("-")[0].lower())
    return tuple(event for one in told for event in read.events(_seen(one, anchored)))


def _seen(one: SentenceParticipants, anchored: bool) -> SentenceParticipants:  # noqa: FBT001
    """Words such as "last week" make an entry without a date where the article's own date is what is missing."""
    return one if anchored else replace(one, dates=(*one.dates, *one.unresolved))


@dataclass(frozen=True, slots=True)
class _EventFinder:
    """The events of one article's sentences. `story`: the date of what has none of its own."""

    text: str
    story: str | None
    quotable: Quotable
    lang: str

    def events(self, one: SentenceParticipants) -> Iterator[Event]:
        if one.dateline or one.shouted or len(one.words) < _LEAST:
            return
        when = tense(one.words, self.lang)
        for index, timex in narrowest(one.dates):
            at = (timex.start, timex.end)
            entities = _in_clause(self.text, one, at) if len(one.dates) > 1 else one.entities
            passing = told_in_passing(self.text[one.body : timex.start], self.lang)
            why = IN_PASSING if passing else judge_dated(timex, when, entities)
            yield self._event(one, (index, timex), entities, why)
        why = judge_undated(one, when) if self.story is not None else (0.0, "")
        if why[0]:
            yield self._event(one, None, one.entities, why)

    def _event(
        self,
        one: SentenceParticipants,
        dated: tuple[int, Timex] | None,
        entities: tuple[str, ...],
        why: tuple[float, str],
    ) -> Event:
        index, timex = dated or (None, None)
        date = timex.edtf if timex else self.story
        quote, title = self._words(one, (timex.start, timex.end) if timex else None)
        return Event(one.sentence.start, one.sentence.end, date, index, entities, quote, title, *why)

    def _words(self, one: SentenceParticipants, at: tuple[int, int] | None) -> tuple[str, str]:
        """(quote, heading): the quote is the clause with the date where that stands once in the text, else the sentence."""
        first, last = clause(self.text, one.body, one.sentence.end, at)
        if not self.quotable.once(first, last):
            first, last = one.sentence.start, one.sentence.end
        title = heading(self.text, one.body, one.sentence.end, at, self.lang)
        return self.text[first:last].strip(" ,;"), title


def _in_clause(text: str, one: SentenceParticipants, at: tuple[int, int]) -> tuple[str, ...]:
    """Of a sentence with several dates, the entities of the clause that holds this one, where it names any."""
    first, last = clause(text, one.sentence.start, one.sentence.end, at)
    near = tuple(dict.fromkeys(mention.entity for mention in one.mentions if first <= mention.start < last))
    named = {mention.entity for mention in one.mentions}
    meant = tuple(entity for entity in one.entities if entity not in named)  # by a pronoun
    return (*near, *meant) if PERSON_PRONOUN.search(text, first, last) else near or one.entities
