"""Who says what a heading reports: "officials said", "according to the fire service", "reportedly".

A claim without its speaker would be the site's own, so the speaker stands behind the heading.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.signs import Span, within
from dossierkit.extract.headings.words import Word, first_verb, listed, verb_at

_HAVE = frozenset({"has", "have", "had"})
_HEARD = frozenset({"told", "tells"})
_INVERTED = frozenset({"said", "says", "stated", "states"})
_LONGEST = 20  # words
_OF_SEVERAL = frozenset(
    {"allege", "argue", "believe", "claim", "contend", "indicate", "insist", "maintain", "reveal", "say", "show", "suggest"}
)  # fmt: skip
_OF = frozenset({"of", "for", "the"})
_QUOTES = frozenset("”»\"’'")
_SPEAKING = frozenset({",", "”", '"', "»", "–", "—", "-", "--"})
_STOPS = frozenset({",", ";", ":"})
_VERBS = 3  # words of a predicate among which its verb is
_WHOSE = frozenset({"which", "who", "that", "whose", "what", "where", "when"})


def of_frame(clause: Clause, said: Clause, dates: Sequence[Span]) -> tuple[Word, ...]:
    """The speaker in front: "officials said" of "officials said on Monday that the bridge had collapsed"; () if it is too long to
    stand behind the heading.
    """
    content = said.subject[0].start
    verb, *rest = (word for word in clause.predicate if word.start < content)
    hearer = rest if verb.low in _HEARD else ()
    return _plain([*clause.subject, verb, *_until_phrase(hearer, dates)], dates)


def beside(words: Sequence[Word], clause: Clause, dates: Sequence[Span]) -> tuple[Word, ...]:
    """The speaker of a sentence in what stands beside a clause; () if it names none. `words`: of the whole sentence."""
    own = {word.start for word in clause.words}
    words = _between_semicolons(words, clause)
    shown = _shown(words, clause, dates)
    found = shown or _source(words, own, dates) or _sayer(words, own, dates) or _hedge(words, own, clause)
    return found or _governing(words, clause, dates)


def _between_semicolons(words: Sequence[Word], clause: Clause) -> Sequence[Word]:
    """The part of a sentence that a clause is in: who speaks in another is not its speaker."""
    stops = [word.start for word in words if word.form == ";" and not word.aside]
    first = max((stop for stop in stops if stop < clause.words[0].start), default=-1)
    last = min((stop for stop in stops if stop > clause.words[-1].start), default=words[-1].end)
    return [word for word in words if first < word.start < last]


def lower(speaker: str) -> str:
    """A speaker behind the heading: "Officials said" without its capital, "Moreau said" with it."""
    first, _, rest = speaker.partition(" ")
    plain = first.lower() in listed("determiners", "pronouns", "sayers") | listed("hedges") | {"according"}
    return f"{first.lower()} {rest}".strip() if plain else speaker


def to_nobody(speaker: Sequence[Word]) -> bool:
    """As in "the council told him": nobody knows whom."""
    return any(word.low in {"him", "her", "them"} for word in speaker[2:])


def _source(words: Sequence[Word], own: set[int], dates: Sequence[Span]) -> tuple[Word, ...]:
    """As in "according to figures | released in May"."""
    at = next((k for k in range(len(words) - 2) if _cites(words, k)), None)
    if at is None or words[at].start in own:
        return ()
    verb = first_verb(words, at)
    if _opens_clause(words, at) and (verb is None or words[verb].start not in own):
        return ()
    return _plain([*words[at : at + 2], *_until_phrase(words[at + 2 :], dates)], dates)


def _opens_clause(words: Sequence[Word], at: int) -> bool:
    """As in "a colleague who, | according to two people, has not read it"."""
    before = words[max(0, at - 2) : at]
    return bool(before) and before[-1 if before[-1].form != "," else 0].low in listed(
        "relatives", "conjunctions"
    )


def _cites(words: Sequence[Word], at: int) -> bool:
    return words[at].low == "according" and words[at + 1].low == "to" and not words[at].aside


def _sayer(words: Sequence[Word], own: set[int], dates: Sequence[Span]) -> tuple[Word, ...]:
    """As in ", officials said on Monday", ",” said the mayor", ", the mayor, Ada Moreau, said"."""
    before: Sequence[Word] = ()
    for first, last in _stretches(words):
        stretch = words[first:last]
        if not first or not own.isdisjoint(word.start for word in stretch):
            continue
        quoted = any(word.form in _QUOTES for word in words[max(0, first - 2) : first])
        found = _named_first(stretch, dates) or _said_first(stretch, dates, quoted=quoted)
        found = found or _named_first((*before, *stretch), dates)
        if found:
            return found
        before = stretch
    return ()


def _shown(words: Sequence[Word], clause: Clause, dates: Sequence[Span]) -> tuple[Word, ...]:
    """As in "The files show that | the firm was founded in 2011"."""
    first = next((k for k, word in enumerate(words) if word.start == clause.words[0].start), 0)
    that = next(
        (k for k in range(1, first) if words[k].low == "that" and words[k - 1].low in listed("showing")), 0
    )
    opens = next((k + 1 for k in range(that - 2, -1, -1) if words[k].form in _STOPS), 0)
    who = words[opens : that - 1]
    plain = that and who and who[0].low in listed("determiners") | listed("sayers") | {"leaked", "records"}
    return _plain(words[opens:that], dates) if plain and first_verb(who) is None else ()


def _governing(words: Sequence[Word], clause: Clause, dates: Sequence[Span]) -> tuple[Word, ...]:
    """As in "Moreau said he left when | the guards came": who says the clause in which another is."""
    first = next((k for k, word in enumerate(words) if word.start == clause.words[0].start), 0)
    if clause.kind != "subordinate":
        return ()
    opens = next((k + 1 for k in range(first - 1, -1, -1) if words[k].form in _STOPS or words[k].aside), 0)
    says = (listed("said") - _HEARD) | listed("telling")
    verb = next(
        (k for k in range(opens + 1, first - 1) if words[k].low in says and words[k].form.islower()), 0
    )
    who = words[opens:verb]
    inside = first_verb(words[verb + 1 : first]) is not None  # not "said when he left"
    named = bool(who) and first_verb(who) is None and inside and _may_say(who, words[verb])
    return _plain([*who, words[verb]], dates) if named else ()


def _stretches(words: Sequence[Word]) -> list[tuple[int, int]]:
    """What stands between signs, outside quotations and brackets."""
    cuts = [k for k, word in enumerate(words) if word.aside or word.form in _SPEAKING]
    ends = zip((-1, *cuts), (*cuts, len(words)), strict=True)
    return [(first + 1, last) for first, last in ends if first + 1 < last]


def _named_first(stretch: Sequence[Word], dates: Sequence[Span]) -> tuple[Word, ...]:
    says = listed("said", "telling", "showing")
    verb = next((k for k, word in enumerate(stretch) if word.low in says and word.form.islower()), 0)
    subject = stretch[: verb - 1] if verb > 1 and stretch[verb - 1].low in _HAVE else stretch[:verb]
    if not subject or stretch[0].low in _WHOSE or first_verb(subject) is not None:
        return ()
    if not _may_say(subject, stretch[verb]):
        return ()
    after = stretch[verb + 1 :]
    parts = {"early", "late"}  # "said early on Monday"
    ends = not after or within(after[0], dates) or after[0].low in listed("prepositions", "adverbs") | parts
    hearer = stretch[verb].low in _HEARD and all(word.low != "that" for word in after)
    if not (ends or hearer):
        return ()
    opens = 1 if stretch[0].low in listed("conjunctions") | {"as"} else 0
    if not opens and stretch[0].low in listed("subordinators"):
        return ()  # "after he said in a lecture"
    heard = _until_phrase(after, dates) if hearer else ()
    return _plain([*stretch[opens : verb + 1], *heard], dates) if opens < verb else ()


def _may_say(subject: Sequence[Word], verb: Word) -> bool:
    """Not "laying claim", "trade shows", "as suggested"."""
    last = subject[-1].low
    several = last.endswith("s") or last in listed("sayers") or any(word.low == "and" for word in subject)
    papers = verb.low in listed("showing") and subject[0].low not in listed("determiners")
    return (several or not (verb.low in _OF_SEVERAL or papers)) and (len(subject) > 1 or last != "as")


def _said_first(stretch: Sequence[Word], dates: Sequence[Span], *, quoted: bool) -> tuple[Word, ...]:
    if stretch[0].low not in _INVERTED or len(stretch) == 1:
        return ()
    first, who = stretch[1], _until_phrase(stretch[1:], dates)
    plain = first_verb(stretch[1 : len(who) + 1]) is None
    relative = len(stretch) > len(who) + 1 and stretch[len(who) + 1].low in _WHOSE
    ends = relative or first_verb(stretch, 1) is None  # "said a doctor who treated the wounded"
    named = first.form[0].isupper() or first.low in listed("determiners") or quoted
    return _plain([stretch[0], *who], dates) if who and named and plain and ends else ()


def _hedge(words: Sequence[Word], own: set[int], clause: Clause) -> tuple[Word, ...]:
    """As in "The mayor, Ada Moreau, | reportedly | resigned", "was killed and | allegedly | buried"."""
    verbs = {word.start for word in clause.predicate[:_VERBS]}
    near = [word for k, word in enumerate(words) if not k or words[min(k + 1, len(words) - 1)].start in verbs]
    return tuple(word for word in near if word.low in listed("hedges") and word.start not in own)[:1]


def _until_phrase(words: Sequence[Word], dates: Sequence[Span]) -> list[Word]:
    """The first noun phrase: "the head of the mine" of "the head of the mine in Tarn"."""
    out: list[Word] = []
    for at, word in enumerate(words):
        inside = at > 0 and words[at - 1].low in listed("determiners")  # "an outside firm"
        ends = word.low in _ending() and not (inside or (at > 0 and words[at - 1].low in listed("wanting")))
        verbal = at > 0 and verb_at(words, at) != "" and word.form.islower()
        if ends or verbal or word.form in _STOPS or within(word, dates):
            break
        out.append(word)
    return out


def _ending() -> frozenset[str]:
    return listed("prepositions", "relatives", "subordinators") - _OF


def _plain(words: Sequence[Word], dates: Sequence[Span]) -> tuple[Word, ...]:
    """Without dates, notes and brackets; () if it is long."""
    left = [
        word
        for word, after in zip(words, (*words[1:], None), strict=True)
        if not (word.note or word.aside == "b" or within(word, dates) or _dates(word, after, dates))
    ]
    return tuple(left) if len(left) <= _LONGEST else ()


def _dates(word: Word, after: Word | None, dates: Sequence[Span]) -> bool:
    return word.low in {"on", "in"} and (after is None or within(after, dates))
