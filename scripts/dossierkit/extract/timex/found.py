"""A match of a rule, and the values of its captures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dossierkit.extract.timex.grammar import Grammar, Rule
from dossierkit.extract.timex.tokens import Tokens

_CLASS = {
    "m": "month", "w": "weekday", "u": "unit", "s": "shift", "p": "part", "mod": "mod", "e": "season", "o": "dayword",
    "q": "ordinal", "h": "ordinal", "r": "presently", "era": "era", "that": "that", "a": "adverb", "lim": "limit",
}  # fmt: skip
_NUMBERS = ("tens", "ordinal", "firstday")  # classes of words
_LAST_CENTURY = 40
_ALSO = {
    "month": ("solarmonth", "ethiopicmonth"), "weekday": ("weekdays",), "unit": ("span", "dual"), "part": ("parts",), "mod": ("modend",), "ordinal": ("quarterly",), "presently": ("lately",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """Tokens `first` to `last` (half open) matched `rule`; `captures`: name -> token range."""

    rule: Rule
    first: int
    last: int
    captures: Mapping[str, tuple[int, int]]
    tokens: Tokens
    grammar: Grammar

    def has(self, name: str) -> bool:
        return name in self.captures or name in self.rule.fixed

    def words(self, name: str) -> list[str]:
        i, j = self.captures[name]
        return [self.tokens.lower(k) for k in range(i, j)]

    def get(self, name: str) -> Any:  # noqa: ANN401 - the lexicon holds numbers and codes
        """The value of a capture, else the rule's fixed value, else None."""
        if name not in self.captures:
            return self.rule.fixed.get(name)
        cls, words = _CLASS[name], self.words(name)
        for word in (" ".join(words), *words):
            for kind in (cls, *_ALSO.get(cls, ())):
                value = self.grammar.values.get((kind, word))
                if value is not None:
                    return value
        return None

    def integer(self, name: str) -> int | None:
        """A year or day in digits, or a day as an ordinal word; the full year of "'82"."""
        if name == "y" and "y" not in self.captures and "z" in self.captures:
            return _of_century(int(self.words("z")[0]))
        if name not in self.captures:
            return self.rule.fixed.get(name)
        total = 0
        for word in self.words(name):
            digits = re.match(r"\d+", word)
            if digits:
                return int(digits[0])
            kinds = (self.grammar.values.get((kind, word)) for kind in _NUMBERS)
            total += next(filter(None, kinds), 0)
        return total or None

    def amount(self) -> float | None:
        """The number captured as `n`; None if it is vague ("several")."""
        fixed = self.rule.fixed.get("n")
        if "n" not in self.captures:
            return float(fixed) if isinstance(fixed, int) else None
        return amount(self.words("n"), self.grammar)


def _of_century(pair: int) -> int:
    """The year of two digits: of the last century above 40, else of this one."""
    return pair + (1900 if pair > _LAST_CENTURY else 2000)


def amount(words: list[str], grammar: Grammar) -> float | None:
    """The number that number words say: "two and a half", "twenty-five", "3,500", "a"; of two numbers ("two to three") the
    second.
    """
    total, current, started = 0.0, 0.0, False
    one, half = grammar.data["one"], grammar.data["half"]
    for word in words:
        if ("vague", word) in grammar.values:
            return None
        number = _number(word, grammar)
        if word in grammar.lists["either"]:
            total, current = 0.0, 0.0
        elif word in half:
            current, started = current + 0.5 if started else 0.5, True
        elif number is None and word in one and not started:
            current, started = 1.0, True
        elif number is not None:
            current, started = number if word[0].isdecimal() else _with(current, word, number, grammar), True
            if number >= 1000 and not word[0].isdecimal():
                total, current = total + current, 0.0
    return total + current if started else None


def _with(current: float, word: str, number: float, grammar: Grammar) -> float:
    """The number said so far, and one more of its words; that word's alone if it begins a number of its own."""
    ones = current % 100
    if number >= 100:
        return max(current, 1) * number
    if word in grammar.lists["multiples"] and ones > 1:
        return current + ones * (number - 1)
    if number < _room(current) or (grammar.data.get("ones_first") and ones < 10 <= number):
        return current + number
    return number


def _room(current: float) -> int:
    """Below which a number adds to those before it: to "cent", to "soixante" and "quatre-vingt", to "twenty"."""
    ones = current % 100
    return 100 if not ones else 20 if ones in {60, 80} else 0 if ones % 10 else 10


def _number(word: str, grammar: Grammar) -> float | None:
    value = grammar.values.get(("number", word))
    if value is not None:
        return float(value)
    if not word[:1].isdecimal() or len(word) > 15:
        return None
    plain = re.sub(r"[,.](?=\d{3}(?:\D|$))", "", word).replace(",", ".")
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None
