"""Find names that are only descriptions, codes or citations (English)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from dossierkit.extract.forms import is_particle, plain
from dossierkit.extract.lexicon import Lexicon, known_place, lexicon
from dossierkit.extract.mentions.described import described_by, descriptions
from dossierkit.extract.mentions.shaped import SHAPE
from dossierkit.extract.small_words import links
from dossierkit.model.finding import Mention
from dossierkit.text.data import load

_SPLIT = re.compile(r"[ /]")
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_MOST_SMALL = 4  # lower-case words in a name, links not counted
# "(IATA: TUL)", "(NYSE: DLM)": a register and a code in it.
_CODE = re.compile(r"\([A-Z]{2,6}: ?[A-Z0-9.]{2,12}(?:[,;] ?[A-Z]{2,6}: ?[A-Z0-9.]{2,12}){0,3}\)")
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d[a-z]?\b")
# After a name: "Moreau et al.", "Moreau (2014)".
_CITED = re.compile(r",? et al\b| \((?:1[6-9]|20)\d\d[a-z]?\b")
_BRACKET = 400  # code points; distance of a bracket
_JOINING = frozenset({"&", "and", "et", "al", "al.", "in", "press"})
_MADE = re.compile(r"[\"”’']? \((?:1[89]|20)\d\d\),? (\w+) by\b")
_ROMAN = re.compile(r"[IVX]{2,}")
_BESIDE = re.compile(r"(?: (?:and|or) [A-Z][\w-]{1,20})? ([a-z]+)")
_LONGEST_CITED = 2  # words
_LONGEST_ACRONYM = 6
_DWELLERS = re.compile(r"(?<=[aio])ns?$")
_BEFORE = 90  # code points; distance of the word "film"
_SIDE_AND_KIND = 2  # words
_LISTED = frozenset({"and", "of", "the", "as", "well", "&"})


def nameless(text: str, named: Sequence[Mention]) -> bool:
    """Whether all forms are common words ("Council", "Kurdish party", "ISIL-held buildings", "Navy Capt."), codes, citations or
    titles of works.
    """
    if any(_is_known(plain(one.text)) or _is_settlement(text, one) for one in named):
        return False
    tests = (_is_heading, _is_people, _is_work, _is_code, _is_cited, _is_thing, _is_origin)
    if any(test(text, named) for test in tests):
        return True
    quiet = [one for one in named if not _is_heading(text, [one])]
    return all(describes(plain(one.text), one.type) and not one.reason.startswith(SHAPE) for one in quiet)


def _is_known(form: str) -> bool:
    """Whether the gazetteer has the name, and it is not what several countries' bodies or people are called: "Congress", "Argentine"."""
    return form in lexicon().known and form not in lexicon().no_names and form not in _list("national_bodies")


@lru_cache(maxsize=4096)
def describes(form: str, type_: str) -> bool:
    """Whether a form tells what somebody or something is, in common words alone: "Navy Capt.", "Irish airline"."""
    words = lexicon()
    parts = [part.rstrip(",") for part in _SPLIT.split(form) if part.rstrip(",")]
    small = sum(part.islower() and part not in links() for part in parts)
    if (
        form in words.no_names
        or _only_titles(form)
        or (len(parts) == 1 and (is_particle(form) or _opposes(form)))
        or small >= _MOST_SMALL
        or _is_role(parts, type_)
    ):
        return True
    if _is_national_body(parts, type_) or _is_region(parts, type_) or _is_body(parts, type_):
        return False
    described = any(map(described_by, parts))
    return all(
        (described and bool(described_by(part)))
        or all(_common(half, words) for half in part.split("-") if half)
        for part in parts
    )


def _opposes(form: str) -> bool:
    """As in "Anti-Taliban"."""
    side, hyphen, name = form.partition("-")
    return bool(hyphen) and side in {"Anti", "anti", "Pro", "pro"} and name in lexicon().known


def _only_titles(form: str) -> bool:
    """As in "Navy Capt.", "Maintenance Group Commander", "Home Secretary"."""
    words, parts = lexicon(), form.split()
    parts = [f"{part}." if f"{part}." in words.title_words else part for part in parts]
    office = any(part in words.title_words for part in parts)
    return office and all(
        part in words.title_words
        or part in descriptions().services
        or part in descriptions().common
        or part in words.modifiers
        for part in parts
    )


def _is_national_body(parts: Sequence[str], type_: str) -> bool:
    """Whether it is a body under its country's name: "Lenn Senate", "Lenn National Security Council", not "Lenn Forces"."""
    words = lexicon()
    if type_ != "organization" or len(parts) == 1 or parts[0] not in words.demonyms:
        return False
    if any(part.islower() and part not in links() for part in parts):
        return False
    if len(parts) == 2:
        return parts[1] in _list("national_bodies")
    staff = parts[-2:] == ["General", "Staff"]
    return staff or (parts[-1] in words.heads and parts[-1] not in _list("unnamed_bodies"))


def _is_settlement(text: str, mention: Mention) -> bool:
    """Whether it is a place behind "the town of"."""
    return (
        mention.type == "place"
        and _settled().search(text, max(0, mention.start - 24), mention.start) is not None
    )


@cache
def _settled() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('en/descriptions')['settled'])}) of $")


def _is_region(parts: Sequence[str], type_: str) -> bool:
    """As in "Northern Territory", "White Mountains"."""
    if type_ != "place" or len(parts) != _SIDE_AND_KIND or not parts[0].istitle():
        return False
    side = parts[0].lower() in _list("directions") and parts[1] in _list("regions")
    return side or (parts[0] in _list("colours") and parts[1] in _list("landscape"))


def _is_body(parts: Sequence[str], type_: str) -> bool:
    """As in "Labour Party", "National Security Council"."""
    if type_ != "organization" or len(parts) == 1:
        return False
    if parts[-1] in _list("business"):
        return True
    if not all(part.istitle() or part in links() for part in parts):
        return False
    party = len(parts) == _SIDE_AND_KIND and parts[0] in _list("stands_for") and parts[1] in _list("parties")
    return party or (len(parts) > _SIDE_AND_KIND and parts[-1] in _list("named_bodies"))


def _is_role(parts: Sequence[str], type_: str) -> bool:
    """As in "Hale Father", "Lenn Mayor", "Head of", and a day's name: "Lenn Day" of an event."""
    last = parts[-1] if len(parts) > 1 else ""
    kin = last in _list("kin") or (
        type_ in {"person", "organization"} and last in _list("offices") and "of" not in parts
    )
    holds = parts[1:2] in (["of"], ["for"]) and parts[0] in _list("holders")
    return kin or holds or (type_ == "event" and parts[-1:] == ["Day"])


def _common(word: str, words: Lexicon) -> bool:
    low = word.lower()
    return (
        word in words.no_names
        or word.removesuffix("s") in words.demonyms
        or word in words.heads
        or word in words.calendar
        or f"{word}." in words.title_words
        or not descriptions().common.isdisjoint({word, word.title() if word.isupper() else word})
        or low in descriptions().people
        or word in _list("compass")
        or word in _list("acronyms")
        or word in _list("diseases")
        or _ROMAN.fullmatch(word) is not None
        or word.startswith("All-")
        or (len(word) == 1 and word.isascii() and word != "X")
        or word.islower()
        or word[:1].isdigit()
        or (word.isupper() and (word.title() in words.no_names or word.title() in words.heads))
        or low in _NUMBERS
    )


@cache
def _list(kind: str) -> frozenset[str]:
    return frozenset(load("en/descriptions")[kind])


def _is_heading(text: str, named: Sequence[Mention]) -> bool:
    """Whether only lines in capitals have it, and it is nobody: "CRIMINAL DIVISION" above a judgment."""
    loud = all(
        len(one.text) > _LONGEST_ACRONYM and one.text.isupper() and one.type != "person" for one in named
    )
    return loud and not text.isupper() and all(_line(text, one).isupper() for one in named)


def _line(text: str, mention: Mention) -> str:
    end = text.find("\n", mention.end)
    return text[text.rfind("\n", 0, mention.start) + 1 : end if end >= 0 else len(text)]


def _is_code(text: str, named: Sequence[Mention]) -> bool:
    """Whether every mention is a register or a code: "(IATA: TUL)"."""
    if not all(mention.text.isupper() and " " not in mention.text for mention in named):
        return False
    spans = [match.span() for match in _CODE.finditer(text)]
    return bool(spans) and all(any(start <= mention.start < end for start, end in spans) for mention in named)


def _is_people(text: str, named: Sequence[Mention]) -> bool:
    """Whether it is the inhabitants of a place named in the text, or a family: "Tulsans" beside "Tulsa", "the Hales"."""
    form = plain(named[0].text)
    single = (
        rf"{re.escape(form[:-1])}|{re.escape(form[:-2])}" if form.endswith("es") else re.escape(form[:-1])
    )
    if form.endswith("s") and not known_place(form) and re.search(rf"\b[A-Z]\w+ (?:{single})\b", text):
        return all(text[: one.start].endswith(("the ", "The ")) for one in named)
    stem = _DWELLERS.sub("", form)
    lives = stem != form and len(stem) > 3 and " " not in form and named[0].type != "person"
    return lives and re.search(rf"\b{re.escape(stem)}\b", text) is not None


def _is_origin(text: str, named: Sequence[Mention]) -> bool:
    """Whether it only describes ancestry or language, or a family: "of Illyrian ancestry", "the Brenner brothers"."""
    beside = _list("origins") | _list("kin")
    return all(
        (word := _BESIDE.match(text, one.end)) is not None
        and word[1] in (beside if one.type != "person" else _list("peoples") if " " not in one.text else ())
        for one in named
    )


def _is_cited(text: str, named: Sequence[Mention]) -> bool:
    """Whether every mention is a citation: "(Moreau & Hale, 2014; Brenner et al., 2016)"."""
    if any(mention.type != "person" or len(mention.text.split()) > _LONGEST_CITED for mention in named):
        return False
    return all(_is_author(text, mention) or _in_reference(text, mention) for mention in named)


def _is_author(text: str, mention: Mention) -> bool:
    """Whether a citation follows the name; a full name ("Ada Moreau et al.") may be a party to a case."""
    found = _CITED.match(text, mention.end)
    return found is not None and not (" " in mention.text and "al" in found.group())


def _in_reference(text: str, mention: Mention) -> bool:
    """Whether it is in brackets, with only names between it and a year."""
    begin = max(0, mention.start - _BRACKET)
    if text.rfind("(", begin, mention.start) <= max(
        text.rfind(")", begin, mention.start), text.rfind("\n", begin, mention.start)
    ):
        return False
    year = _YEAR.search(text, mention.end, mention.end + _BRACKET)
    between = text[mention.end : year.start()] if year else ";"
    words = between.replace(",", " ").split()
    return not set(";()\n") & set(between) and all(word[:1].isupper() or word in _JOINING for word in words)


def _is_thing(text: str, named: Sequence[Mention]) -> bool:
    """Whether it is an acronym of lower-case words: "two scale model (TSM)"."""
    form = named[0].text.removesuffix("s")
    if not (form.isupper() and form.isalpha() and 2 < len(form) <= _LONGEST_ACRONYM):
        return False
    at = max(text.find(mark) for mark in (f"({form})", f"(“{form}”)", f'("{form}")'))
    before = text[max(0, at - _BEFORE) : max(0, at)].replace("-", " ").split()[-len(form) :]
    return at > 0 and "".join(word[0] for word in before).upper() == form and all(map(str.islower, before))


def _is_work(text: str, named: Sequence[Mention]) -> bool:
    """Whether the text calls it a film, song or the like: "the films Lenn and Harbour Lights"."""
    forms = {plain(mention.text) for mention in named}
    if not lexicon().known.keys().isdisjoint(forms):
        return False
    if any((made := _MADE.match(text, one.end)) and made[1] in _list("made") for one in named):
        return True
    return any(mention.type != "person" and _title(text, mention.start) for mention in named)


def _title(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - _BEFORE) : start].split()
    while before:
        word = before.pop()
        bare = word.strip("\"“”'‘’,")
        if bare in _list("works") or (
            bare in {"series", "show"} and before[-1:] and before[-1] in _list("series")
        ):
            return True
        if not (bare[:1].isupper() or bare in _LISTED) or word.endswith((".", ";", ":")):
            return False
    return False
