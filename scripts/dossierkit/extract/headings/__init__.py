"""Make a short heading for an event from its clause: subject, verb, complement.

`words` recognises verbs, `chunks` cuts the sentence, `clauses` finds the subject of each predicate, `frames` removes
attribution, date and asides. `phrases` cuts the quotes, and headings in other languages. Headings contain only words
of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossierkit.extract.headings import phrases
from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.clauses import clauses
from dossierkit.extract.headings.frames import (
    awaits,
    bare,
    shortened,
    without_date,
    without_frame,
    without_lead,
    without_length,
)
from dossierkit.extract.headings.judging import (
    acts,
    is_cut,
    is_so,
    looks_back,
    ongoing,
    open_object,
    points_back,
    said_only,
    stative,
    tells,
    unfit,
)
from dossierkit.extract.headings.naming import NAMELESS, Names, is_one_of_many
from dossierkit.extract.headings.phrases import clause
from dossierkit.extract.headings.plain import plain_heading
from dossierkit.extract.headings.plain_pieces import plain_words
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.speakers import beside, lower, of_frame, to_nobody
from dossierkit.extract.headings.whose_date import aside, of_topic
from dossierkit.extract.headings.words import Word, first_verb, listed, verb_at, words_of
from dossierkit.text.data import load

__all__ = ["NAMELESS", "Heading", "Names", "clause", "heading"]

_LONG = 120
_MAY = frozenset({"may", "might"})
_LEAST_CUT = 4  # words; of a heading with more, "to assess" may go
_UNABRIDGED = 240  # code points of a heading that cannot be cut
_UNKNOWN = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "him",
        "them",
        "his",
        "her",
        "their",
        "this",
        "these",
        "those",
        "we",
        "i",
        "you",
    }
)
_LONGEST = 1200  # code points; longer sentences are not analysed by clause
_SPEAKER = re.compile(r"[QAR] ?: |[-–—•*·\s]+")
_ELIDED = re.compile(r"[cdjlmnst][’']\w|qu[’']\w")
_EDGES = " \t\n,;:–—-“”‘’'\"«»"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and properties of its clause.

    `whole`: has a subject and a verb, from the clause with the date. `subject`: its words; `begins`: their offset, -1 if
    none. `stative`: describes a state, or looks back, so the day of publication does not date it. `ongoing`: describes something in
    progress. `present`: describes a present state. `acts`: reports an event in the present tense. `complete`: lacks at
    most a subject other than a pronoun to be `whole`. `opens`: a main clause, so its pronoun is the sentence's. `topical`: the
    date is that of what the clause is about ("jailed over the fire of last year"), so the clause has none. `speaker`: who
    says it ("officials said"), where that is not in `text`; `speaks`: the offset of its first word, -1 if there is none.
    `object`: the offset of an object that is a pronoun ("sentenced him"), -1 if there is none; with its name the heading is `whole` if
    it `fits`.
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
        return Heading(_capital(line or phrases.heading(text, start, end, at, lang)), whole)
    made = _from_clause(text, (start, end), at, dates, names, past=past)
    if made is not None:
        return made
    return Heading(_capital(phrases.heading(text, start, end, at, lang)), whole=False)


def _from_clause(  # noqa: PLR0913 -- as `heading`
    text: str, span: Span, at: Span | None, dates: Sequence[Span], names: Names, *, past: bool
) -> Heading | None:
    words = _words(text, span)
    if not words or span[1] - span[0] > _LONGEST or unfit(text[slice(*span)]):
        return None
    found = _chosen(_read(tuple(words), tuple(dates), names), at)
    if found is None or not (found[1] or found[0].subject):
        return None
    framed, whole = found
    told = _told(framed, words, at, dates, past=past)
    parsed = told.clause
    subject = without_lead(bare(parsed.subject), dates)
    phrase = _phrase([*subject, *bare(parsed.predicate)], words, at, dates, names)
    line = _capital(_closed(_trimmed(_written(text, _without_stop(phrase), parsed.predicate))))
    cut = is_cut(line, _behind(text, phrase, line, span[1])) or _is_open(phrase, words)
    unabridged = _capital(_unabridged(text, words, framed, dates)) if cut else ""
    own = whole and told.dated and not _cut_length(phrase, words)
    dated = own and not _of_another(text, parsed, words, at, dates, past=past)
    known = not (is_one_of_many(subject, parsed.predicate[0], names) or to_nobody(told.speaker))
    says = first_verb(phrase) is not None and not (said_only(phrase) or points_back(phrase))
    of_whom = open_object(phrase)
    complete = dated and known and says and (not cut or unabridged != "")
    fits = complete and tells(subject, phrase)
    speaker = () if unabridged else told.speaker
    return Heading(
        unabridged or line,
        fits and of_whom is None,
        _written(text, subject),
        subject[0].start if subject else -1,
        stative(parsed.predicate) or looks_back(words, parsed.predicate),
        ongoing=ongoing(parsed.predicate),
        present=is_so(parsed.predicate),
        acts=acts(parsed.predicate),
        complete=complete and of_whom is None,
        fits=fits,
        object=of_whom.start if of_whom else -1,
        opens=parsed.kind in {"main", "likely", "coordinate"},
        topical=whole and at is not None and of_topic(parsed, words, at, dates, past=past),
        speaker=_written(text, speaker, speaker[first_verb(speaker) or 0 :]),
        speaks=speaker[0].start if speaker else -1,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A clause without who says it. `dated`: the date is not only that of the saying, if what is said has its own."""

    clause: Clause
    speaker: tuple[Word, ...]
    dated: bool


def _told(
    framed: Clause, words: Sequence[Word], at: Span | None, dates: Sequence[Span], *, past: bool
) -> _Told:
    said = without_frame(framed, dates)
    if said is framed:
        return _Told(framed, beside(words, framed, dates), dated=True)
    if past and at is not None and at[1] <= said.subject[0].start:
        return _Told(framed, beside(words, framed, dates), dated=True)
    of_saying = at is not None and not said.holds(at) and any(map(said.holds, dates))
    speaker = of_frame(framed, said, dates)
    return _Told(said if speaker else framed, speaker, dated=not of_saying)


def _of_another(  # noqa: PLR0913 -- as `aside`
    text: str, clause: Clause, words: Sequence[Word], at: Span | None, dates: Sequence[Span], *, past: bool
) -> bool:
    """Whether the date is not that of the clause, or the clause says what may be."""
    return (
        aside(clause, words, at, dates, past=past)
        or _one_of_several(text, at, dates)
        or clause.predicate[0].low in _MAY
    )


def _is_open(phrase: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether a heading ends before the clause that completes it."""
    return awaits(phrase) or _asks(phrase, words)


def _unabridged(text: str, words: Sequence[Word], clause: Clause, dates: Sequence[Span]) -> str:
    """A sentence in its own words, for a heading that cannot be cut: from its subject to its end; "" if that is long or has a
    quotation or a pronoun.
    """
    subject = without_lead(clause.subject, dates)
    if clause.kind not in {"main", "likely"} or not subject:
        return ""
    rest = [word for word in words if word.start >= subject[0].start]
    alone = any(word.aside == "q" or word.form in '“”"«»;' or word.low in _UNKNOWN for word in rest)
    line = " ".join(text[rest[0].start : rest[-1].end].split())
    return "" if alone or len(line) > _UNABRIDGED else line


def _words(text: str, span: Span) -> list[Word]:
    """The words of a sentence without the letter of a speaker ("Q: "), footnote marks and the last stop."""
    start, end = span
    speaker = _SPEAKER.match(text, start, end)
    words = [word for word in words_of(text, speaker.end() if speaker else start, end) if not word.note]
    return words[:-1] if _is_last_stop(words) else words


def _phrase(
    clause: Sequence[Word], words: Sequence[Word], at: Span | None, dates: Sequence[Span], names: Names
) -> Sequence[Word]:
    """The words of the heading: the clause without dates, at most about `_LONG` code points. `words`: the sentence."""
    undated = without_length(without_date(_without_day_of_saying(clause, at, dates), at), dates)
    phrase = shortened(undated, _LONG, names.spans)
    open_ = len(phrase) > _LEAST_CUT and phrase[-2].low == "to" and _asks(phrase, words)
    return phrase[:-2] if open_ else phrase


@lru_cache(maxsize=4)
def _read(words: tuple[Word, ...], dates: tuple[Span, ...], names: Names) -> tuple[Clause, ...]:
    """The clauses of a sentence, cached because a sentence with several dates is read once for each."""
    return clauses(words, dates, names)


def _is_last_stop(words: Sequence[Word]) -> bool:
    """Whether the last sign ends the sentence rather than an abbreviation ("Inc.", "U.S.")."""
    if len(words) < 2 or words[-1].form not in ".!…":
        return False
    low = words[-2].low
    rules = load("segment")["en"]
    short = len(low) == 1 and low.isalpha() and words[-2].end == words[-1].start
    return not (short or "." in low or low in rules["inside"] or low in rules["clock"])


def _without_stop(phrase: Sequence[Word]) -> Sequence[Word]:
    """Without the stop inside a last quotation mark: "cited “oversights.”"."""
    stops = len(phrase) > 3 and phrase[-1].form in '”"’' and phrase[-2].form == "."
    return [*phrase[:-2], phrase[-1]] if stops and _is_last_stop(phrase[:-1]) else phrase


def _chosen(found: Sequence[Clause], at: Span | None) -> tuple[Clause, bool] | None:
    """The clause with the date, else the first main clause; and whether it has the date."""
    main = next((one for one in found if one.kind == "main"), found[0] if found else None)
    if at is None:
        return (main, main.kind == "main") if main else None
    dated = [one for one in found if one.holds(at)]
    if dated:
        return dated[-1], True
    return (main, False) if main else None


def _written(text: str, words: Sequence[Word], predicate: Sequence[Word] = ()) -> str:
    """The words joined with the signs between neighbours in the text, without a comma before the predicate."""
    parts: list[str] = []
    for before, word in zip((None, *words), words, strict=False):
        if before is not None:
            gap = text[before.end : word.start]
            comma = gap == ", " and not (predicate and word is predicate[0])
            parts.append(gap if not gap or comma else " ")
        parts.append(text[word.start : word.end])
    return " ".join("".join(parts).split())


def _one_of_several(text: str, at: Span | None, dates: Sequence[Span]) -> bool:
    """Whether a date in brackets belongs to a list: "degrees from Tarn (1910) and Lenn (1925)"."""
    if at is None or text[max(0, at[0] - 1) : at[0]] != "(":
        return False
    return sum(text[max(0, start - 1) : start] == "(" for start, _ in dates) > 1


def _cut_length(phrase: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether the heading ends in a length whose complement was removed: "comes just a day" of "comes just a day after"."""
    if not phrase or phrase[-1].low not in listed("lengths"):
        return False
    after = next((word.low for word in words if word.start >= phrase[-1].end), "")
    return after in {"after", "before", "later", "earlier"}


def _without_day_of_saying(words: Sequence[Word], at: Span | None, dates: Sequence[Span]) -> list[Word]:
    """Without "today" in "announced today that it will meet on Thursday", where the entry is of Thursday."""
    said = [
        (a, b)
        for k, word in enumerate(words)
        if word.low in listed("said", "spoken")
        for a, b in dates
        if at is not None and (a, b) != at and k + 1 < len(words) and a == words[k + 1].start
    ]
    return [word for word in words if not any(a <= word.start < b for a, b in said)]


def _behind(text: str, phrase: Sequence[Word], line: str, end: int) -> str:
    """The rest of the sentence behind the last word of a heading, in lower case."""
    last = line.rpartition(" ")[2]
    return text[
        next((word.end for word in reversed(phrase) if word.form == last), phrase[-1].end) : end
    ].lower()


def _asks(phrase: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether a heading ends before what its verb asks or names: "arrived to assess" of "arrived to assess whether"."""
    beside = listed("prepositions", "bare_dates")
    behind = (word.low for word in words if phrase and word.start >= phrase[-1].end)
    after = next((low for low in behind if low not in beside), "")
    before = phrase[-2].low if len(phrase) > 1 else ""
    verb = bool(phrase) and (before in {"to", "not"} or verb_at(phrase, len(phrase) - 1) != "")
    return verb and (after in {"whether", "what", "how", "why"} or (after == "that" and before != "to"))


def _closed(line: str) -> str:
    """With a closing quotation mark if one is missing, without a mark whose other half was removed."""
    if line.count('"') == 1 and line.rpartition(' "')[2][:1].isupper():
        return f'{line}"'
    if line.count('"') % 2:
        at = line.find('"')
        line = line[:at] + line[at + 1 :]
    for opening, closing in ("“”", "«»"):
        if line.count(opening) == line.count(closing) + 1 and line.rpartition(f" {opening}")[2][:1].isupper():
            line += closing
        elif line.count(opening) != line.count(closing):
            line = line.replace(opening, "").replace(closing, "")
    return " ".join(line.split())


def _trimmed(line: str) -> str:
    while True:
        cut = line.strip(_EDGES)
        last = cut.rpartition(" ")[2].lower()
        before = cut[: -len(last)].rpartition(" ")[0].rpartition(" ")[2].lower() if last == "on" else ""
        dangling = last in listed("dangling") and len(cut) > len(last) and before not in listed("go_on")
        if not dangling:
            return cut
        line = cut[: -len(last)]


def _capital(line: str) -> str:
    """With a capital first letter, also where an article is elided ("l’École"), except for words like "iPhone"."""
    first, head = line.partition(" ")[0], line[:1].upper()
    elided = _ELIDED.match(first) is not None
    plain = elided or first == first.lower() or first.partition("-")[0] in {"ex", "then", "vice"}
    return head + line[1:] if plain and len(head) == 1 else line
