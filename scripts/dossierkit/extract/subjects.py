"""Whom "he", "it", "the company" or "the minister" means: the subjects of the sentences before, remembered by kind.

Nobody where two fit. English; in other languages nothing is read that way but for what a sentence goes on with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from dossierkit.extract.forms import bare
from dossierkit.extract.headings.words import first_verb, listed, words_of
from dossierkit.model.finding import Mention, Sentence
from dossierkit.text.data import load

_FORGET = 3  # sentences without a subject of the kind
_LONGEST = 80  # words within which a sentence has its first verb
_SHORT = 5  # words
_BEFORE = 40  # code points before a name in which its role stands
_WORD = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"[’'] ?s\b|[’'](?=\s)| 's\b")


@dataclass(frozen=True, slots=True)
class Meant:
    """`said`: the pronoun or noun, in small letters; `name`: what the entity was called last. `alone`: nobody else of its kind was
    named where it was; only then its name may stand for the pronoun.
    """

    said: str
    entity: str
    name: str
    alone: bool = True


@dataclass(slots=True)
class _Kind:
    """The entities that were the last subjects of one kind, each with its name, and how many sentences ago."""

    subjects: dict[str, str] = field(default_factory=dict)
    age: int = 0
    alone: bool = True

    def only(self) -> tuple[str, str] | None:
        return next(iter(self.subjects.items())) if len(self.subjects) == 1 else None

    def pass_by(self) -> None:
        self.age += 1
        if self.age > _FORGET:
            self.subjects = {}


@dataclass(slots=True)
class SubjectMemory:
    """Reads the sentences of one article in order. `roles`: whom a word such as "minister" introduced. `phrase`: the last
    subject, where it was a short noun with its article.
    """

    text: str
    person: _Kind = field(default_factory=_Kind)
    thing: _Kind = field(default_factory=_Kind)
    roles: dict[str, dict[str, str]] = field(default_factory=dict)
    phrase: str = ""

    def read(self, sentence: Sentence, mentions: Sequence[Mention]) -> tuple[Meant, ...]:
        """Whom a sentence means without naming them; then it is remembered itself."""
        meant = tuple(self._meant(sentence, mentions))
        verb, phrase = _subject(self.text, sentence)
        self.phrase = phrase or (self.phrase if meant or self._goes_on(sentence) else "")
        people = [one for one in mentions if one.type == "person" and one.entity]
        things = [one for one in mentions if one.type not in {"person", "place"} and one.entity]
        self._remember(self.person, people, verb, meant)
        self._remember(self.thing, things, verb, meant)
        self._introduce(people)
        return meant

    def _meant(self, sentence: Sentence, mentions: Sequence[Mention]) -> Iterable[Meant]:
        named = {one.entity for one in mentions}
        first = min((one.start for one in mentions if one.type == "person"), default=sentence.end)
        for pattern, kind in ((_pronoun("person"), self.person), (_pronoun("thing"), self.thing)):
            stop = first if kind is self.person else sentence.end
            pronoun = pattern.search(self.text, sentence.start, stop)
            found = kind.only() if pronoun and (kind is self.person or not kind.age) else None
            if pronoun and found and found[0] not in named:
                yield Meant(pronoun[0].lower(), *found, kind.alone)
        opens = _pronoun("thing").match(self.text, sentence.start)
        if opens and self.phrase:
            yield Meant(opens[0].lower(), "", self.phrase)
        yield from self._nouns(sentence, named)

    def _goes_on(self, sentence: Sentence) -> bool:
        return _pronoun("thing").match(self.text, sentence.start) is not None

    def _nouns(self, sentence: Sentence, named: set[str]) -> Iterable[Meant]:
        for noun in _noun().finditer(self.text, sentence.start, sentence.end):
            low = noun[1].lower()
            fitting = _nouns().get(low)
            found = self._role(low) if fitting is None else self.thing.only()
            if (
                found is None
                or found[0] in named
                or (fitting and not any(word in found[1] for word in fitting))
            ):
                continue
            yield Meant(f"the {low}", *found)

    def _role(self, role: str) -> tuple[str, str] | None:
        bearers = self.roles.get(role, {})
        return next(iter(bearers.items())) if len(bearers) == 1 else None

    def _remember(self, kind: _Kind, mentions: Sequence[Mention], verb: int, meant: Sequence[Meant]) -> None:
        before = _named(one for one in mentions if one.start < verb and not modifies(self.text, one))
        only = kind.only()
        if only and any(one.entity == only[0] for one in meant):
            kind.age = 0  # goes on
            kind.alone = not mentions
        elif before or mentions:
            kind.subjects, kind.age = before or _named(mentions), 0
            kind.alone = len(_named(mentions)) == 1
        else:
            kind.pass_by()

    def _introduce(self, people: Sequence[Mention]) -> None:
        end = 0
        for one in people:
            before = self.text[max(end, one.start - _BEFORE, 0) : one.start].rpartition("\n")[2]
            end = one.end
            words = [*_WORD.findall(before)[-4:], *_WORD.findall(one.text)[:2]]
            for role in (word.lower() for word in words):
                if role in _roles():
                    self.roles.setdefault(role, {})[one.entity] = bare(one.text, one.type)


def _named(mentions: Iterable[Mention]) -> dict[str, str]:
    return {one.entity: bare(" ".join(one.text.split()), one.type) for one in mentions}


def modifies(text: str, mention: Mention) -> bool:
    """Whether a name stands before what it only describes: "Boeing's rival"."""
    return _POSSESSIVE.match(text, mention.end) is not None


def _subject(text: str, sentence: Sentence) -> tuple[int, str]:
    """Where the first verb of a sentence begins, else its end; and its subject, where that opens it and is a short noun."""
    words = words_of(text, sentence.start, sentence.end)[:_LONGEST]
    at = first_verb(words)
    if at is None:
        return sentence.end, ""
    cut = max((k for k in range(at) if words[k].sign), default=-1) + 1
    subject = words[cut:at]
    plain = subject and not any(word.sign or word.low in listed("pronouns") for word in subject)
    noun = (
        plain
        and subject[0].low in {"the", "an", "a"}
        and (cut == 0 or words[0].low in listed("prepositions"))
        and len(subject) <= _SHORT
    )
    phrase = text[subject[0].start : subject[-1].end] if noun else ""
    return words[at].start, " ".join(phrase.split())


@cache
def _nouns() -> dict[str, list[str]]:
    nouns: dict[str, list[str]] = load("en/subjects")["organisations"]
    return nouns


@cache
def _roles() -> frozenset[str]:
    return frozenset(load("en/subjects")["roles"])


@cache
def _pronoun(kind: str) -> re.Pattern[str]:
    data: dict[str, Any] = load("en/subjects")
    words = [
        form
        for word in (*data[kind], *(data["several"] if kind == "thing" else ()))
        for form in (word, word.title())
    ]
    either = "|".join(words)
    opens = "" if kind == "person" else r"(?:(?<=^)|(?<=[.;:\n“\"] )|(?<=, )|(?<=\n)|(?<=that )|(?<=and ))"
    return re.compile(rf"{opens}\b(?:{either})\b")


@cache
def _noun() -> re.Pattern[str]:
    words = "|".join(sorted((*_nouns(), *_roles()), key=len, reverse=True))
    return re.compile(rf"\b[Tt]he ({words})\b(?! of\b)")
