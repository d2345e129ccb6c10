"""The commas and dashes of a sentence at which a clause or phrase ends, and those that stand inside one."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.extract.headings.words import Word, first_verb, listed, verb_at

Span = tuple[int, int]

_SIGNS = frozenset({",", ";", ":", "—", "–", "--"})
_ASIDE = 8  # words between a relative pronoun and its verb


def cutting_signs(words: Sequence[Word], dates: Sequence[Span], names: Sequence[Span]) -> list[int]:
    """The indices of the signs that cut. `dates`, `names`: time expressions and names, in which none does."""
    return [
        at
        for at, word in enumerate(words)
        if _closes(words, at)
        or (
            ((word.form in _SIGNS and not _is_score(words, at)) or _is_dash(words, at))
            and not word.aside
            and not within(word, dates)
            and not (within(word, names) and at and words[at - 1].form[0].isupper())
            and not between_adjectives(words, at)
            and not _behind_pronoun(words, at)
            and not is_age(words, at)
        )
    ]


def _closes(words: Sequence[Word], at: int) -> bool:
    """Whether a quotation ends here with a comma in it: ‘called it "lawless," adding that’."""
    return bool(words[at].aside) and words[at].form in '"”' and at > 1 and words[at - 1].form == ","


def between_adjectives(words: Sequence[Word], at: int) -> bool:
    """As in "its first, self-dug shaft", "a walled, bomb-proof court"."""
    inside = 0 < at < len(words) - 2 and words[at].form == ","
    if not inside or not words[at + 1].form.islower():
        return False
    if _in_list_of_adjectives(words, at):
        return True
    described = words[at - 1].low.endswith("ed") or _is_adjectival(words[at + 1]) or _described(words, at + 1)
    second = words[at - 2].low in {"a", "an"} and described
    if words[at - 1].low not in listed("adjectives") and not (second or _hyphened(words, at)):
        return False
    if words[at + 2].sign or words[at + 2].low in listed("prepositions"):
        return False
    opens = listed("prepositions", "conjunctions", "subordinators", "relatives", "determiners", "adverbs")
    return words[at + 1].low not in opens and not verb_at(words, at + 1)


def _is_adjectival(word: Word) -> bool:
    return word.low.endswith(tuple(listed("adjectival")))


def _described(words: Sequence[Word], at: int) -> bool:
    """As in "a comprehensive, | methodically implemented strategy": an adverb, a participle and a noun."""
    adverb, *rest = words[at : at + 3]
    noun = len(rest) == 2 and rest[1].form.isalpha() and rest[1].form.islower()
    governs = noun and rest[1].low in listed("prepositions", "conjunctions", "determiners", "pronouns")
    done = noun and (rest[0].low.endswith(("ed", "ing")) or verb_at(words, at + 1) == "participle")
    return adverb.low.endswith("ly") and done and not governs


def _in_list_of_adjectives(words: Sequence[Word], at: int) -> bool:
    """As in "on extrajudicial, summary, or arbitrary executions"."""
    first = at
    while first > 2 and words[first - 2].form == "," and _is_adjectival(words[first - 1]):
        first -= 2
    last = at
    while last + 2 < len(words) and words[last + 2].form == "," and _is_adjectival(words[last + 1]):
        last += 2
    end = words[last + 1 : last + 4]
    closes = len(end) == 3 and end[0].low in {"and", "or"} and _is_adjectival(end[1])
    noun = closes and end[2].form.isalpha() and end[2].form.islower() and not verb_at(words, last + 3)
    opens = first > 1 and words[first - 2].low in listed("prepositions", "determiners")
    return opens and noun and last - first >= 2 and _is_adjectival(words[first - 1])


def _hyphened(words: Sequence[Word], at: int) -> bool:
    return words[at - 2].low in {"a", "an"} and "-" in words[at + 1].form


def is_age(words: Sequence[Word], at: int) -> bool:
    """As in "found Moreau, 72, guilty"."""
    for comma in (at, at - 2):
        forms = [word.form for word in words[comma : comma + 3]] if comma > 0 else []
        if (
            len(forms) == 3
            and forms[0] == forms[2] == ","
            and _is_short_number(forms[1])
            and comma + 3 < len(words)
        ):
            after = words[comma + 3]
            plain = after.form.islower() and after.low not in listed("prepositions")
            return plain and not verb_at(words, comma + 3) and first_verb(words[:comma]) is not None
    return False


def _is_short_number(form: str) -> bool:
    return form.isdigit() and len(form) < len("2016")


def _behind_pronoun(words: Sequence[Word], at: int) -> bool:
    """As in "who, in 1987, was forced": what stands between a relative pronoun and its verb."""
    if words[at].form != ",":
        return False
    first = next(
        (k + 1 for k in range(at - 1, max(-1, at - _ASIDE), -1) if words[k].low in {"who", "which"}), 0
    )
    if not first or words[first].form != ",":
        return False
    last = next((k for k in range(first + 1, min(len(words) - 1, first + _ASIDE)) if words[k].form == ","), 0)
    return last >= at and verb_at(words, last + 1) == "finite"


def _is_score(words: Sequence[Word], at: int) -> bool:
    """A dash between two numbers: "won 2 – 1"."""
    inside = 0 < at < len(words) - 1
    return (
        inside and words[at].form in "-–—" and words[at - 1].form.isdigit() and words[at + 1].form.isdigit()
    )


def _is_dash(words: Sequence[Word], at: int) -> bool:
    spaced = 0 < at < len(words) - 1 and words[at - 1].end < words[at].start
    return (
        words[at].form == "-" and not _is_score(words, at) and spaced and words[at].end < words[at + 1].start
    )


def within(word: Word, dates: Sequence[Span]) -> bool:
    return any(a <= word.start and word.end <= b for a, b in dates)


def behind_date(words: Sequence[Word], verb: int) -> bool:
    """As in "In May 2016 the council | voted to": nothing but the subject stands between a date and the verb."""
    dated = {at for at in range(verb) if words[at].form.isdigit() or words[at].low in listed("calendar")}
    at = verb - 1
    while at > 0 and at not in dated and words[at].low not in listed("prepositions"):
        at -= 1
    return at < verb - 1 and at in dated


def is_charged(words: Sequence[Word]) -> bool:
    """As in "appeared before a court on Tuesday charged with fraud": a participle, of whoever appeared."""
    return words[0].low in listed("charging") and words[-1].low in {"with", "of"}
