"""Whether a sentence tells of the past or of what is to come, by the words of a language's `verbs.yml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dossierkit.text.data import beside
from dossierkit.text.match import without_tashkeel

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 5  # letters of a word whose ending shows a tense
_SHORTEST = 3  # letters of a verb that opens a sentence
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Verbs:
    """The lists of verbs.yml; what each means is said in fr/verbs.yml. `reach`: words from an auxiliary to its participle."""

    past: frozenset[str]
    past_endings: tuple[str, ...]
    not_past: frozenset[str]
    after: frozenset[str]
    participles: tuple[str, ...]
    participle_parts: tuple[str, ...]
    reach: int
    future: frozenset[str]
    future_endings: tuple[str, ...]
    future_starts: tuple[str, ...]
    not_future: frozenset[str]
    present: frozenset[str]
    opening_endings: tuple[str, ...]
    not_opening: tuple[str, ...]
    prefixes: str

    def tense(self, sentence: str) -> str:
        """Tell "past", "future", "present" or "" (no verb that the lists know) of a sentence without what it quotes."""
        forms = _WORD.findall(without_tashkeel(sentence))
        words = [form.lower() for form in forms]
        if any(map(self._opens_in_past, forms[:1])):
            return "past"
        if self.prefixes:
            words = [word for form in words for word in (form, form.lstrip(self.prefixes))]
        if any(map(self.is_past, words)) or self._after(forms, self.after):
            return "past"
        if any(map(self._is_future, words)):
            return "future"
        return "present" if not self.present.isdisjoint(words) else ""

    def is_past(self, word: str) -> bool:
        """Whether a word in small letters is a form of the past by itself."""
        ends = _long(word, self.past_endings) and not word.endswith(self.future_endings or ("\0",))
        return word in self.past or (ends and word not in self.not_past)

    def _opens_in_past(self, word: str) -> bool:
        """Whether the first word of a sentence is a form of the past by its ending, where verbs stand first: "جددت المحكمة"."""
        return (
            len(word) >= _SHORTEST
            and word.endswith(self.opening_endings or ("\0",))
            and not word.startswith(_ARTICLE)
            and not word.endswith(self.not_opening)
        )

    def is_finite(self, word: str) -> bool:
        """Whether a word in small letters is, or may be, a verb with a tense."""
        return self.is_past(word) or self._is_future(word) or word in self.after or word in self.present

    def without_and(self, line: str) -> str:
        """The line without the conjunction that is written together with its verb: "وشهد مرفأ" -> "شهد مرفأ"."""
        first = without_tashkeel(line.partition(" ")[0])
        joined = line[:1] and line[0] in self.prefixes and not self.is_finite(first)
        return line[1:] if joined and self.is_finite(first[1:]) else line

    def in_perfect(self, sentence: str) -> bool:
        """Whether a sentence tells in the perfect what is news on its day: an auxiliary in the present tense with its
        participle.
        """
        return self._after(_WORD.findall(sentence), self.after & self.present)

    def _is_future(self, word: str) -> bool:
        if word in self.future:
            return True
        shown = _long(word, self.future_endings) or (
            len(word) >= _LEAST and word.startswith(self.future_starts)
        )
        return shown and word not in self.not_future

    def _after(self, forms: Sequence[str], auxiliaries: frozenset[str]) -> bool:
        """Whether a participle follows an auxiliary, as in "a quitté", "ont ensuite été reçus", "hat am Montag den Rücktritt
        erklärt".
        """
        last = -self.reach - 2
        for at, form in enumerate(forms):
            if at - last <= self.reach + 1 and at > last and self.is_participle(form):
                return True
            if form.lower() in auxiliaries:
                last = at
        return False

    def closes(self, form: str) -> bool:
        """Whether a word as written may be the second part of a German or Dutch verb: a participle or an infinitive."""
        return self.is_participle(form) or (form.islower() and len(form) >= _LEAST and form.endswith("n"))

    def is_participle(self, form: str) -> bool:
        """Whether a word as written may be a participle of the past."""
        if len(form) < 3 or not form.islower() or not form.endswith(self.participles):
            return False
        return not self.participle_parts or any(part in form for part in self.participle_parts)


def _long(word: str, endings: tuple[str, ...]) -> bool:
    return len(word) >= _LEAST and word.endswith(endings)


@cache
def verbs(package: str) -> Verbs | None:
    """The verbs of a folder; None where it has no lists of them."""
    data = beside(package, "verbs")
    if "past" not in data:
        return None

    def words(name: str) -> frozenset[str]:
        return frozenset(data.get(name, ()))

    def parts(name: str) -> tuple[str, ...]:
        return tuple(data.get(name, ()))

    return Verbs(
        past=words("past"),
        past_endings=parts("past_endings"),
        not_past=words("not_past"),
        after=words("after"),
        participles=parts("participles"),
        participle_parts=parts("participle_parts"),
        reach=data.get("reach", 3),
        future=words("future"),
        future_endings=parts("future_endings"),
        future_starts=parts("future_starts"),
        not_future=words("not_future"),
        present=words("present"),
        opening_endings=parts("opening_endings"),
        not_opening=parts("not_opening"),
        prefixes=data.get("prefixes", ""),
    )
