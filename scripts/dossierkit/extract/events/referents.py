"""Put the names of those whom a heading means in the place of its pronouns: of "he", "her", "it", and of "I" the speaker’s."""

from __future__ import annotations

import re
from dataclasses import replace

from dossierkit.extract.claims.words import claim_words
from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.lines import capital
from dossierkit.extract.headings.words import listed
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.extract.tense import tense
from dossierkit.text.data import load

_PRONOUNS = frozenset({"he", "she", "it", "they", "i"})
_PERSONAL = frozenset({"he", "she", "him", "her", "his"})
_OWNING = frozenset({"his", "her", "its", "their", "my"})
_PRESENT = frozenset({"am", "do", "don’t", "don't", "have"})
_POINTING = frozenset({"it", "this", "these", "him", "her", "them", "there", "same"})
_OWN = frozenset({"i", "my"})
_CONTENT = re.compile(r"\b(?:(?<=that )s?he|(?:his|her)(?= [a-z]))\b")
_PREPOSITION = re.compile(r" (?:of|in|at|for|from|with|on|by) ")
_PLURAL = re.compile(r"[^s]s\Z|\A(?:people|police|(?:wo)?men)\Z")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_WORD = re.compile(r"[^\W\d_]+")


def with_names(title: Heading, one: SentenceParticipants) -> Heading:
    """The heading with names; not `whole` where nobody knows who is meant."""
    return _with_speaker(_with_content(_with_object(_called(_named(title, one), one), one), one), one)


def _called(title: Heading, one: SentenceParticipants) -> Heading:
    """The heading with the name of "the company", if the sentences before say which one that is."""
    said = title.subject.lower()
    name = next((who.name for who in one.meant if who.said == said and who.at[0] == title.begins), "")
    if not name or said[:4] != "the " or name in title.text:
        return title
    shown = f"The {name}" if said[4:] in name.lower().split() else _opening(name)
    return replace(title, text=f"{shown}{title.text[len(said) :]}", subject=shown)


def _named(title: Heading, one: SentenceParticipants) -> Heading:
    """The heading with "he", "it" or "her" replaced by the name; if the name is unknown, not `whole`."""
    pronoun, _, rest = title.subject.lower().partition(" ")
    owns = bool(rest) and pronoun in _OWNING
    if not owns and pronoun not in _PRONOUNS:
        return title
    name = (
        next((who.name for who in one.meant if who.said == pronoun and title.begins in {who.at[0], -1}), "")
        if title.opens
        else ""
    )
    if not name:
        named = owns and any(mention.text in title.subject for mention in one.mentions)
        return replace(title, whole=title.whole and named)
    again = not owns and name.rpartition(" ")[2] in title.text.split()  # "he ordered Hale": another man
    again = again or not _may_be_told(title.text, pronoun)
    shown = f"{name}’{'' if name.endswith('s') else 's'}" if owns else name
    return replace(
        title,
        text=f"{_opening(shown)}{title.text[len(pronoun) :]}",
        subject=name,
        speaker=title.speaker or (_narrated() if pronoun == "i" else ""),
        whole=(title.whole or title.complete) and not again,
    )


def _opening(shown: str) -> str:
    """With a capital for an article; names stay as they are written ("de Mistura")."""
    return capital(shown) if shown.startswith(("the ", "an ", "a ")) else shown


def _may_be_told(text: str, pronoun: str) -> bool:
    """Whether a heading may have a name for its first word: without another "me". What somebody says of themselves has the past tense, and
    points at nothing.
    """
    first, _, rest = text.partition(" ")[2].partition(" ")
    low = {word.lower() for word in _WORD.findall(_QUOTED.sub(" ", rest)) if word != "US"}
    past = tense(f"{first} {rest}") == "past" and first.lower() not in _PRESENT
    told = pronoun not in _OWN or (low.isdisjoint(_POINTING) and (past or pronoun == "my"))
    return told and low.isdisjoint(listed("speakers"))


def _narrated() -> str:
    words = claim_words("en")
    return words.narrated.by if words is not None else ""


def _with_object(title: Heading, one: SentenceParticipants) -> Heading:
    """The heading with the name of "him" in "the court sentenced him", if the sentences before say who that is."""
    who = next((who for who in one.meant if who.entity and who.at[0] == title.object), None)
    if who is None or title.subject.lower() in _PRONOUNS:
        return title
    if who.name in title.text:
        return replace(title, whole=title.fits)  # "Hale’s superiors ordered him to leave"
    text = re.sub(rf"\b{who.said}\b", lambda _: who.name, title.text, count=1)
    return replace(title, text=text, whole=title.fits)


def _with_content(title: Heading, one: SentenceParticipants) -> Heading:
    """The heading with the name of "he" in "The Lenn Post reported that he took bribes", of "her" in "The court dismissed her claim", "Men burned
    her car"; if it is unknown, not `whole`.
    """
    found = _CONTENT.search(title.text)
    if found is None or _may_own(title, one, found.start()):
        return title
    who = [who for who in one.meant if who.said == found[0] and who.entity]
    if len({other.entity for other in who}) != 1:
        return replace(title, whole=False)
    name = f"{who[0].name}’s" if who[0].owns else who[0].name
    return replace(title, text=f"{title.text[: found.start()]}{name}{title.text[found.end() :]}")


def _may_own(title: Heading, one: SentenceParticipants, at: int) -> bool:
    """Whether somebody before a pronoun in the heading may be whom it means: a person with a name, or a subject that is neither a body nor several."""
    named = (mention.text for mention in one.mentions if mention.type == "person")
    if any(
        name in title.text[:at]
        for name in (*named, *(who.name for who in one.meant if who.said in _PERSONAL))
    ):
        return True
    part = _PREPOSITION.split(title.subject, maxsplit=1)[0]
    head = part.lower().rpartition(" ")[2]
    bodies = (mention.text for mention in one.mentions if mention.type == "organization")
    starts = ((title.subject.find(name), len(name)) for name in bodies)
    body = any(0 <= start < len(part) <= start + length for start, length in starts)  # not "the UN | envoy"
    nouns = load("en/subjects")
    body = body or head in nouns["organisations"] or head.capitalize() in lexicon().org_heads
    verb = title.text[len(title.subject) :].partition(" ")[2].partition(" ")[0]
    decides = head in nouns["officials"] and verb in nouns["deciding"]  # "A judge ordered her detention"
    return not (body or decides or _PLURAL.search(head))


def _with_speaker(title: Heading, one: SentenceParticipants) -> Heading:
    """The heading with the name of "he" in "he said"; if it is unknown, not `whole`."""
    pronoun, _, rest = title.speaker.partition(" ")
    if pronoun.lower() not in _PRONOUNS | _OWNING:
        return title
    said = (who.name for who in one.meant if who.said == pronoun.lower() and who.at[0] == title.speaks)
    name = next(said, "")
    owns = pronoun.lower() in _OWNING
    if not name:
        people = {at.entity for at in one.mentions if at.type == "person" and at.text in title.text}
        own = owns and pronoun.lower() in _PERSONAL and len(people) == 1  # "Hale was fined, his lawyer said"
        return replace(title, whole=title.whole and own)
    return replace(title, speaker=f"{name}{'’s' if owns else ''} {rest}")
