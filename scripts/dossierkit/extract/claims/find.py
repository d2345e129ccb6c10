"""Whose claims the sentences of a paper are: what a party to a case says is no finding, also where its own sentence does not say who tells it.

A paper that calls itself an indictment, a section headed "The applicant’s account", a list behind "the Prosecution alleged:", an account
that a sentence opens, the sentences that go on with a claim in one paragraph, and, in English, phrases of a sentence and transcripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossierkit.extract.claims.first_person import in_first_person
from dossierkit.extract.claims.issuers import issuer
from dossierkit.extract.claims.words import (
    Claim,
    ClaimWords,
    alleged,
    claim_words,
    in_evidence,
    listing_reasons,
)
from dossierkit.extract.sentences.numbering import numbered
from dossierkit.extract.sentences.turns import NO_TURNS, Turn, Turns
from dossierkit.model.finding import Sentence

_HEADING = 80  # code points
_ANNOUNCED = 400  # code points
_TITLE_LINES = 15
_MARK = re.compile(r"\s*(?:[-–—•*·“\"]|\(?[\divxa-z]{1,5}[.)]|\[\d+\])\s")
_SECTION = re.compile(r"^\W*(?:(?:\d{1,3}|[A-Z]|[IVX]{1,5}|[a-z]|[ivx]{1,5})[.)]\s+)*")
_GOES_ON = re.compile(r"(?:;|,|;\s*(?:and|or))\s*$")
_FRONT = re.compile(
    r"\W*(?:\d+[.)]\s+)?(?:in|on) (?P<whose>.{1,60}?)(?:[’']s?)? (?:own )?(?P<account>\w+)\Z", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SUBJECT = re.compile(
    r"(?:He|She|They|It|The (?:[\w’'-]+ ){0,2}?[\w’'-]+|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})\b"
)
# Somebody else speaks than before.
_SPEAKER = re.compile(
    r"\b(?!(?:He|She|They|We|I|It)\b)[A-Z][\w’'-]{1,30} (?:said|says|told|added|adds|confirmed)\b"
)
_DAYS = frozenset({"day", "evening", "month", "morning", "night", "week", "year"})
_NEAR = 4  # words between a subject and its verb


def claims(
    text: str, sentences: Sequence[Sentence], lang: str = "en", publisher: str = "", turns: Turns = NO_TURNS
) -> list[Claim | None]:
    """For each sentence whose claim it is; None for what the paper itself tells. `publisher`: of the text, if known. `turns`: who speaks where."""
    words = claim_words(lang)
    if words is None:
        return [None] * len(sentences)
    paper = _paper(text, words) or (issuer(text, publisher) if lang == "en" else None)
    if paper is not None:
        return [paper] * len(sentences)
    read = _Reader(text, frozenset(numbered(text)), words).read(sentences)
    told = [turns.at(sentence.start) for sentence in sentences]
    outside = [sentence for sentence, turn in zip(sentences, told, strict=True) if turn is None]
    own = iter(in_first_person(text, outside, lang))
    return [
        _spoken(turn, words) if turn else _of_paper(claim, words, own=next(own))
        for turn, claim in zip(told, read, strict=True)
    ]


def _of_paper(claim: Claim | None, words: ClaimWords, *, own: bool) -> Claim | None:
    return claim or (words.narrated if own else None)


def _spoken(turn: Turn, words: ClaimWords) -> Claim:
    return Claim(f"{words.according} {turn.by}" if turn.by else "")


def says_who(heading: Sequence[str], lang: str) -> bool:
    """Whether a heading, in words in small letters, says who claims what it tells."""
    words = claim_words(lang)
    return words is not None and not words.claiming.isdisjoint(heading)


@dataclass(slots=True)
class _Reader:
    """Reads the sentences in order. `section`: until the next heading. `listed`: for the lines of a list. `going_on`: for the sentences behind
    a claim in its line, which ends at `line_end`. `cited`: in a quotation of several paragraphs, up to `cited_end`.
    """

    text: str
    numbers: frozenset[int]
    words: ClaimWords
    section: Claim | None = None
    listed: Claim | None = None
    going_on: Claim | None = None
    line: str = ""
    line_end: int = 0
    cited: Claim | None = None
    cited_end: int = 0

    def read(self, sentences: Sequence[Sentence]) -> Iterator[Claim | None]:
        end = -1
        for sentence in sentences:
            said = self.text[sentence.start : sentence.end]
            if end < 0 or "\n" in self.text[end : sentence.start]:
                self._open(sentence)
            end = sentence.end
            if self.words.lang == "en" and listing_reasons().match(said):
                self.cited, self.cited_end = self.words.claim("the statement of reasons"), self.line_end
            own = _framed(said, self.words) if self.words.lang == "en" else None
            if own is None and self.going_on is not None and not _continues(said, self.words):
                self.going_on = None
            cited = self.cited if sentence.start < self.cited_end else None
            yield own or cited or self.going_on or self.listed or self.section
            self._follow(sentence, said)

    def _open(self, sentence: Sentence) -> None:
        """A new line: a heading opens or ends a section; a list ends where a line is none of its items."""
        before = self.line
        end = self.text.find("\n", sentence.start)
        self.line = self.text[sentence.start : end if end >= 0 else len(self.text)].rstrip()
        self.line_end = sentence.start + len(self.line)
        if self.listed is not None and before.endswith(":") and self.line.startswith("“"):
            self.cited, self.cited_end = self.listed, _quotation_end(self.text, sentence.start)
        self.going_on = self.going_on if self.words.moving_on.match(self.line) else None
        if _is_heading(self.line):
            self.section, self.listed = _headed(self.line, self.words), None
        elif self.listed is not None and not before.endswith(":"):
            marked = sentence.start in self.numbers or _MARK.match(self.line) is not None
            self.listed = self.listed if marked or _GOES_ON.search(before) else None

    def _follow(self, sentence: Sentence, said: str) -> None:
        named = not self.words.parties.isdisjoint(_LETTERS.findall(said.lower()))
        claim = _claimed(said, self.words) if named else None
        claim = claim or (in_evidence(said) if self.words.lang == "en" else None)
        last = sentence.end >= self.line_end
        if last and said.endswith(":"):
            self.listed = claim or _announced(said, self.words)
        elif claim is not None:
            self.going_on = replace(claim, likely=True)
        account = _account(said, self.words) if named else None
        if account is not None:
            self.going_on, self.section = account, account if last else self.section


def _quotation_end(text: str, start: int) -> int:
    """Where a quotation that may open again with each paragraph closes; its start if it does not."""
    end = text.find("”", start)
    inner = text[start + 1 : max(end, start)]
    return end if end > 0 and inner.count("“") == inner.count("\n“") else start


def _paper(text: str, words: ClaimWords) -> Claim | None:
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


def _headed(line: str, words: ClaimWords) -> Claim | None:
    """As in "1. The applicant’s account", "The Case for the Prosecution", "Witness A", "Testimony of Ada Hale"."""
    bare = _SECTION.sub("", line.strip())
    witness = words.witness.match(bare)
    if witness is not None:
        return words.said_by(witness["code"] or witness["name"])
    told = not words.accounts.isdisjoint(_LETTERS.findall(bare.lower()))
    who = words.party.search(bare) if told else None
    return words.claim(who[0]) if who is not None else None


def _framed(said: str, words: ClaimWords) -> Claim | None:
    """As in "In the applicant’s submission, the police", "Hale, as alleged in the complaint, paid"."""
    pleaded = alleged().search(said)
    if pleaded is not None:
        return words.by(words.party.search(said, pleaded.end()) if pleaded["where"] else None)
    front, comma, _ = said[:_HEADING].partition(",")
    owned = _FRONT.match(front) if comma else None
    if owned is None or owned["account"].lower() not in words.accounts - {"case"}:
        return None
    return words.by(words.party.search(owned["whose"]))


def _claimed(said: str, words: ClaimWords) -> Claim | None:
    """As in "The Prosecution alleged", "Prosecutors have accused Hale of", "according to the indictment"."""
    found = next((match for match in (one.search(said) for one in words.claims) if match), None)
    return words.claim(next(who for who in found.groups() if who)) if found is not None else None


def _announced(said: str, words: ClaimWords) -> Claim | None:
    """As in "The mission then told the commission:"; nobody is named in "She said:"."""
    found = words.announced.match(said) if len(said) <= _ANNOUNCED else None
    who = (found["who"] or (found["source"] if words.according else "")) if found else ""
    return words.said_by(who) if who else Claim("") if found else None


def _account(said: str, words: ClaimWords) -> Claim | None:
    """As in "The applicant gave the following account", "The facts, as submitted by the applicant, are as follows", not "by the parties"."""
    low = _LETTERS.findall(said.lower())
    told = any(_follows(low, at, words) for at in range(len(low))) and not words.telling.isdisjoint(low)
    who = words.party.search(said) if told else None
    return words.claim(who[0]) if who is not None else None


def _follows(low: Sequence[str], at: int, words: ClaimWords) -> bool:
    """As in "the following account", not "following their arrest", "the following day"."""
    if low[at] not in words.following:
        return False
    if words.lang != "en" or low[at] == "follows":
        return True
    return at > 0 and low[at - 1] == "the" and _DAYS.isdisjoint(low[at + 1 : at + 2])


def _continues(said: str, words: ClaimWords) -> bool:
    """Whether a sentence behind a claim may go on with it: not what is done in public, nor what has its own speaker."""
    low = _LETTERS.findall(said.lower())
    if words.lang == "en" and _SPEAKER.search(said):
        return False
    if words.lang == "en":
        subject = _SUBJECT.match(said)
        low = _LETTERS.findall(said[subject.end() :].lower())[:_NEAR] if subject is not None else ["said"]
    return words.not_claimed.isdisjoint(low)
