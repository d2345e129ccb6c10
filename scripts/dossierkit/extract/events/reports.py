"""Whether an article reports on the days around its publication, so that undated statements belong to that day.

A biography, an encyclopaedia article or a transcript does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dossierkit.extract.sentences.participants import LEAD_SENTENCES, SentenceParticipants
from dossierkit.extract.tense import in_perfect
from dossierkit.model.edtf import EdtfError, parse

_NEAR = 10  # days
_LONG_AGO = 400  # days
_MOST_OLD = 0.5
# In a biography or a description it is not a day: "today the house is a museum".
_NOWADAYS = frozenset({"today"})
# Said from the day of a report.
_FROM_NOW = frozenset({"last year", "last summer", "last winter", "last month"})
_LEAST_NEAR = 3  # every third date
_MOST_SPEAKING = 0.3
_SPEAKING = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Yy]our)\b")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?")
_LIFE = re.compile(r"^[^.;:()]{2,80} \([^)]{0,300}(?:\bborn\b|\d{4} ?[–—-])")
_HAS_DONE = re.compile(r"\b(?:said|says) (?:that )?(?:he|she|it|they) ha(?:s|ve) ")
_DEFINES = re.compile(r"^[^,;:]{2,80}?(?:\([^()]{0,200}\) )?,? ?\b(?:is|was|are|were) (?:an?|the|one of)\b")


def reports(published: str | None, sentences: Sequence[SentenceParticipants]) -> str:
    """Return "surely" if a day around the publication is named, "perhaps" if nothing contradicts, else "".

    Judged by dates, first sentence, and the share of quotations.
    """
    day = _day(published)
    body = [sentence for sentence in sentences if not sentence.headline and not sentence.dateline]
    if not body or _speaks(body) or _LIFE.match(body[0].words):
        return ""
    if day is None:
        return "perhaps"
    lead = [*body[:LEAD_SENTENCES], *(sentence for sentence in sentences if sentence.dateline)]
    if _near(_days(lead, but=_NOWADAYS), day):
        return "surely"
    days = _days(sentences, but=_NOWADAYS)
    old = sum(1 for found in _days(sentences, but=_NOWADAYS | _FROM_NOW) if (day - found).days > _LONG_AGO)
    old_story = old > _MOST_OLD * len(days) and not any(map(_in_perfect, body[:LEAD_SENTENCES]))
    if old_story or _DEFINES.match(body[0].words):
        return ""
    if _near(_days(lead), day):
        return "surely"
    return "surely" if _LEAST_NEAR * _near(days, day) >= len(days) > 0 else "perhaps"


def _in_perfect(one: SentenceParticipants) -> bool:
    return in_perfect(one.words, one.lang) or (one.lang == "en" and _HAS_DONE.search(one.words) is not None)


def _near(days: Sequence[date], day: date) -> int:
    return sum(1 for found in days if abs((found - day).days) <= _NEAR)


def _days(sentences: Sequence[SentenceParticipants], but: frozenset[str] = frozenset()) -> list[date]:
    dates = (timex for sentence in sentences for _, timex in sentence.dates if timex.text.lower() not in but)
    return [found for timex in dates if (found := _day(timex.edtf))]


def _speaks(body: Sequence[SentenceParticipants]) -> bool:
    speaking = sum(1 for one in body if _SPEAKING.search(_QUOTED.sub(" ", one.words)))
    return speaking > _MOST_SPEAKING * len(body)


def _day(edtf: str | None) -> date | None:
    try:
        return parse(edtf).earliest if edtf else None
    except EdtfError:
        return None
