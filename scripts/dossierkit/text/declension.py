"""Names of places as a text says them, in the cases of their language: "в Сирии" names Сирия.

People are left out: "Александра Иванова" is Alexander Ivanov's, or a woman.
"""

from __future__ import annotations

from functools import lru_cache

from dossierkit.model.record import Name, Record
from dossierkit.text.data import load

_MOST_WORDS = 2
_LONGEST_ENDING = 4


def full_forms(record: Record) -> tuple[str, ...]:
    """The title and the aliases of a record, those of a place also declined."""
    return _forms(record.strong_names, record.type)


@lru_cache(maxsize=4096)
def _forms(names: tuple[Name, ...], type_: str) -> tuple[str, ...]:
    written = [name.text for name in names]
    declined = [form for name in names if type_ == "place" for form in _declined(name)]
    return tuple(dict.fromkeys((*written, *declined)))


def _declined(name: Name) -> tuple[str, ...]:
    """The other cases of a name of one or two words, which agree; () if its language has no rules."""
    data, lang, words = load("declension"), name.lang.partition("-")[0], name.text.split()
    if lang not in data or len(words) > _MOST_WORDS or name.text.isupper() or name.text.islower():
        return ()
    *before, last = words
    adjectives = data.get(f"{lang} before", data[lang])
    cases = [*(_cases(word, adjectives) for word in before), _cases(last, data[lang])]
    return tuple(" ".join(forms) for forms in zip(*cases, strict=True))


def _cases(word: str, endings: dict[str, list[str]]) -> list[str]:
    """A word in all cases but the nominative."""
    for size in range(_LONGEST_ENDING, 0, -1):
        if word[-size:] in endings:
            return [word[:-size] + ending for ending in endings[word[-size:]]]
    return [word] * len(endings["а"])
