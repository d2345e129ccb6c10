"""A language's time grammar, read from its YAML file: word classes and rules over them.

Every token becomes one character that represents the set of its classes, and every rule a regular expression over
those characters. Which rules can begin with two given tokens is computed once for each pair, so matching is cheap
for each token, and no rule sees the raw text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from dossierkit.extract.languages import from_files
from dossierkit.extract.timex.locales import time_facts
from dossierkit.extract.timex.pattern import PatternNode, continuations, expand, first, literals, parse, regex

OTHER = "\u4e00"  # a token of no class
BREAK = "\u4e01"  # between sentences: no rule crosses it
_FIRST = 0x4E02


@dataclass(frozen=True, slots=True)
class Rule:
    """`means`: name of the meaning. `fixed`: values that the rule sets. `starts`: characters its matches begin with."""

    means: str
    fixed: Mapping[str, Any]
    tree: PatternNode
    pattern: re.Pattern[str]
    starts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """`chars`: form as written -> character. `values`: (class, lower-case form) -> value. `numeric`: classes of a numeric
    token -> character. `lists`: the file's plain word lists. `starts`: finds positions at which a rule may begin.
    """

    lang: str
    rules: tuple[Rule, ...]
    starts: re.Pattern[str]
    chars: Mapping[str, str]
    numeric: Mapping[frozenset[str], str]
    values: Mapping[tuple[str, str], Any]
    lists: Mapping[str, frozenset[str]]
    data: Mapping[str, Any]
    by_pair: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    by_char: dict[str, tuple[tuple[Rule, bool, frozenset[str]], ...]] = field(default_factory=dict)

    def rules_for(self, pair: str) -> tuple[Rule, ...]:
        """The rules that can match at these two characters, in the order of the file."""
        rules = self.by_pair.get(pair)
        if rules is None:
            begun = self._beginning(pair[0])
            rules = tuple(rule for rule, alone, seconds in begun if alone or pair[1:] in seconds)
            self.by_pair[pair] = rules
        return rules

    def _beginning(self, char: str) -> tuple[tuple[Rule, bool, frozenset[str]], ...]:
        if char not in self.by_char:
            able = (rule for rule in self.rules if char in rule.starts)
            self.by_char[char] = tuple((rule, *continuations(rule.tree, char)) for rule in able)
        return self.by_char[char]


@dataclass(slots=True)
class _Alphabet:
    """Assigns characters to sets of classes, in the order of requests."""

    chars: dict[frozenset[str], str] = field(default_factory=dict)

    def of(self, classes: frozenset[str]) -> str:
        return self.chars.setdefault(classes, chr(_FIRST + len(self.chars)))


@cache
@from_files
def grammar(lang: str) -> Grammar:
    """The grammar of a language, from `time_facts`, compiled once."""
    data = time_facts(lang)
    texts = [expand(rule["match"], data["macros"]) for rule in data["rules"]]
    alphabet = _Alphabet()
    chars = _word_chars(data, {word for text in texts for word in literals(text)}, alphabet)
    numeric = {classes: alphabet.of(classes) for classes in _numeric_sets()}
    sets = _class_sets(alphabet.chars)
    rules = tuple(_rule(text, rule, sets) for text, rule in zip(texts, data["rules"], strict=True))
    starts = "".join(sorted(frozenset().union(*(rule.starts for rule in rules))))
    return Grammar(
        lang,
        rules,
        re.compile(f"[{starts}]"),
        chars,
        numeric,
        _values(data["words"], dotted=bool(data.get("dotted_i"))),
        {key: frozenset(map(str, data.get(key, ()))) for key in _LISTS},
        data,
    )


_LISTS = (
    "doubtful",
    "feast_before",
    "prepositions",
    "not_year_after",
    "not_year_before",
    "year_after",
    "year_surely_after",
    "plural_after",
    "not_counted",
    "function_words",
    "about",
    "fiscal",
    "ancient_before",
    "argues",
    "year_though_counted",
    "short_year_after",
    "year_opens",
    "year_closes",
    "not_counted_after",
    "multiples",
    "either",
)


def _rule(text: str, rule: Mapping[str, Any], sets: Mapping[str, str]) -> Rule:
    fixed = {key: value for key, value in rule.items() if key not in {"match", "means"}}
    tree = parse(text, sets)
    return Rule(rule["means"], fixed, tree, re.compile(regex(tree)), frozenset(first(tree)))


def _word_chars(data: Mapping[str, Any], literals: set[str], alphabet: _Alphabet) -> dict[str, str]:
    """Every form as it may be written -> character."""
    classes: dict[str, set[str]] = {word: {f"'{word}'"} for word in sorted(literals)}
    for cls, forms in data["words"].items():
        for form in forms:
            classes.setdefault(str(form), set()).add(cls)
    for dash in "-–—‑−":
        classes.setdefault(dash, set()).add("dash")
    capitalised = set(data.get("capitalised", ()))
    chars: dict[str, str] = {}
    for form, names in classes.items():
        plain = frozenset(names - capitalised)
        if plain:
            chars[form] = alphabet.of(plain)
        for written in _in_capitals(form, dotted=bool(data.get("dotted_i"))):
            if written != form:
                chars[written] = alphabet.of(frozenset(names))
    return chars


def _in_capitals(form: str, *, dotted: bool) -> tuple[str, ...]:
    """A form with a capital and in capitals; `dotted`: also as in Turkish, where the capital of "i" is "İ"."""
    plain = (form.capitalize(), form.upper())
    written = form.replace("i", "İ")
    return (*plain, written[:1].upper() + form[1:], written.upper()) if dotted else plain


def _values(words: Mapping[str, Mapping[Any, Any]], *, dotted: bool) -> dict[tuple[str, str], Any]:
    """(class, lower-case form) -> value. A word may have two such forms: "yıl" is "YIL" in capitals, and "yil" from there."""
    pairs = [(cls, str(form), value) for cls, forms in words.items() for form, value in forms.items()]
    from_capitals = {
        (cls, written.lower()): value
        for cls, form, value in pairs
        for written in _in_capitals(form, dotted=dotted)
    }
    return from_capitals | {(cls, form): value for cls, form, value in pairs}


def _numeric_sets() -> list[frozenset[str]]:
    number = [
        ("number",),
        ("number", "pair"),
        ("number", "day"),
        ("number", "day", "pair"),
        ("number", "year"),
        ("number", "hour24"),
        ("number", "year", "hour24"),
    ]
    return [
        frozenset(classes)
        for classes in (*number, ("dayord",), ("decade",), ("clock",), ("iso",), ("slash",), ("shortdate",))
    ]


def _class_sets(chars: Mapping[frozenset[str], str]) -> dict[str, str]:
    sets: dict[str, str] = {}
    for classes, char in chars.items():
        for name in sorted(classes):
            sets[name] = sets.get(name, "") + char
    return sets
