"""Find what a relative clause or a predicate without a subject is about, where only one noun of the sentence can be it."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.extract.headings.chunks import HeadingChunk
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import Word, before_adverbs, listed, verb_at

JOINING = frozenset({"", ","})
"""Signs over which a subject may be carried; not a dash, a colon, a bracket or the end of a quotation."""
_PRONOUNS = frozenset({"who", "which", "that"})
_NEAR = len(", which ")
_SINGULAR, _PLURAL = frozenset({"was", "is", "has", "does"}), frozenset({"were", "are", "have", "do"})
_PARTICLES = frozenset({"up", "down", "out", "off", "over"})
_MANY = frozenset({"people", "men", "women", "children", "police"})


def is_age(chunk: HeadingChunk) -> bool:
    """As in "Ada Moreau, 53, who"."""
    return chunk.comma and len(chunk.words) == 1 and chunk.words[0].form.isdecimal()


def antecedent(
    before: HeadingChunk | None, relative: HeadingChunk, names: Sequence[Span], end: int
) -> tuple[Word, ...]:
    """The noun phrase directly before "who", "which" or "that"; empty if another noun may be meant.

    `end`: of what stands before it, an age included. Another may be if the phrase is joined to one by a preposition or conjunction ("the camp of the guards, who"), or does not
    agree with the verb.
    """
    direct = relative.words[0].sign or all(map(is_adverb, relative.subject))
    if before is None or relative.opener not in _PRONOUNS or relative.sign not in JOINING or not direct:
        return ()
    if relative.words[0].start - end > _NEAR:
        return ()
    first = _begins(before.words, names)
    phrase = before.words[first:]
    certain = (
        _is_alone(before, first, relative.opener)
        and _is_phrase(phrase)
        and _agrees(phrase, relative.predicate)
    )
    return phrase if certain else ()


def is_adverb(word: Word) -> bool:
    return word.low in listed("adverbs") or word.low.endswith("ly") or word.note


def carries_on(last: Sequence[Word], predicate: Sequence[Word]) -> bool:
    """Whether a predicate can only continue this one: that has one verb, or both say something."""
    others = [
        at
        for at in range(1, len(last))
        if verb_at(last, at) == "finite" and last[at - 1].low not in {"and", "or", "then"}
    ]
    says = listed("said", "spoken")
    return not others or (last[0].low in says and predicate[0].low in says)


def is_one(predicate: Sequence[Word]) -> bool:
    """As in "was a miner", before "who"."""
    joined = any(word.sign or word.low in listed("prepositions", "conjunctions") for word in predicate)
    return (
        len(predicate) > 2
        and predicate[0].low in {"is", "was"}
        and predicate[1].low in {"a", "an"}
        and not joined
    )


def _begins(words: Sequence[Word], names: Sequence[Span]) -> int:
    """The index of the first word of the last noun phrase; a name is not divided."""
    at = len(words)
    ends = listed("prepositions", "conjunctions", "subordinators") | {"to"}
    while at > 0:
        word = words[at - 1]
        named = any(start < word.end and word.start < end for start, end in names)
        if not named and (word.sign or word.low in ends or verb_at(words, at - 1)):
            break
        at -= 1
        if not named and word.low in listed("determiners") and not word.form[0].isupper():
            break
        if not named and at == 0:
            break
    return at


def _is_phrase(phrase: Sequence[Word]) -> bool:
    opens = phrase and (phrase[0].low in listed("determiners") or not phrase[0].form[0].islower())
    return bool(opens) and phrase[0].low not in listed("pronouns")


def _is_alone(chunk: HeadingChunk, first: int, pronoun: str) -> bool:
    """Whether no noun before the phrase can be meant instead: it opens the clause, or follows a verb, or a preposition of that."""
    words = chunk.words
    while first > 0 and is_adverb(words[first - 1]):
        first -= 1
    if first == 0:
        return chunk.opener not in {"and", "or"}
    before = words[first - 1]
    if before.low in listed("apart") or (before.low == "of" and words[first - 2].low == "ahead"):
        return True
    if before.low == "of" and words[first - 2].low in listed("happenings"):
        return pronoun == "who"  # "the death of Ada Moreau, who"
    if before.low in listed("prepositions"):
        first -= 1 + (words[first - 2].low in _PARTICLES)
    plain = before_adverbs(words, first - 1) in listed("modals") | {"to"}  # "will watch", "to watch"
    return first > 0 and (plain or verb_at(words, first - 1) != "")


def _agrees(phrase: Sequence[Word], predicate: Sequence[Word]) -> bool:
    ends = next((at for at in range(1, len(phrase)) if phrase[at].low in listed("prepositions")), len(phrase))
    last = phrase[ends - 1]  # of the name "cessation of hostilities", the first noun
    if not predicate or not last.form.islower():
        several = last.low.endswith("s") or any(word.low == "and" for word in phrase)
        # Not "The Ledger, which were"
        return bool(predicate) and (several or predicate[0].low not in _PLURAL)
    many = (last.low.endswith("s") and not last.low.endswith(("ss", "us", "is"))) or last.low in _MANY
    return predicate[0].low not in (_SINGULAR if many else _PLURAL)
