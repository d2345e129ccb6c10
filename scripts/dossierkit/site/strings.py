"""Interface strings: `t("articles")`, `t("types.person.many")`, `t.count("articles_count", 3)`.

Plural categories follow the rules of Unicode CLDR: https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules. Of
their operands only `n` is supported (for whole numbers `i` is the same and the others are 0): `n % 100 = 3..10 or n = 0`, `n != 1,11`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from dossierkit.text.data import load
from dossierkit.text.language import direction, isolated

_GRAMMAR = "grammar"
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_RELATION = re.compile(r"n\s*(?:%\s*(\d+)\s*)?(!?=)\s*([\d.,][\d.,\s]*)")


@dataclass(frozen=True)
class Strings:
    """The strings of one language (file names in data/strings). Raises KeyError for an unknown key.

    `overrides`: the site's own strings, by dotted key.
    """

    lang: str
    overrides: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, key: str, **values: object) -> str:
        text = self._texts[key]
        return text.format(**{name: self._apart(value) for name, value in values.items()}) if values else text

    def section(self, key: str) -> dict[str, Any]:
        """All strings below a key, for a script; placeholders stay in braces."""
        found = {}
        for name, text in load(f"strings/{self.lang}")[key].items():
            path = f"{key}.{name}"
            found[name] = (
                {form: self(f"{path}.{form}") for form in text} if isinstance(text, Mapping) else self(path)
            )
        return found

    def count(self, key: str, n: int, **values: object) -> str:
        """The string in the plural form of the number, which is filled in for `{n}`."""
        return self._counted(key, n, **values)

    def named(self, name: str, *, unreviewed: bool) -> str:
        """A name or heading as readers see it, with a mark if nobody has decided on it."""
        return self("unreviewed_name", name=name) if unreviewed else name

    def _form(self, key: str, n: int) -> str:
        if n not in self._categories:
            self._categories[n] = category(n, self._grammar["plural"])
        form = f"{key}.{self._categories[n]}"
        return form if form in self._texts else f"{key}.other"

    def number(self, n: int) -> str:
        """The number with the language's separator of thousands."""
        return f"{n:,}".replace(",", self._grammar["group"])

    def tree(self) -> dict[str, Any]:
        """All strings, nested as in the file, with the site's own, for templates that an engine renders."""
        made: dict[str, Any] = {}
        for key in keys(self.lang):
            *above, last = key.split(".")
            node = made
            for part in above:
                node = node.setdefault(part, {})
            node[last] = self(key)
        return made

    @cached_property
    def dir(self) -> str:
        return direction(self.lang)

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {**_flat(self.lang), **self.overrides}

    @cached_property
    def _grammar(self) -> Mapping[str, Any]:
        grammar: Mapping[str, Any] = load(f"strings/{self.lang}")[_GRAMMAR]
        return grammar

    @cached_property
    def _counted(self) -> Callable[..., str]:
        """`count` with a cache: few different counts occur, and they recur on many pages."""

        @lru_cache(maxsize=4096)
        def said(key: str, n: int, **values: object) -> str:
            return self(self._form(key, n), n=self.number(n), **values)

        return said

    @cached_property
    def _categories(self) -> dict[int, str]:
        """The plural category of each number, cached."""
        return {}

    def _apart(self, value: object) -> object:
        """A text value, isolated if its direction of writing is not that of the surrounding words."""
        return isolated(value, self.dir) if isinstance(value, str) else value


def keys(lang: str) -> tuple[str, ...]:
    """Every key of a language's file, dotted, in the order of the file, without its grammar."""
    return tuple(_flat(lang))


@cache
def _flat(lang: str) -> Mapping[str, str]:
    """The strings of a language's file by dotted key."""
    strings = load(f"strings/{lang}")
    return dict(leaves({name: value for name, value in strings.items() if name != _GRAMMAR}))


def leaves(node: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """`{types: {person: {many: X}}}` and `{types.person.many: X}` -> `types.person.many`, `X`."""
    for name, value in node.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(value)


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
