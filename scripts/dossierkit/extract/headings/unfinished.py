"""Signs that a heading was made from a piece of a sentence that says nothing alone, or runs on into the next clause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.signs import Span, within
from dossierkit.extract.headings.words import Word, first_verb, listed, verb_at
from dossierkit.extract.lexicon import lexicon

_ASKING = frozenset({"where", "what", "how", "why", "who", "whether", "that", "of"})
_NOMINATIVE = frozenset({"he", "she", "they", "we", "i"})
_HAVE = frozenset({"has", "have", "had"})
_PEOPLE = frozenset({"people", "men", "women", "children", "police"})
_WHICH = frozenset({"which", "whom", "whose"})
_MOST = 7  # words behind "but" without a verb


def unfinished(phrase: Sequence[Word], clause: Clause, behind: Sequence[Word]) -> bool:
    """Whether a heading ends before what it is about. `behind`: the words of the sentence after it."""
    return bool(phrase and behind) and (
        _about_unknown(phrase, behind)
        or _found_of(clause.predicate, phrase, behind)
        or _half_of_peoples(phrase, behind)
        or (behind[0].low in _WHICH and phrase[-1].low in listed("prepositions"))  # "a deal under | which"
        or (behind[0].low in {"if", "unless"} and any(word.low in {"would", "will"} for word in phrase))
    )


def _about_unknown(phrase: Sequence[Word], behind: Sequence[Word]) -> bool:
    """As in "had no idea | where Hale was", "heard evidence | that"."""
    last, after = phrase[-1].low, behind[0].low
    return (last in listed("unknown_of") and after in _ASKING) or (
        last in listed("told_of") and after == "that"
    )


def _found_of(predicate: Sequence[Word], phrase: Sequence[Word], behind: Sequence[Word]) -> bool:
    """As in "has found Norland | and the republics are", where what was found is a clause."""
    low = [word.low for word in predicate[:2]]
    verb = 1 if low[:1] != [] and low[0] in _HAVE else 0
    finds = len(low) > verb and low[verb] in listed("finding", "said") and behind[0].low == "and"
    if not finds or first_verb(predicate, verb + 1) is not None or phrase[-1] is predicate[verb]:
        return False
    more = [*takewhile(lambda word: not word.sign, behind)]
    subject = len(more) > 1 and (more[1].low in listed("determiners") or more[1].form[0].isupper())
    verb_behind = first_verb(more)
    return (
        subject and verb_behind is not None and more[verb_behind].low in listed("be", "auxiliaries", "modals")
    )


def _half_of_peoples(phrase: Sequence[Word], behind: Sequence[Word]) -> bool:
    """As in "a meeting of Israeli | and Palestinian officials"."""
    adjectives = lexicon().adjectives
    return (
        phrase[-1].form in adjectives
        and behind[0].low in {"and", "or"}
        and len(behind) > 1
        and behind[1].form in adjectives
    )


def without_turn(phrase: Sequence[Word]) -> Sequence[Word]:
    """Without "but" and what has no verb behind it at the end: "approached the club about a return | but after much speculation"."""
    at = next((k for k in range(len(phrase) - 1, 2, -1) if phrase[k].low == "but" and not phrase[k].aside), 0)
    rest = phrase[at + 1 :]
    turns = at > 0 and 0 < len(rest) <= _MOST and rest[0].low in listed("prepositions")
    return phrase[:at] if turns and first_verb(rest) is None else phrase


def broken(clause: Clause, words: Sequence[Word], dates: Sequence[Span], names: Sequence[Span]) -> bool:
    """Whether a participle was taken for the verb, or two clauses for one: "a claim | lodged", "students | planted in memory of", "Hale resigned | he won"."""
    predicate = [word for word in clause.predicate if not (word.aside or within(word, dates))]
    return (
        bool(predicate)
        and (
            _lacks_object(predicate)
            or _runs_on(predicate)
            or _holds_verb(clause.subject)
            # "guides who | survived"
            or (clause.subject[-1:] != () and clause.subject[-1].low in listed("relatives"))
            or _inserted(clause, words)
            or (clause.kind == "relative" and _anybody(clause.subject, names))
            or (clause.kind == "subordinate" and _only_began(clause.subject, predicate))
        )
    )


def _inserted(clause: Clause, words: Sequence[Word]) -> bool:
    """As in "The mandate for the force, called the Lenn Mission, is": a form behind a comma alone is no verb of the subject."""
    if clause.kind not in {"main", "likely"} or not clause.subject:
        return False
    first, last = clause.subject[-1].end, clause.predicate[0].start
    between = [word for word in words if first <= word.start < last]
    form = clause.predicate[0].low
    either = form.endswith("ed") or form in listed("past_or_participle")
    behind = [word for word in words if word.start > clause.predicate[-1].end - 1]
    goes_on = behind[:1] != [] and behind[0].form == "," and first_verb(behind[1:3]) == 0
    return [word.form for word in between] == [","] and either and goes_on


def _holds_verb(subject: Sequence[Word]) -> bool:
    """As in "campaigns appear to be paying with a drop", where "drop" was taken for the verb."""
    lows = [word.low for word in subject]
    return any(lows[k : k + 2] == ["to", "be"] and lows[k + 2].endswith("ing") for k in range(len(lows) - 2))


def _only_began(subject: Sequence[Word], predicate: Sequence[Word]) -> bool:
    """As in "since the war began", which says no more than when the rest was."""
    plain = len(subject) == 2 and subject[0].low == "the" and subject[1].form.islower()
    return plain and all(word.low in listed("prepositions") for word in predicate[1:])


def _anybody(subject: Sequence[Word], names: Sequence[Span]) -> bool:
    """As in "residents", "a man", of whom a relative clause only says which ones are meant."""
    named = any(word.form[0].isupper() for word in subject[1:]) or any(
        within(word, names) for word in subject
    )
    plain = not any(word.low in listed("prepositions") for word in subject)
    several = len(subject) == 1 and (subject[0].low in _PEOPLE or subject[0].low.endswith("s"))
    return not named and plain and (several or subject[0].low in {"a", "an"})


def _lacks_object(predicate: Sequence[Word]) -> bool:
    after = predicate[1].low if len(predicate) > 1 else ""
    led = after == "" or after in listed("prepositions", "bare_dates")
    return predicate[0].low in listed("transitive") and led


def _runs_on(predicate: Sequence[Word]) -> bool:
    """As in "broke up | he found success": a verb without an object or a conjunction, and a pronoun with its own."""
    speaks = listed("said", "spoken", "finding", "denying")
    parts = listed("prepositions", "subordinators", "conjunctions") - {"up", "down", "off", "out"}
    for k in range(1, min(len(predicate) - 1, 4)):
        alone = all(word.form.islower() and word.low not in speaks for word in predicate[:k])
        plain = not any(word.low in parts for word in predicate[1:k])
        own = predicate[k].form in _NOMINATIVE and verb_at(predicate, k + 1) == "finite"
        if alone and plain and own:
            return True
    return False
