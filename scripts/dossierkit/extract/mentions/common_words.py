"""Names of places that are also ordinary words of a language: "مالي" is Mali, and mostly "financial"."""

from __future__ import annotations

import re

from dossierkit.extract.languages import language
from dossierkit.model.finding import Mention

_AHEAD = 20  # code points
_BEHIND = re.compile(r"\s([^\W\d_]+)")


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
    joined = ahead[-1:].isalpha()  # a preposition that is written as one word with the name
    *_, before = ("", *ahead.split())
    return not joined and before not in facts["before_common"]
