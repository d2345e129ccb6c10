"""Names in Arabic, found by cues (the script has no capitals): titles, heads of organisations, words before places.

Prefers precision to recall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dossierkit.extract.mentions.merge import lay
from dossierkit.extract.mentions.words import SentenceWords, by_sentence, cut
from dossierkit.model.finding import Mention, Sentence
from dossierkit.text.data import beside

_WORD = re.compile(r"[^\W_][^\W_\u0640\u064b-\u0652]*(?:[\u0640\u064b-\u0652]+[^\W_]*)*|[^\w\s]")
_MARKS = re.compile("[\u0640\u064b-\u0652]")
_PROCLITICS = frozenset("وفبلك")
_MOST = 4  # words of a person's name, particles and the like not counted


@dataclass(frozen=True, slots=True)
class _ArabicCues:
    """The word lists of names.yml as sets; that file describes each."""

    titles: frozenset[str]
    bare_titles: frozenset[str]
    short_titles: frozenset[str]
    between: frozenset[str]
    org_heads: frozenset[str]
    org_definite: frozenset[str]
    org_and: frozenset[str]
    org_for: frozenset[str]
    org_whole: frozenset[str]
    no_orgs: frozenset[str]
    org_adjectives: frozenset[str]
    org_names: frozenset[str]
    places: frozenset[str]
    place_first: frozenset[str]
    no_places: frozenset[str]
    stops: frozenset[str]
    particles: frozenset[str]
    second_halves: frozenset[str]
    given: frozenset[str]
    says: frozenset[str]
    openers: frozenset[str]  # begins another name
    all: frozenset[str]


@cache
def _cues() -> _ArabicCues:
    data = {key: frozenset(words) for key, words in beside(__package__, "names").items()}
    titles, places = data["titles"] | data["titles_bare"], data["place_cues"]
    openers = titles | data["org_heads"] | data["org_definite"] | places
    return _ArabicCues(
        data["titles"], data["titles_bare"], data["titles_short"], data["fields"] | data["adjectives"] | data["peoples"],
        data["org_heads"], data["org_definite"], data["org_and"], data["org_for"], data["org_whole"], data["no_orgs"],
        data["org_adjectives"], data["org_names"], places, data["place_first"], data["no_places"], data["stops"], data["particles"],
        data["second_halves"], data["given"], data["says"], openers, openers | data["given"] | data["says"],
    )  # fmt: skip


def _plain(form: str) -> str:
    return _MARKS.sub("", form)


def _readings(word: str, among: frozenset[str]) -> tuple[int, str] | None:
    """First reading of each word on a list: index of letters to skip, as written, then without one or two one-letter
    prefixes. لل is read as ل and ال first.
    """
    if word in among:
        return 0, word
    for skip in (1, 2):
        if word[skip - 1 : skip] not in _PROCLITICS:
            break
        if word[skip - 1 : skip + 1] == "لل" and f"ا{word[skip:]}" in among:
            return skip, f"ا{word[skip:]}"
        if word[skip:] in among:
            return skip, word[skip:]
    return None


def find_names(text: str, sentences: Sequence[Sentence], known: Sequence[Mention]) -> list[Mention]:
    """Mentions in text order, none overlapping; `known` holds those of the gazetteer."""
    organisations: list[Mention] = []
    people: list[Mention] = []
    places: list[Mention] = []
    readers: list[_ArabicRules] = []
    for sentence, here in by_sentence(sentences, known):
        types = {mention.start: (mention.end, mention.type) for mention in here}
        words = cut(text, sentence, _WORD, _plain)
        cues = _cues()
        cued = tuple(at for at, word in enumerate(words) if _readings(word.plain, cues.all))
        reader = _ArabicRules(text, words, cued, types, cues)
        readers.append(reader)
        organisations.extend(reader.organisations())
        people.extend(reader.people())
        places.extend(reader.places())
    surnames = frozenset(mention.text.rsplit(" ", 1)[-1] for mention in people if " " in mention.text)
    again = [mention for reader in readers for mention in reader.named_again(surnames)]
    return lay([[*organisations, *known], people, places, again], len(text))


@dataclass(frozen=True, slots=True)
class _ArabicRules(SentenceWords):
    """The rules, over the words of one sentence.

    `cued`: positions of cues and given names. `known`: position of each gazetteer name -> (its end, type).
    """

    cued: Sequence[int]
    known: dict[int, tuple[int, str]]
    cues: _ArabicCues

    def organisations(self) -> Iterator[Mention]:
        """As in "وزارة الدفاع الروسية", "الهيئة العليا للمفاوضات", "الجيش السوري"."""
        done = 0
        for at in self.cued:
            skip, head = self._read(at, self.cues.org_heads | self.cues.org_definite)
            if not head or at < done:
                continue
            end = self._definite_end(at) if head in self.cues.org_definite else self._construct_end(at, head)
            if end - at > 1 and not (end - at == 2 and f"{head} {self.low(at + 1)}" in self.cues.no_orgs):
                done = end
                yield self._mention(at, end, ("organization", 0.75, f"after the word “{head}”"), skip, head)

    def people(self) -> Iterator[Mention]:
        """As in "الرئيس بشار الأسد", "وزير الخارجية الروسي سيرغي لافروف"."""
        done = 0
        for at in self.cued:
            if at < done:
                continue
            skip, title = self._read(at, self.cues.titles | self.cues.bare_titles)
            if title:
                first = self._past_between(at + 1, bare=title in self.cues.bare_titles)
                least = 1 if title in self.cues.short_titles else 2
                end = self._name_end(first)
                if first > at and self._length(first, end) >= least and self._bears(first, title):
                    done = end
                    cue = " ".join(self.text[self.words[at].start + skip : self.words[first - 1].end].split())
                    yield self._mention(first, end, ("person", 0.75, f"after the title “{cue}”"))
                continue
            skip, given = self._read(at, self.cues.given)
            end = self._name_end(at) if given else at
            if given and self._length(at, end) >= 2 and not self._is_placed(at):
                done = end
                yield self._mention(at, end, ("person", 0.6, "given name"), skip)

    def named_again(self, surnames: frozenset[str]) -> Iterator[Mention]:
        """A surname alone after a verb of speech or a title: "وقال المسماري"."""
        for cue in self.cued:
            named = self.follows(cue + 1) and self.words[cue + 1].text in surnames
            if named and self._read(cue, self.cues.says | self.cues.titles)[1]:
                yield self._mention(cue + 1, cue + 2, ("person", 0.6, "surname of a name in the text"))

    def places(self) -> Iterator[Mention]:
        """As in "مدينة تدمر", "ريف حماة", "قرية بيت جن"; "تونس العاصمة" is one already."""
        for at in self.cued:
            _, cue = self._read(at, self.cues.places)
            if (
                not cue
                or not self.follows(at + 1)
                or (cue.startswith("ال") and self._known_type(at - 1) == "place")
            ):
                continue
            word = self.low(at + 1)
            _, opener = self._read(at + 1, self.cues.openers)
            vague = (
                word in self.cues.no_places or word in self.cues.stops or not word.isalpha() or len(word) < 3
            )
            plain = word.endswith(("ية", "تين")) and not word.startswith("ال")
            nisba = plain or (cue.startswith("ال") and self._is_adjective(at + 1))
            if vague or nisba or (opener and word not in self.cues.place_first):
                continue
            both = (
                word in self.cues.place_first
                and self.follows(at + 2)
                and self.low(at + 2) not in self.cues.stops
            )
            yield self._mention(at + 1, at + (3 if both else 2), ("place", 0.7, f"after the word “{cue}”"))

    def _mention(
        self, first: int, last: int, why: tuple[str, float, str], skip: int = 0, head: str = ""
    ) -> Mention:
        """Build a mention.

        `why`: type, score, reason. `skip`: letters of the first word that do not belong to the name. `head`: what it was read as.
        """
        start, end = self.words[first].start + skip, self.words[last - 1].end
        swallowed = head[:1] if head[1:] == self.words[first].plain[skip:] else ""
        return Mention(start, end, swallowed + self.text[start:end], *why)

    def _read(self, at: int, among: frozenset[str]) -> tuple[int, str]:
        """(letters to skip, the word) if a word of the list is here, with or without one-letter prefixes."""
        return _readings(self.low(at), among) or (0, "")

    def _is_definite(self, at: int) -> bool:
        return self.follows(at) and self.low(at).startswith("ال") and len(self.low(at)) > 4

    def _is_adjective(self, at: int) -> bool:
        """A definite adjective, which continues the noun before it."""
        word = self.low(at)
        return self._is_definite(at) and (
            word.endswith(("ي", "ية", "يين")) or word in self.cues.org_adjectives
        )

    def _adjectives_end(self, at: int) -> int:
        while self._is_adjective(at):
            at += 1
        return at

    def _definite_end(self, at: int) -> int:
        """As in "الهيئة العليا للمفاوضات": adjectives, then "for" and a complement."""
        end = self._adjectives_end(at + 1)
        if end == at + 1:
            return at
        if self._read(at, self.cues.org_whole)[1]:
            return end
        if self.follows(end) and self.low(end).startswith("لل") and len(self.low(end)) > 4:
            return self._adjectives_end(end + 1)
        return self._purpose_end(end)

    def _purpose_end(self, at: int) -> int:
        """The index after "for human rights", "for refugee affairs"; `at` if it is not there."""
        if self.follows(at) and self.low(at) in self.cues.org_for and self._ends_construct(at + 1):
            return self._adjectives_end(at + 2)
        return at

    def _construct_end(self, at: int, head: str) -> int:
        """As in "هيئة تحرير الشام": up to the first definite noun or known name, with its adjectives."""
        noun = at + 1
        if self.follows(noun) and not self._ends_construct(noun) and self._ends_construct(noun + 1):
            if self.low(noun) in self.cues.stops or self._read(noun, self.cues.openers)[1]:
                return at
            noun += 1
        if not self._ends_construct(noun):
            return at
        end = self._adjectives_end(noun + 1)
        joined = (
            self.follows(end)
            and self.low(end).startswith("وال")
            and not self._read(end, self.cues.openers)[1]
        )
        if head in self.cues.org_and and joined:
            end = self._adjectives_end(end + 1)
        return end

    def _ends_construct(self, at: int) -> bool:
        if not self.follows(at):
            return False
        place = self._known_type(at) == "place" and self.low(at) not in self.cues.stops
        return self._is_definite(at) or place or self.low(at) in self.cues.org_names

    def _past_between(self, at: int, *, bare: bool) -> int:
        """The index after a title's field, peoples and adjectives; 0 for a bare title without any, which is not followed by a
        name.
        """
        first = at
        if bare and self.follows(at) and self._known_type(at) == "organization":
            at = self._past(self.known[self.words[at].start][0], at)  # "مبعوث الأمم المتحدة"
        elif bare and self._read(at, self.cues.org_definite)[1]:
            at = self._adjectives_end(at + 1)  # "رئيس المجلس الرئاسي"
        while self.follows(at) and (
            self.low(at) in self.cues.between or self._ends_bare(at, first, bare=bare)
        ):
            at += 1
        at = self._purpose_end(at)
        return at if at > first or not bare else 0

    def _past(self, end: int, at: int) -> int:
        while at < len(self.words) and self.words[at].start < end:
            at += 1
        return at

    def _ends_bare(self, at: int, first: int, *, bare: bool) -> bool:
        """The index inside the organisation after a bare title: "أمين عام حزب الله", "الأمين العام للأمم المتحدة"."""
        if self.low(at).startswith("لل") and self.follows(at):
            return True
        behind = self._read(at - 1, self.cues.org_heads)[1] or self.low(at - 1).startswith("لل")
        return bool(
            (bare and self._read(at, self.cues.org_heads)[1])
            or (behind and at > first and self._ends_construct(at))
        )

    def _bears(self, at: int, title: str) -> bool:
        """After a bare title a definite word is its complement ("رئيس البلدية"), not a name."""
        return not (
            title in self.cues.bare_titles and self._is_definite(at) and self.low(at) not in self.cues.given
        )

    def _known_type(self, at: int) -> str:
        return self.known.get(self.words[at].start, (0, ""))[1]

    def _is_placed(self, at: int) -> bool:
        return self.words[at].start in self.known

    def _name_end(self, at: int) -> int:
        """The index after a person's name; a family name with an article ends it."""
        end = count = 0
        step = at
        while step < len(self.words) and (step == at or self.follows(step)) and count < _MOST:
            word = self.low(step)
            joined = step > at and self._read(step, self.cues.given)[0]  # "and" before another name
            led = step > at and self.low(step - 1) in self.cues.particles and word.isalpha()  # "عبد الملك"
            if not (led or self._may_name(step)) or joined or (step > at and self._is_placed(step)):
                break
            step += 1
            if word in self.cues.particles and self.follows(step):
                continue
            while self.low(step) in self.cues.second_halves and self.follows(step):
                step += 1
            end, count = step, count + 1
            if count > 1 and word.startswith("ال") and self.low(step - 2) not in self.cues.particles:
                break
        return self._sure_end(at, end, count)

    def _sure_end(self, at: int, end: int, count: int) -> int:
        """If nothing shows the end of a long run, its first two words are the name."""
        closed = (
            end >= len(self.words) or not self._may_name(end) or not self.follows(end) or self._is_placed(end)
        )
        article = end > at and self.low(end - 1).startswith("ال")
        if count <= 2 or closed or article:
            return max(at, end)
        return self._second(at)

    def _second(self, at: int) -> int:
        step, count = at, 0
        while count < 2:
            count += self.low(step) not in self.cues.particles
            step += 1
        return step

    def _may_name(self, at: int) -> bool:
        word = self.low(at)
        if not word.isalpha() or word in self.cues.stops or len(word) < 2:
            return False
        if word in self.cues.particles:
            return True
        return not self._read(at, self.cues.openers)[1]

    def _length(self, at: int, end: int) -> int:
        return sum(self.low(k) not in self.cues.particles for k in range(at, end))
