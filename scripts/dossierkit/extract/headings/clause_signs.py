"""A clause, and what shows where it begins, goes on and ends: tests of a clause and of the chunk behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from dossierkit.extract.headings.antecedents import is_adverb
from dossierkit.extract.headings.chunks import HeadingChunk
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import Word, first_verb, listed, present, verb_at
from dossierkit.extract.lexicon import known_place
from dossierkit.text.data import load

MAIN = "main"
_NOUN_OPENERS = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_HEARER = 7  # words in "told the Norland Union in Tarn on Monday"
_DAY = 4  # words of "was on 3 May"
_WHEN = frozenset({"after", "before", "because", "when", "while"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause.

    `kind`: main | coordinate | subordinate | relative | likely (main, but its verb may be a participle). `dated`: spans
    of its chunks, whose dates are its own.
    """

    subject: tuple[Word, ...]
    predicate: tuple[Word, ...]
    kind: str
    dated: tuple[Span, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        return (*self.subject, *self.predicate)

    def holds(self, at: Span) -> bool:
        return any(a <= at[0] < b for a, b in self.dated)


def without_open(clause: Clause) -> Clause:
    """The clause without a last one in it whose verb stands behind an inserted name."""
    predicate = clause.predicate
    opens = next((k for k in range(len(predicate) - 1, 1, -1) if predicate[k].low in _WHEN), 0)
    if not opens or predicate[opens].aside or first_verb(predicate[opens:]) is not None:
        return clause
    end = predicate[opens].start
    spans = tuple((a, min(b, end)) for a, b in clause.dated if a < end)
    return replace(clause, predicate=predicate[:opens], dated=spans)


def auxiliary(last: Clause, chunk: HeadingChunk) -> tuple[Word, ...]:
    """The "was" of "was detained and subsequently removed from power": a past form that has no object shares it."""
    verb = chunk.predicate[0].low
    after = chunk.predicate[1].low if len(chunk.predicate) > 1 else ""
    declared = after in listed("verdicts")  # "and found dead"
    governs = after != "" and not declared and after not in listed("prepositions", "bare_dates")
    shared = (
        chunk.opener == "and"
        and (chunk.verb or declared)
        and is_passive(last.predicate)
        and (verb.endswith("ed") or verb in listed("past_or_participle"))
    )
    return last.predicate[:1] if shared and not governs and verb not in listed("active") else ()


def disagrees(chunk: HeadingChunk) -> bool:
    """As in "and journalists using the software | opens": many, and a verb of one."""
    noun = next((word for word in chunk.subject if word.low not in listed("determiners", "adverbs")), None)
    verb = chunk.predicate[0].low
    single = verb in {"was", "is", "has"} or present(verb)
    many = noun is not None and noun.form.islower() and noun.low.endswith("s")
    return single and many and noun is not None and not noun.low.endswith(("ss", "us", "is", "ics", "ews"))


def awaits_content(predicate: Sequence[Word]) -> bool:
    """As in "testified that she was certain the council's monitoring | and the mine were connected"."""
    sure = max((k for k, word in enumerate(predicate) if word.low in listed("sure")), default=0)
    rest = predicate[sure + 1 :]
    return bool(sure and rest) and rest[0].low in listed("determiners") and first_verb(rest) is None


def finds(clause: Clause) -> bool:
    """As in "found Ada Moreau", before ", the chief of the mine, | guilty of"."""
    return any(word.low in {"found", "declared", "ruled"} for word in clause.predicate)


def without_apposed(predicate: Sequence[Word]) -> tuple[Word, ...]:
    """Without what was taken for the rest of a list behind a comma."""
    cut = (k for k in range(1, len(predicate)) if predicate[k].start > predicate[k - 1].end + 1)
    return tuple(predicate[: next(cut, len(predicate))])


def is_country(pending: HeadingChunk, chunk: HeadingChunk) -> bool:
    """As in "the court in Tarn, | Norway | ruled": where the place in front lies."""
    name = " ".join(word.form for word in chunk.subject)
    words = pending.words
    placed = len(words) > 2 and words[-1].form[0].isupper() and words[-2].low in {"at", "in", "near", "of"}
    return placed and chunk.sign == "," and not chunk.opener and known_place(name)


def is_cleft(clause: Clause) -> bool:
    """As in "It was on 3 May when", "The last death was on 3 May when"."""
    low = [word.low for word in clause.subject]
    ranked = (
        low[:1] == ["the"] and low[1:2] != [] and low[1] in listed("ranks") and len(clause.predicate) <= _DAY
    )
    return (low == ["it"] or ranked) and clause.predicate[0].low in {"was", "is"}


def is_phrase(chunk: HeadingChunk) -> bool:
    """As in ", for a role in the Lenn forced labour case": a preposition opens it, and its only verb may describe a noun."""
    opens = chunk.words[0].low in listed("prepositions")
    return opens and chunk.predicate[0].low.endswith("ed") and not any(word.sign for word in chunk.words[:-1])


def is_inserted(clause: Clause) -> bool:
    """As in "The mine, founded by Hale, was sold", "The switch, he said, would come": the subject stands before it."""
    return may_describe(clause) or (len(clause.predicate) == 1 and clause.predicate[0].low in listed("said"))


def may_describe(clause: Clause) -> bool:
    verb, after = clause.predicate[0].low, clause.predicate[1 % len(clause.predicate)].low
    regular = verb.endswith("ed") or verb in listed("past_or_participle")
    return regular and verb not in listed("said", "spoken") and after in listed("prepositions")


def is_apposed(chunk: HeadingChunk) -> bool:
    """As in "paid Lenn Trading, | a firm registered in Tarn on 3 May": what somebody is, with a participle."""
    return chunk.words[0].low in {"a", "an"} and may_describe(Clause(chunk.subject, chunk.predicate, "", ()))


def turns(last: Clause, chunk: HeadingChunk) -> bool:
    """As in "An inquiry published on Wednesday, on the other hand, | reveals": the first verb-like word is a participle."""
    verb, after = chunk.predicate[0].low, chunk.predicate[1 % len(chunk.predicate)]
    speaks = verb in listed("said") or (
        says(chunk) and (after.form[0].isupper() or after.low in listed("determiners"))
    )
    return last.kind == MAIN and may_describe(last) and present(verb) and not speaks


def noun_behind(chunk: HeadingChunk) -> list[HeadingChunk]:
    """As in "For his services | his second son": a subject directly after a phrase without a comma."""
    words = chunk.words
    leading = listed("prepositions", "determiners", "adverbs", "conjunctions", "subordinators", "bare_dates")
    at = next((k for k in range(2, len(words)) if words[k].low in _NOUN_OPENERS), 0)
    before = words[at - 1]
    governs = before.low.endswith("ing") or verb_at(words, at - 1) != ""
    split = at and before.form.isalnum() and before.low not in leading and not governs
    plain = not any(word.low in _NOUN_OPENERS or word.low.endswith("ed") for word in words[at + 1 :])
    return [replace(chunk, words=words[at:], kind="noun")] if split and plain else []


def from_pronoun(subject: Sequence[Word]) -> tuple[Word, ...]:
    """As in "in recognition of his service he": a pronoun directly before the verb is the subject; and in "Tarn Assizes | the appellant", behind a
    name, what has an article.
    """
    past = tuple(word for word in subject if not is_adverb(word))
    pronoun = past and past[-1].low in {"he", "she", "it", "they", "we", "i"}
    if pronoun:
        return tuple(subject[subject.index(past[-1]) :])
    alone = len(past) > 2 and past[-2].low == "the" and past[-1].form.islower()
    led = alone and all(word.form[0].isupper() for word in past[:-2])
    return tuple(subject[subject.index(past[-2]) :]) if led else tuple(subject)


def joins(chunk: HeadingChunk) -> bool:
    return any(word.low in {"and", "or"} for word in chunk.words)


def dates_noun(chunk: HeadingChunk) -> bool:
    """As in ", the council's rival during the 1998 vote": behind a common noun, not behind a name as in ", Norland on 3 May"."""
    words = [word for word in chunk.words if not word.sign]
    governs = listed("prepositions")
    lead = next((k for k in range(1, len(words)) if words[k].low in governs), 0)
    # "skipping the vote of"
    acts = any(word.low.endswith("ing") and word.low not in governs for word in words)
    return lead > 0 and words[lead - 1].form.islower() and not acts and words[lead - 1].low != "such"


def is_office(chunk: HeadingChunk) -> bool:
    """As in "Ada Moreau, | commander, | Lenn Guard met them": an office, not the subject."""
    words = [word for word in chunk.words if not word.sign]
    alone = 0 < len(words) <= 3 and words[0].low not in listed("determiners")
    return alone and all(word.form.islower() for word in words) and words[-1].low in _offices()


@cache
def _offices() -> frozenset[str]:
    return frozenset(load("en/titles")["roles"])


def says(chunk: HeadingChunk | Clause) -> bool:
    return chunk.predicate[0].low in listed("said", "spoken")


def attributes(chunk: HeadingChunk) -> bool:
    """As in ", the envoy said on Monday", ", the envoy told reporters today": an attribution with nothing after the verb but who heard it."""
    rest = [word for word in chunk.predicate[1:] if not word.sign]
    verbs = (verb_at(chunk.words, at) for at in range((chunk.verb or 0) + 1, len(chunk.words)))
    dated = not rest or rest[0].low in listed("prepositions", "bare_dates")
    heard = (
        chunk.predicate[0].low == "told" and len(rest) <= _HEARER and all(word.low != "that" for word in rest)
    )
    return says(chunk) and (dated or heard) and not any(verbs)


def awaits_verb(predicate: Sequence[Word]) -> bool:
    """As in "announced that the release", before ", which is scheduled for summer, will include more"."""
    opens = [
        at
        for at, word in enumerate(predicate)
        if word.low in {"that", "as", "when", "while", "because"} and not word.aside
    ]
    if not opens and len(predicate) > 1 and predicate[0].low in listed("said"):
        return predicate[1].form.islower() and predicate[1].low.isalpha() and _is_content(predicate[1:])
    if not opens or first_verb(predicate[opens[-1] + 1 :]) is not None:
        return False
    rest = predicate[opens[-1] + 1 :]
    alone = len(rest) == 1 and rest[0].low.endswith("s")  # "that guards", before ", so far, have"
    many = any(word.low.endswith("s") for word in rest[:2])
    led = bool(rest) and (
        alone or many or rest[0].low in listed("determiners") or not rest[0].form[0].islower()
    )
    return led and not (rest[0].sign or rest[0].aside)


def says_of(predicate: Sequence[Word]) -> bool:
    """As in "denied his company", "insisted the council", before an apposition and "paid bribes"."""
    said = (k for k, word in enumerate(predicate) if word.low in listed("said", "spoken", "denying"))
    rest = predicate[next(said, len(predicate)) + 1 :]
    return bool(rest) and rest[0].low in listed("determiners") and _is_content(rest)


def _is_content(rest: Sequence[Word]) -> bool:
    """As in "said | evidence presented by the envoys at a trial", before ", which lasted a year, proved"."""
    begins = rest[0].low not in listed("prepositions", "bare_dates", "adverbs", "subordinators")
    return begins and first_verb(rest) is None


def awaits_clause(predicate: Sequence[Word]) -> bool:
    """As in "told the court that on 3 May", before ", the guards fired on the crowd"."""
    that = max((at for at, word in enumerate(predicate) if word.low == "that" and not word.aside), default=0)
    rest = predicate[that + 1 :]
    said = any(word.low in listed("said", "spoken") for word in predicate[:that])
    return said and (not rest or (rest[0].low in listed("prepositions") and first_verb(rest) is None))


def is_passive(predicate: Sequence[Word]) -> bool:
    return (
        bool(predicate)
        and predicate[0].low in listed("be") | {"has", "have", "had"}
        and any(verb_at(predicate, at) == "participle" for at in range(1, min(5, len(predicate))))
    )
