"""Which sentences report something dated, and which date belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossierkit.extract.dating import judge_dated, judge_undated, narrowest, story_date
from dossierkit.extract.headings import clause, heading
from dossierkit.extract.quotable import Quotable
from dossierkit.extract.telling import Told, tell
from dossierkit.extract.tense import tense
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
    return tuple(
        event for one in told for event in _events(article.text, _seen(one, anchored), story, quotable)
    )


def _seen(one: Told, anchored: bool) -> Told:  # noqa: FBT001
    """Words such as "last week" make an entry without a date where the article's own date is what is missing."""
    return one if anchored else replace(one, dates=(*one.dates, *one.unresolved))


def _events(text: str, one: Told, story: str | None, quotable: Quotable) -> Iterator[Event]:
    if one.dateline or len(one.words) < _LEAST:
        return
    when = tense(one.words)
    for index, timex in narrowest(one.dates):
        at = (timex.start, timex.end)
        entities = _in_clause(text, one, at) if len(one.dates) > 1 else one.entities
        score, reason = judge_dated(timex, when, entities)
        quote, title = _words(text, one.sentence, at, quotable)
        yield Event(
            one.sentence.start, one.sentence.end, timex.edtf, index, entities, quote, title, score, reason
        )
    score, reason = judge_undated(one, when) if story is not None else (0.0, "")
    if score:
        quote, title = _words(text, one.sentence, None, quotable)
        yield Event(
            one.sentence.start, one.sentence.end, story, None, one.entities, quote, title, score, reason
        )


def _in_clause(text: str, one: Told, at: tuple[int, int]) -> tuple[str, ...]:
    """Of a sentence with several dates, the entities of the clause that holds this one, where it names any."""
    first, last = clause(text, one.sentence.start, one.sentence.end, at)
    near = tuple(dict.fromkeys(mention.entity for mention in one.mentions if first <= mention.start < last))
    return near or one.entities


def _words(text: str, sentence: Sentence, at: tuple[int, int] | None, quotable: Quotable) -> tuple[str, str]:
    """(quote, heading): the quote is the clause with the date where that stands once in the text, else the sentence."""
    first, last = clause(text, sentence.start, sentence.end, at)
    if not quotable.once(first, last):
        first, last = sentence.start, sentence.end
    return text[first:last].strip(" ,;"), heading(text, sentence.start, sentence.end, at)
