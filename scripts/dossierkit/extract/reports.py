"""Whether an article reports of the days around its publication, so that what it tells without a date is of its day.

A biography, an encyclopaedia's article or a transcript is no report: there the day of publication dates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dossierkit.extract.participants import LEAD_SENTENCES, SentenceParticipants
from dossierkit.model.edtf import EdtfError, parse

_NEAR = 10  # days
_LONG_AGO = 400  # days
_MOST_OLD = 0.5
_MOST_SPEAKING = 0.4
_SPEAKING = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Yy]our)\b")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?")
_DEFINES = re.compile(r"^[^,;:]{2,80}?(?:\([^()]{0,200}\) )?,? ?\b(?:is|was|are|were) (?:an?|the|one of)\b")


def is_report(published: str | None, told: Sequence[SentenceParticipants]) -> bool:
    """Judged by its dates, its first sentence, and how much of it somebody speaks; without a date of publication it may be one."""
    day = _day(published)
    body = [one for one in told if not one.headline and not one.dateline]
    if not body or _speaks(body):
        return False
    if day is None:
        return True
    lead = [*body[:LEAD_SENTENCES], *(one for one in told if one.dateline)]
    if any(abs((found - day).days) <= _NEAR for found in _days(lead)):
        return True
    days = _days(body)
    old = sum(1 for found in days if (day - found).days > _LONG_AGO)
    if any((day - found).days > _LONG_AGO for found in _days(body[:2])) or old > _MOST_OLD * len(days):
        return False
    return _DEFINES.match(body[0].words) is None


def _days(told: Sequence[SentenceParticipants]) -> list[date]:
    return [found for one in told for _, timex in one.dates if (found := _day(timex.edtf))]


def _speaks(body: Sequence[SentenceParticipants]) -> bool:
    speaking = sum(1 for one in body if _SPEAKING.search(_QUOTED.sub(" ", one.words)))
    return speaking > _MOST_SPEAKING * len(body)


def _day(edtf: str | None) -> date | None:
    try:
        return parse(edtf).earliest if edtf else None
    except EdtfError:
        return None
