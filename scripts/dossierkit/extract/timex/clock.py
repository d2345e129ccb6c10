"""Meanings of times of day."""

from __future__ import annotations

import re
from dataclasses import replace

from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.context import ReadingContext
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.moment import Moment
from dossierkit.extract.timex.tokens import Tokens


def clock(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "6:40 p.m.": on the day that the sentence names, else on the day of publication."""
    hour, minute = _hour_minute(found)
    half_day = (
        found.grammar.values.get(("ampm", found.words("ap")[0])) if "ap" in found.captures else _ampm(found)
    )
    if half_day is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + half_day
    if hour > 24 or minute > 59:
        return None
    if half_day is None and _is_length(found):
        return None
    time = f"T{hour:02d}:{minute:02d}"
    base = context.day_at_hand(found.first)
    if base is None or base.day is None:
        return Moment("TIME", f"XXXX-XX-XX{time}", relative=True)
    return replace(at.day(base.day), type="TIME", value=f"{base.day.isoformat()}{time}").resolved(base.label)


def _is_length(found: RuleMatch) -> bool:
    """As in "won in 2:24:10", "ran 10:32", "a time of 3:43.13": a length, not a time of day."""
    tokens, before = found.tokens, found.tokens.lower(found.first - 1)
    if ":" not in tokens.forms[found.first] or any(_zoned(found, k) for k in range(found.first, found.last)):
        return False
    timed = found.grammar.data.get("timed", ())
    tenths = tokens.lower(found.last) == "." and _glued(tokens, found.last)
    of_time = before == "of" and tokens.lower(found.first - 2) in {"time", "times", "record"}
    return bool(timed) and (tenths or of_time or before in timed)


def _zoned(found: RuleMatch, index: int) -> bool:
    return ("zone", found.tokens.lower(index)) in found.grammar.values


def _glued(tokens: Tokens, index: int) -> bool:
    """Whether a full stop joins digits to a token on both sides."""
    if index + 1 >= len(tokens.forms) or not tokens.forms[index + 1][:1].isdecimal():
        return False
    return tokens.ends[index - 1] == tokens.starts[index] and tokens.ends[index] == tokens.starts[index + 1]


def _ampm(found: RuleMatch) -> int | None:
    for index in range(found.first, found.last):
        value = found.grammar.values.get(("ampm", found.tokens.lower(index)))
        if value is not None:
            return int(value)
    return None


def _hour_minute(found: RuleMatch) -> tuple[int, int]:
    """Hour and minute of "6:40", "14h30", "0630", "8", "eight", "noon"; hour 99 for anything else."""
    word = found.words("t")[0]
    text = str(found.grammar.values.get(("clockword", word), word))
    parts = re.fullmatch(r"(\d{1,2})[:h.](\d{2}).*|(\d{2})(\d{2})|(\d{1,2})", text)
    if parts is None:
        return int(found.grammar.values.get(("number", text), 99)), 0
    hour, minute = [part for part in (*parts.groups(), "0") if part is not None][:2]
    return int(hour), int(minute)
