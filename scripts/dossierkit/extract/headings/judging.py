"""Judge whether a heading is complete: it names an actor and reports an event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile

from dossierkit.extract.headings.vague import is_formality, takes_place
from dossierkit.extract.headings.words import Word, first_verb, listed, present, verb_at
from dossierkit.text.data import load

_TOLD = frozenset(
    {
        "said",
        "says",
        "told",
        "tells",
        "added",
        "adds",
        "stated",
        "states",
        "commented",
        "explained",
        "remarked",
        "noted",
        "notes",
    }
)
COMING = frozenset({"to", "due", "set", "scheduled", "expected", "being", "planned", "going", "about"})
_COUNTING = frozenset({"least", "most", "than", "to"})
_APOSTROPHE = re.compile("[’']")
_SAID_AT_END = re.compile('^[“"][^”"]*[”"],? (?:said|says|added|adds) [^”"]*$')
_ADDING = frozenset({"saying", "adding", "noting", "citing", "arguing", "warning"})
_HALVES = frozenset('"“”«»()')
_FRAME = 3  # words in "announced on Friday"
_LEAST_WORDS = 2
_OBJECTS = frozenset({"it", "him", "them"})
_POINTING = frozenset({"this", "these", "those"})
_WAS = frozenset({"was", "were", "is", "are"})
_LEADING = frozenset({"to", "of", "for"})
_WITHIN = frozenset({"in", "on", "of", "from", "by", "with", "for", "after", "before", "during"})


def unfit(sentence: str) -> bool:
    """Whether a sentence is a caption, the title of a letter, a call to the reader, a question or what leads to a statement."""
    stripped = sentence.lstrip()
    led = stripped.partition(" the following ")[2]
    if re.split(r"\W", led, maxsplit=1)[0] in listed("following"):
        return True
    promos = load("en/clauses")["promos"]
    promo = stripped.startswith(tuple(promos)) and any(
        stripped.startswith(words) and not stripped[len(words) : len(words) + 1].isalpha() for words in promos
    )
    said = _SAID_AT_END.search(stripped) is not None or stripped.startswith(_annexes())
    return stripped.startswith(_captions()) or promo or said or stripped.rstrip('"”’ ').endswith("?")


@cache
def _annexes() -> tuple[str, ...]:
    return tuple(f"{paper} dated " for paper in load("en/clauses")["dated_papers"])


@cache
def _captions() -> tuple[str, ...]:
    signs = (":", " (", " -", " –")
    return tuple(f"{word}{sign}" for word in load("en/clauses")["captions"] for sign in signs)


def tells(subject: Sequence[Word], phrase: Sequence[Word]) -> bool:
    """Whether the subject is a person or thing, in the third person."""
    named = [word for word in subject if not word.sign]
    if not named or is_formality(named) or _cut_quotation(subject) or _is_cut(named) or _names_nobody(named):
        return False
    short = len([word for word in phrase if not word.sign]) < _LEAST_WORDS or takes_place(named, phrase)
    return not (short or silent(phrase) or _is_spoken(phrase)) and first_verb(phrase) is not None


def _is_spoken(phrase: Sequence[Word]) -> bool:
    """Whether somebody speaks of themselves: "we will", "I'm"."""
    words = {_APOSTROPHE.split(word.low)[0] for word in phrase if not word.aside and word.form != "US"}
    return not words.isdisjoint(listed("speakers"))


def _is_cut(named: Sequence[Word]) -> bool:
    """Whether a part of the subject is missing: "the mayor's", "of the council", "supported by strikes", "the fourth"."""
    first, second = named[0], named[1] if len(named) > 1 else None
    end = named[-2:] if _is_manner(named[-1]) else named[-1:]
    joins = not {"and", "or"}.isdisjoint(word.low for word in end)
    counts = second is not None and (second.low in _COUNTING | listed("numbers") or second.form[0].isdigit())
    opens = first.low in listed("prepositions", "subordinators") and (first.low in _WITHIN or not counts)
    done_by = second is not None and second.low == "by" and verb_at(named, 0) == "participle"
    counted = len(named) == 2 and first.low == "the" and named[1].low in listed("counted")
    owns = named[-1].low.endswith(("'s", "’s"))
    return owns or joins or opens or done_by or counted or all(map(_is_manner, named))


def _names_nobody(named: Sequence[Word]) -> bool:
    """As in "it", "there", "one for every miner", "every time the bell was struck", "a member of his staff"."""
    empty = len(named) == 1 and named[0].low in listed("empty_subjects", "numbers")
    leads = named[0].low in _ADDING | {"there", "here", "whoever", "whatever"}
    each = len(named) > 1 and named[0].low in {"1", "one"} and named[1].low == "for"
    return (
        empty
        or leads
        or each
        or _pointed_at(named)
        or _whenever(named)
        or _of_somebody(named)
        or _nobody(named)
    )


def _pointed_at(named: Sequence[Word]) -> bool:
    """As in "this question", "these two mines", not "this year's theme"."""
    return (
        len(named) > 1
        and named[0].low in _POINTING
        and not any("’" in one.form or "'" in one.form for one in named)
    )


def _of_somebody(named: Sequence[Word]) -> bool:
    """As in "a member of his staff", without a name before: nobody knows whose."""
    owned = next(
        (k for k in range(2, len(named)) if named[k].low in {"his", "her"} and named[k - 1].low == "of"), 0
    )
    return owned > 0 and all(word.form.islower() for word in named[1:owned])


def _nobody(named: Sequence[Word]) -> bool:
    """As in "allegedly took place", "much of it was exposed"."""
    adverbs = all(word.low in listed("adverbs") or word.low.endswith("ly") for word in named)
    return adverbs or (len(named) > 2 and named[-2].low == "of" and named[-1].low in _OBJECTS)


def _is_manner(word: Word) -> bool:
    """As in "frequently", before a verb whose subject is elsewhere."""
    return (
        word.low.endswith("ly")
        and word.form.islower()
        and word.low not in {"nearly", "only", "family", "early"}
    )


def silent(phrase: Sequence[Word]) -> bool:
    """As in "did not immediately comment", "was not able to verify": that nobody answered is no event."""
    verb = first_verb(phrase)
    if verb is None:
        return False
    low = [word.low for word in phrase[verb:] if word.low not in listed("adverbs") or word.low == "not"]
    refused = low[:1] in (["didn't"], ["didn’t"]) or low[:2] == ["did", "not"]
    after = [word for word in low[1:] if word not in {"not", "immediately"} and not word.endswith("ly")]
    unable = low[:1] in (["wasn't"], ["wasn’t"], ["weren't"], ["weren’t"]) or low[1:2] == ["not"]
    if unable and "able" in low[1:3]:
        return True
    return (refused and after[:1] != [] and after[0] in listed("silences")) or low[:2] == ["declined", "to"]


def _cut_quotation(subject: Sequence[Word]) -> bool:
    """Whether half of a quotation remains in a subject: "Lights" was not played", with the opening mark in another sentence."""
    return any(word.form in _HALVES and not word.aside for word in subject)


def _whenever(named: Sequence[Word]) -> bool:
    """As in "every time the bell was struck"."""
    return len(named) > 2 and named[0].low in {"every", "each", "the"} and named[1].low in {"time", "moment"}


def said_only(phrase: Sequence[Word]) -> bool:
    """As in "Braverman told GB News": an attribution without content."""
    verb = first_verb(phrase) or 0
    rest = [word for word in phrase[verb + 1 :] if not word.sign and not word.aside]
    if phrase[verb].low in listed("denying"):
        return not rest or rest[0].low in listed("prepositions")  # not "denied fraud"
    if phrase[verb].low in listed("spoken"):
        if len(rest) == 1 and rest[0].low.endswith("s") and rest[0].low not in listed("adverbs", "pronouns"):
            return False  # "announced sanctions"
        without_that = not any(word.low == "that" for word in rest)
        short = len(rest) <= _FRAME and rest[:1] and rest[0].low in listed("prepositions")
        return len(rest) < 2 or (bool(short) and without_that)
    inner = first_verb(rest)
    described = inner is not None and inner == len(rest) - 1 and rest[0].low in listed("prepositions")
    if rest[:1] and phrase[verb].low == "added" and any(word.low == "to" for word in rest[1:]):
        return False  # "added the firm to its list"
    if phrase[verb].low not in listed("said") or (inner is not None and not described):
        return False  # "said in a report published"
    return phrase[verb].low in _TOLD or not rest or rest[0].low in listed("prepositions")


def is_cut(line: str, behind: str) -> bool:
    """Whether a heading ends before what its last word leads to: "armed miners close | to", "has rolled out the first | that".

    `behind`: the rest of the sentence, in lower case.
    """
    words, after = line.lower().split(), behind.split()
    if len(words) < _LEAST_WORDS or not after:
        return False
    measured = "as" in words[-3:-1] and words[-1].isalpha() and after[0] == "as"
    dated = words[-1] in _WAS  # "was | in 1994"
    leads = words[-1] in listed("wanting") - listed("verdicts") and after[0] in _LEADING
    second = words[-2] == "and" and "to" in words and words[-1] in listed("verbs", "present")
    counts = words[-2] == "the" and words[-1] in listed("ordinals") and after[0] in listed("relatives")
    # "by insisting | that", "to assume | that"
    tells = words[-2] in {"by", "to"} and after[0] == "that" and words[-1].isalpha()
    hangs = words[-1] in listed("hanging") and after[0] in {"on", "upon"}  # "growth is dependent | on"
    moves = words[-2] in {"has", "have", "had"} and after[0] == "to"  # "has moved | to clarify"
    return measured or dated or second or leads or counts or tells or moves or hangs


def is_so(predicate: Sequence[Word]) -> bool:
    """As in "is located", "has a harbour", not "is to meet", "has left"."""
    low = [word.low for word in predicate[:2]]
    done = len(low) > 1 and (low[1] in _participles() or low[1].endswith("ed"))
    return (
        bool(low)
        and low[0] in {"is", "are", "has", "have"}
        and not ((len(low) > 1 and low[1] in COMING) or (low[0] in {"has", "have"} and done))
    )


def stative(predicate: Sequence[Word]) -> bool:
    first = predicate[0].low if predicate else ""
    following = [word.low for word in predicate[1:4]]
    if first in listed("was"):
        return _was_so(first, [word.low for word in takewhile(_no_clause, predicate[1:4])])
    if first in listed("permitted", "to_come"):
        return True
    if first in {"is", "are"} and following and following[0] != "being":
        return True
    if present(first) and first not in listed("said", "spoken", "declaring"):
        return True
    done = any(low.endswith("ed") or low in _participles() for low in following)
    return first in listed("states") and not done


def looks_back(words: Sequence[Word], predicate: Sequence[Word]) -> bool:
    """As in "later announced", "was previously sentenced": told of a time before or after another, not of the day of the report.

    `words`: of the whole sentence.
    """
    starts = {word.start for word in predicate[:3]}
    return any(
        word.low in listed("earlier_or_later") and after.start in starts for word, after in pairwise(words)
    )


def acts(predicate: Sequence[Word]) -> bool:
    """Whether the present tense reports an event, as in chronicles ("walks out", "is arrested"), rather than a state."""
    low = [word.low for word in predicate[:4] if word.low not in listed("adverbs")]
    if low[:1] not in (["is"], ["are"]):
        return bool(low) and low[0] not in listed("states", "was", "permitted")
    after = low[1:3] if low[1:2] == ["being"] else low[1:2]
    return any(
        (one.endswith("ed") or one in _participles()) and one not in listed("resting") for one in after
    )


def ongoing(predicate: Sequence[Word]) -> bool:
    """As in "has been growing", "has been a critic", "are being asked": an event only with a beginning, or a day, in the sentence."""
    low = [word.low for word in predicate[:5]]
    plain = [one for one in low if one not in listed("adverbs") and not one.endswith("ly")]
    if plain[:1] != [] and plain[0] in _WAS and plain[1:2] != [] and plain[1].endswith("ing"):
        return True
    if low[:1] not in (["has"], ["have"]) or "been" not in low:
        return False
    after = low[low.index("been") + 1 :]
    return any(one.endswith("ing") for one in after) or not any(
        (one.endswith("ed") or one in _participles()) and one not in listed("resting") for one in after
    )


def _was_so(first: str, following: Sequence[str]) -> bool:
    plain = [low for low in following if not low.endswith("ly")]
    if first == "had" or (plain and plain[0] in listed("resting") | {"born"}):
        return True
    verbal = {low for low in following if low not in listed("not_verbs") - listed("harmed")}
    return not any(low.endswith(("ed", "ing")) or low in _participles() for low in verbal)


def _no_clause(word: Word) -> bool:
    return word.low not in {"that", "when", "where"}


def _participles() -> frozenset[str]:
    return listed("participles", "past_or_participle") | {"been"}
