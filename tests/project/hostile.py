"""Texts made to keep a regular expression busy: derived from its own parts, and some that are bad for many."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from re import _constants as sre
from re import _parser
from typing import Any

GENERAL = (
    "Q: hi\r\n", "<!-- -->", "<!--", "<", "<a ", "<a b=", " ", "\n", " \n", "\t", '"', "'", "“", "’", "`", "*", "_", "[", "](",
    "(", ")", "()", ".", ",", "-", "- ", "–", ": ", ";", "!", "?", "a", "A", "A ", "Aa ", "Aa-", "A.", "a.", "1", "1.", "1,", "1 ",
    "1-", "x@", "é", "ا", "ال ", "\\", "&", "|", "| ", "#", "~", "=", "/", "a: b\n", "---\n", "and ", "the ", "of the ", "\u3000",
)  # fmt: skip
_ONE = frozenset(
    {sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY, sre.CATEGORY, sre.RANGE}
)  # a character or a set
_SAMPLES = 3  # of each part
_MANY = 3  # times that a repeat is taken in a sample, at most


def texts(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """(before, again, after): the texts are `before + again * n + after`. Of those that the expression cannot tell apart, the first."""
    kind = _kinds(_parser.parse(pattern, flags))
    found: dict[tuple[object, ...], tuple[str, str, str]] = {}
    for given in _texts(pattern, flags):
        found.setdefault(tuple(tuple(map(kind, part)) for part in given), given)
    return (given for given in found.values() if given[1])


def has_possessive_group(pattern: str, flags: int) -> bool:
    """Whether an expression has a possessive quantifier of more than one character or set."""
    repeats = (
        value[2] for code, value in _nodes(_parser.parse(pattern, flags)) if code is sre.POSSESSIVE_REPEAT
    )
    return any(len(repeated) != 1 or repeated[0][0] not in _ONE for repeated in repeats)


def _kinds(tree: Any) -> Callable[[str], object]:
    """Of a character, what an expression can see of it: two of one kind are the same to it wherever they stand."""
    nodes = list(_nodes(tree))
    if any(code in {sre.GROUPREF, sre.GROUPREF_EXISTS} for code, _ in nodes):
        return str  # two characters of one kind are not the same to a reference
    named = {chr(value) for code, value in nodes if code in {sre.LITERAL, sre.NOT_LITERAL}}
    named = {
        "\n",
        *(form for char in named for form in _cases(char)),
    }  # to `.`, `^` and `$` a line's end is like nothing else
    ranges = sorted({value for code, value in nodes if code is sre.RANGE})
    signs = {_SIGNS[value] for code, value in nodes if code in {sre.CATEGORY, sre.AT} and value in _SIGNS}

    @cache
    def kind(char: str) -> object:
        if char in named:
            return char
        within = tuple(any(least <= ord(form) <= most for form in _cases(char)) for least, most in ranges)
        return within, *(bool(re.match(sign, char)) for sign in (*signs, *(f"(?a:{sign})" for sign in signs)))

    return kind


_SIGNS = {
    sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\w", sre.AT_BOUNDARY: r"\w", sre.AT_NON_BOUNDARY: r"\w",
    sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\s", sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\d",
}  # fmt: skip


def _cases(char: str) -> set[str]:
    """A character as expressions find it that are blind to case."""
    return {char, *char.lower(), *char.upper()}


def _nodes(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every (code, value) in a parsed expression, at any depth."""
    if isinstance(tree, tuple) and len(tree) == 2 and isinstance(tree[0], sre._NamedIntConstant):
        yield tree
    if isinstance(tree, tuple | list | _parser.SubPattern):
        for part in tree:
            yield from _nodes(part)


def _texts(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    chance = random.Random(ascii(pattern))  # noqa: S311 -- not a secret: the same texts every time
    tree = _parser.parse(pattern, flags)
    whole = [_sample(tree, chance, flags) for _ in range(_SAMPLES)]
    for again in GENERAL:
        yield "", again, ""
        yield "", again, "\x00"
        yield "a", again, "\x00"
    for one in whole:
        yield "", one, ""
        yield "", one[:-1], "\x00"
        yield "", f"{one} ", "\x00"
    for before, body in _repeats(tree, (), chance, flags):
        for _ in range(_SAMPLES):
            again = _sample(body, chance, flags)
            yield _before(before, chance, flags), again, "\x00"
            yield _before(before, chance, flags), again, "\n\x00"
            yield "", _before(before, chance, flags) + again, "\x00"
            yield "", again + _sample(body, chance, flags), "\x00"


def _before(parts: tuple[Any, ...], chance: random.Random, flags: int) -> str:
    return "".join(_sample(part, chance, flags) for part in parts)


def _repeats(
    tree: Any, before: tuple[Any, ...], chance: random.Random, flags: int
) -> Iterator[tuple[Any, Any]]:
    """(what stands before, body) of everything in the expression that may come again and again."""
    done: list[Any] = []
    for code, value in tree:
        here = (*before, *([done[:]] if done else []))
        if code in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            if value[1] > 1:
                yield here, value[2]
            yield from _repeats(value[2], here, chance, flags)
        elif code is sre.SUBPATTERN:
            yield from _repeats(value[3], here, chance, flags)
        elif code is sre.ATOMIC_GROUP:
            yield from _repeats(value, here, chance, flags)
        elif code is sre.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, here, chance, flags)
        elif code in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _repeats(value[1], here, chance, flags)
        done.append((code, value))


def _sample(tree: Any, chance: random.Random, flags: int) -> str:
    """A text that the part matches, as far as looking around does not forbid it."""
    return "".join(_piece(code, value, chance, flags) for code, value in tree)


def _piece(code: Any, value: Any, chance: random.Random, flags: int) -> str:  # noqa: PLR0911
    if code is sre.LITERAL:
        return chr(value)
    if code is sre.NOT_LITERAL:
        return next(char for char in "a <1." if ord(char) != value)
    if code is sre.ANY:
        return chance.choice("a .")
    if code is sre.IN:
        return _one_of(value, chance)
    if code in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
        least, most, body = value
        times = chance.randint(least, max(least, min(int(most), least + _MANY)))
        return "".join(_sample(body, chance, flags) for _ in range(times))
    if code is sre.SUBPATTERN:
        return _sample(value[3], chance, flags)
    if code is sre.ATOMIC_GROUP:
        return _sample(value, chance, flags)
    if code is sre.BRANCH:
        return _sample(chance.choice(value[1]), chance, flags)
    return ""


_KINDS = {
    sre.CATEGORY_SPACE: " \n\t", sre.CATEGORY_NOT_SPACE: "aA1.-", sre.CATEGORY_DIGIT: "17", sre.CATEGORY_NOT_DIGIT: "aA .",
    sre.CATEGORY_WORD: "aA1", sre.CATEGORY_NOT_WORD: " .-",
}  # fmt: skip
_COMMON = "aA1 .,-\n'\"<(:é"


def _one_of(items: Any, chance: random.Random) -> str:
    if items[0][0] is sre.NEGATE:
        kept = [char for char in _COMMON if not _holds(items[1:], char)]
        return chance.choice(kept or ["☃"])
    code, value = chance.choice(items)
    if code is sre.LITERAL:
        return chr(value)
    if code is sre.RANGE:
        return chr(chance.choice(value))
    return chance.choice(_KINDS[value])


def _holds(items: Any, char: str) -> bool:
    for code, value in items:
        if code is sre.LITERAL and ord(char) == value:
            return True
        if code is sre.RANGE and value[0] <= ord(char) <= value[1]:
            return True
        if code is sre.CATEGORY and _is(value, char):
            return True
    return False


def _is(kind: Any, char: str) -> bool:
    sign = {
        sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D",
        sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
    }[kind]  # fmt: skip
    return re.match(sign, char) is not None
