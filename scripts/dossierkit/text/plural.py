"""Plural categories of whole numbers, by the rules of Unicode CLDR.

Syntax: https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules. Of its operands only `n` is
supported (for whole numbers `i` is the same and the others are 0): `n % 100 = 3..10 or n = 0`, `n != 1,11`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_RELATION = re.compile(r"n\s*(?:%\s*(\d+)\s*)?(!?=)\s*([\d.,][\d.,\s]*)")


class _PluralCondition(NamedTuple):
    """Whether `n`, or its remainder by `modulus`, is in one of the ranges; `negated`: in none."""

    modulus: int
    negated: bool
    ranges: tuple[range, ...]

    def holds(self, number: int) -> bool:
        value = number % self.modulus if self.modulus else number
        return any(value in one for one in self.ranges) != self.negated


def category(number: int, rules: Mapping[str, str]) -> str:
    """The first category whose rule holds, else `other`. Raises ValueError for an invalid rule."""
    for name in CATEGORIES:
        if name in rules and any(
            all(relation.holds(number) for relation in every) for every in _read(rules[name])
        ):
            return name
    return "other"


@cache
def _read(rule: str) -> tuple[tuple[_PluralCondition, ...], ...]:
    """A rule as groups of relations: a group holds if all its relations do."""
    return tuple(tuple(map(_relation, one.split(" and "))) for one in rule.split(" or "))


def _relation(text: str) -> _PluralCondition:
    match = _RELATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no relation of a plural rule, such as `n % 100 = 3..10`")
    modulus, sign, values = match.groups()
    ends = (one.strip().partition("..") for one in values.split(","))
    ranges = tuple(range(int(low), int(high or low) + 1) for low, _, high in ends)
    return _PluralCondition(int(modulus or 0), sign == "!=", ranges)
