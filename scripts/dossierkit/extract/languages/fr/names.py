"""Names in French, found by cues and capitals: titles, heads of organisations, prepositions of place.

The first rule that matches decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossierkit.extract.languages.fr.words import (
    ACRONYM,
    ARTICLES,
    LONGEST_NAME,
    ROMAN,
    FrenchWords,
    french_cues,
    french_words,
)
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.mentions.acronyms import BRACKETED
from dossierkit.extract.mentions.merge import lay
from dossierkit.extract.mentions.words import by_sentence
from dossierkit.model.finding import Mention, Sentence

_FURTHEST = 10  # words between a title and the name
_OF_ONE_WORD = frozenset({"groupe", "société", "entreprise", "filiale"})  # "le groupe Moreau"
_GIVEN = "given name"
_WEAK = 0.6  # score of a place behind a preposition


def find_names(text: str, sentences: Sequence[Sentence], known: Sequence[Mention]) -> list[Mention]:
    """Mentions in text order, none overlapping; `known` holds those of the gazetteer."""
    organisations: list[Mention] = []
    titled: list[Mention] = []
    places: list[Mention] = []
    others: list[Mention] = []
    given: set[int] = set()
    for reader in _readers(text, sentences, known):
        organisations.extend(reader.organisations())
        titled.extend(reader.titled())
        places.extend(reader.places())
        others.extend((*reader.people(), *reader.acronyms()))
        given |= {word.start for at, word in enumerate(reader.words) if reader.is_given_place(at)}
    surnames = {mention.text.split()[-1] for mention in (*titled, *others) if mention.type == "person"}
    placed = [mention for mention in places if mention.text not in surnames]
    full = {one.end for one in others if one.reason == _GIVEN and one.text.count(" ") == 1}  # "Joseph Muscat"
    listed = [mention for mention in known if mention.start not in given and mention.end not in full]
    return lay([organisations, titled, listed, placed, others], len(text))


def _readers(text: str, sentences: Sequence[Sentence], known: Sequence[Mention]) -> Iterator[_FrenchRules]:
    """The rules for each sentence, without sentences in capitals."""
    for sentence, here in by_sentence(sentences, known):
        words = french_words(text, sentence)
        if 2 * sum(word.text.isupper() and len(word.text) > 1 for word in words) < max(2, len(words)):
            yield _FrenchRules(text, words, frozenset(mention.start for mention in here), french_cues())


@dataclass(frozen=True, slots=True)
class _FrenchRules(FrenchWords):
    """The rules, over the words of one sentence."""

    def organisations(self) -> Iterator[Mention]:
        """As in "Conseil de sécurité", "Observatoire syrien des droits de l’homme (OSDH)"."""
        done = 0
        for at, word in enumerate(self.words):
            capital = word.text in self.cues.heads
            if at >= done and word.text[0].isupper() and (end := self._english_end(at)):
                done = end
                yield self.mention(at, end, "organization", 0.7, f"ends in “{self.words[end - 1].text}”")
            if at < done or not (capital or word.plain in self.cues.lower_heads):
                continue
            end = self.organisation_end(at)
            if end - at < 2 or not (capital or any(self.named(k) for k in range(at, end))):
                continue
            done = end
            yield self.mention(at, end, "organization", 0.8, f"after the word “{word.text}”")
            if (
                self.low(end) == "("
                and self.low(end + 2) == ")"
                and ACRONYM.fullmatch(self.words[end + 1].text)
            ):
                yield self.mention(end + 1, end + 2, "organization", 0.85, BRACKETED)

    def titled(self) -> Iterator[Mention]:
        """As in "M. Fabius", "le ministre français des Affaires étrangères, Laurent Fabius"."""
        for at, word in enumerate(self.words):
            polite = word.text[0].isupper() and word.plain in self.cues.courtesy
            size = 0 if self._inside_name(at) else 1 if polite else self.title_size(at)
            found = self._bearer(at + size, polite=polite) if size else None
            if found:
                title = self.text[word.start : self.words[at + size - 1].end]
                yield self.mention(*found, "person", 0.85, f"after the title “{title}”")

    def _inside_name(self, at: int) -> bool:
        """As in "Ismaïl Ould | Cheikh | Ahmed"."""
        particle = self.low(at - 1) in self.cues.particles - self.cues.links
        return particle and self.follows(at) and self.follows(at - 1) and self.named(at - 2)

    def places(self) -> Iterator[Mention]:
        """As in "la ville de Palmyre", "à Madaya", "République centrafricaine"."""
        for at, word in enumerate(self.words):
            low = word.plain
            if low in self.cues.places and (end := self._past_link(at + 1)) > at + 1:
                score, first = 0.75, end
            elif low in self.cues.weak_places:
                score, first = _WEAK, at + 1
            elif word.text in self.cues.countries and (end := self.organisation_end(at)) > at + 1:
                yield self.mention(at, end, "place", 0.75, f"after the word “{word.text}”")
                continue
            else:
                continue
            last = self._place_end(first, several=score > _WEAK)
            if last > first:
                yield self.mention(first, last, "place", score, f"after the word “{word.text}”")

    def people(self) -> Iterator[Mention]:
        """As in "Christine Lagarde", "Béji Caïd Essebsi"."""
        at = 0
        while at < len(self.words):
            end = self.name_end(at)
            several = end - at > 1 or (end > at and self.low(at - 1) in _OF_ONE_WORD)
            if several and self.low(at - 1) in self.cues.firms and self.follows(at):
                yield self.mention(
                    at, end, "organization", 0.8, f"after the word “{self.words[at - 1].text}”"
                )
            elif end - at > 1 and self._is_person(at, end):
                given = self.is_given(at)
                score, reason = (0.85, _GIVEN) if given else (0.55, "two capitalised words")
                yield self.mention(at, end, "person", score, reason)
            at = max(end, at + 1)

    def acronyms(self) -> Iterator[Mention]:
        """As in "l’OTAN", "le HCR"."""
        for at, word in enumerate(self.words):
            if (
                ACRONYM.fullmatch(word.text)
                and not ROMAN.fullmatch(word.text)
                and word.text not in self.cues.no_acronyms
            ):
                before = self.low(at - 1)
                if (
                    before in ARTICLES
                    or before in self.cues.links
                    or before in ("par", "selon", "avec", "et", "ou", "(")
                ):
                    yield self.mention(at, at + 1, "organization", 0.55, "acronym")

    def _is_person(self, at: int, end: int) -> bool:
        """Whether a run of capitalised words is a person's name."""
        words = [word.text for word in self.words[at:end]]
        if self.is_given(at) and words[0] not in self.cues.heads:
            return len(words) <= 2 * LONGEST_NAME
        no_name = self.cues.no_names | self.cues.heads | self.cues.fields | self.cues.openers
        if any(word in no_name for word in words) or self.words[at].start in self.placed:
            return False
        if words[0][:2] in ("L’", "L'"):  # "L’Écho de la Vallée"
            return False
        before = self.low(at - 1)
        return (
            len(words) <= LONGEST_NAME and before not in ARTICLES and before not in ("du", "des", "au", "aux")
        )

    def _bearer(self, at: int, *, polite: bool) -> tuple[int, int] | None:
        """The name after a title: directly, after adjectives, or after the title's complement and a comma."""
        at = self.past_adjectives(at)
        if self.follows(at) and self.named(at):
            return self._name_at(at, least=1)
        if polite and (found := self._after_particle(at)):
            return found
        return None if polite else self._after_complement(at)

    def _after_particle(self, at: int) -> tuple[int, int] | None:
        """As in "M. | du Plessis", "Mme | de La Tour d’Auvergne"."""
        if self.low(at) not in self.cues.particles:
            return None
        family = at + 2 if self.low(at + 1) in ARTICLES else at + 1
        end = self.name_end(family)
        return (at, end) if end > family else None

    def _name_at(self, at: int, least: int) -> tuple[int, int] | None:
        end = self.name_end(at)
        first = self.words[at].text
        if (
            end - at < least
            or first in self.cues.fields
            or first in self.cues.heads
            or first in self.cues.no_names
        ):
            return None
        return None if self.words[at].start in self.placed and not self.is_given(at) else (at, end)

    def _after_complement(self, at: int) -> tuple[int, int] | None:
        """The index after "de la Défense", "du Conseil européen", "de l’ONU pour la Syrie,"."""
        if self.low(at) not in self.cues.links:
            return None
        for step in range(at, min(len(self.words), at + _FURTHEST)):
            if self.low(step) == ",":
                return self._name_at(step + 1, least=2) if step + 1 < len(self.words) else None
            if step > at and not self.follows(step):
                return None
            if (
                step > at + 1
                and self.named(step)
                and self.is_given(step)
                and self.low(step - 1) not in self.cues.links
            ):
                return self._name_at(step, least=2)
            if not self._in_complement(step):
                return None
        return None

    def _in_complement(self, at: int) -> bool:
        low, before = self.low(at), self.low(at - 1)
        joins = self.cues.links | ARTICLES | {"et", "à", "aux", "au", "en"}
        if low in joins or self.is_adjective(at) or self.words[at].text[0].isupper():
            return True
        return low.isalpha() and before in joins

    def _past_link(self, at: int) -> int:
        """The index after "syrienne de la" between a cue and a place; `at` if there is no such link."""
        step = self.past_adjectives(at)
        if not (self.follows(step) and self.low(step) in ("de", "du", "d’", "des")):
            return at
        step += 1
        while self.follows(step) and self.low(step) in ARTICLES and self.words[step].text.islower():
            step += 1
        return step

    def _place_end(self, at: int, *, several: bool) -> int:
        """The index after a place's name. `several`: whether the cue is so strong that it may have two words ("village de Tongo Tongo")."""
        if not (self.follows(at) and self.named(at)) or self.is_given(at):
            return at
        word = self.words[at].text
        if (
            word in self.cues.heads
            or word in self.cues.no_names
            or word in self.cues.fields
            or word in self.cues.courtesy
        ):
            return at
        end = self.name_end(at) if word not in self.cues.openers else at + 1
        if word in self.cues.place_first and self.follows(at + 1) and self.named(at + 1):
            return at + 2
        most = 2 if several else 1
        return end if 0 < end - at <= most and word not in self.cues.openers else at

    def _english_end(self, at: int) -> int:
        """As in "Singapore Airlines": the index after a capitalised run that ends like an English name, or 0."""
        end = self.name_end(at) if self.words[at].text not in self.cues.heads else at
        return (
            end if end - at > 1 and self.words[end - 1].text in lexicon().org_heads - self.cues.heads else 0
        )
