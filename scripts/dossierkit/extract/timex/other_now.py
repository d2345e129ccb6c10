"""Relative times that count from a day other than that of publication: of what somebody said or wrote long before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossierkit.extract.timex.context import ReadingContext
from dossierkit.extract.timex.grammar import BREAK
from dossierkit.extract.timex.moment import Moment
from dossierkit.extract.timex.ranges import TimexReading
from dossierkit.extract.timex.tokens import Tokens
from dossierkit.model.edtf import parse

_LONG_BEFORE = 31  # days
_BESIDE = 8  # time expressions on each side
_OPENING, _CLOSING, _EITHER = frozenset("“„«‘"), frozenset("”»’"), frozenset('"')


def without_other_now(readings: Sequence[TimexReading], context: ReadingContext) -> list[TimexReading]:
    """The readings, those without a place in time that are relative and in a quotation, or behind "that", of a day long before publication:
    "“They left yesterday,” she said in 2014", "told the court in 2014 that they had left last week".
    """
    return [
        replace(one, moment=_lost(one.moment))
        if _is_of_other_now(one, readings[max(0, at - _BESIDE) : at + _BESIDE], context)
        else one
        for at, one in enumerate(readings)
    ]


def _lost(moment: Moment) -> Moment:
    return replace(moment, value="XXXX-XX-XX", edtf=None, at=None, anchor="")


def _is_of_other_now(one: TimexReading, readings: Sequence[TimexReading], context: ReadingContext) -> bool:
    anchor, moment = context.anchor, one.moment
    if anchor is None or not moment.relative or moment.edtf is None or moment.anchor != anchor.label:
        return False
    beside = [other for other in readings if other is not one and _in_one_sentence(one, other, context)]
    old = [other for other in beside if _is_long_before(other.moment, context)]
    if not old:
        return False
    if is_quoted(one.first, context):
        return any(not is_quoted(other.first, context) for other in old)
    before = [other for other in beside if other.last <= one.first]
    return any(_says_then(other, one, before, context) for other in old)


def _says_then(
    then: TimexReading, one: TimexReading, before: Sequence[TimexReading], context: ReadingContext
) -> bool:
    """Whether "that" stands between the two, behind a verb of saying, and the first is the date of that verb: nearest before "that", and in no
    clause of its own.
    """
    told, begins = context.told_at(then.last, one.first), context.begins(one.first)
    if told is None or any(then.last <= other.first < told for other in before):
        return False
    says = context.grammar.data["tense"]["reporting"]
    if says and not any(context.tokens.lower(k) in says for k in range(begins, told)):
        return False
    link = context.tokens.lower(told - 1)  # "sold since 2003 and that as of May"
    if context.told_at(begins, then.first) is not None or (
        link.isalpha() and link in context.grammar.data["range"]
    ):
        return False
    return sum(context.tokens.lower(k) == "," for k in range(then.last, told)) <= 1


def _in_one_sentence(one: TimexReading, other: TimexReading, context: ReadingContext) -> bool:
    first, second = sorted((one.first, other.first))
    return BREAK not in context.tokens.classes[first:second]


def _is_long_before(moment: Moment, context: ReadingContext) -> bool:
    """Whether a date that the text gives in full ended long before publication."""
    day = context.anchor.day if context.anchor else None
    if day is None or moment.relative or moment.edtf is None or moment.type not in {"DATE", "TIME"}:
        return False
    latest = parse(moment.edtf).latest
    return latest is not None and (day - latest).days > _LONG_BEFORE


def is_quoted(token: int, context: ReadingContext) -> bool:
    """Whether a token is inside quotation marks of its sentence."""
    inside = False
    for at, form in enumerate(context.tokens.forms[context.begins(token) : token], context.begins(token)):
        if form == "'":
            inside = _is_opening(at, context.tokens) if not inside else not _is_closing(at, context.tokens)
        elif form in _EITHER or (inside and form == "“"):
            inside = not inside
        elif form in _OPENING or form in _CLOSING:
            inside = form in _OPENING
    return inside


def _is_opening(at: int, tokens: Tokens) -> bool:
    """Whether a straight mark stands before a word, and behind a space."""
    loose = at == 0 or tokens.ends[at - 1] < tokens.starts[at]
    return loose and at + 1 < len(tokens.starts) and tokens.starts[at + 1] == tokens.ends[at]


def _is_closing(at: int, tokens: Tokens) -> bool:
    """Whether a straight mark joins no two words ("don't")."""
    return not (
        at + 1 < len(tokens.starts)
        and tokens.starts[at + 1] == tokens.ends[at]
        and tokens.form(at + 1).isalpha()
    )
