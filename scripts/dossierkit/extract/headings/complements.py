"""What a heading of few words goes on with, so that it can be understood alone: "a law | that bans marches", "were hurt | when a bomb exploded"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.judging import stative
from dossierkit.extract.headings.sentence import DatedSentence
from dossierkit.extract.headings.signs import within
from dossierkit.extract.headings.words import Word, first_verb, listed, present, verb_at

_MOST = 170  # code points of a heading that goes on
_SHORT = 10  # words of one to which its circumstances belong
_BRIEF = 6  # words of "The scandal first came to light"
_BARE = 6  # words of "The camp of Lenn was attacked"
_COUNT = 4  # words in "and at least dozens wounded"
_OPEN = frozenset({"he", "him", "his", "she", "her", "it", "its", "we", "us", "our", "i", "me", "my", "this", "these", "those"})  # fmt: skip
_SAME = frozenset({"he", "him", "his", "she", "her"})
_MANY = frozenset({"they", "them", "their"})
_RELATIVES = frozenset({"who", "which", "that", "whose"})
_CIRCUMSTANCES = frozenset({"when", "after", "as"})
_JOINS = frozenset({"and", "or"})
_HAVE = frozenset({"had", "has", "have"})
_ANY = frozenset({"a", "an", "no", "some", "several", "many", "few"})


def completed(phrase: Sequence[Word], clause: Clause, sentence: DatedSentence) -> Sequence[Word]:
    """The phrase with who else was harmed, what says which one it is about, and how it came about, if that is short."""
    if not phrase or not clause.subject:
        return phrase
    if clause.kind in {"main", "likely"}:
        phrase = [*phrase, *_also_harmed(_behind(phrase, sentence))]
    behind = _behind(phrase, sentence)
    if not behind or behind[0].aside:
        return phrase
    opens = behind[0].low
    if clause.kind == "main" and _goes_further(phrase, behind, sentence):
        return [*phrase, *takewhile(lambda word: not word.sign or word.form in "'’-%$", behind)]
    going_on = opens == "when" and clause.kind in {"main", "likely"} and _goes_on(clause.predicate)
    fits = (
        going_on
        or (opens in _RELATIVES and _is_any(phrase))
        or (opens == "that" and phrase[-1].low in listed("showing_that", "told_of"))
        or (
            opens in _CIRCUMSTANCES
            and clause.kind in {"main", "likely"}
            and (
                _names_nothing(phrase, clause.subject, opens)
                or (opens == "when" and _harms_briefly(clause, phrase))
            )
        )
        or _is_rank(phrase, behind)
        or _wants_infinitive(phrase, behind)
        or (
            opens == "when"
            and clause.kind in {"main", "likely"}
            and len(phrase) <= _BARE
            and phrase[-1].low in listed("harmed", "attacked")
        )
    )
    more = list(takewhile(lambda word: not word.sign or word.form in "'’-%$", behind))
    if not fits or len(more) < 2 or more[-1].low in listed("dangling"):
        return phrase
    said = opens in _RELATIVES - {"that"} or first_verb(more[1:]) is not None or verb_at(more[1:], 0) != ""
    said = said or _is_rank(phrase, behind) or _wants_infinitive(phrase, behind)
    short = more[-1].end - phrase[0].start <= _MOST
    known = going_on or _is_known(more, clause.subject)
    return [*phrase, *more] if said and short and known else phrase


def without_next(said: Sequence[Word], clause: Clause, sentence: DatedSentence) -> Sequence[Word]:
    """Without the next clause, whose subject was taken for an object: "left the town on Monday | and police sent there were stood down"."""
    at, verb = sentence.at, clause.predicate[0]
    begins = next((k for k, word in enumerate(said) if word.start == verb.start), len(said))
    plain = listed("said", "spoken", "finding").isdisjoint(
        word.low for word in said[begins : begins + 2 - (verb.low in listed("be"))]
    )
    if at is None or not plain:
        return said
    ends = (
        k
        for k in range(begins + 2, len(said))
        if said[k].low == "and"
        and not said[k].aside
        and at[1] <= said[k].start
        and _opens_clause(said[k + 1 :])
    )
    last = next(ends, 0)
    return said[:last] if last and not any(word.low == "that" for word in said[begins:last]) else said


def _opens_clause(words: Sequence[Word]) -> bool:
    """Whether a noun and a verb that belongs to it follow: "police sent there were stood down"."""
    lows = [word.low for word in words]
    ends = next((k for k, low in enumerate(lows) if low in listed("be") | _HAVE), len(lows))
    return (
        0 < ends < len(lows)
        and (listed("subordinators", "relatives", "conjunctions") - _JOINS).isdisjoint(lows[:ends])
        and (first_verb(words) == ends)
    )


def _goes_further(phrase: Sequence[Word], behind: Sequence[Word], sentence: DatedSentence) -> bool:
    """As in "Guards killed two people | and injured three in an attack on the village of Jabr": only the second deed names anything."""
    more = list(takewhile(lambda word: not word.sign or word.form in "'’-%$", behind))
    ends = len(more) < _COUNT or more[0].low != "and" or more[-1].low in listed("dangling")
    if ends or any(within(word, sentence.dates) for word in more):
        return False
    named = any(word.form[0].isupper() for word in more) and not any(
        word.form[0].isupper() for word in phrase[1:]
    )
    second = next((k for k, word in enumerate(more) if k and word.low not in listed("adverbs")), 1)
    deed = verb_at(more, second) != "" and first_verb(more[second + 1 :]) is None
    return (
        named
        and deed
        and more[-1].end - phrase[0].start <= _MOST
        and _OPEN.isdisjoint(word.low for word in more)
    )


def _goes_on(predicate: Sequence[Word]) -> bool:
    """As in "was on a flight | when", "was driving home | when": the event is what comes behind."""
    low = [word.low for word in predicate[:3]]
    placed = low[1:2] != [] and low[1] in listed("prepositions")
    progressive = any(one.endswith("ing") for one in low[1:])
    return low[0] in {"was", "were"} and (placed or progressive or stative(predicate))


def with_relative(clause: Clause, sentence: DatedSentence) -> Clause:
    """With what says which one an unnamed subject is: "A doctor | who had treated Ada Hale | was suspended"."""
    subject = clause.subject
    if (
        not (subject and clause.predicate)
        or len(subject) > _COUNT
        or any(word.form[0].isupper() for word in subject[1:])
    ):
        return clause
    first, last = subject[-1].end, clause.predicate[0].start
    between = [word for word in sentence.words if first <= word.start < last]
    one = subject[0].low in _ANY or subject[0].low in listed("numbers") or subject[0].form.isdigit()
    plain = (
        between
        and between[0].low in _RELATIVES
        and not any(word.sign or within(word, sentence.dates) for word in between)
    )
    short = last - subject[0].start < _MOST // 2
    known = plain and one and short and _is_known(between, subject)
    return replace(clause, subject=(*subject, *between)) if known else clause


def with_occasion(clause: Clause, found: Sequence[Clause], sentence: DatedSentence) -> Clause:
    """The clause before "when", if that says who was harmed: "Nine miners died | when a shaft collapsed on Monday"; the clause before "as she returned
    on Monday" alone, if it has no date.
    """
    at = found.index(clause)
    main = found[at - 1] if at else clause
    first = next((k for k, word in enumerate(sentence.words) if word.start == clause.words[0].start), 0)
    when = sentence.words[first - 1]
    joined = clause.kind == "subordinate" and main.kind == "main" and when.low == "when"
    if _at_that_time(clause, main, when) and not any(map(main.holds, sentence.dates)):
        return replace(main, dated=(*main.dated, *clause.dated))
    near = joined and 0 < when.start - main.predicate[-1].end <= 1
    if not near or not _harms(main) or main.subject[0].low in {"no", "nobody", "none"}:
        return clause
    return replace(main, predicate=(*main.predicate, when, *clause.words), dated=(*main.dated, *clause.dated))


def _at_that_time(clause: Clause, main: Clause, when: Word) -> bool:
    """Whether a clause says when the main one happened, by what the same person did: "was seized | as she returned home"."""
    own = len(clause.subject) == 1 and clause.subject[0].low in {"he", "she", "they"}
    verb, after = main.predicate[0].low, main.predicate[1].low if len(main.predicate) > 1 else ""
    state = verb in listed("be") and verb_at(main.predicate, 1 % len(main.predicate)) != "participle"
    joined = clause.kind == "subordinate" and main.kind == "main" and when.low in {"as", "when", "while"}
    told = verb in listed("said", "spoken") or after in listed("said", "spoken")
    return joined and own and bool(main.subject) and not (state or told or present(verb))


def _harms(clause: Clause) -> bool:
    deeds = listed("harming") | listed("harmed")
    return bool(clause.subject) and any(word.low in deeds for word in clause.predicate[:3])


def _behind(phrase: Sequence[Word], sentence: DatedSentence) -> list[Word]:
    """The words behind a phrase, without the date there that the heading leaves out."""
    behind = [word for word in sentence.words if word.start >= phrase[-1].end]
    # As in "a Norland Rescue Service (NRS) aircraft".
    behind = [word for word in behind if word.aside != "b" or word is behind[0]]
    while behind:
        late = behind[0].low in {"late", "early"} and behind[1:2] != []
        behind = behind[1:] if late and behind[1].low in listed("prepositions") else behind
        led = behind[0].low in listed("prepositions") and within(behind[1 % len(behind)], sentence.dates)
        if not led and not within(behind[0], sentence.dates):
            break
        behind = behind[1:]
    return behind


def _harms_briefly(clause: Clause, phrase: Sequence[Word]) -> bool:
    """As in "Twenty people including 14 Norlanders were killed", before "when"."""
    return len(phrase) <= _SHORT and _harms(clause)


def _is_rank(phrase: Sequence[Word], behind: Sequence[Word]) -> bool:
    """As in "became the seventh player", before "in the history of the game to be given out": only what follows says in what."""
    ranked = len(phrase) > 3 and phrase[-3].low == "the" and phrase[-2].low in listed("ranks")
    within = takewhile(lambda word: not word.sign, behind)
    return (
        ranked
        and behind[0].low in listed("prepositions") | {"to"}
        and any(word.low == "to" for word in within)
    )


def _wants_infinitive(phrase: Sequence[Word], behind: Sequence[Word]) -> bool:
    """As in "reacted to a promise", before "from Hale to hunt down the bombers": what was promised is the point."""
    within = [*takewhile(lambda word: not word.sign, behind)]
    to = next((k for k, word in enumerate(within[:-1]) if word.low == "to"), len(within))
    does = to + 1 < len(within) and within[to + 1].low in listed("verbs", "present") | {"be", "do", "have"}
    return phrase[-1].low in listed("infinitive_nouns") and behind[0].low in {"from", "by", "to"} and does


def _also_harmed(behind: Sequence[Word]) -> Sequence[Word]:
    """As in "two people were killed | and dozens wounded"."""
    if not behind or behind[0].low != "and":
        return ()
    last = next(
        (k for k, word in enumerate(behind[: _COUNT + 1]) if k > 1 and word.low in listed("harmed")), 0
    )
    return behind[: last + 1] if last else ()


def _is_any(phrase: Sequence[Word]) -> bool:
    """Whether a phrase ends with one of several, of which nobody knows which: "a paper", "two men", "people"."""
    noun = phrase[-1]
    if not noun.form.islower() or verb_at(phrase, len(phrase) - 1):
        return False
    for word in (phrase[-2], phrase[-3 % len(phrase)]):
        if word.low in _ANY or word.low in listed("numbers") or word.form.isdigit():
            return True
        if word.low in listed("determiners") or word.form[0].isupper() or word.low.endswith(("'s", "’s")):
            return False
    return noun.low == "people" or noun.low.endswith("s")


def _names_nothing(phrase: Sequence[Word], subject: Sequence[Word], opens: str) -> bool:
    named = any(word.form[0].isupper() for word in phrase[1:])
    brief = subject[0].low != "the" or (len(phrase) <= _BRIEF and opens == "when")
    return len(phrase) <= _SHORT and brief and not named


def _is_known(more: Sequence[Word], subject: Sequence[Word]) -> bool:
    """Whether the heading names whom the pronouns in what follows stand for: "A gunman has died | after he fled to Lenn"."""
    low = {word.low for word in more[1:]}
    many = any(word.low.endswith("s") or word.low == "people" for word in subject)
    own = (
        _SAME
        if not many and more[1:] and more[1].low in {"he", "she"} and _is_person(subject)
        else frozenset()
    )
    return low.isdisjoint(_OPEN - own) and (many or low.isdisjoint(_MANY))


def _is_person(subject: Sequence[Word]) -> bool:
    """As in "a gunman", "A teenage boy": one, without a name, beside whom no other is named."""
    one = subject[0].low in {"a", "an", "one"} or subject[0].form.isdigit()
    return one and not any(
        word.sign or word.low in listed("prepositions", "conjunctions") for word in subject
    )
