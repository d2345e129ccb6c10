"""Acronyms that mean something else in an article: "Independent Police Complaints Commission (IPCC)" is no panel on climate change, and "AFP"
beside "Australian Federal Police" may be either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from dossierkit.extract.authority import Authority
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.mentions.acronyms import defined, initials, name_words
from dossierkit.extract.small_words import links
from dossierkit.model.record import Record
from dossierkit.text.fold import fold

_NAME = re.compile(r"[A-Z][\w’'-]{1,30}(?: (?:(?:and|for|of|on|the) ){0,2}[A-Z][\w’'-]{1,30}){2,7}")
_ACRONYM = re.compile(r"\b[A-Z]{3,8}\b")
_STEM = 5  # first letters by which another form of a word is recognised
_LEAST = 0.5  # of the words of a long form, those that the known names have too


def without_other_long_forms(text: str, authority: Authority, lang: str) -> Authority:
    """The index without acronyms that the text explains by words few of which any name of their record, or their known name, has, and of
    which another name in the text has the initials.

    Of records only those with a name of several words in the language of the text: else a translation cannot be told from another body.
    """
    lang = lang.partition("-")[0].lower()
    explained = {fold(text[slice(*short)]): text[slice(*long)] for long, short in defined(text)}
    other = {short for short, long in explained.items() if _is_another(long, short, authority, lang)}
    spelt = {short for short, long in _spelt(text) if _is_another(long, short, authority, lang)}
    return authority.without(others=frozenset(other | (spelt - explained.keys())))


def _is_another(long: str, acronym: str, authority: Authority, lang: str) -> bool:
    names, words = _names(acronym, authority, lang), _stems(long)
    return bool(names) and len(words & _stems(" ".join(names))) < _LEAST * len(words)


def _spelt(text: str) -> Iterator[tuple[str, str]]:
    """Acronyms of the text, folded, with each name in it that has their initials."""
    acronyms = set(_ACRONYM.findall(text))
    for found in _NAME.finditer(text) if acronyms else ():
        words = found[0].split(" ")
        for start, end in combinations(range(len(words) + 1), 2):
            for short in initials(words[start:end]) & acronyms:
                yield fold(short), " ".join(words[start:end])


def _names(acronym: str, authority: Authority, lang: str) -> tuple[str, ...]:
    """What else a record or the list of known names calls the bearer of an acronym."""
    record = authority.records.get(authority.named(acronym))
    if record is not None:
        return record.names if _written_out(record, lang) else ()
    known = lexicon().canonical.get(acronym) if lang == "en" else None
    return (known.name,) if known is not None and " " in known.name else ()


def _written_out(record: Record, lang: str) -> bool:
    return any(
        " " in name.text and (name.lang.partition("-")[0] or "en") == lang for name in record.strong_names
    )


def _stems(words: str) -> set[str]:
    return {fold(word)[:_STEM] for word in name_words(words) if word.lower() not in links()}
