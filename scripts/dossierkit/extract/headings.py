"""A short heading for an event, cut in one piece from its sentence: no word is added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dossierkit.extract.tense import tense
from dossierkit.text.data import load

_LONG = 110
_LONGEST = 160
_LEAST = 20
_CLAUSE = re.compile(r"(?:, (?:and|but|while|whereas|although) |; | but | — )")
_BREAK = re.compile(r"(?:, |، |؛ |; |: | – | — | - )")
_DATE_LEAD = re.compile(r"(?:[Ii]n|[Oo]n|[Bb]y|[Ss]ince|[Aa]t)? ?(?:the )?$")
_EDGES = " \t\n,;:–—\"“”‘’'«»"
_HEAD = re.compile(r"(?:and|but|was|were|is|are|has|have|had|which|who|that|where|when|as|or)\s+")
_DANGLING = re.compile(
    r"[ ,]+(?:the|a|an|of|to|in|on|at|for|by|with|and|or|but|that|from|its|his|her|their|is|was|as|into|which|who|after"
    r"|before|over|about|between|than|during|under|not|would|will|has|had|have|been|being)$"
)


@cache
def _leads() -> re.Pattern[str]:
    words = sorted(load("en/verbs")["leads"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}),? ")


def clause(text: str, start: int, end: int, at: tuple[int, int] | None) -> tuple[int, int]:
    """The clause of a sentence that holds `at` (the date), where it is long enough to stand alone."""
    if at is None:
        return start, end
    first, last = start, end
    for match in _CLAUSE.finditer(text, start, end):
        if match.end() <= at[0] and end - match.end() >= 2 * _LEAST:
            first = match.end()
        elif match.start() >= at[1] and match.start() - first >= 2 * _LEAST:
            last = match.start()
            break
    return first, last


def heading(text: str, start: int, end: int, at: tuple[int, int] | None) -> str:
    """At most 110 code points of the clause that holds the date, whole phrases where they fit."""
    first, last = clause(text, start, end, at)
    first = _past_lead(text, first, last, at)
    if last - first > _LONG:
        first, last = _phrases(text, first, last, at)
    return _trimmed(text[first:last])


def _past_lead(text: str, first: int, last: int, at: tuple[int, int] | None) -> int:
    """Past "However," and past a date in front ("In late March, Assad rejected ..."), which the entry shows anyway."""
    lead = _leads().match(text, first, last)
    if lead and last - lead.end() > _LEAST:
        first = lead.end()
    leads = at and first <= at[0] and _DATE_LEAD.fullmatch(text[first : at[0]]) and last - at[1] > _LEAST
    if at and leads and text[at[1] : at[1] + 2] == ", ":
        return at[1] + 2
    return first


def _phrases(text: str, first: int, last: int, at: tuple[int, int] | None) -> tuple[int, int]:
    """Of the phrases between commas the one with the date (else the first with a verb), and its neighbours that fit."""
    starts = [first, *(match.end() for match in _BREAK.finditer(text, first, last))]
    ends = [*(match.start() for match in _BREAK.finditer(text, first, last)), last]
    chosen = _chosen(text, starts, ends, at)
    low = high = chosen
    if ends[high] - starts[low] < _LONG:
        while low > 0 and ends[high] - starts[low - 1] <= _LONG:
            low -= 1
        while high + 1 < len(ends) and ends[high + 1] - starts[low] <= _LONG:
            high += 1
        return starts[low], ends[high]
    return _cut(text, starts[low], ends[high])


def _chosen(text: str, starts: Sequence[int], ends: Sequence[int], at: tuple[int, int] | None) -> int:
    for index in range(len(starts)):
        if at is not None and starts[index] <= at[0] < ends[index]:
            return index
    verbs = (
        i for i in range(len(starts)) if tense(text[starts[i] : ends[i]]) and ends[i] - starts[i] > _LEAST
    )
    return next(verbs, 0)


def _cut(text: str, first: int, last: int) -> tuple[int, int]:
    """A phrase that is too long by itself: from its start between words, far enough to have a verb."""
    for limit in (_LONG, _LONGEST):
        end = text.rfind(" ", first + _LEAST, first + limit) if last - first > limit else last
        end = end if end > 0 else first + limit
        if tense(text[first:end]) or limit == _LONGEST:
            break
    return first, end


def _trimmed(piece: str) -> str:
    words = " ".join(piece.split()).strip(_EDGES).rstrip(".!?…؟")
    while len(words) > _LEAST and (head := _HEAD.match(words)):
        words = words[head.end() :]
    while len(words) > _LEAST and (tail := _DANGLING.search(words)):
        words = words[: tail.start()]
    return words.strip(_EDGES)
