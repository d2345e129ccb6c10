"""Judge whether a date belongs to what a clause reports, or to something else in the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.deed_dates import (
    of_charge,
    of_declaration,
    of_deed,
    of_topic,
    of_what_is_examined,
    recalled,
)
from dossierkit.extract.headings.doubted import doubted
from dossierkit.extract.headings.frames import own_side
from dossierkit.extract.headings.front_dates import of_front
from dossierkit.extract.headings.judging import COMING, acts, is_so, stative
from dossierkit.extract.headings.noun_dates import (
    beside_clause,
    fixed,
    of_inserted,
    of_noun_or_plan,
    of_subject,
)
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import (
    Word,
    first_verb,
    joining,
    leading_on,
    listed,
    present,
    verb_at,
    words_inside,
)

_OWNED = frozenset({"his", "her", "its", "their"})
_DATING = frozenset({"in", "at", "during", "on"})
_DATING_NOUN = frozenset(
    {"in", "at", "during", "on", "by", "through", "throughout", "within", "as", "after", "following"}
)
"""Prepositions behind which a noun dates: "in the 1994 election", not "under the 1991 agreement"."""
_APOSTROPHE = re.compile("[’']")
_AT_ONCE = frozenset({"hours", "immediately", "just", "minutes", "moments", "seconds", "shortly", "soon"})
_CAUSING = frozenset({"amid", "after", "following", "since"})
_CLAUSES = frozenset(
    {"that", "and", "or", "but", "when", "while", "as", "after", "before", "because", ",", ";", ":"}
)
_SUBJECTS = frozenset({"he", "she", "it", "they", "we", "you", "i"})


def aside(
    clause: Clause, words: Sequence[Word], at: Span | None, dates: Sequence[Span], *, past: bool = False
) -> bool:
    """Whether the date belongs to something else: "the system backed in 2021 was rejected", "was a firm founded in 1988",
    one of several in brackets, a year of publication, what is denied. `words`: of the whole sentence. `past`: the date is long before the report.
    """
    if at is None:
        return False
    within = words_inside(words, at)
    if any(word.aside == "b" for word in within):
        return len(dates) > 1 or _cited(words, within)
    if (
        doubted(words, at)
        or of_noun_or_plan(words, at, past=past)
        or _second(clause, words, at, dates)
        or _attributive(clause.predicate, at)
        or _of_noun(clause, at)
        or of_subject(clause, at, dates)
        or _since_noun(clause.predicate, at)
        or _of_gerund(clause.predicate, at)
        or _to_be_done(clause.predicate, at)
        or _of_another(clause.predicate, at, dates)
        or _of_relative(clause.predicate, at)
        or _is_moved_from(clause.predicate, at)
        or of_declaration(clause.predicate, at)
        or of_topic(clause, words, at, dates, past=past)
        or _of_cause(clause.predicate, at)
        or recalled(clause.predicate, at)
        or _of_described(clause.predicate, at)
        or _ends_in_of(words, at)
        or beside_clause(clause.predicate, words, at)
        or of_front(clause, words, at, past=past)
        or of_inserted(clause, words, at)
    ):
        return True
    if past and is_so(clause.predicate) and not acts(clause.predicate):
        return True  # "the example is from a meeting on 3 May"
    deed = past and (of_deed(clause.predicate, words, at) or of_charge(clause.predicate, at))
    if deed or (
        past and (of_what_is_examined(clause.predicate, at) or _of_done_before(clause.predicate, at))
    ):
        return True
    describes = len(clause.predicate) > 1 and clause.predicate[1].low in listed("determiners")
    names = describes and clause.predicate[0].low in listed("be")
    return _of_participle(clause.subject, at) or (names and _of_participle(clause.predicate[1:], at))


def _cited(words: Sequence[Word], within: Sequence[Word]) -> bool:
    """Whether a bracket is a citation: "(Moreau, 1964)", "Moreau (1964) showed"."""
    first, last = words.index(within[0]), words.index(within[-1])
    alone = words[first - 1].form == "(" and words[min(last + 1, len(words) - 1)].form == ")"
    named = first > 1 and (words[first - 2].form[0].isupper() or words[first - 2].form[0] in "'’")
    return not alone or named or first_verb(words[:first]) is None


def _inserted(clause: Clause, date: Span) -> bool:
    """Whether a date is in what stands between subject and verb: "Moreau, who chaired the 2020 inquiry, resigned"."""
    if not clause.subject or not clause.predicate:
        return False
    return clause.subject[-1].end <= date[0] and date[1] <= clause.predicate[0].start


def _second(clause: Clause, words: Sequence[Word], at: Span, dates: Sequence[Span]) -> bool:
    """Whether the clause has an earlier date: "made a captain on 3 April to rank from 18 February"."""
    of_other = {word.start for word in clause.words} - {
        word.start for word in own_side(clause.words, at, dates)
    }
    ahead = [
        date_
        for date_ in dates
        if date_[1] <= at[0] and clause.holds(date_) and date_[0] not in of_other and fixed(words, date_)
    ]
    ahead = [
        one
        for one in ahead
        if not (
            _of_participle_in_front(clause, words, one)
            or _inserted(clause, one)
            or _of_participle(clause.subject, one)
            # "the worst flood since 2015"
            or any(word.low == "since" and word.end + 1 == one[0] for word in words)
        )
    ]
    ahead.sort()
    begin = at[0]
    while ahead and _joined(words, ahead[-1][1], begin):  # "from 3 to 5 May" is one date
        begin = ahead.pop()[0]
    return bool(ahead) and fixed(words, at)


def _joined(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether no more than a preposition, or "and", stands between two dates."""
    between = {word.low for word in words if first <= word.start < last and not word.sign}
    return between <= listed("prepositions") or between <= {"and", "or"}


def _of_participle_in_front(clause: Clause, words: Sequence[Word], at: Span) -> bool:
    """As in "Born on 8 April 1938, Ada Moreau joined"."""
    begin = clause.words[0].start
    before = [k for k, word in enumerate(words) if word.end <= at[0] < begin]
    return any(verb_at(words, k) or words[k].low == "born" for k in before)


def _attributive(predicate: Sequence[Word], at: Span) -> bool:
    """As in "replaces the 1991 agreement", not "in the 1994 election"."""
    first = next((k for k, word in enumerate(predicate) if word.start >= at[0]), 0)
    after = next((k for k, word in enumerate(predicate) if word.start >= at[1]), len(predicate))
    if first < 2 or after == len(predicate):
        return False
    if predicate[first - 1].low in {"a", "an"} and predicate[first - 1].end + 1 == at[0]:
        return predicate[first - 2].low not in _DATING_NOUN
    article = predicate[first - 1].low in {"the", "a", "an"} and predicate[first - 1].end + 1 == at[0]
    if not (predicate[after].form.islower() or (article and predicate[after].form[0].isupper())):
        return False
    noun = not verb_at(predicate, after) and predicate[after].low not in leading_on() | {"and", "or", "to"}
    before = predicate[first - 1].low
    of = before == "of" and predicate[first - 1].end + 1 == at[0]
    owned = before in {"the", "a", "an"} and predicate[first - 2].low not in _DATING_NOUN
    whose = before in _OWNED and predicate[first - 2].low not in {"in", "during", "at"}
    return noun and (of or owned or whose)


def _of_noun(clause: Clause, at: Span) -> bool:
    """As in "the arrest of a boy last week has inspired a movement", "was unprecedented": neither a perfect nor a state takes
    a past day, so the noun does.
    """
    is_so = clause.predicate[:1] and clause.predicate[0].low in listed("be") and stative(clause.predicate)
    if not is_so and (not clause.predicate or clause.predicate[0].low not in {"has", "have"}):
        return False
    before = [word for word in clause.subject if word.end <= at[0]]
    here = next((word.low for word in clause.subject if at[0] <= word.start < at[1]), "today")
    nouns = [word for word in before if word.low not in listed("prepositions", "determiners", "adverbs")]
    return bool(nouns) and here not in {"today", "this", "tonight", "now"}


def _of_gerund(predicate: Sequence[Word], at: Span) -> bool:
    """As in "spent ten years in Tarn before joining the council in 1971"."""
    before = [word.low for word in predicate if word.end <= at[0]]
    return any(
        low in {"before", "after", "since"} and following.endswith("ing") and last not in _AT_ONCE
        for last, low, following in zip(("", *before), before, before[1:], strict=False)
    )


def _ends_in_of(words: Sequence[Word], at: Span) -> bool:
    """As in "showed the events of November 2020", not "at the end of 2020"."""
    before = [word.low for word in words if word.end <= at[0]]
    if len(before) < 2 or before[-1] != "of" or before[-2][0].isdigit():
        return False
    # "in the vote of 2005"
    when = not {"in", "at", "during", "after", "before", "since"}.isdisjoint(before[-5:-2])
    return not when and before[-2] not in listed("lengths", "calendar", "times")


def _of_another(predicate: Sequence[Word], at: Span, dates: Sequence[Span]) -> bool:
    """As in "overturned last year's verdicts", "held to account for last year's flood", "ahead of the vote on 3 May", "a hearing scheduled for 3 May", and for what
    was done once "told of crimes committed since May".
    """
    before = [word.low for word in predicate if word.end <= at[0]]
    owner = next((word for word in predicate if word.start < at[1] < word.end), None)
    owns = owner is not None and _APOSTROPHE.match(owner.form[at[1] - owner.start :]) is not None
    dating: frozenset[str] = frozenset() if len(dates) > 1 else _DATING
    led = before[1:] and before[-1] in listed("prepositions")
    # "attended Friday's release"
    day = owner is not None and owner.low[: at[1] - owner.start].endswith("day")
    if owns and before and before[-1] not in dating and (led or not day):
        return True
    pairs = list(pairwise(before))
    done = predicate[:1] and predicate[0].low.endswith("ed") and before[-1:] == ["since"]
    about = before[-1:] in (["concerning"], ["regarding"])
    return bool(done) or about or ("ahead", "of") in pairs or ("scheduled", "for") in pairs[1:]


def _to_be_done(predicate: Sequence[Word], at: Span) -> bool:
    """As in "announced an event to be held on 12 October", not "is to be held"."""
    before = [word for word in predicate if word.end <= at[0]]
    return any(
        before[k].low == "to"
        and before[k + 1].low == "be"
        and verb_at(predicate, k + 2) == "participle"
        and before[k - 1].form.isalpha()
        and not verb_at(predicate, k - 1)
        and before[k - 1].low not in COMING | listed("be", "adverbs", "prepositions")
        for k in range(2, len(before) - 2)
    )


def _of_cause(predicate: Sequence[Word], at: Span) -> bool:
    """As in "comes amid reports of looting after the fall of Tarn on 23 May"."""
    before = [word.low for word in predicate if word.end <= at[0]]
    cause = next((k for k, low in enumerate(before) if low in _CAUSING), 0)
    lengths = listed("lengths", "determiners")
    return before[:1] in (["comes"], ["come"], ["came"]) and cause > 0 and lengths.issuperset(before[1:cause])


def _of_described(predicate: Sequence[Word], at: Span) -> bool:
    """As in "in connection with an indictment filed on 28 May": a past form directly behind a noun and before the date."""
    before = [k for k, word in enumerate(predicate) if word.end <= at[0]]
    while before and predicate[before[-1]].low in listed("prepositions") - {"given"}:
        before.pop()
    if len(before) < 4 or predicate[0].low in listed("said", "spoken", "be"):
        return False
    form, noun = predicate[before[-1]], predicate[before[-2]]
    lows = {predicate[k].low for k in before}
    plain = noun.form.islower() and noun.low.isalpha() and noun.low not in leading_on() | joining()
    return (
        plain
        and lows.isdisjoint(_CLAUSES)
        and verb_at(predicate, before[-1]) != ""
        and (form.low.endswith("ed") or form.low in listed("participles", "past_or_participle"))
    )


def _of_done_before(predicate: Sequence[Word], at: Span) -> bool:
    """As in "violates an agreement reached between two companies in 1991": what is so today has no date long ago."""
    if not predicate or not present(predicate[0].low):
        return False
    before = [k for k, word in enumerate(predicate) if word.end <= at[0]]
    return any(
        _is_past_form(predicate, k) and predicate[k - 1].form.isalpha() and not verb_at(predicate, k - 1)
        for k in before[2:]
    )


def _is_past_form(words: Sequence[Word], at: int) -> bool:
    """Whether a past form without an object stands there: "reached between"."""
    after = words[at + 1].low if at + 1 < len(words) else ""
    return verb_at(words, at) in {"finite", "participle"} and after in listed("prepositions", "bare_dates")


def _since_noun(predicate: Sequence[Word], at: Span) -> bool:
    """As in "since its launch in 2003"."""
    before = [word for word in predicate if word.end <= at[0]]
    since = next((k for k in range(len(before) - 1, -1, -1) if before[k].low == "since"), None)
    return since is not None and since + 2 < len(before) and first_verb(before[since + 1 :]) is None


def _of_relative(predicate: Sequence[Word], at: Span) -> bool:
    """As in "show the aircraft they intend to buy in May": a relative clause without its pronoun."""
    for k in range(2, len(predicate) - 1):
        word, before = predicate[k], predicate[k - 1]
        if word.start >= at[0] or word.low in listed("conjunctions", "subordinators") - {"that"}:
            return False
        noun = before.form.islower() and not verb_at(predicate, k - 1) and before.low not in leading_on()
        verb = predicate[k + 1].low
        acts = verb_at(predicate, k + 1) == "finite" or verb in listed("verbs", "present")
        if word.low in _SUBJECTS and noun and acts:
            return True
    return False


def _is_moved_from(predicate: Sequence[Word], at: Span) -> bool:
    """As in "put off the vote from 3 May to 3 October": the day on which it would have been."""
    before = [word.low for word in predicate if word.end <= at[0]]
    return before[-1:] == ["from"] and not listed("moving").isdisjoint(before[:3])


def _of_participle(words: Sequence[Word], at: Span) -> bool:
    """Whether the date follows a participle among the words."""
    before = [k for k, word in enumerate(words) if word.start < at[0]]
    return any(at[0] <= word.start < at[1] for word in words) and any(verb_at(words, k) for k in before)
