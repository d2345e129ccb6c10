"""Candidates in a run of capitalised words: coordinated names separated, titles and sentence openers removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dossierkit.extract.lexicon import Lexicon
from dossierkit.extract.mentions.chunks import CapitalisedRun, Run, RunWord, written
from dossierkit.extract.mentions.subjects import (
    ABOUT,
    CONJUNCTIONS,
    keeps_subject,
    opens_subject,
    subject_at,
)

_HYPHEN = "-"
_CUT = ABOUT | CONJUNCTIONS | {_HYPHEN}
_LONGEST_TITLE = 4
_OF = ("of", "fo")


@dataclass(frozen=True, slots=True)
class CandidateSegment(Run):
    """A candidate. `title`: the title before it, or "". `opens`: its first capital says little."""

    title: str
    opens: bool

    @property
    def words(self) -> list[str]:
        return [part.text for part in self.parts]


def pieces(segment: CandidateSegment) -> list[CandidateSegment]:
    """The segment split before every "of" and "for", to be tried if the whole is not a name."""
    starts = [i for i, part in enumerate(segment.parts) if i and part.link[:2] in _OF]
    bounds = [0, *starts, len(segment.parts)]
    return [
        CandidateSegment(
            segment.parts[first:last], segment.title if first == 0 else "", segment.opens and first == 0
        )
        for first, last in pairwise(bounds)
    ]


def segments(chunk: CapitalisedRun, lexicon: Lexicon) -> Iterator[CandidateSegment]:
    """The candidates of one run, in text order."""
    opens = chunk.opens
    for piece in _conjuncts(chunk.parts, lexicon):
        for run in _between_dates(piece, lexicon):
            yield from _titled(run, lexicon, opens=opens)
            opens = False


def _conjuncts(parts: Sequence[RunWord], lexicon: Lexicon) -> Iterator[Sequence[RunWord]]:
    start = 0
    for index in range(1, len(parts)):
        if parts[index].link in _CUT and not _bound(parts[start:index], parts[index:], lexicon):
            yield parts[start:index]
            start = index
    yield parts[start:]


def _bound(left: Sequence[RunWord], right: Sequence[RunWord], lexicon: Lexicon) -> bool:
    """Whether "and", "on" or the like belongs to one name: "American - Islamic Relations" has a hyphen inside."""
    link = right[0].link
    if link == _HYPHEN:
        return left[-1].text in lexicon.adjectives and right[0].text in lexicon.adjectives
    if link in ABOUT:
        return opens_subject(left, right, lexicon)
    if subject_at(left):
        return keeps_subject(right, lexicon)
    return link in ("and", "&") and _conjoined(left, right, lexicon)


def _conjoined(left: Sequence[RunWord], right: Sequence[RunWord], lexicon: Lexicon) -> bool:
    """Whether a conjunction belongs to one name: "Bosnia and Herzegovina", "Department of Foreign Affairs and Trade"."""
    stop = next((i for i, part in enumerate(right) if i and part.link in _CUT), len(right))
    next_name = right[:stop]
    for count in range(1, min(len(next_name), 2) + 1):
        if written([*left, *next_name[:count]]) in lexicon.known:
            return True
    if next_name[0].text in lexicon.known or next_name[0].text in lexicon.given:
        return False
    of_name = any(
        part.link.startswith(("of", "for")) and left[i - 1].text in lexicon.org_of
        for i, part in enumerate(left)
        if i
    )
    if of_name:
        return not _is_titled(next_name, lexicon) and next_name[-1].text not in lexicon.org_heads
    alone = len(left) == 1 and left[0].text not in lexicon.known and left[0].text not in lexicon.given
    return alone and len(next_name) > 1 and next_name[-1].text in lexicon.org_heads and left[0].text.isalpha()


def _between_dates(parts: Sequence[RunWord], lexicon: Lexicon) -> Iterator[Sequence[RunWord]]:
    """Runs split at days and months, and after a legal form before a given name ("Apple Inc. Steve Jobs")."""
    run: list[RunWord] = []
    for part in parts:
        if run and run[-1].text in lexicon.legal and part.text in lexicon.given:
            yield run
            run = []
        if part.text in lexicon.calendar:
            if run:
                yield run
            run = []
        elif run or not part.text[0].isdigit():
            run.append(part)
    if run:
        yield run


def _is_titled(parts: Sequence[RunWord], lexicon: Lexicon) -> bool:
    return parts[0].text in lexicon.titles or parts[0].text in lexicon.courtesy


def _titled(parts: Sequence[RunWord], lexicon: Lexicon, *, opens: bool) -> Iterator[CandidateSegment]:
    """Split at titles: what precedes one, and the name after it."""
    rest, stripped = _without_openers(parts, lexicon)
    opens = opens and not stripped
    if not rest:
        return
    institution = rest[-1].text in lexicon.org_heads and not subject_at(rest)
    if written(rest) in lexicon.known or (institution and not _given_in(rest, lexicon)):
        yield CandidateSegment(tuple(rest), "", opens)
        return
    at = _title_at(rest, lexicon)
    if at is None:
        whole = CandidateSegment(tuple(rest), "", opens)
        if head := _head_after_of(rest, lexicon):
            yield CandidateSegment(tuple(rest[:head]), "", opens)
            yield CandidateSegment(tuple(rest[head:]), "", opens=False)
            return
        given = len(rest) > 2 and rest[0].text in lexicon.given and rest[1].link[:2] not in _OF
        yield from pieces(whole) if given else [whole]
        return
    first, last = at
    before = _without_trailing(rest[:first], lexicon)
    if before:
        yield CandidateSegment(tuple(before), "", opens)
    after = rest[last:]
    if not after:
        return
    if after[0].link:
        yield from _titled(after, lexicon, opens=False)
        return
    stop = next((i for i, part in enumerate(after) if i and _starts_anew(after, i, lexicon)), len(after))
    yield CandidateSegment(tuple(after[:stop]), written(rest[first:last]), opens=False)
    if stop < len(after):
        yield from _titled(after[stop:], lexicon, opens=False)


def _head_after_of(parts: Sequence[RunWord], lexicon: Lexicon) -> int:
    """The index of an institution after "of" with a common noun before ("Monitors of the Organization for ..."), or 0."""
    for index, part in enumerate(parts[1:], start=1):
        before = parts[index - 1].text
        if before in lexicon.org_of or before in lexicon.heads or before in lexicon.document_heads:
            return 0
        if part.link[:2] in _OF and part.text in lexicon.org_of:
            return index
    return 0


def _starts_anew(parts: Sequence[RunWord], index: int, lexicon: Lexicon) -> bool:
    """Whether a person's name ends before this word: "of", or a well-known name of another type."""
    part = parts[index]
    if part.link[:2] in _OF:
        return True
    return index > 1 and part.text in lexicon.known and part.text not in lexicon.weak_places


def _without_openers(parts: Sequence[RunWord], lexicon: Lexicon) -> tuple[Sequence[RunWord], bool]:
    first = 0
    while first < len(parts) and parts[first].text in lexicon.openers:
        known = first + 1 < len(parts) and written(parts[first:]) in lexicon.known
        if known or written(parts[first : first + 2]) in lexicon.opened:
            break
        first += 1
    return parts[first:], first > 0


def _given_in(parts: Sequence[RunWord], lexicon: Lexicon) -> bool:
    return any(part.text in lexicon.given for part in parts)


def _title_at(parts: Sequence[RunWord], lexicon: Lexicon) -> tuple[int, int] | None:
    """(first, past the last) of the last title in a row of titles: "US Vice President", "Lt. Col.".

    None inside a name, as in "Committee on Justice and Home Affairs".
    """
    index, subject = 0, subject_at(parts)
    while index < len(parts):
        about = 0 < subject <= index and parts[index].link
        size = 0 if about else _title_size(parts, index, lexicon)
        if size:
            end = index + size
            while end < len(parts) and not parts[end].link and (more := _title_size(parts, end, lexicon)):
                end += more
            return index, end
        index += 1
    return None


def _title_size(parts: Sequence[RunWord], index: int, lexicon: Lexicon) -> int:
    for size in range(min(_LONGEST_TITLE, len(parts) - index), 0, -1):
        words = written(parts[index : index + size])
        if words in lexicon.titles or words in lexicon.courtesy:
            return size
    return 0


def _without_trailing(parts: Sequence[RunWord], lexicon: Lexicon) -> Sequence[RunWord]:
    """Without modifiers and adjectives before a title: nothing remains of "Russian Deputy" before "Minister"."""
    last = len(parts)
    while last and (
        parts[last - 1].text in lexicon.modifiers
        or (parts[last - 1].text in lexicon.adjectives and last == 1)
        or parts[last - 1].text in lexicon.soft
    ):
        last -= 1
    return parts[:last]
