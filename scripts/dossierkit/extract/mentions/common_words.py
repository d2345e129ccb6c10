"""Names of places that are also ordinary words of a language, or parts of other names: "مالي" is Mali, and mostly "financial"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dossierkit.extract.languages import language
from dossierkit.model.finding import Mention

_AHEAD = 20  # code points
_BEHIND = re.compile(r"\s([^\W\d_]+)")
_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "لل")
_PROCLITICS = frozenset("وفبلك")
_ANY = "any"
_APOSTROPHES = {"'", "’"}


def is_common_word(text: str, mention: Mention, lang: str) -> bool:
    """Whether the words beside a place's name show that it is none, or do not show that it is one. `lang`: a primary subtag."""
    own = language(lang)
    facts: Mapping[str, Any] = own.facts("places") if own is not None else {}
    behind = _BEHIND.match(text, mention.end)
    if behind is not None and behind[1] in facts.get("others", {}).get(mention.text, ()):
        return True
    ahead = text[max(0, mention.start - _AHEAD) : mention.start]
    led = facts.get("not_after", {})
    if _ends_with(ahead, led.get(mention.text, ())):
        return True
    if mention.type == "place" and _ends_with(ahead, led.get(_ANY, ())):
        return True
    joined = ahead[-1:].isalpha()  # a preposition that is written as one word with the name
    *_, before = ("", *ahead.split())
    if mention.text in facts.get("adjectives", ()):
        return not joined and before.startswith(_ARTICLES)
    suffixed = text[mention.end : mention.end + 1] in _APOSTROPHES  # Turkish writes "Kabul'de" of a name only
    common = mention.text in facts.get("common", ()) and not suffixed
    return common and not joined and before not in facts["before_common"]


def _ends_with(ahead: str, phrases: Iterable[str]) -> bool:
    """Whether whole words before a name are one of these phrases, in Arabic also behind "and" or a preposition of one letter."""
    said = f"  {ahead}".replace("’", "'").rstrip()
    starts = (said[: -len(phrase)] for phrase in phrases if said.endswith(phrase))
    return any(
        not start[-1:].isalpha() or (start[-1:] in _PROCLITICS and not start[-2:-1].isalpha())
        for start in starts
    )
