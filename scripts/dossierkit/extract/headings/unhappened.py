"""Headings of what did not happen on their date: plans, duties, deadlines, and figures of a month or a year (English)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, pairwise

from dossierkit.extract.headings.words import Word, listed, verb_at

_BE = frozenset({"is", "are", "was", "were", "be", "been"})
_THEN = frozenset({"was", "were"})
_HAVE = frozenset({"had", "has", "have"})
_COMING = frozenset({"will", "would", "shall", "should", "must", "may", "might", "could"})
_NOBODY = frozenset({"neither", "no", "nobody", "none"})
_TIMES = frozenset({"times", "twice"})
_NEAR = 5  # words between a verb of figures and its number
_YEARS = re.compile(r"\d{4}~?/\d{4}~?")
_LONG = len("2016-05")


def unhappened(
    subject: Sequence[Word], predicate: Sequence[Word], before: Sequence[Word], date: str | None
) -> bool:
    """Whether nothing is said to have happened. `before`: the words of the sentence up to its date; `date`: its EDTF, None without one."""
    predicate = [*dropwhile(lambda word: word.sign or word.low in listed("adverbs"), predicate)]
    low = [word.low for word in predicate if not word.sign]
    if not low:
        return False
    day = date is None or _is_day(date)
    return (
        _is_duty(low)
        or _is_foreseen(low, day=day)
        or _is_content_to_come(predicate, before, day=day)
        or _is_deadline(low, before)
        or _is_asked(low, before)
        or _of_another_time(low, before)
        or (bool(subject) and subject[0].low in _NOBODY)
        or low[1:2] == ["never"]
        or (low[0] in _THEN and low[1:3] == ["not", "being"])
        or low[0] in listed("amounts")
        or (not day and _is_figure(subject, predicate, low, date or ""))
    )


def _is_day(date: str | None) -> bool:
    """Whether a date is no longer than a night or a few days."""
    first, _, last = (date or "").partition("/")
    return len(first) > _LONG and (not last or (len(last) > _LONG and first[:_LONG] == last[:_LONG]))


def _is_duty(low: Sequence[str]) -> bool:
    """As in "must close", "had to close", "had planned to close"."""
    wish = low[1:] if low[0] in _HAVE else low
    wished = wish[:1] != [] and wish[0] in listed("wishing") and wish[1:2] in (["to"], ["on"])
    return low[0] in listed("obliging") or wished or low[:2] in (["has", "to"], ["have", "to"], ["had", "to"])


def _is_foreseen(low: Sequence[str], *, day: bool) -> bool:
    """As in "was to have opened", "is looking forward to", "will be hoping to"; in a month also "is to end", "is expected to close", "plans to go", "will decide"."""
    first = low[0]
    hoping = (
        low[1:2] if first in _BE else low[2:3] if low[1:2] == ["be"] and first in listed("to_come") else []
    )
    if hoping != [] and hoping[0] in listed("hoping"):
        return True
    if first in _BE:
        after = (
            low[1:2] if low[1:2] == ["to"] else low[2:3] if low[1:2] and low[1] in listed("foreseen") else []
        )
        return after == ["to"] and (first in _THEN or not day)
    return not day and (first in {"will", "would"} or low[:2] in (["plan", "to"], ["plans", "to"]))


def _is_content_to_come(predicate: Sequence[Word], before: Sequence[Word], *, day: bool) -> bool:
    """As in "announced that it would open offices | in 2020", "suggest that a survey be made | in 2020"."""
    verb = next((k for k, word in enumerate(before) if word.low == predicate[0].low), len(before))
    content = before[verb + 1 :]
    modal = any(word.form in _COMING for word in content)
    bare = predicate[0].low in listed("planning") and any(word.low == "be" for word in content)
    return (modal or bare) and not day


def _is_deadline(low: Sequence[str], before: Sequence[Word]) -> bool:
    """As in "promised an answer | by 6 December", "ordered the city to pay | by May", "the court will sit until May"."""
    lead = next(
        (
            word.low
            for word in reversed(before)
            if word.low not in {"the", "end", "of", "early", "mid", "late"}
        ),
        "",
    )
    if lead not in listed("deadline"):
        return False
    said = {word.form for word in before}
    to_do = (
        low[0] in listed("planning") or ("to" in low and _has_infinitive(low)) or not said.isdisjoint(_COMING)
    )
    return bool(to_do)


def _is_asked(low: Sequence[str], before: Sequence[Word]) -> bool:
    """As in "has called on the minister to testify | on 21 March": the perfect has no day, so it is that of what is asked."""
    asked = low[0] in _HAVE - {"had"} and low[1:2] != [] and low[1] in listed("planning")
    said = [word.low for word in before]
    return asked and low[1] in said and "to" in said[said.index(low[1]) + 1 :]


def _of_another_time(low: Sequence[str], before: Sequence[Word]) -> bool:
    """As in "elections, first scheduled for | 15 May, were postponed", "voted the budget for the period from | 1 July"."""
    last = [word.low for word in before[-3:]]
    set_for = (
        last[-1:] == ["for"] and last[-2:-1] != [] and last[-2] in listed("foreseen", "appointing") - set(low)
    )
    return set_for or ("period" in last and any(word.low == "for" for word in before[-5:]))


def _has_infinitive(low: Sequence[str]) -> bool:
    """Whether a verb follows a "to": "to pay", "to be paid"."""
    verbs = listed("verbs", "present") | {"be", "do", "have"}
    return any(one == "to" and after in verbs for one, after in pairwise(low))


def _is_figure(subject: Sequence[Word], predicate: Sequence[Word], low: Sequence[str], date: str) -> bool:
    """As in "employed four inspectors", "the rate was 31 per cent", "212 wells had been drilled", "has made six bids since 2015"."""
    counted = bool(subject) and _is_number(subject[0])
    numbers = [k for k, word in enumerate(predicate[1 : _NEAR + 1]) if _is_number(word)]
    measured = low[0] in listed("figures") and numbers != []
    if low[0] in _THEN | _HAVE and measured:
        measured = not any(verb_at(predicate, k) for k in range(1, numbers[0] + 1))
    since = (
        date.endswith("/..") and "since" in low and any(map(_is_number, predicate[1 : low.index("since")]))
    )
    return measured or since or (counted and low[0] in _HAVE) or _counts_times(predicate)


def _counts_times(predicate: Sequence[Word]) -> bool:
    """As in "met eleven times", "had been fined twice"."""
    return any(word.low in _TIMES and word.form.islower() for word in predicate)


def _is_number(word: Word) -> bool:
    return word.form[0].isdigit() or word.low in listed("numbers")
