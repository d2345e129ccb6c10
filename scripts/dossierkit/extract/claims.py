"""Whose claims the sentences of a paper are: what a party to a case says is no finding, also where its own sentence does not say who tells it.

A paper that calls itself an indictment, a section headed "The applicant’s account", a list behind "the Prosecution alleged:", an account
that a sentence opens, the sentences that go on with a claim in one paragraph, and, in English, phrases of a sentence and transcripts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dossierkit.extract.languages import from_files, language
from dossierkit.extract.numbering import numbered
from dossierkit.model.finding import Sentence
from dossierkit.text.data import load

_HEADING = 80  # code points
_TITLE_LINES = 15
_MARK = re.compile(r"\s*(?:[-–—•*·“\"]|\(?[\divxa-z]{1,5}[.)]|\[\d+\])\s")
_SECTION = re.compile(r"^\W*(?:(?:\d{1,3}|[A-Z]|[IVX]{1,5}|[a-z]|[ivx]{1,5})[.)]\s+)*")
_GOES_ON = re.compile(r"(?:;|,|;\s*(?:and|or))\s*$")
_FRONT = re.compile(
    r"\W*(?:\d+[.)]\s+)?(?:in|on) (?P<whose>.{1,60}?)(?:[’']s?)? (?:own )?(?P<account>\w+)\Z", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SPOKEN = 3  # lines with a speaker in a transcript
_SUBJECT = re.compile(
    r"(?:He|She|They|It|The (?:[\w’'-]+ ){0,2}?[\w’'-]+|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})\b"
)
_NEAR = 4  # words between a subject and its verb


@dataclass(frozen=True, slots=True)
class Claim:
    """`by`: who claims it, as in "according to the applicant"; "" if a pronoun says so, or the language has no such words. `likely`: told
    behind a claim, in the same paragraph.
    """

    by: str
    likely: bool = False


@dataclass(frozen=True, slots=True)
class _ClaimWords:
    """The lists of a language's claims.yml, and what they are looked for with; data/en/claims.yml explains each list.

    `parties`: the last word of each.
    """

    lang: str
    according: str
    articles: Mapping[str, str]
    parties: frozenset[str]
    claiming: frozenset[str]
    accounts: frozenset[str]
    telling: frozenset[str]
    following: frozenset[str]
    papers: frozenset[str]
    not_claimed: frozenset[str]
    party: re.Pattern[str]
    claims: tuple[re.Pattern[str], ...]

    def by(self, who: re.Match[str] | None) -> Claim:
        return self.claim(who[0]) if who is not None else Claim("")

    def claim(self, who: str) -> Claim:
        """As in "according to the Prosecution" of "THE PROSECUTION", "selon le requérant" of "du requérant"."""
        plain = " ".join(who.split())
        plain = plain.lower() if plain.isupper() or " " not in plain else plain
        first, space, rest = plain.partition(" ")
        article = self.articles.get(first.lower())
        named = f"{article}{space}{rest}" if article else plain[0].lower() + plain[1:] if space else plain
        return Claim(f"{self.according} {named}" if self.according else "")


def claims(text: str, sentences: Sequence[Sentence], lang: str = "en") -> list[Claim | None]:
    """For each sentence whose claim it is; None for what the paper itself tells."""
    words = _words(lang)
    if words is None:
        return [None] * len(sentences)
    paper = _paper(text, words)
    if paper is not None:
        return [paper] * len(sentences)
    spoken = _speakers(text) if lang == "en" else []
    if spoken:
        return [_speaker(spoken, sentence.start) for sentence in sentences]
    return list(_Reader(text, frozenset(numbered(text)), words).read(sentences))


def says_who(heading: Sequence[str], lang: str) -> bool:
    """Whether a heading, in words in small letters, says who claims what it tells."""
    words = _words(lang)
    return words is not None and not words.claiming.isdisjoint(heading)


@dataclass(slots=True)
class _Reader:
    """Reads the sentences in order. `section`: until the next heading. `listed`: for the lines of a list. `going_on`: for the sentences behind
    a claim in its line, which ends at `line_end`.
    """

    text: str
    numbers: frozenset[int]
    words: _ClaimWords
    section: Claim | None = None
    listed: Claim | None = None
    going_on: Claim | None = None
    line: str = ""
    line_end: int = 0

    def read(self, sentences: Sequence[Sentence]) -> Iterator[Claim | None]:
        end = -1
        for sentence in sentences:
            said = self.text[sentence.start : sentence.end]
            if end < 0 or "\n" in self.text[end : sentence.start]:
                self._open(sentence)
            end = sentence.end
            own = _framed(said, self.words) if self.words.lang == "en" else None
            if own is None and self.going_on is not None and not _continues(said, self.words):
                self.going_on = None
            yield own or self.going_on or self.listed or self.section
            if not self.words.parties.isdisjoint(_LETTERS.findall(said.lower())):
                self._follow(sentence, said)

    def _open(self, sentence: Sentence) -> None:
        """A new line: a heading opens or ends a section; a list ends where a line is none of its items."""
        before, self.going_on = self.line, None
        end = self.text.find("\n", sentence.start)
        self.line = self.text[sentence.start : end if end >= 0 else len(self.text)].rstrip()
        self.line_end = sentence.start + len(self.line)
        if _is_heading(self.line):
            self.section, self.listed = _headed(self.line, self.words), None
        elif self.listed is not None and not before.endswith(":"):
            marked = sentence.start in self.numbers or _MARK.match(self.line) is not None
            self.listed = self.listed if marked or _GOES_ON.search(before) else None

    def _follow(self, sentence: Sentence, said: str) -> None:
        claim = _claimed(said, self.words)
        last = sentence.end >= self.line_end
        if claim is not None and last and said.endswith(":"):
            self.listed = claim
        elif claim is not None:
            self.going_on = replace(claim, likely=True)
        account = _account(said, self.words)
        if account is not None:
            self.going_on, self.section = account, account if last else self.section


def _paper(text: str, words: _ClaimWords) -> Claim | None:
    """The claim of a paper whose first lines say that it is an indictment or a complaint."""
    for line in text.split("\n", _TITLE_LINES)[:_TITLE_LINES]:
        first, _, rest = " ".join(_LETTERS.findall(line.lower())).partition(" ")
        bare = rest if first in words.articles else f"{first} {rest}".strip()
        if bare in words.papers:
            return Claim(f"{words.according} the {bare}" if words.lang == "en" else "")
    return None


def _is_heading(line: str) -> bool:
    bare = line.strip()
    ends = bare[-1:] in set('.;:,?!”"’') or _GOES_ON.search(bare) is not None
    return len(bare) <= _HEADING and not ends and not bare[:1].islower()


def _headed(line: str, words: _ClaimWords) -> Claim | None:
    """As in "1. The applicant’s account", "The Case for the Prosecution"."""
    bare = _SECTION.sub("", line.strip())
    told = not words.accounts.isdisjoint(_LETTERS.findall(bare.lower()))
    who = words.party.search(bare) if told else None
    return words.claim(who[0]) if who is not None else None


def _framed(said: str, words: _ClaimWords) -> Claim | None:
    """As in "In the applicant’s submission, the police", "Hale, as alleged in the complaint, paid"."""
    alleged = _alleged().search(said)
    if alleged is not None:
        return words.by(words.party.search(said, alleged.end()) if alleged["where"] else None)
    front, comma, _ = said[:_HEADING].partition(",")
    owned = _FRONT.match(front) if comma else None
    if owned is None or owned["account"].lower() not in words.accounts - {"case"}:
        return None
    return words.by(words.party.search(owned["whose"]))


def _speakers(text: str) -> list[tuple[int, str]]:
    """The offsets at which somebody begins to speak, and who; none if the text is no transcript.

    "Q." and "A." are of a court; "Q:" and "A:" of an interview, whose answers the paper prints as its own.
    """
    found = [(match.start(), match["who"] or "") for match in _speaking().finditer(text)]
    several = len({who for _, who in found}) > 1 or any(not who for _, who in found)
    return [(start, _named(who)) for start, who in found] if several and len(found) >= _SPOKEN else []


def _named(who: str) -> str:
    """As in "according to Mr Hale" for "MR HALE", "according to the chair" for "THE CHAIR"; "" for the letters of question and answer."""
    if not who:
        return ""
    office = who.lower().removeprefix("the ")
    if office.startswith("chair") or who.startswith("THE "):
        return f"according to the {office}"
    return f"according to {who.title() if who.isupper() else who}"


def _speaker(spoken: Sequence[tuple[int, str]], at: int) -> Claim | None:
    before = bisect_right(spoken, at, key=lambda one: one[0])
    return Claim(spoken[before - 1][1]) if before else None


def _claimed(said: str, words: _ClaimWords) -> Claim | None:
    """As in "The Prosecution alleged", "Prosecutors have accused Hale of", "according to the indictment"."""
    found = next((match for match in (one.search(said) for one in words.claims) if match), None)
    return words.claim(next(who for who in found.groups() if who)) if found is not None else None


def _account(said: str, words: _ClaimWords) -> Claim | None:
    """As in "The applicant gave the following account", "The facts, as submitted by the applicant, are as follows", not "by the parties"."""
    low = frozenset(_LETTERS.findall(said.lower()))
    told = not (words.following.isdisjoint(low) or words.telling.isdisjoint(low))
    who = words.party.search(said) if told else None
    return words.claim(who[0]) if who is not None else None


def _continues(said: str, words: _ClaimWords) -> bool:
    """Whether a sentence behind a claim may go on with it: not what is done in public, nor what has its own speaker."""
    low = _LETTERS.findall(said.lower())
    if words.lang == "en":
        subject = _SUBJECT.match(said)
        low = _LETTERS.findall(said[subject.end() :].lower())[:_NEAR] if subject is not None else ["said"]
    return words.not_claimed.isdisjoint(low)


@cache
def _alleged() -> re.Pattern[str]:
    """As in "as alleged in", "as is further alleged by", "it was alleged"."""
    verbs = _either(load("en/claims")["alleged"])
    between = r"(?:(?:it|is|was|has|been|also|further) ){0,3}"
    return re.compile(
        rf"\b(?:as {between}(?:{verbs}) (?P<where>in|by)|it (?:is|was|has) {between}(?:{verbs}))\b",
        re.IGNORECASE,
    )


@cache
def _speaking() -> re.Pattern[str]:
    titles = _either(load("en/claims")["titles"])
    return re.compile(
        rf"^(?:Q\d+ |Question \d+ ?)?(?:[QA]\. |(?P<who>(?:The )?Chair(?:man|woman|person)?|THE [A-Z]+"
        rf"|(?:{titles}|{titles.upper()})\.? [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{0,3}}): )",
        re.MULTILINE,
    )


@cache
@from_files
def _words(lang: str) -> _ClaimWords | None:
    """The word lists of a language; None if it has no claims.yml."""
    own = language(lang) if lang != "en" else None
    data = load("en/claims") if lang == "en" else own.facts("claims") if own is not None else {}
    if not data:
        return None
    sets = ("accounts", "telling", "following", "papers", "not_claimed")
    articles = "|".join(re.escape(word) for word in data["articles"])
    article = rf"(?:(?:{articles})(?:(?<=[’'])|\s)(?:[\w-]+ ){{0,2}}?)"
    party = rf"\b{article}?(?:{_either(data['parties'])})\b"
    between = rf"(?:(?:{_either(data['between'])}) ){{0,2}}" if "between" in data else ""
    patterns = [rf"({party}) {between}(?:{_either(data['claiming'])})\b"]
    if "accusers" in data:
        who = rf"({article}?(?:{_either(data['accusers'])}))"
        patterns.append(rf"\b{who} (?:{_either(data['accusing'])})\b|\b{data['according']} {who}\b")
    return _ClaimWords(
        lang,
        data["according"],
        data["articles"],
        frozenset(word.lower().split()[-1] for word in (*data["parties"], *data.get("accusers", ()))),
        frozenset(word for word in data["claiming"] if " " not in word),
        **{name: frozenset(word.lower() for word in data[name]) for name in sets},
        party=re.compile(party, re.IGNORECASE),
        claims=tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns),
    )


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
