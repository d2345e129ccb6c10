"""Cut a sentence into chunks at commas, dashes, conjunctions and relative pronouns, and classify each chunk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossierkit.extract.headings.signs import Span, behind_date, cutting_signs, is_charged, within
from dossierkit.extract.headings.words import Word, before_adverbs, first_verb, listed, verb_at

_SAYING = frozenset({"said", "says", "claimed", "claims", "believes", "believed"})  # without "that", too
_FAR = 40  # words; distance at which the verb of a clause is looked for
_REACH = 8  # words; longest subject of a coordinate clause


@dataclass(frozen=True, slots=True)
class HeadingChunk:
    """Words between two cuts.

    `opener`: kind of its first word (sign, conjunction, relative pronoun), or "". `kind`: clause (subject and verb) |
    predicate (verb without subject) | subordinate | relative | participial | adjunct | noun. `verb`: index of its verb.
    `sign`: the comma, dash or other sign before it, or "". `joint`: the "and", "or" or "that" before its words.
    """

    words: tuple[Word, ...]
    opener: str
    kind: str
    verb: int | None
    sign: str = ""
    joint: tuple[Word, ...] = ()

    @property
    def comma(self) -> bool:
        return bool(self.sign)

    @property
    def span(self) -> Span:
        return self.words[0].start, self.words[-1].end

    @property
    def subject(self) -> tuple[Word, ...]:
        return self.words[: self.verb]

    @property
    def predicate(self) -> tuple[Word, ...]:
        return self.words[self.verb :] if self.verb is not None else ()

    def holds(self, at: Span) -> bool:
        return self.words[0].start <= at[0] < self.words[-1].end


def chunks(
    words: Sequence[Word], dates: Sequence[Span], names: Sequence[Span] = ()
) -> tuple[HeadingChunk, ...]:
    """The chunks of a sentence, in order; a comma inside one of `dates` or `names` does not cut."""
    out: list[HeadingChunk] = []
    first, sign = 0, ""
    for at in (*cutting_signs(words, dates, names), len(words)):
        out += _split(words[first:at], dates, sign)
        first, sign = at + 1, words[at].form if at < len(words) else ""
    return tuple(out)


def _split(words: Sequence[Word], dates: Sequence[Span], sign: str) -> list[HeadingChunk]:
    """One stretch between signs, cut before conjunctions and subordinators that begin a clause."""
    out: list[HeadingChunk] = []
    first = 0
    for at in (*_openers(words, dates), len(words)):
        if at > first:
            turn = _main_verb(words[first:at])
            out.append(_chunk(tuple(words[first : first + turn]), dates, "" if first else sign))
            if first + turn < at:
                out.append(_chunk(tuple(words[first + turn : at]), dates, ""))
        first = at
    return out


def _main_verb(words: Sequence[Word]) -> int:
    """Index at which the main clause continues after a relative one ("that had left Lenn | was stopped"), else the number of
    words.
    """
    if words[0].low not in {"who", "which", "that"}:
        return len(words)
    verb = first_verb(words) if words[0].low != "that" or not verb_at(words, 1 % len(words)) else 1
    second = first_verb(words, verb + 1) if verb is not None else None
    if second is not None and verb is not None and _tells_that(words, verb, second):
        second = first_verb(words, second + 1)  # "who said the hearings will resume | has closed"
    if (
        second is None
        or verb is None
        or words[verb].low in listed("said", "spoken", "letting")
        or (
            words[second].low not in listed("said", "spoken")
            and any(words[k].low in listed("conjunctions") for k in range(verb, second))
        )
    ):
        return len(words)
    return second if second - verb > 1 else len(words)


def _tells_that(words: Sequence[Word], verb: int, second: int) -> bool:
    """Whether the second verb is in what the first one tells: "who had noticed that two bids were typed"."""
    return words[verb].low in listed("said", "spoken") or any(
        words[k].low == "that" and verb_at(words, k - 1) for k in range(verb + 1, second)
    )


def _openers(words: Sequence[Word], dates: Sequence[Span]) -> list[int]:
    found = []
    seen_verb = (
        bool(words) and words[0].form.islower() and _is_past(words)
    )  # "was shot, | survived and moved to Tarn"
    says = False
    said: int | None = None
    front = _past_adverbs(words, 0, dates)
    for at, word in enumerate(words):
        seen_verb = seen_verb or verb_at(words, at) == "finite" or (0 < at <= front)
        says = says or word.low in listed("said", "spoken") or _finds(words, at)
        said = at if word.low in _SAYING and said is None else said
        if word.aside or not at or word.form[0].isupper() or within(word, dates):
            continue
        if word.low in listed("conjunctions") and seen_verb and _opens_clause(words, at, dates):
            if _contrasts(words, at, dates):
                continue
            if said is None or first_verb(words[said + 1 : at]) is not None:
                found.append(at)
        elif (word.low == "that" and (says or _verb_before(words, at, dates)) and not _acts(words, at)) or (
            word.low in {"after", "before"} and words[at - 1].low in listed("lengths")
        ):
            said = at if word.low == "that" else said
            continue  # a date before a verb of speech belongs to the clause of that verb
        elif word.low in listed("relatives", "subordinators") and _governs(words, at):
            found.append(at)
            seen_verb = seen_verb and not _shares_subject(words, at, dates)
    return found


def _shares_subject(words: Sequence[Word], at: int, dates: Sequence[Span]) -> bool:
    """Whether the next "and" is inside the subject of the clause that begins here: "since Lenn and Tarn signed".

    Behind a word that may be a preposition only between names: "after the meeting and the council voted" has two clauses.
    """
    joint = next((k for k in range(at + 1, min(len(words), at + _REACH)) if words[k].low in {"and", "or"}), 0)
    if not joint or any(verb_at(words, k) == "finite" for k in range(at + 1, joint)):
        return False
    if words[at].low not in listed("prepositions"):
        return True
    after = joint + 1 + (words[(joint + 1) % len(words)].low in listed("determiners"))
    sides = (*words[at + 1 : joint], *words[after : after + 1])
    return joint > at + 1 and all(
        word.low in listed("determiners") or (word.form[0].isupper() and not within(word, dates))
        for word in sides
    )


def _finds(words: Sequence[Word], at: int) -> bool:
    """As in "found in a scathing report on Monday | that", "decided at a meeting | that"."""
    behind = words[at + 1].low if at + 1 < len(words) else ""
    return words[at].low in listed("finding", "deciding") and behind in listed("prepositions")


def _verb_before(words: Sequence[Word], at: int, dates: Sequence[Span]) -> bool:
    """As in "complained on Monday that", "did not ensure that": whether a verb precedes, with at most a date between."""
    k = at - 1
    while k > 0 and (within(words[k], dates) or words[k].low in {"on", "in"}):
        k -= 1
    helped = k > 0 and before_adverbs(words, k) in listed("modals", "auxiliaries") - listed("be")
    finite = verb_at(words, k) == "finite" and not words[k].low.endswith("s")
    finite = finite or (k == 0 and _is_past(words))
    return finite or (helped and words[k].form.islower())


def _is_past(words: Sequence[Word]) -> bool:
    """Whether the first word, behind a comma or a pronoun, may be the past of a verb: "disclosed", not "driven"."""
    return verb_at(words, 0) == "participle" and words[0].low not in listed("participles")


def _opens_clause(words: Sequence[Word], at: int, dates: Sequence[Span]) -> bool:
    """Whether a conjunction begins a clause: a verb follows at once, after a date ("and in 1683 was made"), or after a new
    subject.
    """
    start = _past_adverbs(words, at + 1, dates)
    if start >= len(words):
        governed = at + 1 < len(words) and words[at + 1].low in listed("prepositions")
        return governed and any(within(word, dates) for word in words[at + 1 :])
    if verb_at(words, start) == "finite":
        return at + 1 < start or not _verb_right_before(words, at)
    verb = next(
        (k for k in range(start, min(len(words), start + _REACH)) if verb_at(words, k) == "finite"), None
    )
    if verb is None or any(words[k].low in listed("conjunctions") for k in range(start, verb)):
        return _bare_participle(words, start, at)
    head = words[start]
    return head.form[0].isupper() or head.low in listed("determiners", "pronouns") or head.low.endswith("s")


def _bare_participle(words: Sequence[Word], start: int, at: int) -> bool:
    """As in "was arrested in March and sentenced in June"."""
    return verb_at(words, start) == "participle" and start > at + 1


def _contrasts(words: Sequence[Word], at: int, dates: Sequence[Span]) -> bool:
    """As in "was acquitted of murder | but convicted of manslaughter", "fined | but not jailed": two sides of one event, unless each
    has a date.
    """
    start = at + 1 + (at + 1 < len(words) and words[at + 1].low == "not")
    if words[at].low != "but" or start >= len(words) or verb_at(words, start) not in {"participle", "finite"}:
        return False
    passive = any(words[k].low in listed("be") and verb_at(words, k) == "finite" for k in range(at))
    past = words[start].low.endswith("ed") or words[start].low in listed("participles", "past_or_participle")
    dated = [any(within(word, dates) for word in side) for side in (words[:at], words[at:])]
    return passive and past and not all(dated)


def _verb_right_before(words: Sequence[Word], at: int) -> bool:
    """As in "killed and wounded": two coordinated verb forms."""
    return verb_at(words, at - 1) != ""


def _past_adverbs(words: Sequence[Word], at: int, dates: Sequence[Span]) -> int:
    """The index after adverbs, dates and the preposition of a date."""
    while at < len(words):
        here = next((b for a, b in dates if a <= words[at].start < b), None)
        ahead = at + 1 < len(words) and any(a <= words[at + 1].start < b for a, b in dates)
        if here is not None:
            at += sum(1 for word in words[at:] if word.start < here)
        elif words[at].low in listed("adverbs") or (ahead and words[at].low in listed("prepositions")):
            at += 1
        else:
            break
    return at


def _governs(words: Sequence[Word], at: int) -> bool:
    """Whether a relative pronoun or subordinator begins a clause with a verb, unlike "as president" and "after the war"."""
    low = words[at].low
    if low == "that" and at and words[at - 1].low in listed("prepositions"):
        return False
    if low == "as" and at and words[at - 1].low in listed("called"):
        return False  # "the poet known as Korma was shot"
    following = words[at + 1 : at + 1 + _FAR]
    if low in {"who", "which", "whose", "whom"}:
        return True
    if low == "that" and _acts(words, at):
        return True
    verb = first_verb(following)
    if verb is None:
        return False
    stops = listed("subordinators", "relatives", "conjunctions") - {"and", "or"}
    blocked = any(word.low in stops for word in following[:verb])
    blocked = blocked or (low == "before" and is_charged(following[verb : verb + 2]))
    return not blocked and verb > 0 if low not in {"that", "what"} else not blocked


def _acts(words: Sequence[Word], at: int) -> bool:
    """As in "a flood that killed two miners": behind a noun, before a past form and what that governs."""
    if at + 2 >= len(words) or not words[at - 1].form.islower() or verb_at(words, at - 1):
        return False
    return _is_past(words[at + 1 :]) and (
        words[at + 2].form[0].isupper() or words[at + 2].low in listed("governed", "prepositions")
    )


def _chunk(words: tuple[Word, ...], dates: Sequence[Span], sign: str) -> HeadingChunk:
    low = words[0].low
    if low in listed("conjunctions") and len(words) > 1 and not words[0].form[0].isupper():
        inner = _chunk(words[1:], dates, sign)
        kind = "subordinate" if low in listed("subordinators") and inner.kind == "clause" else inner.kind
        return HeadingChunk(
            inner.words,
            low,
            kind,
            inner.verb,
            sign,
            inner.joint or (words[:1] if low in {"and", "or"} else ()),
        )
    opened = _opened_by(words)
    if opened:
        return _opened(words, opened, sign)
    begin = _past_adverbs(words, 0, dates)
    if sign and _describing(words, begin):
        return HeadingChunk(words, "", "participial", None, sign)
    if any(
        words[at].low in {"after", "before"} and words[at - 1].low in listed("lengths")
        for at in range(1, min(3, len(words)))
    ):
        return HeadingChunk(words, "", "adjunct", None, sign)  # "two days after they had begun"
    that = next((at for at, word in enumerate(words) if word.low == "that"), 0)
    alone = sign == "," and words[begin % len(words)].low in listed("intransitive")
    if alone or _active(words, begin) or (that > 1 and _is_past(words) and _verb_before(words, that, dates)):
        return HeadingChunk(words, "", "predicate", begin, sign)
    verb = first_verb(words)
    if verb is not None and _describes(words, verb):
        verb = None  # "in an interview published in March"
    return HeadingChunk(words, "", _kind(words, verb, dates), verb, sign)


def _opened_by(words: tuple[Word, ...]) -> str:
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


def _describing(words: Sequence[Word], begin: int) -> bool:
    """As in ", also founded in 2011,"."""
    at = begin if 0 < begin < len(words) - 1 else 0
    if words[0].low not in listed("describing"):
        return False
    governs = (
        at > 0 and verb_at(words[at:], 0) == "participle" and words[at + 1].low in listed("prepositions")
    )
    return governs or words[1 % len(words)].low == "due"


def _describes(words: tuple[Word, ...], verb: int) -> bool:
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


def _active(words: tuple[Word, ...], begin: int) -> bool:
    """Whether a past form has an object: "signed the agreement", not "signed by the president"."""
    if (
        begin + 1 >= len(words)
        or verb_at(words, begin) != "participle"
        or words[begin].low in listed("participles")
    ):
        return False
    later = first_verb(words, begin + 1)
    if later and not any(word.low in listed("conjunctions", "relatives") for word in words[begin:later]):
        return False  # "jailed lawyer Ada Moreau was freed"
    after = words[begin + 1]
    return not (after.sign or after.low in listed("prepositions", "conjunctions", "adverbs") | {"to"})


def _opened(words: tuple[Word, ...], kind: str, sign: str) -> HeadingChunk:
    rest = words[1:]
    if not rest:
        return HeadingChunk(words, words[0].low, kind, None, sign)
    verb = 0 if _is_past(rest) else first_verb(rest)
    return HeadingChunk(rest, words[0].low, kind, verb, sign, words[:1] if words[0].low == "that" else ())


def _kind(words: tuple[Word, ...], verb: int | None, dates: Sequence[Span]) -> str:
    begin = _past_adverbs(words, 0, dates)
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
