"""The text of a heading: from the words of its clause to a line with a capital, without dates, open ends and half quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.complements import without_next
from dossierkit.extract.headings.frames import (
    awaits,
    bare,
    own_side,
    shortened,
    without_date,
    without_lead,
    without_length,
)
from dossierkit.extract.headings.judging import is_cut
from dossierkit.extract.headings.sentence import DatedSentence, is_last_stop
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.unfinished import unfinished, without_turn
from dossierkit.extract.headings.words import Word, first_verb, listed, verb_at

_LONG = 120  # code points
_UNABRIDGED = 240  # code points of a heading that cannot be cut
_LEAST_CUT = 4  # words; of a heading with more, "to assess" may go
_ELIDED = re.compile(r"[cdjlmnst][’']\w|qu[’']\w")
_WHEN = re.compile(r"(?:[^;:.]{0,60}\s)?when\b")
_ONE = frozenset({"he", "him", "his", "her", "she"})
_LISTED = frozenset({", ", " and ", ", and "})
_EDGES = " \t\n,;:–—-“”‘’'\"«»"


def phrase_of(clause: Clause, sentence: DatedSentence) -> Sequence[Word]:
    """The words of the heading: the clause without dates, at most about 120 code points."""
    said = [*without_lead(bare(clause.subject), sentence.dates), *bare(clause.predicate)]
    said = [*without_next(said, clause, sentence)]
    other = _of_same_list(sentence)
    said = [word for word in said if not any(a <= word.start < b for a, b in other)]
    said = own_side(_without_day_of_saying(said, sentence.at, sentence.dates), sentence.at, sentence.dates)
    timeless = without_date(said, sentence.at)
    phrase = without_turn(shortened(without_length(timeless, sentence.dates), _LONG, sentence.names.spans))
    open_ = len(phrase) > _LEAST_CUT and phrase[-2].low == "to" and _asks(phrase, sentence.words)
    return phrase[:-2] if open_ else [*phrase, *_name_behind(phrase, sentence)]


def _of_same_list(sentence: DatedSentence) -> list[Span]:
    """The dates in one list of three or more with the entry's: "3," and "10" of "on 3, 10 and 17 January". Each has an entry of its own."""
    dates = sorted(sentence.dates)
    gaps = [sentence.text[before[1] : after[0]] for before, after in pairwise(dates)]
    if sentence.at not in dates or {" and ", ", and "}.isdisjoint(gaps):
        return []
    first = last = dates.index(sentence.at)
    while first and gaps[first - 1] in _LISTED:
        first -= 1
    while last < len(gaps) and gaps[last] in _LISTED:
        last += 1
    return [date for date in dates[first : last + 1] if date != sentence.at] if last - first > 1 else []


def _name_behind(phrase: Sequence[Word], sentence: DatedSentence) -> Sequence[Word]:
    """The name of whom a heading ends with: "killed a driver, | Ada Hale, in Tarn", "an official of the movement, | Hamas, in Tarn", not "a driver, Ada
    Hale said", "a driver, Ada Hale and".
    """
    after = [word for word in sentence.words if phrase and word.start >= phrase[-1].end]
    body = bool(phrase) and phrase[-1].low in listed("bodies")
    spans = sentence.names.others if body else sentence.names.people
    named = any(first <= phrase[-1].start < last for first, last in spans) if phrase else True
    if len(after) < 2 or after[0].form != "," or named:
        return ()
    end = next((last for first, last in spans if first == after[1].start), 0)
    name = [word for word in after[1:] if word.end <= end]
    behind = after[len(name) + 1] if len(after) > len(name) + 1 else None
    alone = behind is None or behind.form in {",", ";", "."} or behind.low in listed("prepositions")
    told = any(word.low in listed("said", "spoken") for word in after[len(name) + 1 : len(name) + 3])
    return name if len(name) > 1 - body and alone and not told else ()


def line_of(clause: Clause, phrase: Sequence[Word], sentence: DatedSentence) -> str:
    """The phrase as a line."""
    return capital(_closed(_trimmed(written(sentence.text, _without_stop(phrase), clause.predicate))))


def is_open(line: str, phrase: Sequence[Word], clause: Clause, sentence: DatedSentence) -> bool:
    """Whether a heading ends before what completes it: a clause, or what its last word leads to."""
    behind = _behind(sentence, phrase, line)
    if phrase and unfinished(
        phrase, clause, [word for word in sentence.words if word.start >= phrase[-1].end]
    ):
        return True
    cut = is_cut(line, behind) or awaits(phrase) or _asks(phrase, sentence.words) or _supposes(phrase)
    return cut or _interrupted(phrase, behind)


def _supposes(phrase: Sequence[Word]) -> bool:
    """As in "has threatened to leave if its leader", before ", Ada Hale, is harmed": a condition without its verb."""
    opens = max(
        (k for k, word in enumerate(phrase) if word.low in {"if", "unless"} and not word.aside), default=0
    )
    return opens > 1 and first_verb(phrase[opens + 1 :]) is None and len(phrase) - opens > 1


def _interrupted(phrase: Sequence[Word], behind: str) -> bool:
    """As in "was driving home | when two men shot him": the news is in what follows."""
    goes_on = any(
        before.low in {"was", "were"} and word.low.endswith("ing") for before, word in pairwise(phrase)
    )
    return goes_on and _WHEN.match(behind) is not None


def unabridged(clause: Clause, sentence: DatedSentence) -> str:
    """A sentence in its own words, for a heading that cannot be cut: from its subject to its end; "" if that is long or has a
    quotation or a pronoun, unless the subject is the only person named in full.
    """
    subject = without_lead(clause.subject, sentence.dates)
    if clause.kind not in {"main", "likely"} or not subject:
        return ""
    rest = [word for word in sentence.words if word.start >= subject[0].start]
    people = [first for first, last in sentence.names.people if " " in sentence.text[first:last]]
    only = len(people) == 1 and subject[0].start <= people[0] < subject[-1].end
    unknown = listed("standing_for") - (_ONE if only else frozenset())
    alone = any(word.aside == "q" or word.form in '“”"«»;' or word.low in unknown for word in rest)
    line = " ".join(sentence.text[rest[0].start : rest[-1].end].split())
    return "" if alone or len(line) > _UNABRIDGED else capital(line)


def written(text: str, words: Sequence[Word], predicate: Sequence[Word] = ()) -> str:
    """The words joined with the signs between neighbours in the text, without a comma before the predicate."""
    parts: list[str] = []
    for before, word in zip((None, *words), words, strict=False):
        if before is not None:
            gap = text[before.end : word.start]
            comma = gap == ", " and not (predicate and word is predicate[0])
            parts.append(gap if not gap or comma else " ")
        parts.append(text[word.start : word.end])
    return " ".join("".join(parts).split())


def cut_length(phrase: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether the heading ends in a length whose complement was removed: "comes just a day" of "comes just a day after"."""
    if not phrase or phrase[-1].low not in listed("lengths"):
        return False
    after = next((word.low for word in words if word.start >= phrase[-1].end), "")
    return after in {"after", "before", "later", "earlier"}


def capital(line: str) -> str:
    """With a capital first letter, also where an article is elided ("l’École"), except for words like "iPhone"."""
    first, head = line.partition(" ")[0], line[:1].upper()
    elided = _ELIDED.match(first) is not None
    plain = elided or first == first.lower() or first.partition("-")[0].islower()
    return head + line[1:] if plain and len(head) == 1 else line


def _without_stop(phrase: Sequence[Word]) -> Sequence[Word]:
    """Without the stop inside a last quotation mark: "cited “oversights.”"."""
    stops = len(phrase) > 3 and phrase[-1].form in '”"’' and phrase[-2].form == "."
    return [*phrase[:-2], phrase[-1]] if stops and is_last_stop(phrase[:-1]) else phrase


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


def _behind(sentence: DatedSentence, phrase: Sequence[Word], line: str) -> str:
    """The rest of the sentence behind the last word of a heading, in lower case."""
    last = line.rpartition(" ")[2]
    end = next((word.end for word in reversed(phrase) if word.form == last), phrase[-1].end)
    return sentence.text[end : sentence.end].lower()


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
    if line.count('"') % 2:
        opened = line.rpartition(' "')[2]
        if '"' not in opened and (line.count('"') > 1 or opened[:1].isupper()):
            return f'{line}"'
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
        cut = line.removesuffix(" .").strip(_EDGES)
        last = cut.rpartition(" ")[2].lower()
        before = cut[: -len(last)].rpartition(" ")[0].rpartition(" ")[2].lower()
        belongs = last in {"in", "on"} and before in listed(f"go_{last}")
        if belongs or last not in listed("dangling", "showing_that") or len(cut) == len(last):
            return cut
        line = cut[: -len(last)]
