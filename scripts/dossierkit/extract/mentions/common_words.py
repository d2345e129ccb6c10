"""Names of places that are also ordinary words of a language: "مالي" is Mali, and mostly "financial"."""

from __future__ import annotations

import re

from dossierkit.extract.languages import language
from dossierkit.model.finding import Mention

_AHEAD = 20  # code points
_BEFORE = re.compile(r"([^\W\d_]+)\s\Z")
_BEHIND = re.compile(r"\s([^\W\d_]+)")
_JOINED = re.compile(r"[^\W\d_]\Z")
"""A preposition that is written as one word with the name."""


def is_common_word(text: str, mention: Mention, lang: str) -> bool:
    """Whether the words beside a place's name show that it is none, or do not show that it is one. `lang`: a primary subtag."""
    own = language(lang)
    facts = own.facts("places") if own is not None else {}
    behind = _BEHIND.match(text, mention.end)
    if behind is not None and behind[1] in facts.get("others", {}).get(mention.text, ()):
        return True
    if mention.text not in facts.get("common", ()):
        return False
    ahead = text[max(0, mention.start - _AHEAD) : mention.start]
    before = _BEFORE.search(ahead)
    return not (_JOINED.search(ahead) or (before is not None and before[1] in facts["before_common"]))
