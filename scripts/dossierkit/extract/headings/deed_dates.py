"""Whether a date is that of what a clause is about: a deed that is charged, a topic of an inquiry, what is recalled or declared upon."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import (
    Word,
    first_verb,
    joining,
    leading_on,
    listed,
    verb_at,
    words_inside,
)

_VERBS = 2  # words of a predicate among which its verb is


def of_topic(clause: Clause, words: Sequence[Word], at: Span, dates: Sequence[Span], *, past: bool) -> bool:
    """As in "has jailed 12 officials in connection with the collapse of the dams last year", "reviewed the cases of officials
    implicated in the 2015 flood": a date in what a court or an inquiry is about is not that of the clause. A day shortly before
    the report is. If the sentence gives the day before, so is a year in "on Thursday convicted one of a murder in 2011".
    """
    predicate, within = clause.predicate, words_inside(clause.predicate, at)
    if not within or (_is_day(within) and not past):
        return False
    leads = frozenset({"about", "over", "regarding", "concerning", "for"})
    if any(date[1] <= at[0] and _is_day(words_inside(words, date)) for date in dates):
        leads |= {"of"}
    before = [k for k, word in enumerate(predicate) if word.end <= at[0]]
    topic = next((k + 1 for k in reversed(before) if _opens_topic(predicate, k, leads)), 0)
    return topic > 1 and first_verb(predicate[topic : len(before)]) is None


def _opens_topic(predicate: Sequence[Word], at: int, leads: frozenset[str]) -> bool:
    """Whether a preposition leads to what a clause is about: "over the murder", "investigation into", "for his role in"."""
    low = [word.low for word in predicate[max(0, at - 3) : at + 2]]
    here = min(3, at)
    if " ".join(low[max(0, here - 1) : here + 1]) in listed("topics"):
        return True
    if low[here] in {"in", "of"} and here > 1 and low[here - 1] in listed("blamed"):
        return "for" in low[: here - 1]
    happens = not listed("happenings").isdisjoint(word.low for word in predicate[at + 1 : at + 5])
    return low[here] in leads and happens


def of_declaration(predicate: Sequence[Word], at: Span) -> bool:
    """As in "strongly condemns the attack of Friday", "has condemned the attacks of the weekend": a statement is of its own day."""
    before = [word.low for word in predicate if word.end <= at[0]]
    if not listed("declaring").isdisjoint(before[:_VERBS]):
        return True
    if before[:1] in (["has"], ["have"]) and not listed("declared").isdisjoint(before[1:3]):
        return True
    owner = next((word for word in predicate if word.start < at[1] < word.end), None)
    spoken = [*before[-2:], *before[:1]]  # "condemned Friday's attack", "denied a part in Friday's attack"
    return owner is not None and not listed("declared", "denying").isdisjoint(spoken)


def of_charge(predicate: Sequence[Word], at: Span) -> bool:
    """As in "convicted Moreau for the deaths of two miners in 2009", "charged that on 3 May 2009": a date long ago is that of the deed."""
    before = [word.low for word in predicate if word.end <= at[0]]
    charged = next((k for k, low in enumerate(before) if low in listed("charging")), len(before))
    if before[charged + 1 : charged + 2] == ["that"]:
        return True
    deed = next((k for k in range(charged, len(before)) if before[k] in {"for", "over"}), len(before))
    # "in the attacks of"
    happened = before[-1:] == ["of"] and not listed("happenings").isdisjoint(before[charged:])
    return "of" in before[deed:] or happened


def of_deed(predicate: Sequence[Word], words: Sequence[Word], at: Span) -> bool:
    """As in "was convicted of killing two miners in 2011", "crimes carried out by miners in 2011": the year is that of the
    deed.
    """
    if _is_day(words_inside(words, at)) and predicate[0].low not in {"has", "have", "is", "are"}:
        return False  # a day more often dates the clause, unless it is in the perfect or present
    before = [word.low for word in words if predicate[0].start <= word.start and word.end <= at[0]]
    if any(low in {"of", "for", "with", "over"} and after.endswith("ing") for low, after in pairwise(before)):
        return True
    nouns = [k for k, low in enumerate(before) if low.isalpha() and low not in leading_on() | joining()]
    behind = [word for word in words if predicate[0].start <= word.start]
    return any(k - 1 in nouns and verb_at(behind, k) == "participle" for k in range(2, len(before)))


def of_what_is_examined(predicate: Sequence[Word], at: Span) -> bool:
    """As in "was set up to examine the fire of May 2015", "despite a promise in 2012": a date long ago is that of what is
    examined.
    """
    before = [word.low for word in predicate if word.end <= at[0]]
    pairs = list(pairwise(before))
    recalls = (
        before[:1] != [] and before[0] in listed("recalling") and before[1:2] not in ([], ["on"], ["in"])
    )
    back = recalls or any(low == "to" and after in listed("looking_back") for low, after in pairs)
    return (
        "despite" in before or back or any(f"{low} {after}" in listed("going_back") for low, after in pairs)
    )


def recalled(predicate: Sequence[Word], at: Span) -> bool:
    """As in "recalled the night of 3 May", not "recalled on 3 May how"."""
    low = [word.low for word in predicate if word.start < at[1]]
    return (
        len(low) > 1
        and low[0] in listed("recalling")
        and low[1] in listed("determiners") - listed("bare_dates")
    )


def _is_day(within: Sequence[Word]) -> bool:
    return any((word.form.isdigit() and len(word.form) <= 2) or word.low.endswith("day") for word in within)
