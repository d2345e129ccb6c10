"""Acronyms that an article explains as something else: "Independent Police Complaints Commission (IPCC)" is no panel on climate change."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.extract.authority import Authority
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.mentions.acronyms import defined, name_words
from dossierkit.extract.small_words import links
from dossierkit.model.record import Record
from dossierkit.text.fold import fold

_STEM = 5  # first letters by which another form of a word is recognised
_LEAST = 0.5  # of the words of a long form, those that the known names have too


def without_other_long_forms(text: str, authority: Authority, lang: str) -> Authority:
    """The index without acronyms that the text explains by words few of which any name of their record, or their known name, has.

    Of records only those with a name of several words in the language of the text: else a translation cannot be told from another body.
    """
    return authority.without(others=frozenset(_other(text, authority, lang.partition("-")[0].lower())))


def _other(text: str, authority: Authority, lang: str) -> Iterator[str]:
    for long, short in defined(text):
        acronym, words = fold(text[slice(*short)]), _stems(text[slice(*long)])
        names = _names(acronym, authority, lang)
        if names and len(words & _stems(" ".join(names))) < _LEAST * len(words):
            yield acronym


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
