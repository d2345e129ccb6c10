"""Whose claims the sentences of a paper are: what a party to a case says is no finding, also where its own sentence does not say who tells it.

A paper that calls itself an indictment, a section headed "The applicant’s account", a list behind "the Prosecution alleged:", an account
that a sentence opens, the sentences that go on with a claim in one paragraph, and what is said in a transcript. English only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dossierkit.extract.numbering import numbered
from dossierkit.model.finding import Sentence
from dossierkit.text.data import load

_HEADING = 80  # code points
_TITLE_LINES = 15
_MARK = re.compile(r"\s*(?:[-–—•*·“\"]|\(?[\divxa-z]{1,5}[.)]|\[\d+\])\s")
_SECTION = re.compile(r"^\W*(?:(?:\d{1,3}|[A-Z]|[IVX]{1,5}|[a-z]|[ivx]{1,5})[.)]\s+)*")
_GOES_ON = re.compile(r"(?:;|,|;\s*(?:and|or))\s*$")
_ALLEGED = re.compile(
    r"\bas (?:is |was |it is |further )?(?:alleged|averred|charged|claimed|pleaded|set out|submitted) (?:in|by)\b",
    re.IGNORECASE,
)
_SAID_TO_BE = re.compile(
    r"\b(?:it|as) (?:is|was|has been) (?:also |further )?(?:alleged|claimed|contended)\b", re.IGNORECASE
)
_FRONT = re.compile(
    r"\W*(?:\d+[.)]\s+)?(?:in|on) (?P<whose>.{1,60}?)(?:[’']s?)? (?:own )?(?P<account>\w+)\Z", re.IGNORECASE
)
_TITLE = "Mr|Mrs|Ms|Dr|Lord|Lady|Sir|Dame|Prof|Senator|Judge|Justice|Col|Cpt|Capt|Lt|Gen|Maj|Sgt"
_SPEAKER = re.compile(
    rf"^(?:Q\d+ |Question \d+ ?)?(?:(?P<letter>[QA])(?:\. |: )|(?P<who>(?:The )?Chair(?:man|woman|person)?|THE [A-Z]+"
    rf"|(?:{_TITLE}|{_TITLE.upper()})\.? [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{0,3}}): )",
    re.MULTILINE,
)
_SPOKEN = 3  # lines with a speaker in a transcript
_SUBJECT = re.compile(
    r"(?:He|She|They|It|The (?:[\w’'-]+ ){0,2}?[\w’'-]+|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})\b"
)
_NEAR = 4  # words between a subject and its verb


@dataclass(frozen=True, slots=True)
class Claim:
    """`by`: who claims it, as in "the applicant"; "" if a pronoun says so. `likely`: told behind a claim, in the same paragraph."""

    by: str
    likely: bool = False


def claims(text: str, sentences: Sequence[Sentence], lang: str = "en") -> list[Claim | None]:
    """For each sentence whose claim it is; None for what the paper itself tells."""
    if lang != "en":
        return [None] * len(sentences)
    paper = _paper(text)
    if paper is not None:
        return [paper] * len(sentences)
    spoken = _speakers(text)
    if spoken:
        return [_speaker(spoken, sentence.start) for sentence in sentences]
    return list(_Reader(text, frozenset(numbered(text))).read(sentences))


@dataclass(slots=True)
class _Reader:
    """Reads the sentences in order. `section`: until the next heading. `listed`: for the lines of a list. `going_on`: for the sentences behind
    a claim in its line, which ends at `line_end`.
    """

    text: str
    numbers: frozenset[int]
    section: Claim | None = None
    listed: Claim | None = None
    going_on: Claim | None = None
    line: str = ""
    line_end: int = 0

    def read(self, sentences: Sequence[Sentence]) -> Iterator[Claim | None]:
        end = -1
        for sentence in sentences:
            words = self.text[sentence.start : sentence.end]
            if end < 0 or "\n" in self.text[end : sentence.start]:
                self._open(sentence)
            end = sentence.end
            own = _framed(words)
            if own is None and self.going_on is not None and not _continues(words):
                self.going_on = None
            yield own or self.going_on or self.listed or self.section
            self._follow(sentence, words)

    def _open(self, sentence: Sentence) -> None:
        """A new line: a heading opens or ends a section; a list ends where a line is none of its items."""
        before, self.going_on = self.line, None
        end = self.text.find("\n", sentence.start)
        self.line = self.text[sentence.start : end if end >= 0 else len(self.text)].rstrip()
        self.line_end = sentence.start + len(self.line)
        if _is_heading(self.line):
            self.section, self.listed = _headed(self.line), None
        elif self.listed is not None and not before.endswith(":"):
            marked = sentence.start in self.numbers or _MARK.match(self.line) is not None
            self.listed = self.listed if marked or _GOES_ON.search(before) else None

    def _follow(self, sentence: Sentence, words: str) -> None:
        claim = _claimed(words)
        last = sentence.end >= self.line_end
        if claim is not None and last and words.endswith(":"):
            self.listed = claim
        elif claim is not None:
            self.going_on = replace(claim, likely=True)
        account = _account(words)
        if account is not None:
            self.going_on, self.section = account, account if last else self.section


def _paper(text: str) -> Claim | None:
    """The claim of a paper whose first lines say that it is an indictment or a complaint."""
    for line in text.split("\n", _TITLE_LINES)[:_TITLE_LINES]:
        bare = re.sub(r"[^a-z ]", "", line.lower()).strip().removeprefix("the ")
        if bare in _words("papers"):
            return Claim(f"the {bare}")
    return None


def _is_heading(line: str) -> bool:
    bare = line.strip()
    ends = bare[-1:] in set('.;:,?!”"’') or _GOES_ON.search(bare) is not None
    return len(bare) <= _HEADING and not ends and not bare[:1].islower()


def _headed(line: str) -> Claim | None:
    """As in "1. The applicant’s account", "The Case for the Prosecution"."""
    bare = _SECTION.sub("", line.strip())
    low = re.split(r"[^\w]+", bare.lower())
    told = not _words("accounts").isdisjoint(low)
    who = _party().search(bare) if told else None
    return Claim(_the(who[0])) if who is not None else None


def _framed(words: str) -> Claim | None:
    """As in "In the applicant’s submission, the police", "Hale, as alleged in the complaint, paid"."""
    alleged = _ALLEGED.search(words)
    if alleged is not None:
        return _by(words[alleged.end() :])
    if _SAID_TO_BE.search(words):
        return Claim("")
    front, comma, _ = words[:_HEADING].partition(",")
    owned = _FRONT.match(front) if comma else None
    if owned is None or owned["account"].lower() not in _words("accounts") - {"case"}:
        return None
    return _by(owned["whose"])


def _by(words: str) -> Claim:
    who = _party().search(words)
    return Claim(_the(who[0]) if who is not None else "")


def _speakers(text: str) -> list[tuple[int, str]]:
    """The offsets at which somebody begins to speak, and who; none if the text is no transcript."""
    found = [(match.start(), match["who"] or "") for match in _SPEAKER.finditer(text)]
    several = len({who for _, who in found}) > 1 or any(not who for _, who in found)
    return [(start, _named(who)) for start, who in found] if several and len(found) >= _SPOKEN else []


def _named(who: str) -> str:
    """As in "Mr Hale" for "MR HALE", "the chair" for "THE CHAIR"; "" for the letters of question and answer."""
    office = who.lower().removeprefix("the ")
    if office.startswith("chair") or who.startswith("THE "):
        return f"the {office}"
    return who.title() if who.isupper() else who


def _speaker(spoken: Sequence[tuple[int, str]], at: int) -> Claim | None:
    before = bisect_right(spoken, at, key=lambda one: one[0])
    return Claim(spoken[before - 1][1]) if before else None


def _claimed(words: str) -> Claim | None:
    """As in "The Prosecution alleged", "Prosecutors have accused Hale of", "according to the indictment"."""
    found = _claiming().search(words) or _accusing().search(words)
    if found is None:
        return None
    return Claim(_the(next(who for who in found.groups() if who)))


def _account(words: str) -> Claim | None:
    """As in "The applicant gave the following account", "The facts, as submitted by the applicant, are as follows", not "by the parties"."""
    low = words.lower()
    follows = "following" in low or "as follows" in low
    told = follows and not _words("telling").isdisjoint(re.split(r"[^\w]+", low))
    who = _party().search(words) if told else None
    return Claim(_the(who[0])) if who is not None else None


def _continues(words: str) -> bool:
    """Whether a sentence behind a claim may go on with it: not what is done in public, nor what has its own speaker."""
    subject = _SUBJECT.match(words)
    after = re.findall(r"[^\W\d_]+", words[subject.end() :])[:_NEAR] if subject is not None else ["said"]
    return _words("not_claimed").isdisjoint(word.lower() for word in after)


def _the(who: str) -> str:
    """As in "the Prosecution" for "The Prosecution", "the grand jury" for "THE GRAND JURY", "prosecutors" for "Prosecutors"."""
    plain = " ".join(who.split())
    return plain.lower() if plain.isupper() or " " not in plain else plain[0].lower() + plain[1:]


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load("en/claims")[kind])


@cache
def _party() -> re.Pattern[str]:
    names = "|".join(sorted(_words("parties"), key=len, reverse=True))
    return re.compile(rf"\b(?:the (?:[\w-]+ ){{0,2}}?)?(?:{names})\b", re.IGNORECASE)


@cache
def _claiming() -> re.Pattern[str]:
    verbs = "|".join(sorted(_words("claiming"), key=len, reverse=True))
    between = r"(?:(?:also|further|then|now|has|have|had|first|initially|additionally) ){0,2}"
    return re.compile(rf"({_party().pattern}) {between}(?:{verbs})\b", re.IGNORECASE)


@cache
def _accusing() -> re.Pattern[str]:
    names = "|".join(sorted(_words("accusers"), key=len, reverse=True))
    who = rf"((?:the (?:[\w-]+ ){{0,2}}?)?(?:{names}))"
    return re.compile(
        rf"\b{who} (?:say|says|said|stated|states|told)\b|\baccording to {who}\b", re.IGNORECASE
    )
