"""Names of places that are also ordinary words of a language, or parts of other names: "مالي" is Mali, and mostly "financial"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dossierkit.extract.languages import language

_AHEAD = 20  # code points
_BEHIND = re.compile(r"\s([^\W\d_]+)")
_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "لل")
_PROCLITICS = frozenset("وفبلك")
_ANY = "any"
_APOSTROPHES = {"'", "’"}


def is_common_word(text: str, start: int, end: int, type_: str, lang: str) -> bool:
    """Whether the words beside a name show that it is none, or do not show that it is one.

    `start`, `end`: of the name, in code points, half open. `type_`: what it names. `lang`: a primary subtag (BCP 47).
    """
    own = language(lang)
    facts: Mapping[str, Any] = own.facts("places") if own is not None else {}
    if not facts:
        return False
    name = _alone(text, start, end)
    behind = _BEHIND.match(text, end)
    if behind is not None and behind[1] in facts.get("others", {}).get(name, ()):
        return True
    ahead = text[max(0, start - _AHEAD) : start]
    led = facts.get("not_after", {})
    if _ends_with(ahead, led.get(name, ())):
        return True
    if type_ == "place" and _ends_with(ahead, led.get(_ANY, ())):
        return True
    joined = ahead[-1:].isalpha()  # a preposition that is written as one word with the name
    *_, before = ("", *ahead.split())
    if name in facts.get("adjectives", ()):
        return not joined and before.startswith(_ARTICLES)
    suffixed = text[end : end + 1] in _APOSTROPHES  # Turkish writes "Kabul'de" of a name only
    common = name in facts.get("common", ()) and not suffixed
    return common and not joined and before not in facts["before_common"]


def _alone(text: str, start: int, end: int) -> str:
    """The name as it is written alone: "الأمم" of "للأمم"."""
    return f"ا{text[start:end]}" if start and text[start - 1 : start + 1] == "لل" else text[start:end]


def _ends_with(ahead: str, phrases: Iterable[str]) -> bool:
    """Whether whole words before a name are one of these phrases, in Arabic also behind "and" or a preposition of one letter."""
    said = f"  {ahead}".replace("’", "'").rstrip()
    starts = (said[: -len(phrase)] for phrase in phrases if said.endswith(phrase))
    return any(
        not start[-1:].isalpha() or (start[-1:] in _PROCLITICS and not start[-2:-1].isalpha())
        for start in starts
    )
