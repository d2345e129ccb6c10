"""Words of a French sentence: names, adjectives, and the extent of titles, names and organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dossierkit.extract.mentions.words import PlainWord, SentenceWords, cut
from dossierkit.model.finding import Mention, Sentence
from dossierkit.text.data import beside

_ELIDED = r"(?:[cdjlst]|[nm](?=[’'][a-zà-ÿ])|qu|jusqu|lorsqu|puisqu)[’']"
_WORD = re.compile(
    rf"(?i:{_ELIDED})|(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|Mgr)\b\.?|[^\W_]+(?:[-‐‑’'](?!\s)[^\W_]+)*|[^\w\s]"
)
_ADJECTIVE = re.compile(
    r"\w{2,}(?:iques?|(?<!t)aux|als?|ales?|els?|elles?|iens?|iennes?|éens?|éennes?|ais|aises?|ois|oises?|aires?|ifs?|ives?|ains?|aines?"
    r"|ables?|eurs?|trices?)"
)
ROMAN = re.compile(r"[IVX]{1,5}|Ier")
ACRONYM = re.compile(r"[A-ZÉ][A-Z0-9É]{1,6}")
ARTICLES = frozenset({"la", "le", "les", "l’", "l'"})
_PREFIXED = re.compile(r"(?:al|el|as|ash|ad|an|ar|at|az)[-‐‑]\w", re.IGNORECASE)
LONGEST_NAME, _LONGEST_ORG = 5, 14  # words


@dataclass(frozen=True, slots=True)
class FrenchCues:
    """The lists of names.yml as sets; `titles` and `courtesy` in lower case."""

    titles: frozenset[str]
    title_firsts: frozenset[str]
    courtesy: frozenset[str]
    fields: frozenset[str]
    heads: frozenset[str]
    lower_heads: frozenset[str]
    links: frozenset[str]
    adjectives: frozenset[str]
    no_adjectives: frozenset[str]
    places: frozenset[str]
    weak_places: frozenset[str]
    countries: frozenset[str]
    no_names: frozenset[str]
    openers: frozenset[str]
    particles: frozenset[str]
    given: frozenset[str]
    given_places: frozenset[str]
    no_acronyms: frozenset[str]
    place_first: frozenset[str]
    firms: frozenset[str]


@cache
def french_cues() -> FrenchCues:
    data = {key: frozenset(words) for key, words in beside(__package__, "names").items()}
    return FrenchCues(
        data["titles"], frozenset(title.split()[0] for title in data["titles"]), data["courtesy"], data["fields"], data["org_heads"], data["org_lower"], data["complement"],
        data["adjectives"], data["no_adjectives"], data["place_cues"], data["place_before"], data["country_heads"], data["no_names"],
        data["openers"] | data["calendar"], data["particles"], data["given"], data["given_places"], data["no_acronyms"],
        data["place_first"], data["firms"],
    )  # fmt: skip


def _plain(form: str) -> str:
    return form.lower().replace("'", "’")


def french_words(text: str, sentence: Sentence) -> tuple[PlainWord, ...]:
    """The words of a sentence; elided ones ("l’", "qu’") are separate."""
    return cut(text, sentence, _WORD, _plain)


@dataclass(frozen=True, slots=True)
class FrenchWords(SentenceWords):
    """The words of one sentence. `placed`: positions of gazetteer names."""

    placed: frozenset[int]
    cues: FrenchCues

    def mention(self, first: int, last: int, type_: str, score: float, reason: str) -> Mention:
        start, end = self.words[first].start, self.words[last - 1].end
        return Mention(start, end, self.text[start:end], type_, score, reason)

    def named(self, at: int) -> bool:
        """Whether a word is written like a name: with a capital but not in capitals, or as in "al-Sissi"."""
        word = self.words[at].text
        if word[0].isupper() and len(word) > 1:
            return not ACRONYM.fullmatch(word)
        return word[0] in "ae" and _PREFIXED.match(word) is not None

    def is_adjective(self, at: int) -> bool:
        low = self.low(at)
        if not self.words[at].text.islower() or low in self.cues.no_adjectives:
            return False
        return low in self.cues.adjectives or _ADJECTIVE.fullmatch(low) is not None

    def past_adjectives(self, at: int) -> int:
        while self.follows(at) and self.is_adjective(at):
            at += 1
        return at

    def is_given(self, at: int) -> bool:
        word = self.words[at].text
        return word in self.cues.given or word.split("-")[0] in self.cues.given or self.is_given_place(at)

    def is_given_place(self, at: int) -> bool:
        """Whether a place's name is a given name here: "Florence Parly", not "Florence, Italie"."""
        after = at + 1
        if self.words[at].text not in self.cues.given_places or after >= len(self.words):
            return False
        return self.follows(after) and self.named(after) and self.words[after].start not in self.placed

    def name_end(self, at: int) -> int:
        """The index after a person's name that begins here; `at` if none does."""
        if not (at < len(self.words) and self.named(at)) or self._leads_on(at):
            return at
        end = at + 1
        while end < len(self.words) and self.follows(end) and end - at < 2 * LONGEST_NAME:
            step = end
            while self.low(step) in self.cues.particles and self.follows(step + 1):
                step += 1
            inside = step < len(self.words) and (self.named(step) or ROMAN.fullmatch(self.words[step].text))
            if not inside or (step > end and self.words[step].start in self.placed):
                break
            end = step + 1
        return end

    def _leads_on(self, at: int) -> bool:
        """Whether a capitalised word stands before names and begins none: "Le", "Selon", "M."."""
        return self.words[at].text in self.cues.openers or self.low(at) in self.cues.courtesy

    def organisation_end(self, at: int) -> int:
        """The index after an organisation's further words: adjectives, capitals, "de", "pour" and a noun."""
        end, link = at + 1, ""
        while end - at < _LONGEST_ORG and self.follows(end):
            low = self.low(end)
            first_only = low in ("contre", "sans") and link
            joined = (low in self.cues.links and not first_only) or (
                low == "et" and link and self._goes_on(end + 1, link)
            )
            if joined:
                noun = (
                    self._past_articles(end + 1)
                    if not (low == "et" and self.is_adjective(end + 1))
                    else end + 1
                )
                if noun is None:
                    break
                link, end = (low if low != "et" else link), noun + 1
            elif self._is_addressed(end):
                break
            elif (self.named(end) and not self.is_given(end)) or self.is_adjective(end):
                end += 1
            else:
                break
        return end

    def _is_addressed(self, at: int) -> bool:
        """Whether a form of address begins another name: "l'Agence France-Presse | M. Dah"."""
        return self.words[at].text[0].isupper() and self.low(at) in self.cues.courtesy

    def _goes_on(self, at: int, link: str) -> bool:
        """As in "de la justice et du développement", "pour la démocratie et le progrès", "sociaux et humains (CESH)"."""
        closes = self.is_adjective(at) and self.low(at + 1) == "("
        return (
            closes
            or self.low(at) in ("de", "du", "des", "d’")
            or (link == "pour" and self.low(at) in ARTICLES)
        )

    def _past_articles(self, at: int) -> int | None:
        """The index of the noun after "de la"; None if there is none."""
        while self.follows(at) and (self.low(at) in ARTICLES or self.low(at) in ("de", "du", "des", "d’")):
            at += 1
        return at if self.follows(at) and self.words[at].text[0].isalpha() else None

    def title_size(self, at: int) -> int:
        """Number of words (0 to 4) of the title that begins here."""
        if self.words[at].plain not in self.cues.title_firsts:
            return 0
        phrase, size = "", 0
        for count, word in enumerate(self.words[at : at + 4], start=1):
            if count > 1 and not word.near:
                break
            phrase += word.plain if not phrase or phrase.endswith("’") else f" {word.plain}"
            if phrase in self.cues.titles:
                size = count
        return size
