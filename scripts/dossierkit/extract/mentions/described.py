"""Cut descriptions from names of the model: "city of Mosul", "al-Qaida operatives", "ISIL-held buildings" (English)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dossierkit.extract.forms import is_particle
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.model.finding import Mention
from dossierkit.text.data import load

_WORD = re.compile(r"\S+")
# "U.S. federal government's | Office of ...": two names. A long owner is separate, a short one is often part of the name.
_OWNED = re.compile(r"['’]s (?=(?:\([A-Z]+\) )?[A-Z])")
_DEPARTMENT = re.compile(r"(?:[A-Z][\w.]{0,20} )?(?:Department|Ministry) (?:for|of) ")
_OWNER = re.compile(r"['’]s$")
_TAIL_OF_WORD = re.compile(r"['’]\w+")
_OFFICE_BEHIND = re.compile(r" (?:office|agency|body|group|organi[sz]ation)\b")  # "UN human rights | chief"
_LONGEST_SURNAME = 6  # code points, of one before a given name with a hyphen
_FORMER = re.compile(r"[Ee]x-(?=[A-Z])")
_DOUBLE = re.compile(r"-(?:[A-Z][a-z]+|[a-z]{2,5})\b(?!-)")  # "Ada Moreau | -Hale", "Tsai Ing | -wen"
# As in "Hau | Lung-bin".
_GIVEN_BEHIND = re.compile(
    r" (?!(?:Anti|Co|Ex|Mid|Non|Post|Pre|Pro|Re|Self|Semi|Sub|Vice|Well)-)[A-Z][a-z]{1,6}(?=-[a-z]{2,5}\b(?!-))"
)
_OFFICE = re.compile(
    r"\b(?:Minister|Ministers|Secretary|Secretaries) (?:for|of) (?:the )?(?:(?:[A-Z][a-z]{2,20},? ){1,4}and )?$"
)
_FAR_OFFICE = 120  # code points
_DASH = re.compile(r" [–—-] ")  # "the firm Lenn - Sergio Hale and Paul Brenner -"
_OFFICER = re.compile(r"\b(?:Attorney|Prosecutor|Judge) (?:for|in|of) (?:the )?$")
_FULL_NAME = 2  # words
_SEAT = 3  # words of a place with "-based"
_FROM = re.compile(r" from (?=[A-Z])")
_OTHERS = re.compile(r" and (?:his|her|their|other|several|some|the)\b")
# "ISIL's | self-proclaimed": no name follows the owner.
_POSTNOMINAL = re.compile(r"(?![IVX]+$)[A-Z]{2,4}")  # "Ada Moreau DBE RA"
_OWNED_BY = re.compile(r"['’]s(?: [a-z][a-z-]*)+$")


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The words of en/descriptions.yml by function."""

    hyphened: frozenset[str]
    bodies: frozenset[str]
    built: frozenset[str]
    kin: frozenset[str]
    people: frozenset[str]
    things: frozenset[str]
    common: frozenset[str]
    services: frozenset[str]
    settlements: frozenset[str]
    parts: frozenset[str]


@cache
def descriptions() -> Descriptions:
    lists = load("en/descriptions")
    return Descriptions(
        *(
            frozenset(lists[kind])
            for kind in (
                "hyphened",
                "bodies",
                "built",
                "kin",
                "people",
                "things",
                "common",
                "services",
                "settlements",
                "parts",
            )
        )
    )


def undescribed(text: str, mention: Mention) -> Iterator[Mention]:
    """The names in a mention, with its type. A mention that is all description stays; `nameless` leaves it out of proposals."""
    whole = _unprefixed(text, _unowned(text, _bracketed(text, _completed(text, mention))))
    dash = _DASH.search(text, whole.start, whole.end) if whole.type in {"organization", "person"} else None
    if dash and text[dash.end() :].partition(" ")[0] in lexicon().given:
        yield from undescribed(text, _spanning(text, whole, whole.start, dash.start()))
        whole = replace(_spanning(text, whole, dash.end(), whole.end), type="person")
    if whole.type == "place":
        yield from _neighbours(text, _place(text, whole))
    elif whole.type == "organization":
        yield from _organisation(text, whole)
    elif whole.type == "person":
        yield from _people(text, whole)
    else:
        yield whole


def described_by(word: str) -> str:
    """The part before the hyphen of "ISIL-held", "US-led"; "" for other words."""
    name, hyphen, description = word.rpartition("-")
    return name if hyphen and description.lower() in descriptions().hyphened else ""


def _completed(text: str, mention: Mention) -> Mention:
    """Add the rest of a word that the model cut at its apostrophe or hyphen: "Ba | 'idn", "Ada Moreau | -Hale", "Hau | Lung-bin"."""
    if mention.type == "person" and text[mention.end - 1].isalpha():
        surname = " " not in mention.text and len(mention.text) <= _LONGEST_SURNAME
        given = _GIVEN_BEHIND.match(text, mention.end) if surname else None
        double = _DOUBLE.match(text, given.end() if given else mention.end)
        if double and not described_by(f"_{double.group()}"):
            return _spanning(text, mention, mention.start, double.end())
    tail = _TAIL_OF_WORD.match(text, mention.end)
    cut = (
        tail
        and tail.group()[1:] not in ("s", "S", "t", "re", "ve", "ll", "d", "m")
        and text[mention.end - 1].isalpha()
    )
    return _spanning(text, mention, mention.start, tail.end()) if tail and cut else mention


def _bracketed(text: str, mention: Mention) -> Mention:
    """Up to an unclosed bracket: "Lenn, Norland) for the Miners"."""
    depth = 0
    opened = -1
    for at, char in enumerate(mention.text):
        depth += (char == "(") - (char == ")")
        opened = at if char == "(" else opened
        if depth < 0:
            return _up_to(text, mention, at)
    return _up_to(text, mention, opened) if depth > 0 else mention


def _up_to(text: str, mention: Mention, at: int) -> Mention:
    end = mention.start + len(mention.text[:at].rstrip(" ,"))
    return _spanning(text, mention, mention.start, end) if end > mention.start else mention


def _unowned(text: str, mention: Mention) -> Mention:
    """Without lower-case words after a possessive."""
    owned = _OWNED_BY.search(mention.text)
    return _spanning(text, mention, mention.start, mention.start + owned.start()) if owned else mention


def _unprefixed(text: str, mention: Mention) -> Mention:
    """Without "Ex-" in front: "Ex-Lenn Post chief", and without what a firm makes: "Carmaker Lenn"."""
    first, space, _ = mention.text.partition(" ")
    if space and first in load("en/descriptions")["makers"]:
        return _spanning(text, mention, mention.start + len(first) + 1, mention.end)
    prefix = _FORMER.match(mention.text)
    return _spanning(text, mention, mention.start + prefix.end(), mention.end) if prefix else mention


def _place(text: str, mention: Mention) -> Mention:
    words = list(_WORD.finditer(text, mention.start, mention.end))
    first, last = _first_capital(words), len(words)
    area = next((at for at in range(1, last - 1) if _is_area(words, at)), last)
    last = area if area > first else last
    behind = descriptions().things | descriptions().people | descriptions().settlements
    described = any(described_by(word.group()) for word in words)
    kept = lexicon().place_lower_heads | descriptions().built
    while last - 1 > first and not described:
        word = words[last - 1].group()
        if word not in behind and (word in kept or not _is_small(word)):
            break
        last -= 1
    return _spanning(text, mention, words[first].start(), words[last - 1].end())


def _neighbours(text: str, mention: Mention) -> Iterator[Mention]:
    """Both places of "the Norland-Esteria border"."""
    first, hyphen, second = mention.text.partition("-")
    if not hyphen or not (known_place(first) and known_place(second)):
        yield mention
        return
    yield _spanning(text, mention, mention.start, mention.start + len(first))
    yield _spanning(text, mention, mention.end - len(second), mention.end)


def _is_area(words: list[re.Match[str]], at: int) -> bool:
    """As in "Bay of Bengal area of India"."""
    return words[at].group() in load("en/descriptions")["areas"] and words[at + 1].group() in {"of", "in"}


def _first_capital(words: list[re.Match[str]]) -> int:
    """The first capital after small words ("villages around Raqqa") and after "city of" with its adjectives ("Iraqi city of
    Mosul").
    """
    of = next((at for at, word in enumerate(words[:4]) if word.group() == "of"), 0)
    settled = of and words[of - 1].group() in load("en/descriptions")["settlements"]
    first = of + 1 if settled else 0
    if not first and "capital" in (forms := [word.group() for word in words[1:-1]]):
        first = forms.index("capital") + 2  # "Afghan capital Kabul"
    while first < len(words) and _is_small(words[first].group()):
        first += 1
    return first if first < len(words) else 0


def _organisation(text: str, mention: Mention) -> Iterator[Mention]:
    owned = next(
        (
            one
            for one in _OWNED.finditer(text, mention.start, mention.end)
            if _owns(text[mention.start : one.start()])
        ),
        None,
    )
    if owned:
        owner = _spanning(text, mention, mention.start, owned.start())
        somebody = owner.text.partition(" ")[0] in lexicon().given
        yield replace(owner, type="person") if somebody else owner
        mention = _spanning(text, mention, owned.end(), mention.end)
    if holder := _officer(text, mention):
        yield replace(_spanning(text, mention, holder, mention.end), type="person")
        mention = _spanning(text, mention, mention.start, holder - 1)
    if origin := _FROM.search(text, mention.start, mention.end):
        mention = _spanning(text, mention, mention.start, origin.start())
    if land := _land(text, mention):
        yield replace(_spanning(text, mention, land[1], mention.end), type="place")
        mention = _spanning(text, mention, mention.start, land[0])
    words = list(_WORD.finditer(text, mention.start, mention.end))
    first = _behind_part(words)
    last = _before_small(words, first)
    first = _behind_small(words, first, last)
    if last == len(words) and [word.group() for word in words[last - 2 :]] == ["human", "rights"]:
        last -= 2 if last - 2 > first and not _OFFICE_BEHIND.match(text, mention.end) else 0
    if known_place(words[first].group()) and all(map(_is_plain_or_court, words[first + 1 : last])):
        last = first + 1  # "UK banks", not "U.S. forces"
    first = _behind_seat(words, first, last)
    if last - first > 1 and words[first].group() in load("en/descriptions")["kinds"]:
        first += 1
    if last - first > 1 and words[last - 1].group() == "party" and words[last - 2].group().isupper():
        last -= 1
    if _only_describes(words[first].group()) and last - first == 2 and words[first + 1].group().isupper():
        first += 1
    yield _spanning(text, mention, words[first].start(), words[last - 1].end())


def _behind_seat(words: list[re.Match[str]], first: int, last: int) -> int:
    """The name after where it is or what it is: "New York-based | Committee to Protect Journalists"."""
    forms = [word.group() for word in words[first:last]]
    at = next((k for k, form in enumerate(forms[:_SEAT], 1) if described_by(form)), 0)
    named = 0 < at < len(forms) and forms[at][0].isupper()
    seat = " ".join((*forms[: at - 1], described_by(forms[at - 1]))) if named else ""
    return first + at if named and (at == 1 or known_place(seat)) else first


def _officer(text: str, mention: Mention) -> int:
    """Where the name begins of "Attorney for the Eastern District of New York Ada Moreau"; 0 without one."""
    words = list(_WORD.finditer(text, mention.start, mention.end))
    of = next((k for k, word in enumerate(words) if word.group() == "of"), len(words))
    office = len(words) - of > _FULL_NAME + 1 and _OFFICER.search(
        text, max(0, mention.start - 40), mention.start
    )
    place = text[words[of + 1].start() : words[-_FULL_NAME - 1].end()] if office else ""
    return words[-_FULL_NAME].start() if place and known_place(place) else 0


def _land(text: str, mention: Mention) -> tuple[int, int] | None:
    """(end of the name, start of the country) if a country follows a comma: "Lenn University, United Kingdom"."""
    comma = text.rfind(", ", mention.start + 1, mention.end)
    if (
        comma < 0
        or not known_place(text[comma + 2 : mention.end])
        or text.count(",", mention.start, mention.end) > 1
    ):
        return None
    return comma, comma + 2


def _behind_part(words: list[re.Match[str]]) -> int:
    """The name after a partitive: "Arab element of the"."""
    forms = [word.group() for word in words]
    at = next((at for at, form in enumerate(forms[:3]) if form in descriptions().parts), None)
    if at is None or forms[at + 1 : at + 2] != ["of"]:
        return 0
    first = at + 3 if forms[at + 2 : at + 3] == ["the"] else at + 2
    return first if first < len(forms) and forms[first][0].isupper() else 0


def _before_small(words: list[re.Match[str]], first: int) -> int:
    """The end of the name without people and small words behind it: "Lenn Air group", but "Lenn fire brigade"."""
    last = len(words)
    while last - 1 > first and words[last - 1].group().lower() in descriptions().people:
        if _is_body_of(words[first:last]):
            break
        last -= 1
    name = last
    while name - 1 > first and _is_small(words[name - 1].group()):
        name -= 1
    only = words[first].group() if name == first + 1 else ""
    kept = (
        words[last - 1].group() in descriptions().bodies | descriptions().kin
        or described_by(only)
        or _only_describes(only)
    )
    return last if kept else name


def _is_body_of(words: Sequence[re.Match[str]]) -> bool:
    """As in "House of Representatives", "Ukrainian General Staff"."""
    forms = [word.group() for word in words][-3:]
    seats = load("en/descriptions")["assemblies"]
    return forms[-2:] == ["General", "Staff"] or (
        forms[0] in seats and forms[1] == "of" and forms[-1].istitle()
    )


def _behind_small(words: list[re.Match[str]], first: int, last: int) -> int:
    """The name after numbers and small words, except in "government of Iraq" and the like."""
    at = first
    while at < last - 1 and (_is_small(words[at].group()) or words[at].group().isdigit()):
        if words[at].group() == "of":
            return first
        at += 1
    return at


def _people(text: str, mention: Mention) -> Iterator[Mention]:
    """A firm or body and who is of it, where the model saw one person: "Lenn Mining SA | Ada Moreau", "Lenn Nickel President |
    Ada Moreau".
    """
    words = list(_WORD.finditer(text, mention.start, mention.end))
    forms = [word.group() for word in words]
    legal, titles = lexicon().legal, lexicon().title_words
    at = next((k for k in range(1, len(forms)) if forms[k] in legal), 0)
    if not at:
        at = next((k - 1 for k in range(2, len(forms) - 2) if forms[k] in titles), 0)
        at = (
            at if at and not any(form in lexicon().given or form in titles for form in forms[: at + 1]) else 0
        )
    size = at + 1 if at else _body_in_front(text, mention, forms)
    if "&" in forms[1:-1] and forms[0] not in lexicon().given:
        yield replace(mention, type="organization")
        return
    if not size:
        yield _person(text, mention)
        return
    yield replace(_spanning(text, mention, mention.start, words[size - 1].end()), type="organization")
    first = next((k for k in range(size, len(forms)) if forms[k] not in titles), len(forms))
    if first < len(forms):
        yield _person(text, _spanning(text, mention, words[first].start(), mention.end))


def _body_in_front(text: str, mention: Mention, forms: list[str]) -> int:
    """The number of words of a body before a given name: of "Lenn Nickel | Vladimir Hale", "owner of Lennick | Igor Hale" if the
    text names it elsewhere.
    """
    given = lexicon().given
    owner = text[max(0, mention.start - len(" of ")) : mention.start] == " of "
    at = next((k for k in range(1 if owner else 2, len(forms) - 1) if forms[k] in given), 0)
    alone = (
        at and given.isdisjoint(forms[:at]) and text.count(" ".join(forms[:at])) > text.count(mention.text)
    )
    return at if alone else 0


def _person(text: str, mention: Mention) -> Mention:
    """Without "and her colleagues" after, and without the field of an office before: "Minister of | Education Ada Moreau"."""
    others = _OTHERS.search(text, mention.start, mention.end)
    end = others.start() if others else mention.end
    words = list(_WORD.finditer(text, mention.start, end))
    while len(words) > 2 and _POSTNOMINAL.fullmatch(words[-1].group()) and not words[0].group().isupper():
        words.pop()
        end = words[-1].end()
    office = len(words) > 2 and _OFFICE.search(text, max(0, mention.start - _FAR_OFFICE), mention.start)
    return _spanning(text, mention, words[-2].start() if office else mention.start, end)


def _owns(form: str) -> bool:
    first, _, last = form.rpartition(" ")
    department = _DEPARTMENT.match(form) is not None or (form.isupper() and len(form) > 1)
    return department or (
        bool(first) and (last.islower() or last in lexicon().org_heads or first in lexicon().given)
    )


def _only_describes(word: str) -> bool:
    return word.rpartition("-")[2] in lexicon().adjectives or word in load("en/descriptions")["creeds"]


def _is_plain(word: re.Match[str]) -> bool:
    """Whether a lower-case word is never part of an organisation's name."""
    return _is_small(word.group()) and word.group().title() not in lexicon().org_heads


def _is_plain_or_court(word: re.Match[str]) -> bool:
    """A place's "court" in small letters is no name either: "a London court"."""
    return _is_plain(word) or word.group() == "court"


def _is_small(word: str) -> bool:
    return word.islower() and word[0].isalpha() and not is_particle(word)


def _spanning(text: str, mention: Mention, start: int, end: int) -> Mention:
    if end < mention.end and (owner := _OWNER.search(text, max(start, end - 2), end)):
        end = owner.start()
    return mention.over(text, start, end)
