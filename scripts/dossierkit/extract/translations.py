"""Names that an article gives in another language in brackets: "the Hamrin Mountains (Arabic: Jabal Hamrin, Kurdish: Çiyayê Hemrîn)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierkit.extract.groups import kind_of
from dossierkit.extract.lexicon import lexicon
from dossierkit.model.finding import Mention

_LONGEST = 300  # code points of a bracket
_LABEL = re.compile(r"([A-Z][a-z]{2,20})(?: [A-Z][a-z]{2,20})?: ")
_WORD = re.compile(r"\b[a-z]{2,}\b")
_BETWEEN = frozenset({"or", "and", "also", "romanized", "romanised", "translit", "lit"})
_LANGUAGES = frozenset(
    {"Latin", "Hebrew", "Kurdish", "Persian", "Sanskrit", "Gaelic", "Catalan", "Basque", "Yiddish", "Aramaic"}
)


def translated(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """(mention in the brackets, mention before them), by their places in `mentions`."""
    for before, mention in enumerate(mentions):
        start = _opening(text, mention.end)
        end = text.find(")", start, start + _LONGEST) if start else -1
        if end < 0 or "\n" in text[start:end]:
            continue
        inside = before + 1
        while inside < len(mentions) and mentions[inside].end <= end:
            other = mentions[inside]
            if kind_of(other.type) == kind_of(mention.type) and _names(text[start : other.start]):
                yield inside, before
            inside += 1


def _opening(text: str, end: int) -> int:
    """Where the brackets right behind a name begin, else 0."""
    return end + 2 if text[end : end + 2] == " (" else 0


def _names(ahead: str) -> bool:
    """Whether the words from the last language on lead to nothing but a name."""
    labels = [
        found
        for found in _LABEL.finditer(ahead)
        if found[1] in _LANGUAGES or found[1] in lexicon().adjectives
    ]
    if not labels:
        return False
    rest = ahead[labels[-1].end() :]
    return ";" not in rest and _BETWEEN.issuperset(_WORD.findall(rest))
