"""What the words between two cuts of a sentence are: clause, predicate, participial phrase, adjunct or noun phrase."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.extract.headings.signs import Span, behind_date, within
from dossierkit.extract.headings.words import Word, before_adverbs, first_verb, listed, verb_at


def opened_by(words: tuple[Word, ...]) -> str:
    """The kind of clause that the first word begins: relative | subordinate, or ""."""
    low = words[0].low
    if low in {"who", "which", "whom", "whose", "where"} or (
        low == "that" and verb_at(words, 1 % len(words))
    ):
        return "relative"
    verb = (
        first_verb(words[1:])
        if low in listed("subordinators") and words[1 % len(words)].low != "of"
        else None
    )
    if verb is not None and not (
        low in {"after", "before"}
        and verb > 1
        and (_ends_in_subject(words[: verb + 1]) or behind_date(words, verb + 1))
    ):
        return "subordinate"
    provided = low == "provided" and len(words) > 1 and words[1].low == "that"
    return "subordinate" if provided else ""


def _ends_in_subject(words: Sequence[Word]) -> bool:
    """As in "After the vote of May he | left": the main clause begins without a comma."""
    return words[-1].low in {"he", "she", "it", "they", "we", "i"}


def is_describing(words: Sequence[Word], begin: int) -> bool:
    """As in ", also founded in 2011,"."""
    at = begin if 0 < begin < len(words) - 1 else 0
    if words[0].low not in listed("describing"):
        return False
    governs = (
        at > 0 and verb_at(words[at:], 0) == "participle" and words[at + 1].low in listed("prepositions")
    )
    return governs or words[1 % len(words)].low == "due"


def describes(words: tuple[Word, ...], verb: int) -> bool:
    """Whether the verb-like word in a prepositional chunk is a participle."""
    counted = words[1 % len(words)].form[0].isdigit()
    opens = (
        words[0].low in listed("prepositions") and words[0].low not in {"at", "about", "over"} and not counted
    )
    alone = words[verb].low.endswith("ed")
    named = verb > 2 and words[1].form[0].isupper() and words[verb - 2].form[0].isupper()
    placed = named or behind_date(words, verb)  # "In Tarn soldiers fired on"
    follows = words[verb + 1].low if verb + 1 < len(words) else ""
    noun = words[verb - 1].form.islower() and words[verb - 1].low not in listed("pronouns")
    governs = follows in listed("prepositions") and first_verb(words, verb + 1) is None
    return opens and alone and noun and governs and not placed


def is_active(words: tuple[Word, ...], begin: int) -> bool:
    """Whether a past form has an object: "signed the agreement", not "signed by the president"."""
    if (
        begin + 1 >= len(words)
        or verb_at(words, begin) != "participle"
        or words[begin].low in listed("participles")
    ):
        return False
    later = _verb_behind(words, begin + 1)
    if later and not any(word.low in listed("conjunctions", "relatives") for word in words[begin:later]):
        return False  # "jailed lawyer Ada Moreau was freed"
    after = words[begin + 1]
    return not (after.sign or after.low in listed("prepositions", "conjunctions", "adverbs") | {"to"})


def _verb_behind(words: Sequence[Word], start: int) -> int | None:
    """The first verb from `start` that is no participle behind a noun, and of no pronoun: "fraud | based on a bribe | he took"."""
    verb = first_verb(words, start)
    while verb is not None and (_is_related(words, verb) or words[verb - 1].low in listed("standing_for")):
        verb = first_verb(words, verb + 1)
    return verb


def _is_related(words: Sequence[Word], verb: int) -> bool:
    behind = words[verb + 1].low if verb + 1 < len(words) else ""
    return words[verb].low in listed("relating") and behind in listed("prepositions")


def kind_of(words: tuple[Word, ...], verb: int | None, dates: Sequence[Span]) -> str:
    begin = past_adverbs(words, 0, dates)
    if begin >= len(words):
        return "adjunct"
    head = words[begin]
    if verb is not None and (verb <= begin or all(word.low.endswith("ly") for word in words[begin:verb])):
        return "predicate"  # "severely beat"
    if _participial(words, begin, verb):
        return "participial"
    if verb is not None:
        return "clause"
    if verb_at(words, begin) == "participle":
        return "participial"
    counted = words[0].low == "all" and begin == 1
    opens = head.low in listed("prepositions", "subordinators") or (begin > 0 and not counted)
    return "adjunct" if opens else "noun"


def _participial(words: tuple[Word, ...], begin: int, verb: int | None) -> bool:
    head = words[begin]
    if (
        verb
        and words[verb - 1].low == "and"
        and verb_at(words, begin) == verb_at(words[verb:], 0) == "participle"
    ):
        return True  # "delivered in 1971 and published in 1975"
    doing = head.low in listed("doings") and verb is not None  # "Shelling near Tarn killed two miners"
    making = (
        head.low.endswith("ing")
        and len(head.low) > 4
        and not (verb and behind_date(words, verb))
        and begin + 1 < len(words)
        and not doing
    )
    governs = making and words[begin + 1].low in listed("determiners", "prepositions") | {"that"}
    return (
        governs
        or (verb_at(words, begin) == "participle" and first_verb(words) is None)
        or (
            making
            and not any(word.sign for word in words)
            and head.low in {"including", "saying", "according"}
        )
    )


def past_adverbs(words: Sequence[Word], at: int, dates: Sequence[Span]) -> int:
    """The index after adverbs, dates and the preposition of a date."""
    while at < len(words):
        here = next((b for a, b in dates if a <= words[at].start < b), None)
        ahead = at + 1 < len(words) and any(a <= words[at + 1].start < b for a, b in dates)
        if here is not None:
            at += sum(1 for word in words[at:] if word.start < here)
        elif words[at].low in listed("adverbs") or (ahead and words[at].low in listed("prepositions")):
            at += 1
        elif words[at].low in {"early", "late"} and past_adverbs(words, at + 1, dates) > at + 2:
            at += 1  # "Late | on Monday"
        else:
            break
    return at


def has_verb_before(words: Sequence[Word], at: int, dates: Sequence[Span]) -> bool:
    """As in "complained on Monday that", "did not ensure that": whether a verb precedes, with at most a date between."""
    k = at - 1
    while k > 0 and (within(words[k], dates) or words[k].low in {"on", "in"}):
        k -= 1
    helped = k > 0 and before_adverbs(words, k) in listed("modals", "auxiliaries") - listed("be")
    finite = verb_at(words, k) == "finite" and not words[k].low.endswith("s")
    finite = finite or (k == 0 and is_past(words))
    return finite or (helped and words[k].form.islower())


def is_past(words: Sequence[Word]) -> bool:
    """Whether the first word, behind a comma or a pronoun, may be the past of a verb: "disclosed", not "driven"."""
    return verb_at(words, 0) == "participle" and words[0].low not in listed("participles")
