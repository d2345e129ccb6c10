"""Whether names in Latin, Arabic and Cyrillic letters may be one name: by consonants in broad classes, and the vowels between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from dossierkit.text.data import load
from dossierkit.text.fold import fold

_SERVANT = re.compile(r"^(abd|абд)(?:[aeouаеуэо]{1,2}(?:l|ль?|(\w)(?=\2)))(?!l?lah?$|лл?ах?$)(?=\w{3})")
"""`Abd al-` written as one with the name after it."""
_SERVANT_ALONE = re.compile(r"^(abd|абд)[aeouаеуэо]{1,2}(?:l|ль?|[drsnztднрст])$")
_ARABIC_ARTICLE = re.compile(r"^ال(?=\w\w)")
_HACEK = str.maketrans({"č": "ch", "ć": "ch", "š": "sh", "ž": "zh", "đ": "dj"})
_SCRIPTS = (
    ("latin", re.compile("[a-zß-ɏ]")),
    ("arabic", re.compile("[ء-ۿ]")),
    ("cyrillic", re.compile("[Ѐ-ӿ]")),
)
_LONG, _LONG_WORD, _SURE = 4, 3, 6
"""Consonants of a name, of a name in one word, and of one of whose vowels all must agree; one or two may be near in longer ones."""
_MOST = 64  # readings of a name
_QUALITY = {"a": "a", "e": "ai", "i": "i", "o": "aw", "u": "w", "w": "w", "y": "ai"}
_NEAR = ({"a", "w"}, {"e", "i"})  # "Trump", with alef; "Merkel", with ya


@dataclass(frozen=True, slots=True)
class ScriptReading:
    """One reading of a name. `bones`: its consonants; `vowels`: what is before, between and after them, with a space at the end
    of a word.
    """

    script: str
    bones: str
    vowels: tuple[str, ...]


@lru_cache(maxsize=65536)
def readings(name: str, person: bool) -> tuple[ScriptReading, ...]:  # noqa: FBT001 - a cache takes no keyword for nothing
    """The readings of a name, () if it is too short to compare, or in none or several of the scripts.

    Persons need two words, and other names of one word more than two consonants.
    """
    script, words = script_of(name), _words(name)
    if not script or not words or (person and len(words) < 2):
        return ()
    read = [tuple(dict.fromkeys(_read(word, script))) for word in words]
    least = _LONG if len(words) > 1 else _LONG_WORD
    found = []
    for _, choice in zip(range(_MOST), product(*read), strict=False):
        text = " ".join(choice)
        bones = "".join(char for char in text if char.isupper())
        if len(bones) >= least:
            found.append(ScriptReading(script, bones, tuple(re.split("[A-Z]", text))))
    return tuple(dict.fromkeys(found))


def script_of(name: str) -> str:
    """`latin`, `arabic` or `cyrillic`; "" for another script and for several."""
    found = [script for script, letters in _SCRIPTS if letters.search(name.lower())]
    return found[0] if len(found) == 1 else ""


def one_name(one: str, other: str, *, person: bool) -> bool:
    """Whether the two, in different scripts, may be spellings of one name."""
    return any(
        _agree(a, b)
        for a in readings(one, person)
        for b in readings(other, person)
        if a.script != b.script and a.bones == b.bones
    )


def _words(name: str) -> list[str]:
    small = _small()
    bare = " ".join(_ARABIC_ARTICLE.sub("", word) for word in re.split(r"[\s\-‐‑–]+", name.lower()))
    parts = re.sub(r"\bعبدال(?=\w\w)", "عبد ", bare).translate(_HACEK)
    words = (re.sub("[^\\w]", "", fold(part)) for part in parts.split())
    split = (_SERVANT_ALONE.sub(r"\1", _SERVANT.sub(r"\1 ", word)) for word in words if word not in small)
    return [part for word in split for part in word.split()]


@cache
def _small() -> frozenset[str]:
    return frozenset(load("scripts")["small"])


@cache
def _letters(script: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    table = {letters: tuple(str(said).split(" ")) for letters, said in load("scripts")[script].items()}
    return re.compile("|".join(sorted(table, key=lambda letters: (-len(letters), letters)))), table


def _read(word: str, script: str) -> Iterator[str]:
    """The readings of one word: consonants as capitals, vowels as small letters."""
    pattern, table = _letters(script)
    for _, choice in zip(
        range(_MOST), product(*(table[part] for part in pattern.findall(word))), strict=False
    ):
        said = "".join(choice)
        if said[:1] in ("h", "*") or not said[:1].isupper():
            said = f"H{said[1:]}" if said[:1] == "h" else f"A{said}"
        if script == "arabic":
            said = re.sub("^A.", "A*", said)  # alef stands for any vowel at the beginning
            said = re.sub("h$", "y", said).replace("h", "*")
            yield re.sub("i$", "y", said)  # ya and alef maqsura are folded into one
        else:
            yield re.sub(r"([A-Z])\1+", r"\1", said.replace("h", ""))


def _agree(one: ScriptReading, other: ScriptReading) -> bool:
    """Whether the vowels may be the same: long ones in all places, short ones where both write them, but for one that is near."""
    arabic = one.script == "arabic", other.script == "arabic"
    found = [_doubt(a, b, arabic) for a, b in zip(one.vowels[:-1], other.vowels[:-1], strict=True)]
    found.append(_doubt(f"{one.vowels[-1]} ", f"{other.vowels[-1]} ", arabic))
    return max(found) < 2 and sum(found) <= max(0, min(2, len(one.bones) - _SURE))


def _doubt(one: str, other: str, arabic: tuple[bool, bool]) -> int:
    """0: they may be the same; 1: near; 2: they differ. `arabic`: whether only long vowels are written."""
    last = one.endswith(" ") and other.endswith(" ")
    one, other = one.strip(), other.strip()
    if "*" in one or "*" in other or one == other:
        return 0
    if not one or not other:
        return _unwritten(
            one or other, by_other=arabic[1] if one else arabic[0], last=last, arabic=any(arabic)
        )
    if _is_glide(one) != _is_glide(other) and {"i", "e"}.isdisjoint(other if _is_glide(one) else one):
        return 2
    if {one, other} in _NEAR and any(arabic):
        return 1
    mine, theirs = ({quality for vowel in vowels for quality in _QUALITY[vowel]} for vowels in (one, other))
    if mine & theirs:
        return 0
    return 1 if mine | theirs <= {"a", "w"} else 2


def _unwritten(said: str, *, by_other: bool, last: bool, arabic: bool) -> int:
    """The doubt about vowels that one of two names does not have. `by_other`: whether that one writes long vowels only."""
    if last:
        return 0 if said == "e" else 2
    return 2 if arabic and not (by_other and _may_be_short(said)) else 0


def _may_be_short(vowels: str) -> bool:
    return "w" not in vowels and not _is_glide(vowels)


def _is_glide(vowels: str) -> bool:
    return "i" in vowels[1:]
