"""Dates of a phrase in front of the subject: what it tells of, not what the sentence reports, happened on them."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import Word, listed, verb_at

_GOVERNING = frozenset({"after", "before", "following", "despite", "under", "with", "amid", "given"})


def of_front(clause: Clause, words: Sequence[Word], at: Span, *, past: bool) -> bool:
    """As in "Arrested again in 2013, Moreau was awarded", "Before the vote of May 2013, the council met", "Under the 2009 agreement soldiers
    testified", "In the wake of the 2009 flood", and what is told in the perfect behind "As forecast last summer".
    """
    front = [word for word in words if word.end <= at[0]]
    if not front or not clause.words or clause.words[0].start < at[1]:
        return False
    if (
        front[0].low == "born"
        or verb_at(front, 0) == "participle"
        or _as_mentioned(front)
        or _compares(front)
    ):
        return True
    if _before_another(front, words, at) or _after_doing(front) or _of_paper(front):
        return True
    if past and any(word.low in listed("aftermaths") for word in front):
        return True
    perfect = clause.predicate[:1] and clause.predicate[0].low in {"has", "have"} and front[-1].low != "since"
    return past and (bool(perfect) or (front[0].low in _GOVERNING and len(front) > 1))


def _as_mentioned(front: Sequence[Word]) -> bool:
    """As in "As mentioned in our February briefing", not "As of 2010"."""
    done = listed("participles", "past_or_participle")
    return len(front) > 1 and front[0].low == "as" and (front[1].low.endswith("ed") or front[1].low in done)


def _compares(front: Sequence[Word]) -> bool:
    """As in "Unlike in 2012, the union", "As in 2012, the union", "Just as on 3 May, the union"."""
    low = [word.low for word in front if word.low not in listed("adverbs")]
    return low[:1] in (["like"], ["unlike"]) or (
        low[:1] == ["as"] and low[1:2] in (["in"], ["on"], ["at"], ["during"])
    )


def _before_another(front: Sequence[Word], words: Sequence[Word], at: Span) -> bool:
    """As in "Before the vote of May 2013", "A day before the 15 May hearing", not "Before 2013", "Just before noon on 9 May, when"."""
    after = next(word for word in words if word.start >= at[1])
    noun = after.form.islower() and after.form.isalpha() and after.low not in listed("subordinators")
    named = front if noun else front[:-1]
    return not {"before", "prior"}.isdisjoint(word.low for word in named)


def _of_paper(front: Sequence[Word]) -> bool:
    """As in "In its report for the week of 6 October": the time that a paper is about."""
    low = [word.low for word in front]
    paper = next((k for k, word in enumerate(low) if word in listed("periodicals")), len(low))
    return "for" in low[paper:]


def _after_doing(front: Sequence[Word]) -> bool:
    """As in "After leaving the council in 2013"."""
    return len(front) > 1 and front[0].low == "after" and front[1].low.endswith("ing")
