"""The words by which a claim is known, of each language: what its claims.yml lists, and the patterns made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dossierkit.extract.languages import from_files, language
from dossierkit.text.data import load

_NAMES = r"[^\W\d_a-z][\w.’'-]+(?: [^\W\d_a-z][\w.’'-]+){1,3}|[A-Z]{3,}"


@dataclass(frozen=True, slots=True)
class Claim:
    """`by`: who claims it, as in "according to the applicant"; "" if a pronoun says so, or the language has no such words. `likely`: told
    behind a claim, in the same paragraph.
    """

    by: str
    likely: bool = False


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The lists of a language's claims.yml, and what they are looked for with; data/en/claims.yml explains each list.

    `parties`: the last word of each. `announced`: a line with a colon, behind which stands what somebody said. `moving_on`: the beginning of a
    paragraph that goes on in time. `witness`: a heading that names who tells what stands below.
    """

    lang: str
    according: str
    narrator: str
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
    announced: re.Pattern[str]
    moving_on: re.Pattern[str]
    witness: re.Pattern[str]

    @property
    def narrated(self) -> Claim:
        """Of what is told in the first person."""
        return Claim(f"{self.according} {self.narrator}" if self.according else "")

    def by(self, who: re.Match[str] | None) -> Claim:
        return self.claim(who[0]) if who is not None else Claim("")

    def said_by(self, who: str) -> Claim:
        """Of a name, as it is written, or of a noun with its article."""
        noun = who.partition(" ")[0].lower() in self.articles or who[:1].islower()
        return self.claim(who) if noun else Claim(f"{self.according} {who}" if self.according else "")

    def claim(self, who: str) -> Claim:
        """As in "according to the Prosecution" of "THE PROSECUTION", "selon le requérant" of "du requérant"."""
        plain = " ".join(who.split())
        plain = plain.lower() if plain.isupper() or " " not in plain else plain
        first, space, rest = plain.partition(" ")
        article = self.articles.get(first.lower())
        name = rest[:1].isupper()
        plain = plain[0].lower() + plain[1:] if space and not name else plain
        named = f"{article}{space}{rest}" if article else plain
        return Claim(f"{self.according} {named}" if self.according else "")


@cache
def alleged() -> re.Pattern[str]:
    """As in "as alleged in", "as is further alleged by", "it was alleged"."""
    verbs = _either(load("en/claims")["alleged"])
    between = r"(?:(?:it|is|was|has|been|also|further) ){0,3}"
    return re.compile(
        rf"\b(?:as {between}(?:{verbs}) (?P<where>in|by)|it (?:is|was|has) {between}(?:{verbs}))\b",
        re.IGNORECASE,
    )


@cache
def listing_reasons() -> re.Pattern[str]:
    """The label of why somebody was put on a list of sanctions: "UK Statement of Reasons: "."""
    return re.compile(rf"(?:[A-Z]{{2,3}} )?(?:{_either(load('en/claims')['reasons'])}): ", re.IGNORECASE)


def in_evidence(said: str) -> Claim | None:
    """The claim of what a court hears, as in "Jurors heard on Monday how Hale took bribes"."""
    found = _heard().search(said)
    return Claim(f"according to evidence heard by the {found['who'].lower()}") if found else None


@cache
def _heard() -> re.Pattern[str]:
    words = load("en/claims")
    return re.compile(
        rf"\b(?P<who>{_either(words['hearing'])})\b[^.;]{{0,40}}? (?:{_either(words['heard'])})\b",
        re.IGNORECASE,
    )


@cache
@from_files
def claim_words(lang: str) -> ClaimWords | None:
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
        seat = r"(?:(?:in|from) [^\W\d_][\w’'-]*(?: [A-Z][\w’'-]*)? )?" if lang == "en" else ""
        patterns.append(rf"\b{who} {seat}(?:{_either(data['accusing'])})\b|\b{data['according']} {who}\b")
    return ClaimWords(
        lang,
        data["according"],
        data["narrator"],
        data["articles"],
        frozenset(word.lower().split()[-1] for word in (*data["parties"], *data.get("accusers", ()))),
        frozenset(word for word in data["claiming"] if " " not in word),
        **{name: frozenset(word.lower() for word in data[name]) for name in sets},
        party=re.compile(party, re.IGNORECASE),
        claims=tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns),
        announced=_announced(data, rf"(?:{articles})(?:(?<=[’'])|\s)(?:[\w’'-]+ ){{0,3}}?[\w’'-]+"),
        moving_on=_moving_on(data),
        witness=_witness(data),
    )


def _announced(data: Mapping[str, Any], noun: str) -> re.Pattern[str]:
    """As in "The mission then told the commission:", "According to the monitors:"; without `who` in "In May he said:"."""
    saying = rf"(?:{_either(data['saying'])})\b"
    source = rf"(?i:{data['according']}) (?P<source>[^,;:]{{1,80}})(?=:)|" if data["according"] else ""
    who = rf"(?P<who>(?i:{noun})|{_NAMES}) (?:\w+ )?{saying}"
    return re.compile(rf"\A(?=[^:]*:\Z)(?:{source}{who}|[^:]*?\b{saying})")


def _witness(data: Mapping[str, Any]) -> re.Pattern[str]:
    """A heading such as "Witness A" (`code`), "Testimony of Ada Hale" (`name`)."""
    code = rf"(?i:{_either(data['witnesses'])}) (?:[A-Z]{{1,3}}-?\d{{0,3}}|\d{{1,3}})"
    return re.compile(rf"(?P<code>{code})\Z|(?i:{_either(data['testimonies'])}) (?P<name>{code}|{_NAMES})\Z")


def _moving_on(data: Mapping[str, Any]) -> re.Pattern[str]:
    return re.compile(rf"\A\W*(?:{_either(data['moving_on'])})\b", re.IGNORECASE)


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
