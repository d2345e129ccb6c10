"""Who proposed a claim, and what became of the proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol

from dossierkit.model.page import TimelineEntry
from dossierkit.model.proposal import Proposal, ProposedEntry

Became = Literal["accepted", "edited", "open", "written"]
Said = tuple[str, str, str]
"""The claim of an entry: its date, quote and text."""


class ClaimOrigin(NamedTuple):
    """The origin of a claim.

    `maker`: the program that proposed it, with its version; empty if none did. `run`: which of its runs, if known. `became`:
    accepted as proposed, edited by an editor, open (undecided), or written by an editor.
    """

    maker: str
    became: Became
    run: str = ""


class PageOrigins(Protocol):
    """The origins of the claims of one page. `digest`: of the files that they are read from; empty if it cannot be compared."""

    @property
    def digest(self) -> str: ...

    @property
    def claims(self) -> Mapping[Said, ClaimOrigin]: ...


def said(entry: TimelineEntry) -> Said:
    return entry.date, entry.quote, entry.text


def claims(timeline: tuple[TimelineEntry, ...], proposal: Proposal) -> Mapping[Said, ClaimOrigin]:
    """The origin of each entry of a page, by its claim. `proposal`: the last one for this page."""
    exact = {
        (proposed_entry.date, proposed_entry.quote, proposed_entry.text): proposed_entry
        for proposed_entry in proposal.timeline
    }
    by_key = {proposed_entry.key: proposed_entry for proposed_entry in proposal.timeline}
    changed = {one.quote: one for one in proposal.timeline}
    changed |= {edited.quote: by_key[edited.key] for edited in proposal.edited if edited.key in by_key}
    found: dict[Said, ClaimOrigin] = {}
    for entry in timeline:
        same, other = exact.get(said(entry)), changed.get(entry.quote)
        if entry.unreviewed or (same and proposal.undecided(same.key)):
            found[said(entry)] = _origin(same or other, proposal, "open")
        else:
            found[said(entry)] = _origin(same or other, proposal, "accepted" if same else "edited")
    return found


def _origin(entry: ProposedEntry | None, proposal: Proposal, became: Became) -> ClaimOrigin:
    if entry is None:
        return ClaimOrigin("", "open" if became == "open" else "written")
    return ClaimOrigin(entry.maker or proposal.extractor, became, entry.run)
