"""Find the name beside a description: "the envoy for Norland, Ada Moreau, resigned" is about Ada Moreau."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossierkit.extract.headings.chunks import HeadingChunk
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import Word, listed
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.text.data import load

_OWNING = frozenset({"his", "her", "its", "their"})


@dataclass(frozen=True, slots=True)
class Names:
    """Spans of names in code points: people, and others."""

    people: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        return (*self.people, *self.others)


NAMELESS = Names()
_ANY = frozenset({"a", "an"})
_SEVERAL = frozenset({"are", "have", "were"})


def named_subject(
    pending: Sequence[HeadingChunk], names: Names, verb: Word | None = None
) -> tuple[Word, ...]:
    """The subject among the chunks before a verb: the first, or the name beside it if the first only describes.

    `verb`: the first word of the predicate; if it is that of several, all of a list are the subject.
    """
    first = pending[0].words
    joined = next((one for one in pending[1:] if one.joint and _is_one_of(one.words, names.people)), None)
    if joined is not None and _is_one_of(first, names.people):
        return (*first, *joined.joint, *joined.words)  # "Ada Moreau, 41, and Jesse Hale, 57, were"
    several = _list(pending) if verb is not None and verb.low in _SEVERAL else ()
    if several and (_names(first, names.spans) or all(word.form[0].isupper() for word in first)):
        return tuple(word for one in several for word in (*one.joint, *one.words))
    for chunk in pending[1:2]:
        person = _is_one_of(chunk.words, names.people) and not _names(first, names.people)
        plain = first[0].low in _OWNING or (
            first[0].low not in listed("determiners") and not _names(first, names.spans)
        )
        named = _is_one_of(chunk.words, names.others) and not (_are_placed(first) or _is_person_of(first))
        if person or ((plain or _is_of(first, chunk.words)) and named):
            return chunk.words
    return first


def _list(pending: Sequence[HeadingChunk]) -> Sequence[HeadingChunk]:
    """All of "Norland, the Union and Lenn": what stands before "and" in the last is one more of those before; none if it is no list."""
    ends = (k for k in range(len(pending) - 1, 0, -1) if _joins(pending[k]))
    last = next(ends, 0)
    return pending[: last + 1] if last and pending[last].words[0].low not in _ANY else ()


def _joins(chunk: HeadingChunk) -> bool:
    return any(word.low == "and" and not word.aside for word in (*chunk.joint, *chunk.words[1:]))


def _is_person_of(first: Sequence[Word]) -> bool:
    """As in "The administrator of the chain, | Lenn Travel": the name is that of the chain."""
    at = next((k for k, word in enumerate(first) if word.low == "of"), 0)
    holders = load("en/descriptions")["office_holders"]
    return at > 0 and (first[at - 1].low in holders or first[at - 1].low in load("en/subjects")["roles"])


def apposed_to(pending: Sequence[HeadingChunk], chunk: HeadingChunk, names: Names) -> tuple[Word, ...]:
    """The name before an apposition that no comma ends: "Ada Moreau, | a leader of the guards was arrested"; () if there is none."""
    if len(pending) != 1 or chunk.opener or chunk.joint or not (chunk.comma and chunk.subject):
        return ()
    person = _is_one_of(pending[0].words, names.people)
    return pending[0].words if person and chunk.subject[0].low in _ANY else ()


def _are_placed(first: Sequence[Word]) -> bool:
    """As in "guards in Tarn, | Norland": several, behind whom a name is that of a place."""
    at = next((k for k, word in enumerate(first) if word.low in listed("prepositions")), 0)
    several = at > 0 and (first[at - 1].low.endswith("s") or first[at - 1].low in {"police", "people"})
    return several and first[-1].form[0].isupper()


def _is_of(first: Sequence[Word], name: Sequence[Word]) -> bool:
    """As in "the airline, | Lenn Air": what it is, without a name, and no place that tells where it is."""
    plain = (word.form.islower() or word.form in lexicon().adjectives for word in first[1:])
    described = first[0].low in listed("determiners") and all(plain)  # "The radical Christian movement"
    return described and not known_place(" ".join(word.form for word in _without_determiner(name)))


def _without_determiner(words: Sequence[Word]) -> Sequence[Word]:
    return words[1:] if words[0].low in listed("determiners") else words


def is_one_of_many(subject: Sequence[Word], verb: Word, names: Names) -> bool:
    """As in "Ada Moreau were seen": one person, and the verb of many."""
    return verb.low in {"were", "are"} and bool(subject) and _is_one_of(subject, names.people)


def _is_one_of(words: Sequence[Word], spans: Sequence[Span]) -> bool:
    """Whether the words are a name and its title, or "the" and a name."""
    return any(
        named[0].start <= start and end == named[-1].end and _titles(named, start)
        for named in (words, _without_determiner(words))
        if named
        for start, end in spans
    )


def _titles(words: Sequence[Word], start: int) -> bool:
    return all(word.form[0].isupper() or word.sign for word in words if word.start < start)


def _names(words: Sequence[Word], spans: Sequence[Span]) -> bool:
    """Whether the words are the name itself, not its possessive: "Ada Moreau and her brother", not "Ada Moreau's brother"."""
    for at, word in enumerate(words):
        end = next((end for start, end in spans if start == word.start), None)
        if end is None:
            continue
        last = next((k for k, one in enumerate(words) if one.start < end <= one.end), at)
        after = words[last + 1].form if last + 1 < len(words) else ""
        owns = words[last].end > end or after in {"'", "’"}
        if not owns and (at == 0 or words[at - 1].low not in listed("prepositions")):
            return True
    return False
