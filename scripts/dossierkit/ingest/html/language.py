"""The language of a page: what it declares, unless its words are certainly of another."""

from __future__ import annotations

from dossierkit.ingest.facts import fact
from dossierkit.model.source import Fact
from dossierkit.text.data import load
from dossierkit.text.language import detect
from dossierkit.text.unspaced import count_words

_FEWEST_WORDS = 80
_SURE = 0.99


def language_of(declared: str, text: str) -> tuple[Fact, tuple[str, ...]]:
    """The language, and a note if it is not the declared one.

    Templates declare English on pages in other languages, and sites their own language on pages in English. Languages that are
    closer to each other than English is to any are not told apart better by a few hundred words than by those who wrote them.
    """
    stated = fact(declared, "the page's metadata")
    own = declared.partition("-")[0]
    if not declared or own not in load("languages")["told"] or count_words(text) < _FEWEST_WORDS:
        return stated, ()
    found = detect(text)
    if found.lang == own or "en" not in (found.lang, own) or found.score < _SURE:
        return stated, ()
    note = f"the page declares the language `{declared}`, but its words are `{found.lang}` (score {found.score:.2f}): check it"
    return fact(found.lang, "the page's words"), (note,)
