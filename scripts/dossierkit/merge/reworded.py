"""Entries whose quote is gone from the text and is there again in slightly different words, as in a corrected edition.

The old and the new proposal of such an entry get one key, so that the merge sees one entry with another quote, and keeps what
people decided on it and wrote into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from dossierkit.merge.match import STRICT, pair, refines
from dossierkit.merge.page_items import TIMELINE, proposal_items
from dossierkit.model.page import TimelineEntry
from dossierkit.model.proposal import Proposal
from dossierkit.text.quote import FoldedText, fold_spaces, locate

_LEAST = 0.7
"""The least share of equal words (Ratcliff and Obershelp, 0 to 1) of a quote and its new wording."""
_Keyed = tuple[str, TimelineEntry]


def rekeyed(last: Proposal, new: Proposal, text: FoldedText) -> Proposal:
    """The last proposal, with the keys of the new one for entries that are in other words now. `text`: the page's, folded."""
    keys = dict(_pairs(*_unmatched(last, new, text)))
    if not keys:
        return last

    def key(old: str) -> str:
        return keys.get(old, old)

    return replace(
        last,
        timeline=tuple(replace(entry, key=key(entry.key)) for entry in last.timeline),
        accepted=tuple(sorted(map(key, last.accepted))),
        drafted=tuple(sorted(map(key, last.drafted))),
        rejected=tuple(replace(memory, key=key(memory.key)) for memory in last.rejected),
        edited=tuple(replace(memory, key=key(memory.key)) for memory in last.edited),
        conflicts=tuple(replace(conflict, key=key(conflict.key)) for conflict in last.conflicts),
    )


def _unmatched(last: Proposal, new: Proposal, text: FoldedText) -> tuple[list[_Keyed], list[_Keyed]]:
    """The last proposed entries whose quote is gone, and the newly proposed ones that were not proposed before."""
    before, after = _entries(last), _entries(new)
    keys = {key for key, _ in before} & {key for key, _ in after}
    known = pair([entry for _, entry in before], [entry for _, entry in after], STRICT)
    gone = [
        one
        for at, one in enumerate(before)
        if at not in known and one[0] not in keys and not locate(text, one[1].quote)
    ]
    come = [one for at, one in enumerate(after) if at not in known.values() and one[0] not in keys]
    return gone, come


def _entries(proposal: Proposal) -> list[_Keyed]:
    return [
        (one.key, one.item)
        for one in proposal_items(proposal, TIMELINE)
        if isinstance(one.item, TimelineEntry)
    ]


def _pairs(gone: Sequence[_Keyed], come: Sequence[_Keyed]) -> Iterator[tuple[str, str]]:
    """Keys of entries that correspond to each other and to no other entry."""
    alike = [(old, new) for old, one in gone for new, other in come if _is_alike(one, other)]
    for old, new in alike:
        if sum(old == one or new == other for one, other in alike) == 1:
            yield old, new


def _is_alike(one: TimelineEntry, other: TimelineEntry) -> bool:
    """Whether the quotes differ in few words, and the dates are the same, or one is more precise."""
    if not (refines(one.date, other.date) or refines(other.date, one.date)):
        return False
    matcher: SequenceMatcher[str] = SequenceMatcher(
        None, _words(one.quote), _words(other.quote), autojunk=False
    )
    return matcher.quick_ratio() >= _LEAST and matcher.ratio() >= _LEAST


def _words(quote: str) -> list[str]:
    return fold_spaces(quote).text.casefold().split()
