"""Whether a date is in what a sentence denies, doubts or supposes: then the sentence does not say that anything happened on it."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import Word, first_verb, listed

_CONTENT = frozenset({"that", "whether", "if"})
_IF = frozenset({"if", "unless", "whether"})
_INVERTED = frozenset({"had", "were", "should"})  # "Had the council met"
_NEGATIONS = frozenset({"no", "not", "never", "nothing", "without", "cannot", "little"})
_PARTS = frozenset(
    {"and", "or", "but", "who", "which", "that", "when", "after", "before", "while", "as", "because", ",", ";", ":"}
)  # fmt: skip
_NEAR = 4  # words between a verb and its "that": "denied on Monday that", "rejected claims by Hale that"


def doubted(words: Sequence[Word], at: Span) -> bool:
    """`words`: of the whole sentence; `at`: the date."""
    before = [word for word in words if word.end <= at[0] and word.aside != "b"]
    if _supposes(before):
        return True
    return any(
        (_denies(before, k) and (_leads_on(before[k + 1 :]) or _is_clause(before[k + 1 :])))
        or (_dismisses(before, k) and _leads_on(before[k + 1 :]))
        for k in range(len(before))
    )


def is_doubted(subject: Sequence[Word]) -> bool:
    """Whether what this subject says or believes is not so: "nobody", "no witness", "Hale falsely", "a post"."""
    doubting = (
        word.low in listed("doubting") and (k == 0 or word.form.islower()) for k, word in enumerate(subject)
    )
    return any(doubting) or (bool(subject) and subject[0].low == "no")


def loses_negation(words: Sequence[Word], subject: Sequence[Word], verb: Word) -> bool:
    """Whether a negation stands between a subject and the verb with which its predicate begins: "was freed in May but not | charged".

    `words`: of the whole sentence.
    """
    said = {word.start for word in subject}
    before = [word for word in words if word.end <= verb.start]
    while before and (before[-1].low in listed("adverbs") or before[-1].low.endswith("ly")):
        if before[-1].low in _NEGATIONS:
            break
        before.pop()
    return bool(before) and before[-1].low in _NEGATIONS and before[-1].start not in said


def _supposes(before: Sequence[Word]) -> bool:
    """As in "If the council met on", "Had the council met on", "asked whether the council met on"."""
    if before and before[0].low in _INVERTED:
        return True
    first = max(
        (k + 1 for k, word in enumerate(before) if word.form in {",", ";"} and not word.aside), default=0
    )
    return any(
        before[k].low in _IF and first_verb(before[k + 1 :]) is not None for k in range(first, len(before))
    )


def _denies(before: Sequence[Word], k: int) -> bool:
    """A verb of denial that is not denied itself, or a verb of speech whose subject makes it one."""
    word = before[k]
    if word.aside:
        return False
    if word.low in listed("denying"):
        return k == 0 or not (before[k - 1].low in _NEGATIONS or before[k - 1].low.endswith(("n't", "n’t")))
    return word.low in listed("said", "spoken") and (is_doubted(before[:k]) or _says_not(before[k + 1 :]))


def _says_not(rest: Sequence[Word]) -> bool:
    """As in "said that it had not ordered", "said they never met": what its speaker says did not happen."""
    verb = first_verb(rest) or 0
    near = [word.low for word in rest[verb : verb + 2]]
    parted = any(word.form in {",", ";"} or word.low in _PARTS - {"that"} for word in rest[:verb])
    denied = not _NEGATIONS.isdisjoint(near) or any(low.endswith(("n't", "n’t")) for low in near)
    return verb > 0 and denied and not parted


def _dismisses(before: Sequence[Word], k: int) -> bool:
    """As in "rejected claims", "no evidence", "not true", "unlikely"."""
    low = before[k].low
    behind = k - 1
    while behind > 0 and before[behind].low in {"be", "been"}:
        behind -= 1  # "has not been proven"
    negated = k > 0 and before[behind].low in _NEGATIONS
    return low in listed("dismissing", "untrue") or (negated and low in listed("proving"))


def _leads_on(rest: Sequence[Word]) -> bool:
    """Whether "that" follows, behind no more than a date or a noun."""
    that = next((k for k, word in enumerate(rest[:_NEAR]) if word.low in _CONTENT), None)
    return that is not None and not any(word.form in {",", ";"} for word in rest[:that])


def _is_clause(rest: Sequence[Word]) -> bool:
    """As in "the council paid bribes", "his company, Lenn Metals, paid bribes", "paying bribes"."""
    if rest and rest[0].low.endswith("ing") and len(rest[0].low) > len("being") - 1:
        return True
    plain = _without_apposition(rest)
    verb = first_verb(plain)
    return bool(verb) and not any(word.low in _PARTS for word in plain[:verb])


def _without_apposition(rest: Sequence[Word]) -> Sequence[Word]:
    commas = [k for k, word in enumerate(rest) if word.form == "," and not word.aside][:2]
    if len(commas) == 2 and first_verb(rest[: commas[1]]) is None:
        return [*rest[: commas[0]], *rest[commas[1] + 1 :]]
    return rest
