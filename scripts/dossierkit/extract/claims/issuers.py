"""Armies, ministries, police forces and others that publish a text of their own: what they tell of their deeds is their claim (English).

The publisher says so, a line such as "Source: Norland Ministry of Defence", the letterhead or first words of a release, or the title: "Navy
sinks two boats, ministry says". So does the title of a piece of opinion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dossierkit.extract.claims.words import Claim
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.text.data import load

_LINES = 15  # lines at the beginning of a text among which one names its source
_LAST_LINES = 8
_HEAD_LINES = 6
_WORDS = 9  # of a letterhead
_SMALL = frozenset({"of", "the", "for", "and", "on", "to", "in"})
_OPENS = re.compile(
    r"(?:[A-Z][^\n–—]{0,60} [–—-] )?The (?P<who>[A-Z][\w’'-]+(?: (?:of|for|and|the|[A-Z][\w’'-]+)){1,8}) (?:has|have|today|on|said|says|announced|condemns?|welcomes?)\b"
)
_NAME = r"[^;:,()\n]{2,80}"
_ACCORDING = "according to"


def issuer(text: str, publisher: str) -> Claim | None:
    """The claim of the force or office that a text is of, by its publisher or a line at its beginning, or of whom it is a release."""
    above = text.split("\n", _LINES)[:_LINES]
    named = (found["who"] for line in above if (found := _source().match(line)))
    who = next((name.strip() for name in (publisher, *named) if _is_force(name.strip())), "")
    who = who or _releasing(text, above, publisher.strip())
    return _claim(who) if who else None


def _releasing(text: str, above: Sequence[str], publisher: str) -> str:
    """Of whom a text is a release, "" if it is none or a court's."""
    below = text.rstrip().rsplit("\n", _LAST_LINES)[-_LAST_LINES:]
    if not (any(map(_release().match, above)) or any(map(_release_end().match, below))):
        return ""
    heads = (line.strip() for line in above[:_HEAD_LINES])
    head = next((line for line in heads if _is_letterhead(line)), "")
    opens = next((found["who"] for line in above if (found := _OPENS.match(line))), "")
    who = _in_small_letters(head) or publisher or opens
    return "" if _finds().search(who) else who


def _is_letterhead(line: str) -> bool:
    several = 1 < len(line.split()) <= _WORDS
    return several and line.isupper() and line[-1].isalpha() and not _release().match(line)


def _in_small_letters(head: str) -> str:
    """As in "Northern Joint Command" for "NORTHERN JOINT COMMAND"."""
    return " ".join(word.lower() if word.lower() in _SMALL else word.title() for word in head.split())


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
def _release() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{_either(load('en/claims')['releases'])})\b", re.IGNORECASE)


@cache
def _release_end() -> re.Pattern[str]:
    return re.compile(rf"\s{{0,3}}(?:{_either(load('en/claims')['release_ends'])})", re.IGNORECASE)


@cache
def _finds() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(load('en/claims')['findings'])})\b", re.IGNORECASE)


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
