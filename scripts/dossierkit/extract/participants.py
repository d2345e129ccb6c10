"""An article sentence by sentence, each with the mentions and dates in it and with who takes part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossierkit.extract.dateline import body
from dossierkit.model.finding import Mention, Sentence, Timex

LEAD_SENTENCES = 4
PERSON_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_DATELINE = 40
_HOUR = re.compile(
    r"\d{1,2}(?:[:.h]\d\d)? ?(?:[ap]\.?m\.?|heures|h)?(?: [A-Z]{2,4})?|noon|midday|midnight|midi|minuit|\d{4} [A-Z]{2,4}"
)


@dataclass(frozen=True, slots=True)
class SentenceParticipants:
    """A sentence. `dates`: (index, timex) of those that have an EDTF; `unresolved`: those that a date of publication
    would give one ("last week"); `undated`: it names a date that has none.

    `body`: where the sentence begins behind the dateline of a dispatch; dates in that count only where there is no other.
    `shouted`: all in capitals, without a full stop. `entities`: who and what takes part, named or meant by "he" and "she". `headline`: a first line without a full
    stop; `lead`: one of the first four sentences.
    """

    sentence: Sentence
    words: str
    mentions: tuple[Mention, ...]
    dates: tuple[tuple[int, Timex], ...]
    unresolved: tuple[tuple[int, Timex], ...]
    undated: bool
    headline: bool
    lead: bool
    body: int = 0
    shouted: bool = False
    entities: tuple[str, ...] = ()

    @property
    def dateline(self) -> bool:
        """A line that is nothing but a date."""
        dated = sum(timex.end - timex.start for _, timex in self.dates)
        return len(self.words) <= _DATELINE and dated > 0.6 * len(self.words)


def tell(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], timexes: Sequence[Timex]
) -> tuple[SentenceParticipants, ...]:
    """The sentences in text order; one pass."""
    return tuple(_with_entities(_read(text, sentences, mentions, timexes)))


def _read(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], timexes: Sequence[Timex]
) -> Iterator[SentenceParticipants]:
    m = t = 0
    for at, sentence in enumerate(sentences):
        first_m, first_t = m, t
        while m < len(mentions) and mentions[m].start < sentence.end:
            m += 1
        while t < len(timexes) and timexes[t].start < sentence.end:
            t += 1
        words = text[sentence.start : sentence.end]
        dates = [(i, timexes[i]) for i in range(first_t, t) if _dates(timexes[i])]
        start = sentence.start
        if at < LEAD_SENTENCES:
            start = body(text, sentence, timexes[first_t:t])
            told = [(i, timex) for i, timex in dates if timex.start >= start]
            dates = told if any(timex.edtf for _, timex in told) else dates
        yield SentenceParticipants(
            sentence,
            words,
            tuple(mentions[first_m:m]),
            tuple((i, timex) for i, timex in dates if timex.edtf is not None),
            tuple((i, timex) for i, timex in dates if timex.edtf is None and _counts_from_somewhere(timex)),
            undated=any(timex.edtf is None for _, timex in dates),
            headline=at == 0 and _is_headline(text, sentence),
            lead=at < LEAD_SENTENCES,
            body=start,
            shouted=words.isupper() and words[-1].isalnum(),
        )


def _dates(timex: Timex) -> bool:
    """Whether an expression says on which day: an hour alone does not, it only has the day of publication."""
    if timex.type == "TIME" and timex.anchor.startswith("published"):
        return _HOUR.fullmatch(timex.text) is None
    return timex.type in ("DATE", "TIME")


def _counts_from_somewhere(timex: Timex) -> bool:
    """A relative day, week or year; not "now" or "recently", which no anchor makes a date."""
    return timex.relative and not timex.value.endswith("_REF")


def _is_headline(text: str, sentence: Sentence) -> bool:
    return text[sentence.end - 1].isalnum() and text[sentence.end : sentence.end + 1] == "\n"


def _with_entities(told: Iterator[SentenceParticipants]) -> Iterator[SentenceParticipants]:
    """A sentence that says "he" or "she" before it names anyone has the person that the sentence before was about.

    A piece that begins with a small letter and names nobody goes on with what the sentence before was about.
    """
    subject = ""
    before: tuple[str, ...] = ()
    for one in told:
        named = [mention for mention in one.mentions if mention.type == "person"]
        people = [mention.entity for mention in named]
        first = named[0].start if named else one.sentence.end
        pronoun = PERSON_PRONOUN.search(one.words, 0, first - one.sentence.start) is not None
        entities = tuple(dict.fromkeys(mention.entity for mention in one.mentions))
        if not entities and one.words[:1].islower():
            entities = before
        if pronoun and subject and subject not in entities:
            entities = (*entities, subject)
        yield replace(one, entities=entities)
        before = entities
        subject = subject if pronoun else people[0] if people else ""
