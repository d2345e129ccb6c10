"""Reduce surface forms: without titles, articles and legal forms; and the short forms of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dossierkit.extract.legal import without_legal_form
from dossierkit.extract.lexicon import Lexicon, lexicon, states
from dossierkit.extract.small_words import articles, links, particles
from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.generation import generation, is_generation, without_generation
from dossierkit.text.terms import set_apart

_SPACES = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"\s?(?:['’]s|(?<=s)['’])$")
_ARTICLE = re.compile(r"(?i)(?:the|a|an)\s+")
_ARABIC_ARTICLE = re.compile(r"(?i)(?:al|el|as|ash|ad|an|ar|at|az)[-‐‑’' ](?=\w{3})")
_AFTER_PERSON = frozenset({"of", "from", "at", "for"})
_FULL_NAME = 2  # words
_BENCH = frozenset({"J", "P"})  # judges and presidents of courts: "Moreau J.", "Hale P."
_SHORTENED = frozenset({"Jr", "Sr", "Jnr", "Snr"})
_ISATION = re.compile(r"(?<=\w{3})isation(?=s?$)")
_COUNTRY_WORDS = {
    "us": "united states",
    "u.s.": "united states",
    "usa": "united states",
    "u.s": "united states",
    "uk": "united kingdom",
    "u.k.": "united kingdom",
    "un": "united nations",
    "u.n.": "united nations",
    "eu": "european union",
}


def plain(form: str) -> str:
    """The form in one line, without article before and possessive after."""
    text = _POSSESSIVE.sub(
        "",
        _SPACES.sub(" ", form).strip(" \"“”'‘’,.;:()[]") if form.count(".") < 2 else _SPACES.sub(" ", form),
    )
    text += ")" if text.count("(") > text.count(")") and f"{text})" in form else ""
    article = _ARTICLE.match(text)
    if article is None or len(text) <= 4 or text[article.end() :].title() in lexicon().with_article:
        return text
    return text[article.end() :]


@lru_cache(maxsize=65536)
def bare(form: str, type_: str) -> str:
    """The name itself: "[Foreign] Minister Sergei Lavrov" -> "Sergei Lavrov", "Apple Inc." -> "Apple"."""
    text = plain(form)
    if type_ == "person":
        text += "." if f"{text}." in form and _keeps_dot(text) else ""
        return _person(text, lexicon()) or text
    if type_ == "organization":
        return _company(text) or text
    return text


def _keeps_dot(name: str) -> bool:
    """As "Ada Moreau Jr." and "Zoran D.", of whom no more may be said."""
    return generation(name) in _SHORTENED or (
        name[-2:-1] == " " and name[-1].isupper() and not generation(name)
    )


def _person(text: str, words: Lexicon) -> str:
    halves = [half.strip() for half in without_generation(text).split(",")]
    if len(halves) > 1:
        text = f"{_whole(halves, words)} {generation(text)}".rstrip()
    parts = text.replace("]", "").replace("[", "").split(" ")
    # "Dean Johnson", "Ahmad Hajj Salih", but "Jordan King Abdullah"
    given = parts[0] in words.given and (len(parts) == _FULL_NAME or parts[0] not in words.known)
    titles = (
        i
        for i, part in enumerate(parts[:-1])
        if _is_title(part, words)
        and part not in _AFTER_PERSON
        and not (is_generation(parts[i + 1]) and i + 2 == len(parts))
    )
    last = max(titles, default=-1) if not given else -1
    name = _without_complement(parts[last + 1 :], words)
    while len(name) > 1 and (name[0] in words.adjectives or name[0] in words.modifiers):
        name = name[1:]
    while len(name) > 1 and _is_post_nominal(name, words):
        name = name[:-1]
    return " ".join(name)


def _is_post_nominal(name: Sequence[str], words: Lexicon) -> bool:
    """As in "Moreau KC", "Moreau Q.C.", and "Moreau J." of a judge; "Zoran J." is a first name and an initial."""
    letters = name[-1].replace(".", "")
    if len(letters) == 1 and letters != name[-1]:
        return letters in _BENCH and len(name) == _FULL_NAME and name[0] not in words.given
    return letters in words.person_suffixes


def _whole(halves: Sequence[str], words: Lexicon) -> str:
    """The half that is the name; both of "MOREAU-HALE, Ada"."""
    first, last = halves[0], halves[-1]
    if first.isupper() and last.istitle() and not _all_titles(last.split(), words):
        return f"{last} {first.title()}"
    return first if not _all_titles(first.split(), words) else last


def _without_complement(name: list[str], words: Lexicon) -> list[str]:
    """Without a complement before or after: "to the United States", "of The Globe". "Chad Michael Murray" stays whole."""
    while len(name) > 1 and name[0].islower() and name[0] not in particles():
        name = name[1:]
    for size in (3, 2, 1) if name[0] not in words.given_places else ():
        if len(name) > size + 1 and " ".join(name[:size]) in words.known:
            return name[size:]
    stop = next((i for i, part in enumerate(name) if i and part in _AFTER_PERSON), len(name))
    return name[:stop]


def _is_title(part: str, words: Lexicon) -> bool:
    low = part.lower()
    return part in words.title_words or part in words.courtesy or (part == low and low in words.roles)


def _all_titles(parts: Sequence[str], words: Lexicon) -> bool:
    return all(
        _is_title(p, words) or p in words.adjectives or p in words.modifiers or "-" in p for p in parts
    )


def _company(text: str) -> str:
    short = without_legal_form(text)
    if short.endswith(" and"):  # "Hale Moreau and Co", but "Hale and Co"
        short = short.removesuffix(" and") if short.count(" ") > 1 else text
    parts = short.removesuffix(" &").split(" ")
    described = max(
        (
            i
            for i, part in enumerate(parts[:-1])
            if part.islower() and part.rstrip(",").isalpha() and part not in links() | articles()
        ),
        default=-1,
    )
    named = parts[described + 1 :]
    return " ".join(named if named[0][:1].isupper() else parts).rstrip(",")


@lru_cache(maxsize=65536)
def key(form: str, type_: str) -> str:
    """Comparison key: the folded bare name with "US", "UK", "UN" and states ("Calif.") written out, without dots, in
    American spelling. Equal keys are one name.
    """
    text = bare(form, type_)
    if type_ == "product":
        return _product(text)
    if type_ == "place":
        text = states().get(text.rstrip("."), text)
    entry = lexicon().canonical.get(fold(text))
    if entry is not None and (entry.type == type_ or {entry.type, type_} <= {"organization", "place"}):
        return fold(plain(entry.name))
    words = [_COUNTRY_WORDS.get(word, word) for word in set_apart(fold(text)).replace(" - ", "-").split()]
    joined = " ".join(words if type_ == "person" else map(_american, words))
    return (
        joined.replace(".", "").replace(",", "").replace(" & ", " and ").replace("-", " ")
        if type_ != "document"
        else joined
    )


def _american(word: str) -> str:
    """The American spelling of a British one: "centre", "organisation"."""
    return _ISATION.sub("ization", load("en/orthography")["words"].get(word, word))


def _product(text: str) -> str:
    """Product number without what follows it, and without plural: "787 Dreamliners", "787s" -> "787"."""
    parts = [re.sub(r"(?<=\d)s$", "", part) for part in text.split(" ")]
    if len(parts) > 1 and re.fullmatch(r"\d{3}", parts[0]):
        parts = parts[:1]
    return fold(" ".join(parts))


def is_particle(word: str) -> bool:
    """Whether a word is a particle before a surname: "de", "al"."""
    return word.lower() in particles()


def surnames(name: str) -> tuple[str, ...]:
    """Surnames of a full name, longest first: "de Mistura" and "Mistura", "al-Assad" and "Assad"; "Abdullah" of "Abdullah II"."""
    whole = without_generation(name)
    parts = whole.split(" ")
    if len(parts) < 2:
        return (*((whole,) if whole != name else ()), *_without_article(whole))
    first = len(parts) - 1
    while first > 1 and parts[first - 1].lower() in particles():
        first -= 1
    forms = [" ".join(parts[index:]) for index in range(first, len(parts))]
    return tuple(dict.fromkeys([*forms, *_without_article(parts[-1])]))


def _without_article(word: str) -> tuple[str, ...]:
    match = _ARABIC_ARTICLE.match(word)
    return (word[match.end() :],) if match else ()


def short_forms(name: str) -> tuple[str, ...]:
    """Short forms of an organisation: its name without final words like "Airways" and "Inc."."""
    words, parts = lexicon(), name.split(" ")
    while len(parts) > 1 and parts[-1].lower() in words.generic:
        parts = parts[:-1]
    short = " ".join(parts)
    entry = words.canonical.get(fold(short))
    if (
        short == name
        or len(short) < 3
        or (entry is not None and entry.type == "place")
        or short in words.adjectives
    ):
        return ()
    return (short,)
