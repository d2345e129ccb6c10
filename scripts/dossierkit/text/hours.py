"""Times of day in words: "at noon", "shortly before midnight", "6:40 p.m.", "à l'aube"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from dossierkit.text.data import load

_COLON = re.compile(r"(?<![\d:.])(\d{1,2}):(\d{2})(?![\d:])(?: ?([ap])\.?m\b\.?)?", re.IGNORECASE)
_HALF = re.compile(r"(?<![\d:.])(\d{1,2})(?:[.:](\d{2}))? ?([ap])\.?m\b\.?", re.IGNORECASE)
_H = re.compile(r"(?<![\d:.])(\d{1,2}) ?h(?:eures?)? ?(\d{2})?\b")
_ZONE = re.compile(r"(?<![\d:.])(\d{2})(\d{2})(?= (?:GMT|UTC|local))()")
_CLOCKS = {"colon": _COLON, "half": _HALF, "h": _H, "zone": _ZONE}
_DAY = 24 * 60
_SHIFT = 1  # minutes
_STRAIGHT = str.maketrans({"’": "'", "ـ": None})


def hour_said(words: str, lang: str) -> int | None:
    """Minutes after midnight, at most 1441; None without an hour, or with several."""
    rules = load("hours").get(lang.partition("-")[0].lower())
    if rules is None:
        return None
    found = dict(_written(words, rules)) or dict(_named(words, lang.partition("-")[0].lower()))
    return next(iter(found)) if len(found) == 1 else None


def _written(words: str, rules: dict[str, Any]) -> list[tuple[int, str]]:
    """Times in digits."""
    out = []
    for kind in rules["clock"]:
        for match in _CLOCKS[kind].finditer(words):
            hour, minute = int(match[1]), int(match[2] or 0)
            half = match[3].lower() if (match.lastindex or 0) > 2 and match[3] else ""
            hour = hour % 12 + (12 if half == "p" else 0) if half else hour
            if hour <= 24 and minute < 60:
                out.append((min(hour * 60 + minute, _DAY), match[0]))
    return out


def _named(words: str, lang: str) -> list[tuple[int, str]]:
    times = load("hours")[lang]["words"]
    rules = load("hours")[lang]
    out = []
    for match in _phrases(lang).finditer(words.translate(_STRAIGHT).lower()):
        hour, minute = str(times[match["time"]]).split(":")
        shift = -_SHIFT if match["shift"] in rules["before"] else _SHIFT if match["shift"] else 0
        out.append((int(hour) * 60 + int(minute) + shift, match[0]))
    return out


@cache
def _phrases(lang: str) -> re.Pattern[str]:
    rules = load("hours")[lang]
    times = "|".join(map(re.escape, sorted(rules["words"], key=len, reverse=True)))
    shifts = "|".join(map(re.escape, (*rules["before"], *rules["after"])))
    return re.compile(rf"(?<!\w)(?:(?P<shift>{shifts}) )?(?P<time>{times})(?!\w)")
