"""Armies, ministries and police forces that publish a text of their own: what they tell of their deeds is their claim (English).

The publisher says so, a line such as "Source: Norland Ministry of Defence", or the title: "Navy sinks two boats, ministry says". So does the
title of a piece of opinion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dossierkit.extract.claim_words import Claim
from dossierkit.extract.participants import SentenceParticipants
from dossierkit.text.data import load

_LINES = 15  # lines at the beginning of a text among which one names its source
_NAME = r"[^;:,()\n]{2,80}"
_ACCORDING = "according to"


def issuer(text: str, publisher: str) -> Claim | None:
    """The claim of the force or office that a text is of, by its publisher or a line at its beginning."""
    named = (found["who"] for line in text.split("\n", _LINES)[:_LINES] if (found := _source().match(line)))
    who = next((name.strip() for name in (publisher, *named) if _is_force(name.strip())), "")
    return _claim(who) if who else None


def with_title(
    participants: Sequence[SentenceParticipants], claimed: Sequence[Claim | None], title: str
) -> list[Claim | None]:
    """With whom the title names: for all of an opinion, or for the first sentence, which tells the news of the title."""
    first = next((at for at, one in enumerate(participants) if one.lead and not one.headline), -1)
    piece, told = _opinion(title), _titled(title)
    return [claim or piece or (told if at == first else None) for at, claim in enumerate(claimed)]


def _claim(who: str) -> Claim:
    return Claim(f"{_ACCORDING} {who if who.lower().startswith('the ') else f'the {who}'}")


def _titled(title: str) -> Claim | None:
    """The claim of whom a title names behind its news: "Navy sinks two boats, ministry says", "Navy sinks two boats – army"."""
    found = _told().search(title)
    if found:
        return Claim(f"{found['who'] or found['last']} {found['verb'] or found['ends']}")
    _, dash, last = title.replace("—", "–").replace(" - ", " – ").rpartition(" – ")
    return _claim(last) if dash and _is_force(last) else None


def _opinion(title: str) -> Claim | None:
    """The claim of what a title calls an editorial or the like: "EDITORIAL - Murder in Tarn", "Murder in Tarn | Opinion"."""
    return Claim(f"{_ACCORDING} an opinion piece") if _opinions().search(title) else None


def _is_force(name: str) -> bool:
    return _force().search(name) is not None


@cache
def _force() -> re.Pattern[str]:
    words = load("en/claims")
    return re.compile(
        rf"\b(?:{_either(words['offices'])}) (?:of|for) |\b(?:{_either(words['forces'])})\Z", re.IGNORECASE
    )


@cache
def _source() -> re.Pattern[str]:
    return re.compile(
        rf"\W{{0,3}}(?:{_either(load('en/claims')['sources'])}):? (?P<who>{_NAME})", re.IGNORECASE
    )


@cache
def _opinions() -> re.Pattern[str]:
    kinds = _either(load("en/claims")["opinions"])
    return re.compile(rf"\A\W*(?:{kinds})\s*[–—:|-]|[–—:|-]\s*(?:{kinds})\W*\Z", re.IGNORECASE)


@cache
def _told() -> re.Pattern[str]:
    verbs = "says|say"
    return re.compile(
        rf", (?P<verb>{verbs}) (?P<who>{_NAME})\Z|, (?P<last>[^;:,()\n]{{2,60}}) (?P<ends>{verbs})\Z"
    )


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
