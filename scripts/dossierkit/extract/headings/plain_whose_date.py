"""Whether a date is that of the clause, in a language that has a `clauses.yml`; `whose_date` is the same for English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossierkit.extract.headings.plain_pieces import (
    LEAD_WORDS,
    ChosenClause,
    PlainWords,
    SentencePiece,
    lowered,
    without_loose,
    word_before,
)
from dossierkit.extract.headings.signs import Span

_REACH = 4  # words
_BEHIND = 3  # words: "après l’incendie" (the article is one)
_NAME = 40  # code points before a date
_NOUN = 3  # words: "für die Wahl"
_YEAR = re.compile(r"\d{4}")
_ATTRIBUTE = re.compile(r" (?:[^\W\d_]+ ){0,3}?[^\W\dA-Z_]+(?:e|e[nrsm]) [A-ZÄÖÜ]")
"""A participle or adjective before its noun."""


def is_date_of(clause: ChosenClause, at: Span) -> bool:
    """Whether the date is not that of a noun, relative clause or participle in the clause, or of a piece left out."""
    one = next((piece for piece in clause.pieces if piece.holds(at)), None)
    if one is None:
        return True
    if one not in clause.chosen:
        return _is_beside(clause, one)
    if one.kind == "infinitive" or _in_attribute(clause, one, at) or _leans_on_another(clause, one, at):
        return False
    if _is_aim(clause, one, at) or _belongs(clause, one, at) or _is_put_off(clause, one, at):
        return False
    words, start = clause.words, _range_start(clause, at)
    before = without_loose(clause.text[one.start : start], words)
    low = list(lowered(before))
    verb = words.has_verb(before, low) or one is not clause.chosen[0]
    # "a dirigé le conseil de 2011 à 2019" has no other date.
    lasts = (
        start < at[0]
        and one is clause.chosen[0]
        and all(start <= first <= at[0] for first, _ in clause.dates)
    )
    of_noun = (
        word_before(before) in words.of and not lasts and not any(map(words.verbs.is_finite, low[-2:-1]))
    )
    # "a porté plainte après l'incendie jeudi, a indiqué lundi le maire"
    of_noun = of_noun or (len(clause.dates) > 1 and not words.behind.isdisjoint(low[-_BEHIND:]))
    leads_in = len(low) > 1 and low[0] in words.of  # "Après un report début juin, le maire ..."
    if (of_noun or _is_participle(low, words)) if verb else leads_in:
        return False
    return not _in_relative(low, words)


def is_of_law(text: str, at: Span, words: PlainWords) -> bool:
    """As in "la loi du 12 mai 2011", "das Flüchtlingsabkommen von 1951"."""
    low = list(lowered(text[max(0, at[0] - _NAME) : at[0]].rpartition("\n")[2]))[-2:]
    compound = words.verb_second and low[:1] and low[0].endswith(tuple(words.laws))
    return (
        len(low) == len(("law", "of"))
        and len(low[1]) <= LEAD_WORDS
        and (bool(compound) or low[0] in words.laws)
    )


def _is_aim(clause: ChosenClause, one: SentencePiece, at: Span) -> bool:
    """As in "citada para el 13 de agosto", "die Mittel für die Wahl 2025": what the date is that of is still to come."""
    before = clause.text[one.start : at[0]]
    low = list(lowered(without_loose(before, clause.words))) or [""]
    if low[-1] in clause.words.aims:
        return True
    of_noun = low[-1] not in clause.words.bound | clause.words.determiners
    noun = low[-_NOUN:-1]
    return (
        _YEAR.fullmatch(clause.text, *at) is not None and of_noun and not clause.words.aims.isdisjoint(noun)
    )


def _is_put_off(clause: ChosenClause, one: SentencePiece, at: Span) -> bool:
    """As in "a reporté le vote du 3 mai au 9 juin", not "a reporté lundi le vote"."""
    before = list(lowered(clause.text[one.start : at[0]]))
    return not clause.words.moved.isdisjoint(before[:-1])


def _belongs(clause: ChosenClause, one: SentencePiece, at: Span) -> bool:
    """As in "das Urteil vom 22. Oktober 2009", not "vom 3. bis 5. Mai"."""
    before = clause.text[one.start : at[0]].split()
    after = clause.text[at[1] : one.end].split()
    ranged = bool(after) and after[0].lower() in clause.words.bound
    return len(before) > 1 and before[-1].lower() in clause.words.belonging and not ranged


def _is_beside(clause: ChosenClause, one: SentencePiece) -> bool:
    """Whether the date of a piece beside the clause is the clause's: of who says it, if what is said has none, or in front."""
    if one.kind in {"speech", "source"}:
        inside = [date for date in clause.dates if any(piece.holds(date) for piece in clause.chosen)]
        return not any(is_date_of(clause, date) for date in inside)
    leading = one.kind == "" and not one.verb and one.end <= clause.chosen[0].start
    return leading and all(piece.kind != "aside" for piece in clause.pieces[:2])


def _leans_on_another(clause: ChosenClause, one: SentencePiece, at: Span) -> bool:
    """As in "18 personnes ont été blessées lundi, | mardi douze autres": a date and no verb, behind a clause with its own date."""
    if one.verb or without_loose(clause.text[one.start : at[0]], clause.words).strip():
        return False
    earlier = (piece for piece in clause.chosen if piece.end <= one.start and piece.verb)
    return any(piece.holds(date) for piece in earlier for date in clause.dates)


def _range_start(clause: ChosenClause, at: Span) -> int:
    """Where a span of time begins that the date ends: "del | 18 de abril al 18 de agosto"."""
    between = (
        (first, clause.text[last : at[0]].strip().lower()) for first, last in clause.dates if last < at[0]
    )
    return next((first for first, word in between if word in clause.words.bound), at[0])


def _in_attribute(clause: ChosenClause, one: SentencePiece, at: Span) -> bool:
    """As in "des 2020 zusammengebrochenen Konzerns", "die im Mai verhafteten Männer": a date between an article and its noun."""
    before, after = clause.text[one.start : at[0]], clause.text[at[1] : one.end]
    bare, determiners = without_loose(before, clause.words), clause.words.determiners
    direct = bare == before or before[len(bare) :].strip().lower() in determiners
    if direct and not _YEAR.fullmatch(clause.text, *at):
        return False  # "Montag, den 3. Mai trafen sich"
    held = word_before(before if direct else bare) in determiners
    return held and _ATTRIBUTE.match(after) is not None


def _is_participle(low: Sequence[str], words: PlainWords) -> bool:
    """As in "the men | held | on 20 August", not "was held on"."""
    if len(low) < 2 or len(low[-1]) <= LEAD_WORDS or not low[-1].endswith(words.asides):
        return False
    return not any(word in words.verbs.after or words.verbs.is_finite(word) for word in low[-4:-1])


def _in_relative(low: Sequence[str], words: PlainWords) -> bool:
    """Whether the last word that opens a relative clause follows a noun: there is no verb shortly before it, or it stands directly before the
    date ("de hulp die in | 1953 uit Canada kwam").
    """
    if len(low) > 2 and low[-1] in words.bound and low[-2] in words.articles & words.relatives:
        return True
    opening = (
        index
        for index in range(len(low) - 1, 0, -1)
        if low[index] in words.content or low[index] in words.relatives
    )
    at = next(opening, 0)
    if not at or low[at] in words.articles:
        return False
    if low[at] not in words.content:
        return words.has_verb(" ".join(low[at:]), low[at:])
    near = low[max(0, at - _REACH) : at]
    return not (words.has_verb(" ".join(near), near) or words.says(near))
