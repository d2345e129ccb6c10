"""Make a short heading for an event from its clause: subject, verb, complement.

`words` recognises verbs, `chunks` cuts the sentence, `chunk_kinds` tells what its pieces are, `clauses` finds the subject of each predicate, `frames` removes
attribution, date and asides, `speakers` finds who says it, `whose_date`, `deed_dates` and `judging` decide whether it is an event of its
date, `lines` writes it. `phrases` cuts the quotes, and headings in other languages. Headings contain only words of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossierkit.extract.headings import phrases
from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.clauses import clauses
from dossierkit.extract.headings.complements import completed, with_occasion, with_relative
from dossierkit.extract.headings.deed_dates import of_charge, of_declaration, of_topic
from dossierkit.extract.headings.doubted import loses_negation
from dossierkit.extract.headings.frames import bare, without_frame, without_lead
from dossierkit.extract.headings.judging import (
    acts,
    is_so,
    looks_back,
    ongoing,
    said_only,
    stative,
    tells,
    unfit,
)
from dossierkit.extract.headings.lines import (
    capital,
    cut_length,
    is_open,
    line_of,
    phrase_of,
    unabridged,
    written,
)
from dossierkit.extract.headings.naming import NAMELESS, Names, is_one_of_many
from dossierkit.extract.headings.noun_dates import of_next_or_last
from dossierkit.extract.headings.phrases import clause
from dossierkit.extract.headings.plain import plain_heading
from dossierkit.extract.headings.plain_pieces import plain_words
from dossierkit.extract.headings.sentence import DatedSentence, dated_sentence
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.speakers import beside, lower, of_frame, to_nobody
from dossierkit.extract.headings.unfinished import broken
from dossierkit.extract.headings.vague import open_object, points_back
from dossierkit.extract.headings.whose_date import aside
from dossierkit.extract.headings.words import Word, first_verb, listed

__all__ = ["NAMELESS", "Heading", "Names", "clause", "heading"]

_MAY = frozenset({"may", "might"})
_ELIDED = ("'", "’")
_LONGEST = 1200  # code points; longer sentences are not analysed by clause


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and properties of its clause.

    `whole`: has a subject and a verb, from the clause with the date. `subject`: its words; `begins`: their offset, -1 if
    none. `stative`: describes a state, or looks back, so the day of publication does not date it. `ongoing`: describes something in
    progress. `present`: describes a present state. `acts`: reports an event in the present tense. `complete`: lacks at
    most a subject other than a pronoun to be `whole`. `opens`: a main clause, so its pronoun is the sentence's. `topical`: the
    date is that of what the clause is about ("jailed over the fire of last year", "condemns Thursday’s attack"), so the clause has none. `speaker`: who
    says it ("officials said"), where that is not in `text`; `speaks`: the offset of its first word, -1 if there is none.
    `object`: the offset of an object that is a pronoun ("sentenced him"), -1 if there is none; with its name the heading is `whole` if
    it `fits`. `doubtful`: nobody knows outside the text what its subject or object is.
    """

    text: str
    whole: bool
    subject: str = ""
    begins: int = -1
    stative: bool = False
    ongoing: bool = False
    present: bool = False
    acts: bool = False
    complete: bool = False
    opens: bool = True
    topical: bool = False
    speaker: str = ""
    speaks: int = -1
    object: int = -1
    fits: bool = False
    doubtful: bool = False

    @property
    def told(self) -> str:
        """The heading with its speaker."""
        return f"{self.text}, {lower(self.speaker)}" if self.speaker else self.text


def heading(  # noqa: PLR0913, PLR0917 -- a span, its date and what is known of it
    text: str,
    start: int,
    end: int,
    at: Span | None,
    lang: str = "en",
    dates: Sequence[Span] = (),
    names: Names = NAMELESS,
    *,
    past: bool = False,
) -> Heading:
    """The heading of text[start:end].

    `at`: date of the event; `dates`, `names`: all time expressions and names of the sentence. `past`: the date is long
    before publication; if somebody spoke then, the speaker stays, because what was said happened at another time. At most
    about 120 code points. If no clause is recognised, the words of the sentence, not `whole`.
    """
    if lang != "en":
        words = plain_words(lang)
        line, whole = plain_heading(text, (start, end), at, words, dates) if words else ("", True)
        return Heading(
            capital(line or phrases.heading(text, start, end, at, lang)), whole and not line.endswith(_ELIDED)
        )
    made = _from_clause(dated_sentence(text, (start, end), at, dates, names, past=past))
    if made is not None:
        return made
    return Heading(capital(phrases.heading(text, start, end, at, lang)), whole=False)


def _from_clause(sentence: DatedSentence) -> Heading | None:
    """The heading; None if the sentence is long or has no clause that is fit for one."""
    if not sentence.words or sentence.end - sentence.start > _LONGEST:
        return None
    if unfit(sentence.text[sentence.start : sentence.end]):
        return None
    read = _read(sentence.words, sentence.dates, sentence.names)
    found = _chosen(read, sentence.at)
    if found is None or not (found[1] or found[0].subject):
        return None
    framed, whole = with_relative(with_occasion(found[0], read, sentence), sentence), found[1]
    told = _told(framed, sentence)
    clause, subject = told.clause, without_lead(bare(told.clause.subject), sentence.dates)
    phrase = completed(phrase_of(clause, sentence), clause, sentence)
    line = line_of(clause, phrase, sentence)
    cut = is_open(line, phrase, clause, sentence)
    uncut = unabridged(framed, sentence) if cut else ""
    dated = whole and told.dated and not (cut_length(phrase, sentence.words) or _of_another(clause, sentence))
    known = not (is_one_of_many(subject, clause.predicate[0], sentence.names) or to_nobody(told.speaker))
    sound = not broken(clause, sentence.words, sentence.dates, sentence.names.spans)
    complete = sound and dated and known and _tells(phrase) and (not cut or uncut != "")
    fits, whom = complete and tells(subject, phrase), open_object(phrase, sentence.names.people)
    speaker = () if uncut else told.speaker
    return Heading(
        uncut or line,
        fits and whom is None,
        written(sentence.text, subject),
        subject[0].start if subject else -1,
        stative(clause.predicate) or looks_back(sentence.words, clause.predicate),
        ongoing=ongoing(clause.predicate),
        present=is_so(clause.predicate),
        acts=acts(clause.predicate),
        complete=complete and whom is None,
        fits=fits,
        object=whom.start if whom else -1,
        opens=clause.kind in {"main", "likely", "coordinate"},
        topical=_is_topical(clause, sentence, whole=whole),
        speaker=written(sentence.text, speaker, speaker[first_verb(speaker) or 0 :]),
        speaks=speaker[0].start if speaker else -1,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A clause without who says it. `dated`: the date is not only that of the saying, if what is said has its own."""

    clause: Clause
    speaker: tuple[Word, ...]
    dated: bool


def _told(framed: Clause, sentence: DatedSentence) -> _Told:
    at, dates = sentence.at, sentence.dates
    said = without_frame(framed, dates)
    if said is framed or (sentence.past and at is not None and at[1] <= said.subject[0].start):
        return _Told(framed, beside(sentence.words, framed, dates), dated=True)
    of_saying = at is not None and not said.holds(at) and any(map(said.holds, dates))
    speaker = of_frame(framed, said, dates)
    return _Told(said if speaker else framed, speaker, dated=not of_saying)


def _tells(phrase: Sequence[Word]) -> bool:
    """Whether the words have a verb, more than one of saying, and do not point back at what the heading does not name."""
    return first_verb(phrase) is not None and not (said_only(phrase) or points_back(phrase))


def _of_another(clause: Clause, sentence: DatedSentence) -> bool:
    """Whether the date is not that of the clause, or the clause says what may be, might have been or was not."""
    return (
        aside(clause, sentence.words, sentence.at, sentence.dates, past=sentence.past)
        or _one_of_several(sentence)
        or loses_negation(sentence.words, clause.subject, clause.predicate[0])
        or _may_be(clause.predicate, sentence.words[0].low)
    )


def _may_be(predicate: Sequence[Word], opens: str) -> bool:
    """As in "may close", "would have been released", "If the court agrees, the mine will close": what is possible, or what did not happen."""
    first, second = predicate[0].low, predicate[1].low if len(predicate) > 1 else ""
    supposed = opens in {"if", "unless"} and first in listed("to_come")
    return supposed or first in _MAY or (first == "would" and second == "have")


def _is_topical(clause: Clause, sentence: DatedSentence, *, whole: bool) -> bool:
    at = sentence.at
    if at is None:
        return False
    topic = whole and of_topic(clause, sentence.words, at, sentence.dates, past=sentence.past)
    topic = topic or (
        sentence.past and clause.predicate[0].low in {"has", "have"} and of_charge(clause.predicate, at)
    )
    return topic or of_declaration(clause.predicate, at) or of_next_or_last(sentence.words, at)


@lru_cache(maxsize=4)
def _read(words: tuple[Word, ...], dates: tuple[Span, ...], names: Names) -> tuple[Clause, ...]:
    """The clauses of a sentence, cached because a sentence with several dates is read once for each."""
    return clauses(words, dates, names)


def _chosen(found: Sequence[Clause], at: Span | None) -> tuple[Clause, bool] | None:
    """The clause with the date, else the first main clause; and whether it has the date."""
    main = next((one for one in found if one.kind == "main"), found[0] if found else None)
    if at is None:
        return (main, main.kind == "main") if main else None
    dated = [one for one in found if one.holds(at)]
    if dated:
        return dated[-1], True
    return (main, False) if main else None


def _one_of_several(sentence: DatedSentence) -> bool:
    """Whether a date in brackets belongs to a list: "degrees from Tarn (1910) and Lenn (1925)"."""
    starts = [start for start, _ in sentence.dates if sentence.text[max(0, start - 1) : start] == "("]
    return sentence.at is not None and sentence.at[0] in starts and len(starts) > 1
