"""Dates of a noun, a plan or what will not happen: nothing that a sentence reports happened on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import Word, first_verb, listed, present, verb_at

_OWNER = re.compile(r".*(?:['’]s|s['’])\Z")
_ON = frozenset({"in", "at", "during", "on"})
_DURING = frozenset({"in", "at", "during", "on", "by", "since", "after", "before", "following"})
_LEADING_UP = re.compile(r"\b(?:leading|led|leads|lead|run|build)(?: |-)?up to\b")
# "was suspended three days after she wrote to the council on | 4 March"
_COUNTED = re.compile(
    r"[\w,] [^\W_]{1,20} (?<!last )(?<!final )(?<!first )(?:days?|weeks?|months?|years?) (?:after|before) [^,;]{1,200}\Z"
)
_BEGINNING = frozenset({"beginning", "opening", "starting"})
_DUE = frozenset({"due", "effective", "expected", "payable", "planned", "scheduled", "slated"})
_NEVER = frozenset({"not", "never"})
_COMING = frozenset({"will", "shall"})
_TO_A_DAY = frozenset({"for", "to", "until", "till"})
_FOR_A_HEARING = 5  # words from "for" to the date: "for hearing on", "for a final hearing on"
_NEAR = 10  # words between "will not" or "leading up to" and the date


def of_noun_or_plan(words: Sequence[Word], at: Span, *, past: bool = False) -> bool:
    """`words`: of the whole sentence; `at`: the date; `past`: it is long before the report."""
    before = [word for word in words if word.end <= at[0] and word.aside != "b"]
    after = [word for word in words if word.start >= at[1]]
    year = any(word.start == at[0] and word.end == at[1] and word.form.isdigit() for word in words)
    return (
        (year and (_owned(before, after, at) or _meant_for(before, at)))
        or _LEADING_UP.search(" ".join(word.low for word in before[-_NEAR:])) is not None
        or _due(before, after)
        or _begins(before)
        or _mentioned(before, after, at)
        or _COUNTED.search(" ".join(word.low for word in before[-2 * _NEAR :])) is not None
        or _will_not(before)
        or _lasts_until(before)
        or (past and (_appointed(before) or _was_to_come(before)))
    )


def beside_clause(predicate: Sequence[Word], words: Sequence[Word], at: Span) -> bool:
    """Whether the date is that of what stands beside a clause that takes no past day: "is going on with the plan, with agreement yesterday", "has been
    searching since the guards fled last week".
    """
    if not predicate or (
        predicate[0].low not in {"is", "are", "has", "have"} and not present(predicate[0].low)
    ):
        return False
    behind = [word for word in words if predicate[0].start <= word.start and word.end <= at[0]]
    lows = [word.low for word in behind]
    with_ = max((k for k, low in enumerate(lows) if low == "with" and k > 1), default=0)
    since = max((k for k, low in enumerate(lows) if low == "since" and k > 1), default=0)
    parted = with_ > 0 and behind[with_ - 1].form == ","
    shown = with_ > 0 and any(low.endswith("ing") for low in lows[with_ + 2 :])
    beside = (parted or shown) and not any(word.form == "," for word in behind[with_ + 1 :])
    fled = since > 0 and first_verb(behind[since + 1 :]) is not None
    return beside or fled


def of_inserted(clause: Clause, words: Sequence[Word], at: Span) -> bool:
    """As in "the new laws, introduced today, will cut", where the participle alone was taken for the verb."""
    k = next((k for k, word in enumerate(words) if word.start < at[0] <= word.end + len(" on ")), 0)
    while k and words[k].low in listed("prepositions"):
        k -= 1
    after = next((j for j, word in enumerate(words) if word.start >= at[1]), len(words))
    closed = words[after : after + 1] != () and words[after].form == "," and after + 1 < len(words)
    opened = k > 0 and words[k - 1].form == "," and words[k] in clause.words
    either = words[k].low.endswith("ed") or words[k].low in listed("participles", "past_or_participle")
    return (
        bool(closed)
        and opened
        and either
        and words[after + 1].low in listed("to_come", "be") | {"has", "have", "had"}
    )


def of_next_or_last(words: Sequence[Word], at: Span) -> bool:
    """Whether a date is only the next day of what a clause puts off, or the last one of what it is counted from: the clause has none."""
    before = [word for word in words if word.end <= at[0] and word.aside != "b"][-2 * _NEAR :]
    lows = [word.low for word in before]
    return _deferred(lows[-_NEAR:]) or _COUNTED.search(" ".join(lows)) is not None


def of_subject(clause: Clause, at: Span, dates: Sequence[Span]) -> bool:
    """As in "The murder of Ada Hale on 3 May 2019 | was solved last week": the predicate has its own."""
    if not clause.subject or not clause.predicate:
        return False
    before = [word.low for word in clause.subject if word.end <= at[0]]
    inside = "of" in before and before[-1] in _ON and at[1] <= clause.subject[-1].end
    own = (date for date in dates if clause.predicate[0].start < date[0])
    return inside and any(_dates_verb(clause.predicate, date) for date in own)


def _dates_verb(predicate: Sequence[Word], date: Span) -> bool:
    """As in "was solved last week", "was solved on Friday", not "handed a five-year ban", "fixed games of the 2023 cup"."""
    first = next((k for k, word in enumerate(predicate) if word.start == date[0]), 0)
    before, here = predicate[first - 1].low, predicate[first].low
    return first > 0 and (here in listed("bare_dates") or (before in _ON and fixed(predicate, date)))


def fixed(words: Sequence[Word], span: Span) -> bool:
    """Whether a time expression has a year, a month or a weekday, unlike "ten years", "at noon", "recently"."""
    within = [word for word in words if span[0] <= word.start < span[1]]
    return any(
        (word.form.isdigit() and len(word.form) == 4) or word.low in listed("calendar") for word in within
    )


def _owned(before: Sequence[Word], after: Sequence[Word], at: Span) -> bool:
    """As in "Hale’s 2016 bonus was cut", not "in Hale’s 2016 campaign"."""
    if not before or not after or before[-1].end + 1 != at[0]:
        return False
    owner = "".join(word.low for word in before[-2 if before[-1].form in {"'", "’"} else -1 :])
    owner = "its's" if before[-1].low in {"his", "her", "its", "their"} else owner
    dates = not _DURING.isdisjoint(word.low for word in before[-4:-1])
    noun = after[0].form.islower() and not verb_at(after, 0) and after[0].low not in listed("prepositions")
    return noun and not dates and _OWNER.match(owner) is not None


def _meant_for(before: Sequence[Word], at: Span) -> bool:
    """As in "the budget for 2020", not "was planned for 2020"."""
    if len(before) < 2 or before[-1].low != "for" or before[-1].end + 1 != at[0]:
        return False
    return before[-2].form.islower() and not verb_at(before, len(before) - 2)


def _due(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """As in "the report, due on Monday, comes after"."""
    lead = before[-3:-1] if before and before[-1].low in _DURING else before[-2:]
    closed = bool(after) and after[0].form == ","
    return closed and len(lead) > 1 and lead[0].form == "," and lead[1].low in _DUE


def _mentioned(before: Sequence[Word], after: Sequence[Word], at: Span) -> bool:
    """As in "referred to 3 May in a speech", "said 2001 brought losses": the date is what is talked about."""
    low = [word.low for word in before[-2:]]
    near = bool(before) and before[-1].end + 1 == at[0]
    refers = near and low[-1:] == ["to"] and low[0] in {"refer", "refers", "referred", "referring"}
    acts = near and bool(after) and after[0].start == at[1] + 1 and verb_at(after, 0) == "finite"
    said = low[-1:] != [] and low[-1] in listed("said") | {"that"}
    return refers or (said and acts)


def _begins(before: Sequence[Word]) -> bool:
    """As in "arrived for the match starting on Friday", not "will hold talks beginning on Friday", "for a week starting on Friday"."""
    lead = before[:-1] if before and before[-1].low in _DURING else before
    if len(lead) < 2 or lead[-1].low not in _BEGINNING:
        return False
    coming = any(word.low in listed("to_come") for word in lead[-_NEAR:])
    noun = lead[-2].form.isalpha() and lead[-2].low not in listed("lengths", "auxiliaries")
    return noun and not coming


def _appointed(before: Sequence[Word]) -> bool:
    """As in "was listed by the Coroner for hearing on 1 December", "adjourned the trial to 3 May": a day that was set."""
    lows = [word.low for word in before[-_NEAR:]]
    first = next((k + 1 for k in range(len(lows) - 1, -1, -1) if lows[k] in listed("appointing")), len(lows))
    led = next((k for k in range(first, len(lows)) if lows[k] in _TO_A_DAY), len(lows))
    if led == len(lows) or any(_parts(word) for word in before[-_NEAR:][first:]):
        return False
    return len(lows) - led <= _FOR_A_HEARING and all(
        low not in _DURING - {"on", "by", "at"} for low in lows[led + 1 :]
    )


def _lasts_until(before: Sequence[Word]) -> bool:
    """As in "extended his detention until 28 September"."""
    lows = [word.low for word in before[-_NEAR:]]
    until = (
        bool(lows) and lows[-1] in {"until", "till"} and not listed("lasting", "deferring").isdisjoint(lows)
    )
    return until or _deferred(lows)


def _deferred(lows: Sequence[str]) -> bool:
    """As in "adjourned the hearing to 20 March", "has been postponed until the end of May", not "was adjourned on 20 March"."""
    first = next((k + 1 for k in range(len(lows) - 1, -1, -1) if lows[k] in listed("deferring")), len(lows))
    led = next((k for k in range(len(lows) - 1, first - 1, -1) if lows[k] in _TO_A_DAY), len(lows))
    leading = listed("times", "determiners") | {"of", "on"}
    return led < len(lows) and all(low in leading for low in lows[led + 1 :])


def _was_to_come(before: Sequence[Word]) -> bool:
    """As in "indicated that an inquest would be held on 4 January": long after it, that was a plan."""
    lows = [word.low for word in before[-_NEAR:]]
    last = max((k for k, word in enumerate(before[-_NEAR:]) if _parts(word)), default=-1)
    return "would" in lows[last + 1 :]


def _will_not(before: Sequence[Word]) -> bool:
    """As in "said that she will not run in 2022"."""
    lows = [word.low for word in before[-_NEAR:]]
    last = max((k for k, word in enumerate(before[-_NEAR:]) if _parts(word)), default=-1)
    own = lows[last + 1 :]
    return any(low in {"won't", "won’t"} for low in own) or any(
        low in _COMING and following in _NEVER for low, following in pairwise(own)
    )


def _parts(word: Word) -> bool:
    return word.form in {",", ";", ":"} or word.low in listed("conjunctions", "subordinators", "relatives")
