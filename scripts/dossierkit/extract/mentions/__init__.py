"""Spans that name something. What stands first wins where spans overlap: records, documents, model, rules, spread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossierkit.extract.authority import Authority
from dossierkit.extract.forms import bare, surnames
from dossierkit.extract.languages import language
from dossierkit.extract.lexicon import countries_in, country_matcher, known_matcher, known_place, lexicon
from dossierkit.extract.mentions.documents import find_documents
from dossierkit.extract.mentions.known import record_mentions, standing
from dossierkit.extract.mentions.merge import lay
from dossierkit.extract.mentions.modelled import NameFinder, modelled
from dossierkit.extract.mentions.ruled import (
    abbreviated,
    is_shouted,
    listed_names,
    ruled,
    small_words,
)
from dossierkit.extract.mentions.rules import SUBJECT
from dossierkit.extract.mentions.spread import explained, spread
from dossierkit.extract.mentions.whole import with_surnames_before
from dossierkit.model.finding import Mention, Sentence
from dossierkit.text.data import load

__all__ = ["NameFinder", "find_mentions"]

_SPREAD_TYPES = frozenset(
    {"person", "product"}
)  # the model itself sees to further occurrences of the other types
_KNOWN = "known name"
_LEADS_ON = re.compile(r"\b(?:on|against) (?:the )?")
_IN_PLACE = re.compile(r"\b(?:in|at|from|to|near|outside|around|into|through|across|of) $|, $")
_PREPOSITION = 10  # code points
_MODEL_TYPES = frozenset({"person", "organization", "place"})


def find_mentions(
    text: str, sentences: Sequence[Sentence], authority: Authority, names: NameFinder | None, lang: str
) -> tuple[Mention, ...]:
    """All mentions in text order, none overlapping; those of records and documents carry their entity's id."""
    base = lang.split("-", maxsplit=1)[0].lower()
    small = small_words(text)
    found = modelled(text, sentences, names, base) if names is not None and names.reads(base) else []
    rules = list(ruled(text, sentences, small)) if base == "en" else []
    somebody = frozenset(mention.start for mention in found if mention.type in ("person", "place"))
    firm = [mention for mention in rules if _beats_model(mention) and not _misread(text, mention, somebody)]
    if found:
        rules = [mention for mention in rules if _beyond_model(text, mention)]
    if base == "en":
        rules += abbreviated(text, sentences)
    own = language(base)
    if own and own.find_names:
        listed = list(listed_names(text, known_matcher(base)))
        rules = listed if found else own.find_names(text, sentences, listed)
    if base in load("languages")["measured"]:
        rules = list(listed_names(text, country_matcher(base)))
        found = list(_beside_countries(text, found, rules))
    records = standing(record_mentions(text, authority), lay([firm, found, rules], len(text)))
    laid = lay([records, find_documents(text), firm, found, rules], len(text))
    if base == "en" or own or found:
        laid = _grown(text, sentences, laid, small, modelled=bool(found))
    return tuple(
        one
        for one in _one_type(text, laid, base)
        if len(one.text) > 1 or one.entity or not one.text.isascii()
    )


def _beside_countries(text: str, found: list[Mention], countries: list[Mention]) -> Iterator[Mention]:
    """The model's finds where they cut a country's name of several words: "Laurent Gbagbo" of "[Costa] de [Marfil Laurent Gbagbo]"."""
    several = [one for one in countries if " " in one.text]
    for mention in found:
        over = next((one for one in several if one.start < mention.end and mention.start < one.end), None)
        if (
            over is not None
            and over.end < mention.end
            and (over.start < mention.start or _runs_on(mention, over))
        ):
            yield replace(mention, start=over.end + 1, text=text[over.end + 1 : mention.end])
        elif over is None or (mention.start <= over.start and over.end <= mention.end):
            yield mention


def _runs_on(mention: Mention, country: Mention) -> bool:
    """Whether a person's name was read on from the country before it."""
    return mention.type == "person" and mention.start == country.start


def _beats_model(mention: Mention) -> bool:
    """Names of a form that a model cuts or mistakes: those of armed groups, documents, institutions with "on" inside."""
    subject = mention.reason == SUBJECT or (mention.reason == _KNOWN and " on " in mention.text)
    return subject or mention.reason == "group word" or _surely_document(mention)


def _misread(text: str, mention: Mention, somebody: frozenset[int]) -> bool:
    """Whether the model knows what follows "on" as a person or a place: "the Electoral Commission on Okonta"."""
    subjects = (link.end() for link in _LEADS_ON.finditer(text, mention.start, mention.end))
    return mention.reason == SUBJECT and not somebody.isdisjoint(subjects)


def _surely_document(mention: Mention) -> bool:
    """As in "Chemical Weapons Convention", not "Democratic National Convention"."""
    words = mention.text.split()
    named = mention.type == "document" and words[-1] in lexicon().surely_documents
    return named and lexicon().not_documents.isdisjoint(words)


def _beyond_model(text: str, mention: Mention) -> bool:
    """What rules may add to a model's finds: types it does not know, and known names with a possessive ("Kenya's")."""
    if mention.type not in _MODEL_TYPES:
        return True
    return mention.reason == _KNOWN and text[mention.end : mention.end + 2] in ("'s", "’s")


def _grown(
    text: str, sentences: Sequence[Sentence], laid: list[Mention], small: frozenset[str], *, modelled: bool
) -> list[Mention]:
    """With what the article itself says of the names found: explained acronyms, further occurrences, short forms."""
    sure = [mention for mention in laid if mention.entity]
    laid = lay([sure, explained(text, laid), laid], len(text))
    shouted = any(is_shouted(text, sentence) for sentence in sentences)
    further = spread(text, laid, small, capitals=shouted)
    if modelled:
        further = [mention for mention in further if mention.type in _SPREAD_TYPES]
    return with_surnames_before(text, lay([laid, further], len(text)))


def _settled(form: str, type_: str, lang: str) -> str:
    """The type voted for; a city or country of the gazetteer is no person, an airport no organisation, and a country by its name in the language a place."""
    if lang in load("languages")["measured"] and form in countries_in(lang):
        return "place"
    site = lang == "en" and " " in form and form.rsplit(" ", 1)[1] in load("en/places")["sites"]
    named = type_ == "person" and known_place(form)
    return "place" if named or (site and type_ in {"person", "organization"}) else type_


def _form(mention: Mention) -> str:
    """What a name votes under: without a company's legal form ("Delmora Shipping" beside "Delmora Shipping Ltd")."""
    return bare(mention.text, mention.type) if mention.type == "organization" else mention.text


def _one_type(text: str, mentions: Sequence[Mention], lang: str) -> list[Mention]:
    """One name, one type over the article: that of the best-marked mention, by sum of scores."""
    votes: dict[str, dict[str, float]] = {}
    for mention in mentions:
        types = votes.setdefault(_form(mention), {})
        types[mention.type] = types.get(mention.type, 0.0) + mention.score
    best = {
        form: _settled(form, min(types, key=lambda t: (-types[t], t)), lang) for form, types in votes.items()
    }
    best |= dict.fromkeys(_surnames_of_people(text, mentions), "person")
    return [m if m.entity or m.type == best[_form(m)] else replace(m, type=best[_form(m)]) for m in mentions]


def _surnames_of_people(text: str, mentions: Sequence[Mention]) -> set[str]:
    """What stands alone and is the surname of one whom the article names in full, though the gazetteer has it as a place: "Muscat"
    beside "Joseph Muscat". Not where it once stands like a place ("in London").
    """
    people = [bare(mention.text, mention.type) for mention in mentions if mention.type == "person"]
    full = {form for name in people if " " in name for form in surnames(name)}
    alone = [mention for mention in mentions if mention.text in full and known_place(mention.text)]
    placed = {m.text for m in alone if _IN_PLACE.search(text[max(0, m.start - _PREPOSITION) : m.start])}
    return {mention.text for mention in alone} - placed
