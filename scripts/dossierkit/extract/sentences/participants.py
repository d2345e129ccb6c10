"""The sentences of an article, each with its mentions, its dates and the entities that take part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dossierkit.extract.mentions.credits import credits_in, inside
from dossierkit.extract.sentences.mourned import mourned
from dossierkit.extract.sentences.numbering import numbered
from dossierkit.extract.sentences.subjects import Meant, SubjectMemory, modifies
from dossierkit.extract.sentences.turns import NO_TURNS, Turns, speaking
from dossierkit.model.finding import Mention, Sentence, Timex
from dossierkit.text.data import load

LEAD_SENTENCES = 4
PERSON_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_PLACED = re.compile(r"[^,.()]{2,40}, {1,3}\([^()]{1,30}\)[.।۔]?")
_DATELINE = 40
_HOUR = re.compile(
    r"\d{1,2}(?:[:.h]\d\d){0,2} ?(?:[ap]\.?m\.?|heures|h)?(?: [A-Z]{2,4})?|noon|midday|midnight|midi|minuit|\d{4} [A-Z]{2,4}"
)
_DASH = re.compile(r"[ .](?:-|–|—|--|•|_) |—(?=[A-Z])|(?<=[\d)]) ?[-–](?=[A-Z])")
_BRACKETED = re.compile(r"\([^()]*\)")
# "2/12 " is the number of a post in a thread.
_BULLET = re.compile(
    r"[-–—•*·‣▪] +|(?:First|Second|Third|Fourth|Finally|Lastly)(?:ly)?, (?:and )?|\d{1,3}/\d{0,3} +(?=[^\W\d_a-z])"
)
_CELLS = re.compile(r"(?:[^|\n]{0,48}(?: \||\t)[ \t]*)+")
_YEARLY = re.compile(r"XXXX-\d\d-\d\d")
_LONGEST = 90  # code points
_MOST = 6  # words beside the date


@dataclass(frozen=True, slots=True)
class SentenceParticipants:
    """A sentence.

    `dates`: (index, timex) of those with an EDTF. `unresolved`: those that would have one with a publication date ("last
    week"). `undated`: it names a date without EDTF, or one of every year. `body`: offset after a list's bullet, a paragraph's number, a form's label, the first
    cells of a row or a dispatch's dateline, whose dates count only if there is no other. `shouted`: in capitals, without a full stop. `entities`: who and what takes
    part, named or referred to (`meant`: by "he", "the company"). `spans`: all time expressions. `headline`: a first line
    without a full stop. `lead`: one of the first four sentences below lines in capitals. `caption`: its line ends in the credit of a picture. `opens`: the
    first one that is no headline, dateline, caption or line in capitals.
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
    spans: tuple[tuple[int, int], ...] = ()
    meant: tuple[Meant, ...] = ()
    lang: str = "en"
    caption: bool = False
    opens: bool = False

    @property
    def points(self) -> tuple[tuple[int, int], ...]:
        """The time expressions that say when, without those that say how long."""
        return tuple((timex.start, timex.end) for _, timex in (*self.dates, *self.unresolved))

    @property
    def in_front(self) -> bool:
        """Whether it is no sentence of the report itself, but stands around it."""
        return self.headline or self.dateline or self.shouted or self.caption

    @property
    def dateline(self) -> bool:
        """Whether the line consists of a date, or of place, date and agency: "नई दिल्ली, 15 अगस्त (भाषा)।"."""
        if len(self.dates) == 1 and _PLACED.fullmatch(self.words.replace(self.dates[0][1].text, "")):
            return True
        dated = sum(timex.end - timex.start for _, timex in self.dates)
        return len(self.words) <= _DATELINE and dated > 0.6 * len(self.words)


def sentence_participants(  # noqa: PLR0913, PLR0917 -- a text, and what was found in it
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    lang: str,
    turns: Turns = NO_TURNS,
) -> tuple[SentenceParticipants, ...]:
    """The sentences in text order; one pass. `lang`: primary subtag of the text's language. Labels of speakers are no part of what they say."""
    said = [one for one in mentions if not (turns.labels(one.start) or _is_label(text, one))]
    read = tuple(_with_entities(text, _read(text, sentences, said, timexes, turns), lang, turns))
    first = next((at for at, one in enumerate(read) if not one.in_front), len(read))
    return (*read[:first], *(replace(one, opens=True) for one in read[first : first + 1]), *read[first + 1 :])


def _is_label(text: str, mention: Mention) -> bool:
    """As in "HALE: He was dragged to a van", also where too few speak for a transcript."""
    opens = mention.start == 0 or text[mention.start - 1] == "\n"
    shouted = mention.type == "person" and mention.text.isupper()
    return opens and shouted and text.startswith(": ", mention.end)


def _read(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    turns: Turns,
) -> Iterator[SentenceParticipants]:
    m = t = above = 0
    numbers = numbered(text)
    captions = [(first, last) for first, _, last in credits_in(text)]
    for at, sentence in enumerate(sentences):
        first_m, first_t = m, t
        while m < len(mentions) and mentions[m].start < sentence.end:
            m += 1
        while t < len(timexes) and timexes[t].start < sentence.end:
            t += 1
        words = text[sentence.start : sentence.end]
        shouted = words.isupper() and words[-1].isalnum()
        lead = at - above < LEAD_SENTENCES
        above += shouted and at == above  # a letterhead in capitals
        found = list(enumerate(timexes[first_t:t], first_t))
        begins = turns.past_label(sentence) or _past_mark(text, sentence, timexes[first_t:t], numbers)
        body = _dateline_end(text, sentence, timexes[first_t:t], begins) if lead else begins
        dates = [(i, one) for i, one in found if says_day(one) and not _compared(text, one)]
        dates = _of_body(dates, body) if lead else dates
        yield SentenceParticipants(
            sentence,
            words,
            tuple(mentions[first_m:m]),
            tuple((i, timex) for i, timex in dates if timex.edtf is not None),
            tuple((i, timex) for i, timex in dates if timex.edtf is None and _counts_from_somewhere(timex)),
            undated=any(timex.edtf is None and not timex.value.endswith("_REF") for _, timex in dates)
            or any(map(_recurs, timexes[first_t:t])),
            headline=at == 0 and _is_headline(text, sentence),
            lead=lead,
            body=body,
            shouted=shouted,
            spans=tuple((timex.start, timex.end) for _, timex in found),
            caption=_is_caption(sentence, captions, timexes[first_t : first_t + 1]),
        )


def _of_body(dates: Sequence[tuple[int, Timex]], body: int) -> list[tuple[int, Timex]]:
    """The dates without those of the dateline, if there is another."""
    behind = [(i, timex) for i, timex in dates if timex.start >= body]
    return behind if any(timex.edtf for _, timex in behind) else list(dates)


def _is_caption(sentence: Sentence, captions: Sequence[tuple[int, int]], timexes: Sequence[Timex]) -> bool:
    """Not an entry of a chronicle, which begins with its date."""
    line = inside(captions, sentence.start)
    return line is not None and not any(timex.start == line[0] for timex in timexes)


def says_day(timex: Timex) -> bool:
    """Whether an expression names a day; an hour alone does not, it only takes the day of publication."""
    if timex.type == "TIME" and timex.anchor.startswith("published"):
        return _HOUR.fullmatch(timex.text) is None
    return timex.type in ("DATE", "TIME")


def _compared(text: str, timex: Timex) -> bool:
    """As in "the worst storm since 2010": the date of a comparison."""
    since = text[max(0, timex.start - 6) : timex.start].lower() == "since "
    return since and not (timex.edtf or "/..").endswith("/..")


def _recurs(timex: Timex) -> bool:
    """As in "every 3 May"."""
    return timex.type == "SET" and _YEARLY.fullmatch(timex.value) is not None


def _counts_from_somewhere(timex: Timex) -> bool:
    """Whether it is a relative day, week or year, unlike "now" and "recently", which never become dates."""
    return timex.relative and not timex.value.endswith("_REF")


def _is_headline(text: str, sentence: Sentence) -> bool:
    return text[sentence.end - 1].isalnum() and text[sentence.end : sentence.end + 1] == "\n"


def _taking_part(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """The entities named, without those that only describe another: "Boeing's rival Airbus" is about Airbus."""
    alone = [mention.entity for mention in mentions if mention.type == "place" or not modifies(text, mention)]
    return iter(alone or [mention.entity for mention in mentions])


def _with_entities(
    text: str, sentences: Iterator[SentenceParticipants], lang: str, turns: Turns
) -> Iterator[SentenceParticipants]:
    """With the entities that a sentence refers to without naming them ("he", "the company").

    A sentence that begins in lower case and names nobody keeps the entities of the one before.
    """
    read = tuple(sentences)
    lead = ((one.sentence.end, one.mentions) for one in read if one.lead)
    memory = SubjectMemory(text, mourned=mourned(text, lead) if lang == "en" else "")
    before: tuple[str, ...] = ()
    for sentence in read:
        meant = memory.read(sentence.sentence, sentence.mentions) if lang == "en" else ()
        entities = tuple(dict.fromkeys(_taking_part(text, sentence.mentions)))
        if not entities and sentence.words[:1].islower():
            entities = before
        meant = speaking(text, sentence.sentence, meant, turns)
        entities = tuple(dict.fromkeys((*entities, *(who.entity for who in meant if who.entity))))
        yield replace(sentence, entities=entities, meant=meant, lang=lang)
        before = entities


def _dateline_end(text: str, sentence: Sentence, timexes: Iterable[Timex], start: int) -> int:
    """The offset after a dateline "GENEVA, Feb 4 (Sample Wire) - ", else `start`. A date alone, as in a chronicle, is none."""
    end = start
    dated = [timex for timex in timexes if timex.start < start + _LONGEST]
    for dash in _DASH.finditer(text, start, min(sentence.end, start + _LONGEST)):
        piece = text[start : dash.start()]
        bare = _without_dates(_BRACKETED.sub(" ", piece), text, dated)
        words = re.findall(r"[^\W_]+", bare)
        if len(words) > _MOST or any(word.islower() for word in words):
            break
        placed = bool(words) or "(" in piece
        if (bare != piece and placed) or piece.isupper() or piece.partition(",")[0].isupper():
            end = dash.end()
    return end


def _past_mark(text: str, sentence: Sentence, timexes: Sequence[Timex], numbers: Mapping[int, int]) -> int:
    """The offset after the bullet of a list ("- ", "• "), the number of a paragraph, the label of a form or the first cells of a row."""
    for mark in (_BULLET, _CELLS, _field()):
        found = mark.match(text, sentence.start, sentence.end)
        if found and found.end() < sentence.end:
            return found.end()
    dated = any(timex.start == sentence.start for timex in timexes)
    end = sentence.start if dated else numbers.get(sentence.start, sentence.start)
    return end if end < sentence.end else sentence.start


@cache
def _field() -> re.Pattern[str]:
    """As in "Description: Gunmen killed two men"."""
    labels = "|".join(re.escape(label) for label in load("en/clauses")["field_labels"])
    return re.compile(rf"(?:{labels}): +", re.IGNORECASE)


def _without_dates(piece: str, text: str, dated: Iterable[Timex]) -> str:
    for timex in dated:
        piece = piece.replace(text[timex.start : timex.end], " ")
    return piece
