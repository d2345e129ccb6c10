"""One function for each rule: candidate and context -> (type, score, reason), or None if it does not apply.

RULES is in order of trust; the first result decides. Type "" means: not a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dossierkit.extract.lexicon import Lexicon
from dossierkit.extract.mentions.chunks import written
from dossierkit.extract.mentions.context import Case
from dossierkit.extract.mentions.segments import CandidateSegment
from dossierkit.extract.mentions.subjects import subject_at
from dossierkit.extract.small_words import particles

Verdict = tuple[str, float, str] | None

SUBJECT = "head and subject"

_AGE = re.compile(r", (?:aged )?\d{1,2},")
_BRACKETED = re.compile(r"\[([A-Z][\w ]+)\] $")
_NEXT_PLACE = re.compile(r",[ \xa0](?:in[ \xa0])?([A-Z][\w.]*(?:[ \xa0][A-Z]\w*)?)")
_TYPE_NUMBER = re.compile(r"[A-Z]{1,3}-?\d{2,4}[A-Z]?s?")
_TOWN_OF = re.compile(
    r"\b(?:town|city|village|province|district|region|suburb|port|county|governorate|island|neighbou?rhood|enclave|hamlet) of $"
)
_OF = ("of", "for")
_WHERE = frozenset(
    {
        "in",
        "near",
        "around",
        "outside",
        "inside",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "besieged",
    }
)
_AFTER_PLACE = frozenset(
    {
        "and",
        "or",
        "on",
        "to",
        "for",
        "with",
        "after",
        "before",
        "during",
        "since",
        "until",
        "by",
        "from",
        "that",
        "which",
        "where",
        "who",
        "when",
        "while",
        "as",
        "at",
        "in",
        "is",
        "was",
        "has",
        "have",
        "had",
        "were",
        "are",
        "said",
    }
)
_CAMEL = re.compile(r"[a-z][A-Z]")
_INITIAL = re.compile(r"[A-Z]\.$")
_ARTICLE = re.compile(r"(?:al|el|as|ash|ad|an|ar|at|az)[-‐‑’']", re.IGNORECASE)


def clear(segment: CandidateSegment, lexicon: Lexicon) -> Verdict:
    """A well-known name that needs no context."""
    name = written(segment.parts)
    entry = lexicon.known.get(name)
    if entry is None and name.isupper() and len(name) > 3:
        entry = lexicon.known.get(name.title())
    if entry is None or name in lexicon.weak_places or (segment.title and entry.type == "place"):
        return None
    return entry.type, 0.9, "known name"


def known(case: Case) -> Verdict:
    """A well-known name with other frequent meanings, in the context of a place."""
    entry = case.lexicon.known.get(written(case.segment.parts))
    if entry is None or (case.segment.title and entry.type == "place"):
        return None
    if written(case.segment.parts) in case.lexicon.weak_places and not _placed(case):
        return None
    return entry.type, 0.9, "known name"


def _placed(case: Case) -> bool:
    """After a word like "in", or before a comma and a well-known place."""
    beside = _NEXT_PLACE.match(case.here.after)
    return case.here.word_before in case.lexicon.place_before or bool(
        beside and beside.group(1) in case.lexicon.known
    )


def no_name(case: Case) -> Verdict:
    """Only adjectives, function words and words that are never names alone."""
    empty = all(word in case.lexicon.no_names or word[0].isdigit() for word in case.segment.words)
    return ("", 1.0, "no name") if empty else None


def subject(case: Case) -> Verdict:
    """An institution, document or happening with its subject; in a headline a verb may follow."""
    at = subject_at(case.segment.parts)
    if not at:
        return None
    head = case.segment.words[at - 1]
    documents, events = case.lexicon.document_heads, case.lexicon.event_heads
    type_ = "document" if head in documents else "event" if head in events else "organization"
    return type_, 0.85, f"{SUBJECT} in a headline" if case.here.headline else SUBJECT


def product(case: Case) -> Verdict:
    words = case.segment.words
    if _CAMEL.match(words[0]):
        return "product", 0.7, "camel case"
    if len(words) == 1 and _TYPE_NUMBER.fullmatch(words[0]):
        return "product", 0.6, "letters and number"
    return None


def group(case: Case) -> Verdict:
    words = case.segment.words
    if words[0] in case.lexicon.groups and (len(words) > 1 or words[0].lower().startswith("al-")):
        return "organization", 0.85, "group word"
    return None


def organisation(case: Case) -> Verdict:
    words, lexicon = case.segment.words, case.lexicon
    if len(words) > 1 and words[-1] in lexicon.org_heads:
        return "organization", 0.85, "organisation head"
    pairs = zip(case.segment.parts, case.segment.parts[1:], strict=False)
    if any(part.link.startswith(_OF) and before.text in lexicon.org_of for before, part in pairs):
        return "organization", 0.8, "organisation head"
    if len(words) > 2 and any(word in lexicon.legal for word in words[1:]):
        return "organization", 0.75, "company form"
    return None


def document(case: Case) -> Verdict:
    words, heads = case.segment.words, case.lexicon.document_heads
    if len(words) > 1 and words[-1] in heads:
        return "document", 0.7, "document head"
    if len(words) > 1 and words[0] in heads and case.segment.parts[1].link.startswith(_OF):
        return "document", 0.65, "document head"
    return None


def happening(case: Case) -> Verdict:
    words = case.segment.words
    if len(words) > 1 and (words[-1] in case.lexicon.event_heads or words[0] in case.lexicon.event_first):
        return "event", 0.6, "event head"
    return None


def other(case: Case) -> Verdict:
    if case.segment.words[-1] in case.lexicon.other_heads and not case.segment.title:
        return "", 1.0, "no name"
    return None


def titled(case: Case) -> Verdict:
    words = case.segment.words
    if not case.segment.title or case.here.headline or len(words) > 5:
        return None
    named = words[0] not in case.lexicon.no_names and not words[0][0].isdigit()
    return ("person", 0.9, "title") if named else None


def place(case: Case) -> Verdict:
    words, lexicon = case.segment.words, case.lexicon
    if len(words) > 1 and (words[-1] in lexicon.place_heads or words[0] in lexicon.place_first):
        return "place", 0.8, "place head"
    if len(words) > 3 or words[-1] in lexicon.adjectives:
        return None
    if (
        case.here.word_after in lexicon.place_lower_heads
        and not case.here.comma_after
        and not words[-1].isupper()
    ):
        return "place", 0.7, "place head"
    if len(words) < 3 and words[0] not in lexicon.given and _beside_place(case):
        return "place", 0.65, "beside a place"
    return None


def _beside_place(case: Case) -> bool:
    beside = _NEXT_PLACE.match(case.here.after)
    names = (beside.group(1), beside.group(1).split()[0]) if beside else ()
    entries = (case.lexicon.known.get(name) for name in names)
    return any(entry is not None and entry.type == "place" for entry in entries)


def person(case: Case) -> Verdict:
    words, lexicon = case.segment.words, case.lexicon
    many = len(words) > 1
    if len(words) > 5 or any(word[0].isdigit() for word in words):
        return None
    if many and (words[0] in lexicon.given or any(_INITIAL.match(word) for word in words[:-1])):
        return "person", 0.85, "given name"
    if _BRACKETED.search(case.here.before):
        return "person", 0.75, "title in brackets"
    if many and (_AGE.match(case.here.after) or _ARTICLE.match(words[-1])):
        return "person", 0.75, "age or particle"
    return None


def role(case: Case) -> Verdict:
    """After a lower-case word like "envoy"."""
    words, before = case.segment.words, case.here.word_before
    if before not in case.lexicon.roles or case.segment.opens or len(words) > 4 or words[0].isupper():
        return None
    return None if any(word[0].isdigit() for word in words) else ("person", 0.8, "role")


def particle(case: Case) -> Verdict:
    words = case.segment.words
    alone = len(words) == 1 and _ARTICLE.match(words[0])
    return (
        ("person", 0.5, "particle")
        if alone and case.here.word_before not in case.lexicon.place_before
        else None
    )


def acronym(case: Case) -> Verdict:
    word = case.segment.words[0].replace(".", "")
    alone = len(case.segment.parts) == 1 and word.isupper() and word.isalnum()
    return ("organization", 0.55, "acronym") if alone and 2 <= len(word) <= 6 and not word.isdigit() else None


def speaker(case: Case) -> Verdict:
    """Two or three words before "said" and the like."""
    words, lexicon = case.segment.words, case.lexicon
    if case.here.headline or not 2 <= len(words) <= 3 or case.here.word_after not in lexicon.person_after:
        return None
    plain = all(word.isalpha() and not word.isupper() for word in words)
    named = plain and not any(word in lexicon.no_names or word in lexicon.known for word in words)
    return ("person", 0.7, "speaks") if named else None


def two_words(case: Case) -> Verdict:
    """Two or three capitalised words that the article never writes in lower case: more often a person than anything else."""
    parts = case.segment.parts
    linked = particles().issuperset(word for part in parts[1:] for word in part.link.split())
    if not 2 <= len(parts) <= 3 or not linked or case.here.headline:
        return None
    named = all(_namelike(part.text, case) for part in parts)
    return ("person", 0.5, "two capitalised words") if named else None


def _namelike(word: str, case: Case) -> bool:
    lexicon = case.lexicon
    return (
        word.lower() not in case.here.small
        and not word.isupper()
        and word.replace("-", "").replace("’", "").replace("'", "").isalpha()
        and word not in lexicon.no_names
        and word not in lexicon.known
        and word not in lexicon.heads
    )


def somewhere(case: Case) -> Verdict:
    """One capitalised word after "in", "near" and the like, without a noun after it."""
    words, here = case.segment.words, case.here
    if len(words) != 1 or here.headline or case.segment.opens:
        return None
    if _TOWN_OF.search(here.before) and _namelike(words[0], case):
        return "place", 0.8, "place head"
    if here.word_before not in _WHERE:
        return None
    noun = here.word_after.islower() and not here.comma_after and here.word_after not in _AFTER_PLACE
    if noun or len(words[0]) < 4 or not _namelike(words[0], case):
        return None
    return "place", 0.5, "after a place word"


RULES: tuple[Callable[[Case], Verdict], ...] = (
    known,
    subject,
    no_name,
    product,
    group,
    organisation,
    document,
    happening,
    titled,
    person,
    role,
    particle,
    place,
    other,
    acronym,
    speaker,
    two_words,
    somewhere,
)


def judge(case: Case) -> Verdict:
    """The result of the first rule that applies to a candidate."""
    for rule in RULES:
        verdict = rule(case)
        if verdict is not None:
            return verdict if verdict[0] else None
    return None
