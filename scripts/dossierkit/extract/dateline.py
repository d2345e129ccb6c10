"""What stands before the first sentence of a dispatch: town, date, agency and a dash."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossierkit.model.finding import Sentence, Timex

_DASH = re.compile(r" (?:-|–|—|--) ")
_BRACKETED = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"[-–—•*·‣▪] +")
_LONGEST = 90  # code points
_MOST = 6  # words beside the date


def body(text: str, sentence: Sentence, timexes: Iterable[Timex]) -> int:
    """Where the sentence begins in truth: past "GENEVA, Feb 4 (Sample Wire) - ", else at its own start."""
    start = end = past_bullet(text, sentence)
    dated = [timex for timex in timexes if timex.start < start + _LONGEST]
    for dash in _DASH.finditer(text, start, min(sentence.end, start + _LONGEST)):
        piece = text[start : dash.start()]
        bare = _without_dates(_BRACKETED.sub(" ", piece), text, dated)
        words = re.findall(r"[^\W_]+", bare)
        if len(words) > _MOST or any(word.islower() for word in words):
            break
        if bare != piece or piece.isupper():
            end = dash.end()
    return end


def past_bullet(text: str, sentence: Sentence) -> int:
    """Where the sentence begins behind the sign of a list: "- ", "• "."""
    bullet = _BULLET.match(text, sentence.start, sentence.end)
    return bullet.end() if bullet else sentence.start


def _without_dates(piece: str, text: str, dated: Iterable[Timex]) -> str:
    for timex in dated:
        piece = piece.replace(text[timex.start : timex.end], " ")
    return piece
