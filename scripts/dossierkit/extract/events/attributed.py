"""Who claims what an event reports."""

from __future__ import annotations

from dataclasses import replace

from dossierkit.extract.claims.find import says_who
from dossierkit.extract.claims.words import Claim
from dossierkit.extract.events.dating import Day, declares
from dossierkit.extract.events.selection import Candidate
from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.plain_pieces import plain_words
from dossierkit.extract.headings.words import listed

RECENT_DAYS = 7
"""Days before publication: who speaks on one of them reports news of that day; who spoke earlier may tell of any time."""
_VERB = 3  # words behind a subject among which its verb is


def as_claim(candidate: Candidate, claim: Claim | None, published: str | None) -> Candidate:
    """An event with who claims it, if its heading does not say who tells it; none if they have no name.

    What only follows a claim is news of its own if it happened shortly before publication.
    """
    event, title, one = candidate
    said = title.speaker or _says_who(title, one.lang) or _declares_itself(title, claim)
    if (
        claim is None
        or said
        or (claim.likely and Day(published or "", "report").near(event.date, RECENT_DAYS))
    ):
        return candidate
    told = replace(title, speaker=claim.by, whole=title.whole and claim.by != "")
    return replace(event, text=told.told), told, one


def _declares_itself(title: Heading, claim: Claim | None) -> bool:
    """As in "The Lenn Mission condemns the attack", in its own statement."""
    who = title.subject.casefold().removeprefix("the ")
    return claim is not None and declares(title.text) and claim.by.casefold().endswith(who)


def _says_who(title: Heading, lang: str) -> bool:
    low = title.text[len(title.subject) :].lower().split()
    if lang == "en":
        passive = not listed("was").isdisjoint(low[:_VERB]) or "been" in low[:_VERB]
        says = not passive and not listed("said", "spoken").isdisjoint(low[:_VERB])
        return says or "according to" in " ".join(low)
    words = plain_words(lang)
    sources = words.sources if words else frozenset[str]()
    return says_who(low, lang) or (words is not None and words.says(low)) or not sources.isdisjoint(low)
