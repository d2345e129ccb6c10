"""Which plural form a number takes: the rules of Unicode CLDR for whole numbers.

Syntax: https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules. Of its operands only `n` is known
(for whole numbers `i` is the same and the others are 0): `n % 100 = 3..10 or n = 0`, `n != 1,11`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_RELATION = re.compile(r"n\s*(?:%\s*(\d+)\s*)?(!?=)\s*([\d.,\s]+)")


def category(number: int, rules: Mapping[str, str]) -> str:
    """The first category whose rule holds, else `other`. Raises ValueError for a rule that is none."""
    return next((name for name in CATEGORIES if name in rules and _holds(rules[name], number)), "other")


def _holds(rule: str, number: int) -> bool:
    return any(all(_relation(part, number) for part in one.split(" and ")) for one in rule.split(" or "))


def _relation(text: str, number: int) -> bool:
    match = _RELATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no relation of a plural rule, such as `n % 100 = 3..10`")
    modulus, sign, values = match.groups()
    value = number % int(modulus) if modulus else number
    ranges = [one.strip().partition("..") for one in values.split(",")]
    return any(int(low) <= value <= int(high or low) for low, _, high in ranges) == (sign == "=")
