"""Whose obituary an English text is: the person whose death its first sentences tell, if it tells their birth and who is left behind or their life."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossierkit.model.finding import Mention

_DIED = re.compile(r"\b(?:has died|died|passed away)\b")
_LIFE = re.compile(r"\b[Bb]orn\b")
_LEFT = re.compile(
    r"\b(?:survived by|(?:[Hh]e|[Ss]he) leaves|[Ff]uneral|Order of|[Hh]is (?:wife|father)|[Hh]er (?:husband|father))\b"
)
# After these words, as in "his brother | Jan", the text is of somebody else.
_KIN = re.compile(r"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:[a-z-]{1,20} ){1,3}\Z")
_NEAR = 200  # code points between a name and the death
_BEFORE = 70  # code points before a name in which it says whose kin they are


def mourned(text: str, lead: Iterable[tuple[int, tuple[Mention, ...]]]) -> str:
    """The entity; "" if the text is no obituary. `lead`: the end and the mentions of each of the first sentences."""
    if not (_LIFE.search(text) and _LEFT.search(text)):
        return ""
    for end, mentions in lead:
        who = next((one for one in mentions if one.type == "person"), None)
        if who is None or _KIN.search(text, max(0, who.start - _BEFORE), who.start):
            continue
        if _DIED.search(text, who.end, min(end, who.end + _NEAR)):
            return who.entity
    return ""
