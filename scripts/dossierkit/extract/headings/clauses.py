"""Find the clauses of a sentence, each with its subject and predicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dossierkit.extract.headings.antecedents import JOINING, antecedent, carries_on, is_age, is_one
from dossierkit.extract.headings.chunks import HeadingChunk, chunks
from dossierkit.extract.headings.clause_signs import (
    MAIN,
    Clause,
    attributes,
    auxiliary,
    awaits_clause,
    awaits_content,
    awaits_verb,
    dates_noun,
    disagrees,
    finds,
    from_pronoun,
    is_apposed,
    is_cleft,
    is_country,
    is_inserted,
    is_office,
    is_passive,
    is_phrase,
    joins,
    may_describe,
    noun_behind,
    says,
    says_of,
    turns,
    without_apposed,
    without_open,
)
from dossierkit.extract.headings.naming import NAMELESS, Names, apposed_to, named_subject
from dossierkit.extract.headings.signs import Span, within
from dossierkit.extract.headings.words import Word, listed, verb_at

_OPENING = frozenset({"that", "how", "which", "who", "whether", "why"})
_CITING = frozenset({"according", "citing", "quoting"})  # the date belongs to what was said
_PAPERS = frozenset({"daily", "monthly", "quarterly", "weekly"})
# "charged Ada Hale, the mayor, | with fraud"
_RESUMING = frozenset({"as", "for", "from", "into", "of", "on", "to", "under", "with"})


def clauses(words: Sequence[Word], dates: Sequence[Span], names: Names = NAMELESS) -> tuple[Clause, ...]:
    """Clauses in order of the sentence; those without a recognisable subject are left out."""
    state = _Reading(names, dates)
    for chunk in chunks(words, dates, names.spans):
        state.read(chunk)
    state.end()
    return tuple(state.found)


@dataclass(slots=True)
class _Reading:
    """State of reading a sentence.

    `pending`: chunks without a verb that may be a subject. `front`: spans of adjuncts before a clause. `last`: clause
    that a predicate without subject continues. `beside`: the chunks that were pending before it. `spare`: participle that
    may be the verb. `listing`: a list after "including" follows. `inside`: a relative clause continues. `before`: the last
    chunk, `ahead`: the last that is no age and does not say who somebody is. `between`: another clause has come since `last`, so that what has no subject may belong to that. `broken`: a dash
    came after what may be the subject. `series`: participles behind a passive, which an "and" may make a list.
    """

    names: Names
    dates: Sequence[Span]
    found: list[Clause] = field(default_factory=list)
    pending: list[HeadingChunk] = field(default_factory=list)
    front: list[Span] = field(default_factory=list)
    last: Clause | None = None
    spare: HeadingChunk | None = None
    listing: bool = False
    inside: bool = False
    beside: list[HeadingChunk] = field(default_factory=list)
    before: HeadingChunk | None = None
    ahead: HeadingChunk | None = None
    between: bool = False
    broken: bool = False
    series: list[HeadingChunk] = field(default_factory=list)

    def read(self, chunk: HeadingChunk) -> None:
        if chunk.sign == ";":
            self.last, self.front = None, []
        if chunk.sign not in JOINING:
            names = (word.form[0].isupper() for one in self.pending for word in one.words)
            self.broken = self.broken or not all(names)  # "LENN – The mayor, who ..." is a place
            self.pending = []
        if self.last is not None and self._parts_clause(chunk):
            self._replace(without_open(self.last))
        goes_on = self.inside and chunk.opener in {"and", "or", "but"} and not chunk.comma
        self.inside = chunk.kind == "relative" or (goes_on and chunk.kind in {"predicate", "participial"})
        if not (goes_on and self.inside):
            getattr(self, f"_{chunk.kind}")(chunk)
        self.before = chunk
        self.ahead = self.ahead if is_age(chunk) or self._says_who(chunk) else chunk
        self.between = self.between or chunk.kind in {"relative", "subordinate"}

    def _says_who(self, chunk: HeadingChunk) -> bool:
        """As in "Ada Moreau, a baker who"."""
        ends = self.ahead.words[-1].end if self.ahead is not None else -1
        person = any(last == ends for _, last in self.names.people) and chunk.words[0].low in {"a", "an"}
        alone = not any(word.low in listed("prepositions") for word in chunk.words)
        return person and alone and chunk.sign == "," and not chunk.joint

    def end(self) -> None:
        """Finish; if no other verb came, the participle is the verb: "The mayor, who led it, resigned in May"."""
        if (
            self.last is None
            and self.spare is not None
            and self.spare.words[0].low not in listed("participles")
        ):
            begins = self.spare.span[0]
            self.pending = [one for one in self.pending if one.span[0] < begins]
            self._predicate(replace(self.spare, verb=0))
            self.found[-1] = replace(self.found[-1], kind="likely")

    def _clause(self, chunk: HeadingChunk) -> None:
        opened = bool(self.front)  # "left it, and after a year, | in 1998 founded"
        if self.last is not None and chunk.comma and not (chunk.opener or opened) and is_phrase(chunk):
            self._more(chunk.span)
            return
        if self.last is not None and chunk.comma and not chunk.opener and awaits_clause(self.last.predicate):
            self._go_on(self.last, chunk, (*self.last.predicate, *chunk.words))
            return
        if self.last is not None and chunk.comma and not chunk.opener and is_apposed(chunk):
            return
        participle = verb_at(chunk.words, 0) == "participle" and not chunk.joint
        if self.pending and self.last is None and participle:
            tells = chunk.words[0].low == "told" and chunk.words[1].form[0].isupper()
            said = replace(chunk, verb=0)  # "Hale, the head of the mine, | told Lenn Radio guards had fired"
            self._predicate(said if tells else replace(chunk, words=chunk.predicate, verb=0))
            return
        subject = self._subject(chunk)
        if self.last is not None and chunk.comma and attributes(chunk):
            self._more(chunk.span)
            return
        if self.last is not None and chunk.joint and self._goes_on(self.last, chunk):
            return
        if self.last is not None and chunk.comma and participle:
            subject = ()  # "but the judge, decided Hale should go"
        self._add(
            Clause(subject, chunk.predicate, "coordinate" if self.last else MAIN, (*self.front, chunk.span))
        )

    def _awaits_verb(self, last: Clause) -> bool:
        """Whether what was said so far has no verb yet; an apposition may stand before it."""
        apposed = self.before is not None and self.before.kind == "noun" and self.before.comma
        return awaits_verb(last.predicate) or (apposed and says_of(last.predicate))

    def _subject(self, chunk: HeadingChunk) -> tuple[Word, ...]:
        """The subject of a clause, with what is pending if that belongs to it; () if it may be something else."""
        subject = from_pronoun(chunk.subject)
        if self.last is not None:
            return subject
        if len(self.pending) > 1 and not chunk.opener and is_office(self.pending[-1]):
            return self.pending[0].words
        if chunk.sign in JOINING and (self.broken or self._ends_list(chunk)):
            return ()
        named = apposed_to(self.pending, chunk, self.names)
        if named or (len(self.pending) == 1 and is_country(self.pending[0], chunk)):
            return self.pending[0].words
        if self.pending and (chunk.joint or any(word.low in {"and", "or"} for word in subject)):
            before = (word for one in self.pending for word in (*one.joint, *one.words))
            return (*before, *chunk.joint, *subject)
        return subject

    def _goes_on(self, last: Clause, chunk: HeadingChunk) -> bool:
        """Continue the subject or the predicate with what is behind "and" and no clause of its own."""
        if disagrees(chunk) and may_describe(last):
            whole = (*last.words, *chunk.joint, *chunk.subject)
            self._go_on(replace(last, subject=whole), chunk, chunk.predicate)
        elif awaits_content(last.predicate):
            self._go_on(last, chunk, (*last.predicate, *chunk.joint, *chunk.words))
        else:
            return False
        return True

    def _predicate(self, chunk: HeadingChunk) -> None:
        if self.last is not None and chunk.comma and not chunk.opener and turns(self.last, chunk):
            self._go_on(replace(self.last, subject=self.last.words), chunk, chunk.predicate)
        elif self.last is not None and chunk.comma and not chunk.opener and says(chunk):
            self._says_that(chunk)
        elif self.last is not None and chunk.comma and self.beside and is_inserted(self.last):
            # Not the date of "first elected in 2001"
            around = self.last.dated[:-1] if may_describe(self.last) else self.last.dated
            spans = (*around, chunk.span)
            self._replace(Clause(named_subject(self.beside, self.names), chunk.predicate, MAIN, spans))
        elif self.pending and self.last is None and not self.broken:
            spans = (*self.front, self.pending[0].span, chunk.span)
            subject = named_subject(self.pending, self.names, chunk.predicate[0])
            subject = () if any(word.low in _OPENING and not word.aside for word in subject) else subject
            self._add(Clause(subject, chunk.predicate, MAIN, spans))
        elif self.last is not None and not chunk.opener and self._awaits_verb(self.last):
            self._go_on(self.last, chunk, (*self.last.predicate, *chunk.predicate))
        elif self.last is not None:
            goes_on = self._continues(chunk)
            if goes_on:
                made = (*auxiliary(self.last, chunk), *chunk.predicate)
                self._add(replace(self.last, predicate=made, kind="coordinate", dated=(chunk.span,)))
            self.between = not goes_on or chunk.opener != ""  # "was accused, | fled and was jailed"
        elif not self.found:
            self._add(Clause((), chunk.predicate, MAIN, (*self.front, chunk.span)))

    def _parts_clause(self, chunk: HeadingChunk) -> bool:
        """As in "after its president, Idris Okonta, | refused": the verb of what "after" opens."""
        verbal = chunk.kind in {"predicate", "participial"} and chunk.comma and not chunk.opener
        return verbal and self.before is not None and self.before.kind == "noun" and self.before.comma

    def _ends_list(self, chunk: HeadingChunk) -> bool:
        """As in "guards of Lenn, miners and clerks, | councillors shot at them"."""
        return len(self.pending) > 1 and not chunk.joint and any(map(joins, self.pending))

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
        if last is None or not that or not may_describe(last):
            self._more(chunk.span)
        else:
            self._go_on(replace(last, subject=last.words), chunk, chunk.predicate)

    def _participial(self, chunk: HeadingChunk) -> None:
        if self.last is None and self.pending and verb_at(chunk.words, 0) == "participle":
            self.spare = chunk
        elif self.last is None and chunk.words[0].low.endswith("ing") and chunk.words[0].low not in _CITING:
            self.front.append(chunk.span)
        self.listing = self.listing or chunk.words[0].low == "including"
        if self.last is None or not is_passive(self.last.predicate) or not self._continues(chunk):
            return
        self.series.append(chunk)
        if chunk.opener in listed("conjunctions"):
            for one in self.series:
                aux = () if one.words[0].low in listed("active") else self.last.predicate[:1]
                made = (*aux, *one.words)
                self.found.append(replace(self.last, predicate=made, kind="coordinate", dated=(one.span,)))

    def _adjunct(self, chunk: HeadingChunk) -> None:
        """Assign the date of an adjunct to the clause after it, or to the one before."""
        low = [word.low for word in chunk.words]
        if self.last is None and self.pending and (low[0] == "to" or "since" in low):
            return  # "The report, | to be published on 3 May", "The ban, | in force since 2004"
        if self.last is None or chunk.opener in listed("conjunctions"):
            self.front.append(chunk.span)
            self.pending += noun_behind(chunk) if self.last is None else []
        elif self._resumes(chunk) and self._is_behind_aside(self.last, chunk):
            self._go_on(self.last, chunk, (*self.last.predicate, *chunk.words))
        elif any(
            a - chunk.span[0] <= len("at the end of the ") for a, _ in self.dates if chunk.holds((a, a))
        ):
            self._more(chunk.span)

    def _resumes(self, chunk: HeadingChunk) -> bool:
        """As in "| with fraud", "| on Monday of fraud"."""
        first, second = (*chunk.words[:2], chunk.words[0])[:2]
        end = next((b for a, b in self.dates if a in {first.start, second.start}), first.start)
        behind = next((word.low for word in chunk.words if word.start >= end), "")
        dated = within(second, self.dates)
        return (first.low in _RESUMING and not (first.low == "on" and dated)) or behind in _RESUMING

    def _is_behind_aside(self, last: Clause, chunk: HeadingChunk) -> bool:
        """As in "sentenced Ada Hale, a former clerk, | to six years", "held, by five votes to four, | that"."""
        aside = self.before
        if aside is None or not aside.sign == chunk.sign == ",":
            return False
        lead = [word.low for word in chunk.words[:2]]
        # "Ada Hale, 53, of Lenn"
        other = lead == ["as", "well"] or (is_age(aside) and lead[0] in {"from", "of"})
        near = aside.span[0] - last.predicate[-1].end <= len(", which ")
        paper = aside.words[-1].low in _PAPERS
        due = not paper and any(map(aside.holds, self.dates))  # "a dividend, payable on 3 May, to owners"
        plain = (aside.kind == "noun" and not due) or aside.kind in {"adjunct", "participial"}
        return (
            near and not other and (aside.kind == "relative" or (plain and not (aside.opener or aside.joint)))
        )

    def _noun(self, chunk: HeadingChunk) -> None:
        if self.last is None:
            self.pending.append(chunk)
        elif (
            len(self.last.predicate) == 1
            and chunk.comma
            and not (self.before is not None and self.before.kind == "participial")
            and not says(self.last)
        ):
            # "ordered, on Friday, the arrest"
            self._go_on(self.last, chunk, (*self.last.predicate, *chunk.words))
        elif self._is_second_object(self.last, chunk):
            self._go_on(self.last, chunk, (*self.last.predicate, *chunk.words))
        elif chunk.comma and chunk.words[0].low in listed("verdicts") and finds(self.last):
            self._go_on(self.last, chunk, (*without_apposed(self.last.predicate), *chunk.words))
        elif not self.listing and (chunk.opener in {"and", "or"} or chunk.comma):
            self._list(chunk)

    def _is_second_object(self, last: Clause, chunk: HeadingChunk) -> bool:
        """As in "paid Lenn Systems, a firm in Malta, | 3 million euros"."""
        named = self.before is not None and all(one.form[0].isupper() for one in self.before.words)
        sum_ = chunk.words[0].form[0].isdigit() or chunk.words[0].sign
        sum_ = sum_ or (named and chunk.words[0].low in {"a", "an", "the"})
        gives = any(word.low in listed("giving") for word in last.predicate[:2])
        return sum_ and gives and not is_age(chunk) and self._is_behind_aside(last, chunk)

    def _list(self, chunk: HeadingChunk) -> None:
        """Continue a list ("six tanks, two houses and a bridge"), but not an apposition."""
        last = self.last
        ends = last is not None and last.predicate and last.predicate[-1].end + 2 >= chunk.words[0].start
        listing = any(word.low in {"and", "or"} and not word.aside for word in chunk.words)
        if last is not None and ends and listing:
            self._replace(replace(last, predicate=(*last.predicate, *chunk.words)))
        if listing or not (ends and chunk.comma and dates_noun(chunk)):
            self._more(chunk.span)

    def _relative(self, chunk: HeadingChunk) -> None:
        about: tuple[Word, ...] = ()
        if self.last is not None and chunk.opener == "that" and self._is_behind_aside(self.last, chunk):
            self._go_on(self.last, chunk, (*self.last.predicate, *chunk.joint, *chunk.words))
            return
        if chunk.verb is not None and (self.last is None or chunk.comma):
            end = self.before.words[-1].end if self.before is not None else 0
            whose = self.ahead if chunk.opener == "who" else self.before
            about = antecedent(whose, chunk, self.names.spans, end)
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

    def _subordinate(self, chunk: HeadingChunk) -> None:
        if chunk.verb and chunk.opener == "when" and self.last is not None and is_cleft(self.last):
            spans = (*self.last.dated, chunk.span)
            self._replace(Clause(chunk.subject, chunk.predicate, MAIN, spans))
        elif self.last is not None and chunk.opener == "that" and self._is_behind_aside(self.last, chunk):
            self._go_on(self.last, chunk, (*self.last.predicate, *chunk.joint, *chunk.words))
        elif (
            self.last is not None
            and chunk.opener == "and"
            and chunk.joint[0].low == "that"
            and says(self.last)
        ):
            said = (self.last.predicate[0], *chunk.joint, *chunk.words)  # "said that he was ill | and that"
            self.found.append(replace(self.last, predicate=said, kind="coordinate", dated=(chunk.span,)))
        elif chunk.verb and chunk.opener not in listed("supposing"):
            self.found.append(Clause(chunk.subject, chunk.predicate, "subordinate", (chunk.span,)))

    def _add(self, clause: Clause) -> None:
        self.found.append(clause)
        self.beside = self.pending if clause.kind == MAIN and not self.beside else []
        self.last, self.pending, self.front, self.listing, self.between = clause, [], [], False, False
        self.series = []

    def _replace(self, clause: Clause) -> None:
        self.found[self.found.index(self.last or clause)] = clause
        self.last = clause

    def _go_on(self, last: Clause, chunk: HeadingChunk, predicate: tuple[Word, ...]) -> None:
        """The last clause, with a chunk: its dates are the clause's."""
        self._replace(replace(last, predicate=predicate, dated=(*last.dated, chunk.span)))

    def _more(self, span: Span) -> None:
        if self.last is not None:
            self._replace(replace(self.last, dated=(*self.last.dated, span)))
