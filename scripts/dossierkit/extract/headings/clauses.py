"""Find the clauses of a sentence, each with its subject and predicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from dossierkit.extract.headings.antecedents import JOINING, antecedent, carries_on, is_adverb, is_one
from dossierkit.extract.headings.chunks import HeadingChunk, chunks
from dossierkit.extract.headings.naming import NAMELESS, Names, named_subject
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import Word, first_verb, listed, present, verb_at
from dossierkit.extract.lexicon import known_place
from dossierkit.text.data import load

_FIRST = "main"
_NOUN_OPENERS = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_OPENING = frozenset({"that", "how", "which", "who", "whether", "why"})
_WHEN = frozenset({"after", "before", "because", "when", "while"})
_CITING = frozenset({"according", "citing", "quoting"})  # the date belongs to what was said


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause.

    `kind`: main | coordinate | subordinate | relative | likely (main, but its verb may be a participle). `dated`: spans
    of its dates. `spoken`: the words after it name the speaker. `tail`: chunks that continue the predicate (a list).
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


def clauses(words: Sequence[Word], dates: Sequence[Span], names: Names = NAMELESS) -> tuple[Clause, ...]:
    """Clauses in order of the sentence; those without a recognisable subject are left out."""
    state = _Reading(names)
    for chunk in chunks(words, dates, names.spans):
        state.read(chunk, dates)
    state.end(dates)
    return tuple(state.found)


@dataclass(slots=True)
class _Reading:
    """State of reading a sentence.

    `pending`: chunks without a verb that may be a subject. `front`: spans of adjuncts before a clause. `last`: clause
    that a predicate without subject continues. `beside`: the chunks that were pending before it. `spare`: participle that
    may be the verb. `listing`: a list after "including" follows. `inside`: a relative clause continues. `before`: the last
    chunk. `between`: another clause has come since `last`, so that what has no subject may belong to that. `broken`: a dash
    came after what may be the subject.
    """

    found: list[Clause]
    pending: list[HeadingChunk]
    front: list[Span]
    last: Clause | None
    spare: HeadingChunk | None
    listing: bool
    inside: bool
    beside: list[HeadingChunk]
    before: HeadingChunk | None
    between: bool
    broken: bool
    names: Names

    def __init__(self, names: Names) -> None:
        self.names = names
        self.found, self.pending, self.front, self.last, self.spare = [], [], [], None, None
        self.listing, self.inside, self.beside, self.before = False, False, [], None
        self.between = self.broken = False

    def read(self, chunk: HeadingChunk, dates: Sequence[Span]) -> None:
        if chunk.sign == ";":
            self.last, self.front = None, []
        if chunk.sign not in JOINING:
            names = (word.form[0].isupper() for one in self.pending for word in one.words)
            self.broken = self.broken or not all(names)  # "LENN – The mayor, who ..." is a place
            self.pending = []
        if self.last is not None and self._parts_clause(chunk):
            self._replace(_without_open(self.last))
        goes_on = self.inside and chunk.opener in {"and", "or", "but"} and not chunk.comma
        self.inside = chunk.kind == "relative" or (goes_on and chunk.kind in {"predicate", "participial"})
        if not (goes_on and self.inside):
            getattr(self, f"_{chunk.kind}")(chunk, dates)
        self.before = chunk
        self.between = self.between or chunk.kind in {"relative", "subordinate"}

    def end(self, dates: Sequence[Span]) -> None:
        """Finish; if no other verb came, the participle is the verb: "The mayor, who led it, resigned in May"."""
        if (
            self.last is None
            and self.spare is not None
            and self.spare.words[0].low not in listed("participles")
        ):
            begins = self.spare.span[0]
            self.pending = [one for one in self.pending if one.span[0] < begins]
            self._predicate(replace(self.spare, verb=0), dates)
            self.found[-1] = replace(self.found[-1], kind="likely")

    def _clause(self, chunk: HeadingChunk, _dates: Sequence[Span]) -> None:
        if self.last is not None and chunk.comma and not chunk.opener and _is_phrase(chunk):
            self._more(chunk.span)
            return
        if self.last is not None and chunk.comma and not chunk.opener and _awaits_clause(self.last.predicate):
            joined = (*self.last.predicate, *chunk.words)
            self._replace(replace(self.last, predicate=joined, dated=(*self.last.dated, chunk.span)))
            return
        participle = verb_at(chunk.words, 0) == "participle" and not chunk.joint
        if self.pending and self.last is None and participle:
            self._predicate(replace(chunk, words=chunk.predicate, verb=0), _dates)
            return
        subject = self._subject(chunk)
        if self.last is not None and chunk.comma and _attributes(chunk):
            self._more(chunk.span)
            return
        if self.last is not None and chunk.joint and self._goes_on(self.last, chunk):
            return
        if self.last is not None and chunk.comma and participle:
            subject = ()  # "but the judge, decided Hale should go"
        self._add(
            Clause(subject, chunk.predicate, "coordinate" if self.last else _FIRST, (*self.front, chunk.span))
        )

    def _subject(self, chunk: HeadingChunk) -> tuple[Word, ...]:
        """The subject of a clause, with what is pending if that belongs to it; () if it may be something else."""
        subject = _from_pronoun(chunk.subject)
        if self.last is not None:
            return subject
        if len(self.pending) > 1 and not chunk.opener and _is_office(self.pending[-1]):
            return self.pending[0].words
        if chunk.sign in JOINING and (self.broken or self._ends_list(chunk)):
            return ()
        if len(self.pending) == 1 and _is_country(self.pending[0], chunk):
            return self.pending[0].words
        if self.pending and (chunk.joint or any(word.low in {"and", "or"} for word in subject)):
            return (*(word for one in self.pending for word in one.words), *chunk.joint, *subject)
        return subject

    def _goes_on(self, last: Clause, chunk: HeadingChunk) -> bool:
        """Continue the subject or the predicate with what is behind "and" and no clause of its own."""
        spans = (*last.dated, chunk.span)
        if _disagrees(chunk) and _may_describe(last):
            whole = (*last.words, *chunk.joint, *chunk.subject)
            self._replace(replace(last, subject=whole, predicate=chunk.predicate, dated=spans))
        elif _awaits_content(last.predicate):
            joined = (*last.predicate, *chunk.joint, *chunk.words)
            self._replace(replace(last, predicate=joined, dated=spans))
        else:
            return False
        return True

    def _predicate(self, chunk: HeadingChunk, _dates: Sequence[Span]) -> None:
        if self.last is not None and chunk.comma and not chunk.opener and _turns(self.last, chunk):
            spans = (*self.last.dated, chunk.span)
            self._replace(replace(self.last, subject=self.last.words, predicate=chunk.predicate, dated=spans))
        elif self.last is not None and chunk.comma and not chunk.opener and _says(chunk):
            self._says_that(chunk)
        elif self.last is not None and chunk.comma and self.beside and _is_inserted(self.last):
            spans = (*self.last.dated, chunk.span)
            self._replace(Clause(named_subject(self.beside, self.names), chunk.predicate, _FIRST, spans))
        elif self.pending and self.last is None and not self.broken:
            spans = (*self.front, self.pending[0].span, chunk.span)
            subject = named_subject(self.pending, self.names)
            subject = () if any(word.low in _OPENING and not word.aside for word in subject) else subject
            self._add(Clause(subject, chunk.predicate, _FIRST, spans))
        elif self.last is not None and not chunk.opener and _awaits_verb(self.last.predicate):
            joined = (*self.last.predicate, *chunk.predicate)
            self._replace(replace(self.last, predicate=joined, dated=(*self.last.dated, chunk.span)))
        elif self.last is not None:
            if self._continues(chunk):
                made = (*_auxiliary(self.last, chunk), *chunk.predicate)
                self._add(replace(self.last, predicate=made, kind="coordinate", dated=(chunk.span,)))
            self.between = True
        elif not self.found:
            self._add(Clause((), chunk.predicate, _FIRST, (*self.front, chunk.span)))

    def _parts_clause(self, chunk: HeadingChunk) -> bool:
        """As in "after its president, Idris Okonta, | refused": the verb of what "after" opens."""
        verbal = chunk.kind in {"predicate", "participial"} and chunk.comma and not chunk.opener
        return verbal and self.before is not None and self.before.kind == "noun" and self.before.comma

    def _ends_list(self, chunk: HeadingChunk) -> bool:
        """As in "guards of Lenn, miners and clerks, | councillors shot at them"."""
        return len(self.pending) > 1 and not chunk.joint and any(map(_joins, self.pending))

    def _continues(self, chunk: HeadingChunk) -> bool:
        """Whether a predicate without a subject can only belong to that of the clause before."""
        joined = self.last is not None and chunk.sign in JOINING and not self.between
        return (
            joined
            and self.last is not None
            and carries_on(self.last.predicate, chunk.predicate or chunk.words)
        )

    def _says_that(self, chunk: HeadingChunk) -> None:
        """As in "The study published in May, warned that": the first verb-like word is a participle."""
        last = self.last
        that = len(chunk.predicate) > 1 and chunk.predicate[1].low == "that"
        if last is None or not that or not _may_describe(last):
            self._more(chunk.span)
        else:
            spans = (*last.dated, chunk.span)
            self._replace(replace(last, subject=last.words, predicate=chunk.predicate, dated=spans))

    def _participial(self, chunk: HeadingChunk, _dates: Sequence[Span]) -> None:
        if self.last is None and self.pending and verb_at(chunk.words, 0) == "participle":
            self.spare = chunk
        elif self.last is None and chunk.words[0].low.endswith("ing") and chunk.words[0].low not in _CITING:
            self.front.append(chunk.span)
        self.listing = self.listing or chunk.words[0].low == "including"
        passive = self.last is not None and _passive(self.last.predicate)
        goes_on = passive and chunk.opener in listed("conjunctions") and self._continues(chunk)
        if goes_on and self.last is not None:
            aux = () if chunk.words[0].low in listed("active") else self.last.predicate[:1]
            made = replace(self.last, predicate=(*aux, *chunk.words), kind="coordinate", dated=(chunk.span,))
            self.found.append(made)

    def _adjunct(self, chunk: HeadingChunk, dates: Sequence[Span]) -> None:
        """Assign the date of an adjunct to the clause after it, or to the one before."""
        if self.last is None or chunk.opener in listed("conjunctions"):
            self.front.append(chunk.span)
            self.pending += _noun_behind(chunk) if self.last is None else []
        elif any(a - chunk.span[0] <= len("at the end of the ") for a, _ in dates if chunk.holds((a, a))):
            self._more(chunk.span)

    def _noun(self, chunk: HeadingChunk, _dates: Sequence[Span]) -> None:
        if self.last is None:
            self.pending.append(chunk)
        elif (
            len(self.last.predicate) == 1
            and chunk.comma
            and not (self.before is not None and self.before.kind == "participial")
            and not _says(replace(chunk, words=self.last.predicate, verb=0))
        ):
            self._replace(replace(self.last, predicate=(*self.last.predicate, *chunk.words)))
            self._more(chunk.span)  # "ordered, on Friday, the arrest"
        elif chunk.comma and chunk.words[0].low in listed("verdicts") and _finds(self.last):
            found = _without_apposed(self.last.predicate)
            self._replace(replace(self.last, predicate=(*found, *chunk.words)))
            self._more(chunk.span)
        elif not self.listing and (chunk.opener in {"and", "or"} or chunk.comma):
            self._list(chunk)

    def _list(self, chunk: HeadingChunk) -> None:
        """Continue a list ("six tanks, two houses and a bridge"), but not an apposition."""
        last = self.last
        ends = last is not None and last.predicate and last.predicate[-1].end + 2 >= chunk.words[0].start
        listing = any(word.low in {"and", "or"} and not word.aside for word in chunk.words)
        if last is not None and ends and listing:
            self._replace(replace(last, predicate=(*last.predicate, *chunk.words)))
        self._more(chunk.span)

    def _relative(self, chunk: HeadingChunk, _dates: Sequence[Span]) -> None:
        about: tuple[Word, ...] = ()
        if chunk.verb is not None and (self.last is None or chunk.comma):
            about = antecedent(self.before, chunk, self.names.spans)
        elif (
            chunk.verb is not None
            and chunk.opener in {"who", "which", "that"}
            and self.last is not None
            and is_one(self.last.predicate)
        ):
            about = self.last.subject
        if about:
            self.found.append(Clause(about, chunk.predicate, "relative", (chunk.span,)))
        elif chunk.verb and chunk.opener in {"when", "where"}:
            self.found.append(Clause(chunk.subject, chunk.predicate, "subordinate", (chunk.span,)))

    def _subordinate(self, chunk: HeadingChunk, _dates: Sequence[Span]) -> None:
        if chunk.verb and chunk.opener == "when" and self.last is not None and _is_cleft(self.last):
            spans = (*self.last.dated, chunk.span)
            self._replace(Clause(chunk.subject, chunk.predicate, _FIRST, spans))
        elif chunk.verb and chunk.opener not in listed("supposing"):
            self.found.append(Clause(chunk.subject, chunk.predicate, "subordinate", (chunk.span,)))

    def _add(self, clause: Clause) -> None:
        self.found.append(clause)
        self.beside = self.pending if clause.kind == _FIRST and not self.beside else []
        self.last, self.pending, self.front, self.listing, self.between = clause, [], [], False, False

    def _replace(self, clause: Clause) -> None:
        self.found[self.found.index(self.last or clause)] = clause
        self.last = clause

    def _more(self, span: Span) -> None:
        if self.last is not None:
            self._replace(replace(self.last, dated=(*self.last.dated, span)))


def _without_open(clause: Clause) -> Clause:
    """The clause without a last one in it whose verb stands behind an inserted name."""
    predicate = clause.predicate
    opens = next((k for k in range(len(predicate) - 1, 1, -1) if predicate[k].low in _WHEN), 0)
    if not opens or predicate[opens].aside or first_verb(predicate[opens:]) is not None:
        return clause
    end = predicate[opens].start
    spans = tuple((a, min(b, end)) for a, b in clause.dated if a < end)
    return replace(clause, predicate=predicate[:opens], dated=spans)


def _auxiliary(last: Clause, chunk: HeadingChunk) -> tuple[Word, ...]:
    """The "was" of "was detained and subsequently removed from power": a past form that has no object shares it."""
    verb = chunk.predicate[0].low
    governs = len(chunk.predicate) > 1 and chunk.predicate[1].low not in listed("prepositions", "bare_dates")
    shared = (
        chunk.opener == "and"
        and chunk.verb
        and _passive(last.predicate)
        and (verb.endswith("ed") or verb in listed("past_or_participle"))
    )
    return last.predicate[:1] if shared and not governs and verb not in listed("active") else ()


def _disagrees(chunk: HeadingChunk) -> bool:
    """As in "and journalists using the software | opens": many, and a verb of one."""
    noun = next((word for word in chunk.subject if word.low not in listed("determiners", "adverbs")), None)
    verb = chunk.predicate[0].low
    single = verb in {"was", "is", "has"} or present(verb)
    many = noun is not None and noun.form.islower() and noun.low.endswith("s")
    return single and many and noun is not None and not noun.low.endswith(("ss", "us", "is", "ics", "ews"))


def _awaits_content(predicate: Sequence[Word]) -> bool:
    """As in "testified that she was certain the council's monitoring | and the mine were connected"."""
    sure = max((k for k, word in enumerate(predicate) if word.low in listed("sure")), default=0)
    rest = predicate[sure + 1 :]
    return bool(sure and rest) and rest[0].low in listed("determiners") and first_verb(rest) is None


def _finds(clause: Clause) -> bool:
    """As in "found Ada Moreau", before ", the chief of the mine, | guilty of"."""
    return any(word.low in {"found", "declared", "ruled"} for word in clause.predicate)


def _without_apposed(predicate: Sequence[Word]) -> tuple[Word, ...]:
    """Without what was taken for the rest of a list behind a comma."""
    cut = (k for k in range(1, len(predicate)) if predicate[k].start > predicate[k - 1].end + 1)
    return tuple(predicate[: next(cut, len(predicate))])


def _is_country(pending: HeadingChunk, chunk: HeadingChunk) -> bool:
    """As in "the court in Tarn, | Norway | ruled": where the place in front lies."""
    name = " ".join(word.form for word in chunk.subject)
    words = pending.words
    placed = len(words) > 2 and words[-1].form[0].isupper() and words[-2].low in {"at", "in", "near", "of"}
    return placed and chunk.sign == "," and not chunk.opener and known_place(name)


def _is_cleft(clause: Clause) -> bool:
    """As in "It was on 3 May when"."""
    return [word.low for word in clause.subject] == ["it"] and clause.predicate[0].low in {"was", "is"}


def _is_phrase(chunk: HeadingChunk) -> bool:
    """As in ", for a role in the Lenn forced labour case": a preposition opens it, and its only verb may describe a noun."""
    opens = chunk.words[0].low in listed("prepositions")
    return opens and chunk.predicate[0].low.endswith("ed") and not any(word.sign for word in chunk.words[:-1])


def _is_inserted(clause: Clause) -> bool:
    """As in "The mine, founded by Hale, was sold", "The switch, he said, would come": the subject stands before it."""
    return _may_describe(clause) or (len(clause.predicate) == 1 and clause.predicate[0].low in listed("said"))


def _may_describe(clause: Clause) -> bool:
    verb, after = clause.predicate[0].low, clause.predicate[1 % len(clause.predicate)].low
    regular = verb.endswith("ed") or verb in listed("past_or_participle")
    return regular and verb not in listed("said", "spoken") and after in listed("prepositions")


def _turns(last: Clause, chunk: HeadingChunk) -> bool:
    """As in "An inquiry published on Wednesday, on the other hand, | reveals": the first verb-like word is a participle."""
    verb, after = chunk.predicate[0].low, chunk.predicate[1 % len(chunk.predicate)]
    speaks = verb in listed("said") or (
        _says(chunk) and (after.form[0].isupper() or after.low in listed("determiners"))
    )
    return last.kind == _FIRST and _may_describe(last) and present(verb) and not speaks


def _noun_behind(chunk: HeadingChunk) -> list[HeadingChunk]:
    """As in "For his services | his second son": a subject directly after a phrase without a comma."""
    words = chunk.words
    leading = listed("prepositions", "determiners", "adverbs", "conjunctions", "subordinators", "bare_dates")
    at = next((k for k in range(2, len(words)) if words[k].low in _NOUN_OPENERS), 0)
    before = words[at - 1]
    governs = before.low.endswith("ing") or verb_at(words, at - 1) != ""
    split = at and before.form.isalnum() and before.low not in leading and not governs
    plain = not any(word.low in _NOUN_OPENERS or word.low.endswith("ed") for word in words[at + 1 :])
    return [replace(chunk, words=words[at:], kind="noun")] if split and plain else []


def _from_pronoun(subject: Sequence[Word]) -> tuple[Word, ...]:
    """As in "in recognition of his service he": a pronoun directly before the verb is the subject."""
    past = tuple(word for word in subject if not is_adverb(word))
    pronoun = past and past[-1].low in {"he", "she", "it", "they", "we", "i"}
    return tuple(subject[subject.index(past[-1]) :]) if pronoun else tuple(subject)


def _joins(chunk: HeadingChunk) -> bool:
    return any(word.low in {"and", "or"} for word in chunk.words)


def _is_office(chunk: HeadingChunk) -> bool:
    """As in "Ada Moreau, | commander, | Lenn Guard met them": an office, not the subject."""
    words = [word for word in chunk.words if not word.sign]
    alone = 0 < len(words) <= 3 and words[0].low not in listed("determiners")
    return alone and all(word.form.islower() for word in words) and words[-1].low in _offices()


@cache
def _offices() -> frozenset[str]:
    return frozenset(load("en/titles")["roles"])


def _says(chunk: HeadingChunk) -> bool:
    return chunk.predicate[0].low in listed("said", "spoken")


def _attributes(chunk: HeadingChunk) -> bool:
    """As in ", the envoy said on Monday": an attribution with nothing after the verb."""
    rest = [word for word in chunk.predicate[1:] if not word.sign]
    verbs = (verb_at(chunk.words, at) for at in range((chunk.verb or 0) + 1, len(chunk.words)))
    dated = not rest or rest[0].low in listed("prepositions", "bare_dates")
    return _says(chunk) and dated and not any(verbs)


def _awaits_verb(predicate: Sequence[Word]) -> bool:
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
    led = bool(rest) and (alone or rest[0].low in listed("determiners") or not rest[0].form[0].islower())
    return led and not (rest[0].sign or rest[0].aside)


def _is_content(rest: Sequence[Word]) -> bool:
    """As in "said | evidence presented by the envoys at a trial", before ", which lasted a year, proved"."""
    begins = rest[0].low not in listed("prepositions", "bare_dates", "adverbs", "subordinators")
    return begins and first_verb(rest) is None


def _awaits_clause(predicate: Sequence[Word]) -> bool:
    """As in "told the court that on 3 May", before ", the guards fired on the crowd"."""
    that = max((at for at, word in enumerate(predicate) if word.low == "that" and not word.aside), default=0)
    rest = predicate[that + 1 :]
    said = any(word.low in listed("said", "spoken") for word in predicate[:that])
    return said and (not rest or (rest[0].low in listed("prepositions") and first_verb(rest) is None))


def _passive(predicate: Sequence[Word]) -> bool:
    return (
        bool(predicate)
        and predicate[0].low in listed("be") | {"has", "have", "had"}
        and any(verb_at(predicate, at) == "participle" for at in range(1, min(5, len(predicate))))
    )
