"""Cut a sentence into chunks at commas, dashes, conjunctions and relative pronouns, and classify each chunk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossierkit.extract.headings.chunk_kinds import (
    describes,
    has_verb_before,
    is_active,
    is_describing,
    is_past,
    kind_of,
    opened_by,
    past_adverbs,
)
from dossierkit.extract.headings.signs import Span, cutting_signs, is_charged, within
from dossierkit.extract.headings.words import Word, first_verb, listed, verb_at

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
    # "was shot, | survived and moved to Tarn"
    seen_verb = bool(words) and words[0].form.islower() and is_past(words)
    says = False
    said: int | None = None
    front = past_adverbs(words, 0, dates)
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
        elif (
            (word.low == "that" and (says or has_verb_before(words, at, dates)) and not _acts(words, at))
            or (word.low == "what" and has_verb_before(words, at, dates))  # "published | what it called"
            or (word.low in {"after", "before"} and words[at - 1].low in listed("lengths"))
        ):
            said = at if word.low == "that" else said
            continue  # a date before a verb of speech belongs to the clause of that verb
        elif _is_since_day(words, at, dates):
            continue
        elif word.low in listed("relatives", "subordinators") and _governs(words, at):
            found.append(at)
            seen_verb = seen_verb and not _shares_subject(words, at, dates)
    return found


def _is_since_day(words: Sequence[Word], at: int, dates: Sequence[Span]) -> bool:
    """As in "Two men held | since 2012 | were freed": only a date between "since" and the verb of the clause around it."""
    after = past_adverbs(words, at, dates)
    since = words[at].low == "since" and after > at + 1
    return since and after < len(words) and verb_at(words, after) == "finite"


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


def _opens_clause(words: Sequence[Word], at: int, dates: Sequence[Span]) -> bool:
    """Whether a conjunction begins a clause: a verb follows at once, after a date ("and in 1683 was made"), or after a new
    subject.
    """
    start = past_adverbs(words, at + 1, dates)
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
    if _only_relative(words, start, verb) or _is_apposed(words, verb):
        return False
    head = words[start]
    return head.form[0].isupper() or head.low in listed("determiners", "pronouns") or head.low.endswith("s")


def _only_relative(words: Sequence[Word], start: int, verb: int) -> bool:
    """As in "banned two companies and three managers | who had sold shells": the verb is that of the relative clause, and no other follows."""
    opens = next((k for k in range(start + 1, verb) if words[k].low in {"who", "which", "that"}), 0)
    return opens > 0 and _main_verb(words[opens:]) == len(words) - opens


def _is_apposed(words: Sequence[Word], verb: int) -> bool:
    """As in "two firms and several clerks linked to him": a participle that says which."""
    after = words[verb + 1].low if verb + 1 < len(words) else ""
    return after == "to" and words[verb].low in {"connected", "linked", "related", "tied"}


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
    return is_past(words[at + 1 :]) and (
        words[at + 2].form[0].isupper()
        or words[at + 2].low in listed("governed", "prepositions") | {"early", "late"}  # of a day
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
    opened = opened_by(words)
    if opened:
        return _opened(words, opened, sign)
    begin = past_adverbs(words, 0, dates)
    if sign and is_describing(words, begin):
        return HeadingChunk(words, "", "participial", None, sign)
    if any(
        words[at].low in {"after", "before"} and words[at - 1].low in listed("lengths")
        for at in range(1, min(3, len(words)))
    ):
        return HeadingChunk(words, "", "adjunct", None, sign)  # "two days after they had begun"
    that = next((at for at, word in enumerate(words) if word.low == "that"), 0)
    alone = sign == "," and words[begin % len(words)].low in listed("intransitive")
    if (
        alone
        or is_active(words, begin)
        or (that > 1 and is_past(words) and has_verb_before(words, that, dates))
    ):
        return HeadingChunk(words, "", "predicate", begin, sign)
    verb = first_verb(words)
    if verb is not None and describes(words, verb):
        verb = None  # "in an interview published in March"
    return HeadingChunk(words, "", kind_of(words, verb, dates), verb, sign)


def _opened(words: tuple[Word, ...], kind: str, sign: str) -> HeadingChunk:
    rest = words[1:]
    if not rest:
        return HeadingChunk(words, words[0].low, kind, None, sign)
    verb = 0 if is_past(rest) else first_verb(rest)
    return HeadingChunk(rest, words[0].low, kind, verb, sign, words[:1] if words[0].low == "that" else ())
