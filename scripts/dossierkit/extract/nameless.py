"""Whether what was found names somebody or something for a reader, or only describes it (English)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossierkit.extract.forms import plain
from dossierkit.extract.lexicon import Lexicon, lexicon
from dossierkit.extract.mentions.described import described_by, descriptions, only_titles
from dossierkit.model.finding import Mention

_SPLIT = re.compile(r"[ /]")
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety".split()
)


def nameless(named: Sequence[Mention]) -> bool:
    """Whether all forms are common words: "Council", "Kurdish party", "Coalition partners", "ISIL-held buildings", "Navy Capt."."""
    words = lexicon()
    if any(" " in plain(mention.text) and plain(mention.text) in words.known for mention in named):
        return False
    return all(_describes(plain(mention.text), mention.type, words) for mention in named)


def _describes(form: str, type_: str, words: Lexicon) -> bool:
    parts = _SPLIT.split(form)
    if type_ == "person" and only_titles(form):
        return True
    described = any(map(described_by, parts))
    return all(
        (described and bool(described_by(part)))
        or all(_common(half, words) for half in part.split("-") if half)
        for part in parts
        if part
    )


def _common(word: str, words: Lexicon) -> bool:
    low = word.lower()
    return (
        word in words.no_names
        or word in words.heads
        or word in words.calendar
        or word in descriptions().common
        or low in descriptions().people
        or word.islower()
        or word[:1].isdigit()
        or (word.isupper() and (word.title() in words.no_names or word.title() in words.heads))
        or low in _NUMBERS
    )
