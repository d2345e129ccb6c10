"""Find mentions. Where layers overlap the first wins: records, documents, model, rules, spread."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dossierkit.extract.authority import Authority
from dossierkit.extract.forms import bare, surnames
from dossierkit.extract.languages import language
from dossierkit.extract.legal import is_company
from dossierkit.extract.lexicon import (
    countries_in,
    known_body,
    known_matcher,
    known_place,
    lexicon,
)
from dossierkit.extract.mentions.apposed import called
from dossierkit.extract.mentions.common_words import is_common_word
from dossierkit.extract.mentions.credits import credits_in, inside
from dossierkit.extract.mentions.documents import find_documents
from dossierkit.extract.mentions.known import not_inside_names, record_mentions, surnames_alone
from dossierkit.extract.mentions.listed import beside_listed, listed, with_records
from dossierkit.extract.mentions.merge import lay
from dossierkit.extract.mentions.modelled import modelled
from dossierkit.extract.mentions.ruled import (
    KNOWN,
    abbreviated,
    is_shouted,
    listed_names,
    ruled,
    small_words,
)
from dossierkit.extract.mentions.rules import SUBJECT
from dossierkit.extract.mentions.shaped import datelines, shaped
from dossierkit.extract.mentions.spread import EXPLAINED, explained, spread
from dossierkit.extract.mentions.storms import find_storms
from dossierkit.extract.mentions.tickers import is_ticker
from dossierkit.extract.mentions.whole import with_surnames_before
from dossierkit.model.finding import Mention, NameFinder, Sentence
from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.other_names import in_tongue

# The model finds further occurrences of the other types itself.
_SPREAD_TYPES = frozenset({"person", "product"})
_LEADS_ON = re.compile(r"\b(?:on|against) (?:the )?")
_IN_PLACE = re.compile(r"\b(?:in|at|near|outside|around|into|through|across) $")
_PERHAPS_PLACE = re.compile(r"\b(?:from|to|of) $|[^\W\d_a-zß-ÿ][\w’'-]{0,8}, $")
_LIES = re.compile(r" (?:is|was) (?:located|situated)\b")
_WORD = re.compile(r" ([a-z]+)")
_AIRCRAFT = re.compile(r" fighter (?:aircraft|bombers?|jets?|pilots?|planes?)\b")
_TAGS = frozenset("#@")  # "#AdaMoreau"
_PREPOSITION = 10  # code points
_MOST_WORDS = 8  # of a company's short name
_SHORT_CAPITALS = 3  # letters
# "El Lenn del Norte", "Le Courrier de Lenn"
_PAPER = re.compile(
    r"(?:Canal|Diario|El|Il|La|Las|Le|Les|Los|Radio) (?:[^ ]{1,30} ){1,3}(?:de|del|della|des|di|du|la|les|los) "
)
_MODEL_TYPES = frozenset({"person", "organization", "place"})


class _Layers(NamedTuple):
    """Mentions by what found them, those that win first. `firm`: names of rules that go before the model's."""

    firm: list[Mention]
    model: list[Mention]
    rules: list[Mention]


def find_mentions(  # noqa: PLR0913 -- what an article is read with
    text: str,
    sentences: Sequence[Sentence],
    authority: Authority,
    names: NameFinder | None,
    lang: str,
    *,
    placed: Sequence[Mention] = (),
) -> tuple[Mention, ...]:
    """All mentions in text order, none overlapping; those of records and documents carry their entity's id.

    `placed`: places that lie elsewhere than the record with their name; they win over all others.
    """
    base = lang.split("-", maxsplit=1)[0].lower()
    small = small_words(text)
    model = modelled(text, sentences, names, base) if names is not None and names.reads(base) else []
    layers = _layers(text, sentences, model, small, base)
    hits, candidates = record_mentions(text, authority, base), lay([placed, *layers], len(text))
    records = not_inside_names(hits, candidates, surnames_alone(text, hits, candidates))
    laid = lay([placed, records, find_documents(text), *layers], len(text))
    if base == "en" or layers.model or language(base):
        laid = _grown(text, sentences, laid, small, modelled=bool(layers.model))
    if base in load("languages")["measured"]:
        laid = with_records(laid, base, authority)
    pictured = [(first, last) for _, first, last in credits_in(text)] if base == "en" else []
    named = (
        one
        for one in _one_type(text, laid, base)
        if not is_common_word(text, one.start, one.end, one.type, base)
    )
    return tuple(
        one
        for one in named
        if one.entity or not (fold(one.text) in authority.unclear or _is_noise(text, one, pictured))
    )


def _layers(
    text: str, sentences: Sequence[Sentence], model: list[Mention], small: frozenset[str], lang: str
) -> _Layers:
    """`model`: what the name model found."""
    if lang == "en":
        return _in_english(text, sentences, model, small)
    if lang in load("languages")["measured"]:
        names = listed(text, lang)
        return _Layers(
            [*shaped(text, lang), *datelines(text, lang)],
            list(beside_listed(text, model, names)),
            [*names.countries, *names.cities, *names.bodies],
        )
    own = language(lang)
    if own is None or own.find_names is None:
        return _Layers([], model, [])
    known = list(listed_names(text, known_matcher(lang)))
    return _Layers(
        list(shaped(text, lang)), model, known if model else own.find_names(text, sentences, known)
    )


def _in_english(
    text: str, sentences: Sequence[Sentence], model: list[Mention], small: frozenset[str]
) -> _Layers:
    rules = list(ruled(text, sentences, small))
    somebody = frozenset(mention.start for mention in model if mention.type in ("person", "place"))
    firm = [mention for mention in rules if _beats_model(mention) and not _misread(text, mention, somebody)]
    further = [mention for mention in rules if not model or _beyond_model(text, mention)]
    return _Layers(
        [*firm, *find_storms(text), *shaped(text, "en"), *datelines(text, "en")],
        model,
        [*further, *abbreviated(text, sentences)],
    )


def _is_noise(text: str, mention: Mention, pictured: Sequence[tuple[int, int]]) -> bool:
    """A single letter, a tag, the sign of a share, the label of a language ("Kurdish: ") or of who speaks ("RP: "), a piece of a family of languages, or a name in the credits of a picture
    (`pictured`).
    """
    tagged = text[mention.start - 1 : mention.start] in _TAGS
    initials = len(mention.text) <= _SHORT_CAPITALS and text[max(0, mention.start - 1) : mention.start] in {
        "",
        "\n",
    }
    label = mention.text in lexicon().languages or (initials and mention.text.isupper())
    label = label and text.startswith(": ", mention.end)
    label = label or in_tongue(text, mention.start)
    noise = _too_short(mention) or is_ticker(text, mention)
    return noise or tagged or label or inside(pictured, mention.start) is not None


def _too_short(mention: Mention) -> bool:
    return len(mention.text) < len("Qi") and mention.text.isascii()


def _beats_model(mention: Mention) -> bool:
    """Whether a rule's name goes before the model's: armed groups, documents, institutions with "on" inside."""
    subject = mention.reason == SUBJECT or (mention.reason == KNOWN and " on " in mention.text)
    return subject or mention.reason == "group word" or _surely_document(mention)


def _misread(text: str, mention: Mention, somebody: frozenset[int]) -> bool:
    """Whether the model takes what follows "on" for a person or place: "the Electoral Commission on Okonta"."""
    subjects = (link.end() for link in _LEADS_ON.finditer(text, mention.start, mention.end))
    return mention.reason == SUBJECT and not somebody.isdisjoint(subjects)


def _surely_document(mention: Mention) -> bool:
    """As in "Chemical Weapons Convention", not "Democratic National Convention"."""
    words = mention.text.split()
    named = mention.type == "document" and words[-1] in lexicon().surely_documents
    return named and lexicon().not_documents.isdisjoint(words)


def _beyond_model(text: str, mention: Mention) -> bool:
    """Whether a rule's name may be added to the model's: other types, and known names with a possessive ("Kenya's")."""
    if mention.type not in _MODEL_TYPES:
        return True
    return mention.reason == KNOWN and text[mention.end : mention.end + 2] in ("'s", "’s")


def _grown(
    text: str, sentences: Sequence[Sentence], laid: list[Mention], small: frozenset[str], *, modelled: bool
) -> list[Mention]:
    """Add what the article shows about its names: explained acronyms, further occurrences, short forms."""
    long = explained(text, laid)
    sure = [mention for mention in laid if mention.entity and not _is_part(mention, long)]
    laid = lay([sure, long, laid], len(text))
    shouted = any(is_shouted(text, sentence) for sentence in sentences)
    further = spread(text, laid, small, capitals=shouted)
    if modelled:
        further = [mention for mention in further if mention.type in _SPREAD_TYPES]
    return with_surnames_before(text, lay([laid, further], len(text)))


def _settled(form: str, type_: str, lang: str) -> str:
    """Correct a voted type: a city or country of the gazetteer is not a person, an airport not an organisation, and a
    country's name in the article's language is a place.
    """
    if lang in load("languages")["measured"] and form in countries_in(lang):
        return "place"
    site = lang == "en" and " " in form and form.rsplit(" ", 1)[1] in load("en/places")["sites"]
    words = form.split() if lang == "en" and type_ == "organization" else []
    if (
        len(words) > 1
        and words[-1] in lexicon().surely_documents
        and lexicon().not_documents.isdisjoint(words)
    ):
        return "document"
    force = " " in form and form.rpartition(" ")[2] in load("en/descriptions")["forces"]
    if type_ == "person" and (_PAPER.match(form) or (lang == "en" and force)):
        return "organization"
    if type_ == "place" and lang == "en" and known_body(form):
        return "organization"
    opened = (
        lang == "en" and form.count(" ") == 1 and form.split(maxsplit=1)[0] in load("en/places")["openings"]
    )
    named = type_ == "person" and (opened or known_place(form))
    return "place" if named or (site and type_ in {"person", "organization"}) else type_


def _is_part(mention: Mention, others: Sequence[Mention]) -> bool:
    """As "Norland" of "UN Mission in Norland"."""
    inside = (one for one in others if one.start <= mention.start and mention.end <= one.end)
    return any((one.start, one.end) != (mention.start, mention.end) for one in inside)


def _form(mention: Mention) -> str:
    """The form under which a name votes: without legal form ("Delmora Shipping Ltd" votes as "Delmora Shipping")."""
    company = mention.type == "organization" or is_company(mention.text)
    return bare(mention.text, "organization") if company else mention.text


def _one_type(text: str, mentions: Sequence[Mention], lang: str) -> list[Mention]:
    """Give each name one type in the article: that with the highest sum of scores."""
    votes: dict[str, dict[str, float]] = {}
    people = _in_full(mentions)
    for mention in mentions:
        types = votes.setdefault(_form(mention), {})
        types[mention.type] = types.get(mention.type, 0.0) + mention.score
        if is_company(mention.text):
            types["organization"] = types.get("organization", 0.0) + len(mentions)
        if mention.reason == EXPLAINED and mention.type == "organization":
            types["organization"] = types.get("organization", 0.0) + len(mentions)
        if mention.type == "product" and _is_band(text, mention.end):
            types["organization"] = types.get("organization", 0.0) + len(mentions)
        if _next_word(text, mention.end) in load("en/descriptions")["clans"]:
            types["organization"] = types.get("organization", 0.0) + len(mentions)
        if mention.type == "organization" and _next_word(text, mention.end) == "family":
            types["person"] = types.get("person", 0.0) + (
                len(mentions) if fold(mention.text) in people else 0
            )
        if _LIES.match(text, mention.end) and not (
            mention.type == "person" and fold(mention.text.rpartition(" ")[2]) in people
        ):
            types["place"] = types.get("place", 0.0) + len(mentions)
    for mention, type_ in called(text, mentions) if lang == "en" else ():
        types = votes[_form(mention)]
        types[type_] = types.get(type_, 0.0) + len(mentions)
    best = {
        form: _settled(form, min(types, key=lambda t: (-types[t], t)), lang) for form, types in votes.items()
    }
    if lang == "en":
        bodies = _in_capitals(text, mentions) | _beginning_bodies(mentions)
        best |= dict.fromkeys(bodies, "organization")
        best |= dict.fromkeys(_countries_meant(text, mentions), "place")
    best |= dict.fromkeys(_surnames_of_people(text, mentions), "person")
    return [m if m.entity or m.type == best[_form(m)] else replace(m, type=best[_form(m)]) for m in mentions]


def _in_capitals(text: str, mentions: Sequence[Mention]) -> set[str]:
    """People of one word in capitals who are nobody's surname, do not speak ("MOREAU: No."), and whom the text writes only so: "seen by LENNITICO"."""
    people = _in_full(mentions)
    return {
        one.text
        for one in mentions
        if one.type == "person"
        and len(one.text) > _SHORT_CAPITALS
        and one.text.isupper()
        and " " not in one.text
        and text[one.end : one.end + 1] != ":"
        and fold(one.text) not in people
        and one.text.title() not in text
    }


def _beginning_bodies(mentions: Sequence[Mention]) -> set[str]:
    """People who are the beginning of a body's name, and of nobody's ("Delmor" beside "Delmor Investments"), and people and places of
    several words that begin or end that of a company: "Alto Dorado" of "Minera Alto Dorado S.A.", for a place if it was named before.
    """
    opened = {part for one in mentions if one.type == "organization" for part, _ in _parts(one.text)}
    companies = {
        part: one.start
        for one in reversed(mentions)
        if is_company(one.text)
        for halves in _parts(bare(one.text, "organization"))
        for part in halves
        if " " in part
    }
    people = _in_full(mentions)
    return {
        name
        for name, first in {one.text: one for one in reversed(mentions)}.items()
        if first.type in {"person", "place"}
        and not known_place(name)
        and name.partition(" ")[0] not in lexicon().given
        and fold(name) not in people
        and (
            (first.type == "person" and (name in opened or name in companies))
            or companies.get(name, first.start) < first.start
        )
    }


def _parts(name: str) -> Iterator[tuple[str, str]]:
    """The two halves of a name at each of its first spaces."""
    words = name.split(" ")
    return ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, min(len(words), _MOST_WORDS)))


def _countries_meant(text: str, mentions: Sequence[Mention]) -> set[str]:
    """Countries that are given names too, where the text has their people and nobody of that name: "Chad" beside "Chadian"."""
    words, people = lexicon(), _in_full(mentions)
    alone = {one.text for one in mentions if one.type == "person" and one.text in words.weak_places}
    return {
        form
        for form in alone - {form for form in alone if fold(form) in people}
        if any(
            land == form and re.search(rf"\b{people_of}\b", text)
            for people_of, land in words.demonyms.items()
        )
    }


def _in_full(mentions: Sequence[Mention]) -> set[str]:
    """The words of all names of people of two words and more, folded."""
    return {
        word
        for one in mentions
        if one.type == "person" and " " in one.text
        for word in fold(one.text).split()
    }


def _is_band(text: str, end: int) -> bool:
    """As behind "M23" in "M23 rebels", not in "FA-18 fighter jets"."""
    return _next_word(text, end) in load("en/descriptions")["bands"] and not _AIRCRAFT.match(text, end)


def _next_word(text: str, end: int) -> str:
    word = _WORD.match(text, end)
    return word[1] if word else ""


def _surnames_of_people(text: str, mentions: Sequence[Mention]) -> set[str]:
    """Places that are the surname of a person named in full: "Muscat" beside "Joseph Muscat".

    Not if one occurrence is used like a place ("in London"), or most may be ("of London").
    """
    people = [bare(mention.text, mention.type) for mention in mentions if mention.type == "person"]
    full = {form for name in people if " " in name for form in surnames(name)}
    alone = [m for m in mentions if m.text in full and (m.type == "place" or known_place(m.text))]
    before = {m: text[max(0, m.start - _PREPOSITION) : m.start] for m in alone}
    placed = {m.text for m, ahead in before.items() if _IN_PLACE.search(ahead)}
    perhaps = Counter(m.text for m, ahead in before.items() if _PERHAPS_PLACE.search(ahead))
    times = Counter(m.text for m in alone)
    return {form for form, count in times.items() if 2 * perhaps[form] < count} - placed
