"""Cut a heading or quote in one piece from its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dossierkit.extract.tense import tense
from dossierkit.text.data import load

_LONG = 110
_LONGEST = 160
_LEAST = 20
_SIGNS = "; | — | ; "
_CLAUSES = {
    "en": re.compile(rf"(?:, (?:and|but|while|whereas|although) | but |{_SIGNS})"),
    "fr": re.compile(rf"(?:, (?:et|mais|tandis que|alors que|bien que) | mais |{_SIGNS})"),
    "ar": re.compile(rf"(?:، (?:بينما|فيما|لكن|ولكن) |؛ |{_SIGNS})"),
}
"""Between clauses, by language."""
_ANY = re.compile(_SIGNS)
_BREAK = re.compile(r"(?:, |، |؛ |; |: | – | — | - )")
_DATE_LEAD = re.compile(r"(?:[Ii]n|[Oo]n|[Bb]y|[Ss]ince|[Aa]t|[Ee]n|[Ll]e|[Aa]u|وفي|في)? ?(?:the )?$")
_AFTER_DATE = re.compile(r"[,،:] | [-–—] ")
_SPEAKER = re.compile(r"[QAR] ?: ")
_EDGES = " \t\n,;:–—\"“”‘’'«»"
_HEAD = re.compile(
    r"(?:and|but|was|were|is|are|has|have|had|been|being|which|who|that|where|when|as|or|et|mais|qui|dont|où|لكن|بينما|فيما|حيث)\s+"
)
_DANGLING = re.compile(
    r"(?<![ ,])[ ,]+(?:the|a|an|of|to|in|on|at|for|by|with|and|or|but|that|from|its|his|her|their|is|was|as|into|which|who|after"
    r"|before|over|about|between|than|during|under|not|would|will|has|had|have|been|being|la|les|des|du|en|dans|sur|par|pour|avec|et|ou|que|qui|dont|une|sa|ses|au|aux|à"
    r"|في|من|إلى|على|عن|مع|أن|إن|التي|الذي|بعد|قبل|خلال|بين)$"
)


@cache
def _leads() -> re.Pattern[str]:
    words = sorted(load("en/verbs")["leads"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}),? ")


def clause(text: str, start: int, end: int, at: tuple[int, int] | None, lang: str = "en") -> tuple[int, int]:
    """The clause that contains `at` (the date), if it is long enough for a quote."""
    if at is None:
        return start, end
    first, last = start, end
    for match in _CLAUSES.get(lang, _ANY).finditer(text, start, end):
        if match.end() <= at[0] and end - match.end() >= 2 * _LEAST:
            first = match.end()
        elif match.start() >= at[1] and match.start() - first >= 2 * _LEAST:
            last = match.start()
            break
    return first, last


def heading(text: str, start: int, end: int, at: tuple[int, int] | None, lang: str = "en") -> str:
    """At most 110 code points of the clause with the date, in whole phrases if they fit; 160 if the date needs it, or in
    another language.
    """
    speaker = _SPEAKER.match(text, start, end)
    first, last = clause(text, speaker.end() if speaker else start, end, at, lang)
    first = _past_lead(text, first, last, at)
    if last - first > (_LONG if lang == "en" else _LONGEST):
        first, last = _phrases(text, (first, last), at, lang)
    return _trimmed(text[first:last])


def _past_lead(text: str, first: int, last: int, at: tuple[int, int] | None) -> int:
    """The offset after "However," and a date at the beginning ("In late March, Assad rejected ..."), which the entry shows
    anyway.
    """
    lead = _leads().match(text, first, last)
    if lead and last - lead.end() > _LEAST:
        first = lead.end()
    leads = at and first <= at[0] and _DATE_LEAD.fullmatch(text[first : at[0]]) and last - at[1] > _LEAST
    after = _AFTER_DATE.match(text, at[1], last) if at and leads else None
    if after:
        return after.end()
    return first


def _phrases(text: str, span: tuple[int, int], at: tuple[int, int] | None, lang: str) -> tuple[int, int]:
    """Of the phrases between commas, the one with the date (else the first with a verb) and what follows and fits; from the
    beginning of the sentence if that is close enough.
    """
    first, last = span
    starts = [first, *(match.end() for match in _BREAK.finditer(text, first, last))]
    ends = [*(match.start() for match in _BREAK.finditer(text, first, last)), last]
    chosen = _chosen(text, list(zip(starts, ends, strict=True)), at, lang)
    low = starts[0] if ends[chosen] - starts[0] <= (_LONGEST if at else _LONG) else starts[chosen]
    high = chosen
    if ends[high] - low > _LONGEST or (at is None and ends[high] - low > _LONG):
        return _cut(text, (low, ends[high]), at, lang)
    while high + 1 < len(ends) and ends[high + 1] - low <= _LONG:
        high += 1
    return low, ends[high]


def _chosen(text: str, phrases: Sequence[tuple[int, int]], at: tuple[int, int] | None, lang: str) -> int:
    for index, (start, end) in enumerate(phrases):
        if at is not None and start <= at[0] < end:
            return index
    verbs = (
        i for i, (start, end) in enumerate(phrases) if tense(text[start:end], lang) and end - start > _LEAST
    )
    return next(verbs, 0)


def _cut(text: str, span: tuple[int, int], at: tuple[int, int] | None, lang: str) -> tuple[int, int]:
    """Cut a phrase that is too long: from its beginning, at a word boundary, far enough to contain its date and a verb."""
    first, last = span
    for limit in (_LONG, _LONGEST):
        end = text.rfind(" ", first + _LEAST, first + limit) if last - first > limit else last
        end = end if end > 0 else first + limit
        dated = at is None or not first <= at[0] < last or end >= at[1]
        if (dated and tense(text[first:end], lang)) or limit == _LONGEST:
            break
    return first, end


def _trimmed(piece: str) -> str:
    words = " ".join(piece.split()).strip(_EDGES).rstrip(".!?…؟。।።။։")
    while len(words) > _LEAST and (head := _HEAD.match(words)):
        words = words[head.end() :]
    while len(words) > _LEAST and (tail := _DANGLING.search(words)):
        words = words[: tail.start()]
    return words.strip(_EDGES)
