"""Three-way merge of one proposal file of two branches, keeping the decisions of both sides' editors; also of a file that has git's
conflict markers already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import astuple, replace
from operator import attrgetter
from typing import TypeVar

from dossierkit.merge.record import union
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry, RecordProposal
from dossierkit.store import proposal as proposals
from dossierkit.store import record_proposal as record_proposals

RECORDS = "seeds/entities/"
_T = TypeVar("_T")
_CONFLICT = re.compile(
    r"^<{7}[^\n]*\n(?P<ours>(?>(?:(?!<{7}|\|{7}|={7}\n)[^\n]*\n)*))(?>(?:\|{7}[^\n]*\n(?>(?:(?!<{7}|={7}\n)[^\n]*\n)*))?)={7}\n"
    r"(?P<theirs>(?>(?:(?!<{7}|>{7})[^\n]*\n)*))>{7}[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
_Item = TypeVar("_Item", bound=ProposedEntity | ProposedEntry)
_Read = TypeVar("_Read", Proposal, RecordProposal)


def merged_text(path: str, base: str, ours: str, theirs: str) -> str:
    """The merged file at `path` (`seeds/NAME.suggested.yml` or one of a record); `base` may be empty.

    Raises DiagnosticsError if a side cannot be read.
    """
    if path.startswith(RECORDS):
        sides = (record_proposals.load(text, path) for text in (ours, theirs))
        return record_proposals.dump(union(*sides))
    known = proposals.load(base, path) if base.strip() else Proposal("", "")
    return proposals.dump(merged(known, *(proposals.load(text, path) for text in (ours, theirs))))


def merged(base: Proposal, ours: Proposal, theirs: Proposal) -> Proposal:
    """Decisions of either side; proposals from the only side that changed them, else ours."""
    machine = theirs if _machine(ours) == _machine(base) else ours
    key: Callable[[object], Hashable] = attrgetter("key")
    return replace(
        machine,
        entities=_either(base.entities, ours.entities, theirs.entities, key),
        timeline=_either(base.timeline, ours.timeline, theirs.timeline, key),
        questions=_either(base.questions, ours.questions, theirs.questions, key),
        accepted=tuple(sorted(_either(base.accepted, ours.accepted, theirs.accepted))),
        rejected=tuple(sorted(_either(base.rejected, ours.rejected, theirs.rejected), key=astuple)),
        edited=tuple(sorted(_either(base.edited, ours.edited, theirs.edited), key=astuple)),
        conflicts=tuple(sorted(_either(base.conflicts, ours.conflicts, theirs.conflicts), key=astuple)),
        by_item=ours.by_item or theirs.by_item,
        drafted=_either(base.drafted, ours.drafted, theirs.drafted),
    )


def _machine(proposal: Proposal) -> tuple[object, ...]:
    return proposal.extractor, proposal.input, proposal.notes, proposal.page


def _same(item: object) -> Hashable:
    return item


def _either(
    base: Iterable[_T], ours: Iterable[_T], theirs: Iterable[_T], key: Callable[[_T], Hashable] = _same
) -> tuple[_T, ...]:
    """Items of both sides in our order, without those that one side removed; items changed on their side only as theirs."""
    before, here, there = ({key(item): item for item in side} for side in (base, ours, theirs))
    remaining = [item for item in {**here, **there} if item not in before or (item in here and item in there)]
    return tuple(
        here[item] if item in here and here[item] != before.get(item) else there[item] for item in remaining
    )


def salvage(text: str) -> Proposal | None:
    """Merge both sides of a file with conflict markers; None if it has none or cannot be read.

    Items of both sides count as proposed; decisions of either side stay.
    """
    sides = _sides(text, proposals.load)
    if sides is None:
        return None
    ours, theirs = sides
    return replace(
        ours,
        entities=_of_both(ours.entities, theirs.entities),
        timeline=_of_both(ours.timeline, theirs.timeline),
        accepted=tuple(sorted({*ours.accepted, *theirs.accepted})),
        rejected=tuple(dict.fromkeys((*ours.rejected, *theirs.rejected))),
        edited=tuple(dict.fromkeys((*ours.edited, *theirs.edited))),
        conflicts=tuple(dict.fromkeys((*ours.conflicts, *theirs.conflicts))),
        by_item=ours.by_item or theirs.by_item,
        drafted=tuple(sorted({*ours.drafted, *theirs.drafted})),
    )


def salvage_record(text: str) -> RecordProposal | None:
    """The same for what was proposed for a record."""
    sides = _sides(text, record_proposals.load)
    return union(*sides) if sides else None


def _sides(text: str, read: Callable[[str], _Read]) -> tuple[_Read, _Read] | None:
    if not _CONFLICT.search(text):
        return None
    try:
        ours, theirs = (read(_CONFLICT.sub(rf"\g<{side}>", text)) for side in ("ours", "theirs"))
    except DiagnosticsError:
        return None
    return ours, theirs


def _of_both(ours: tuple[_Item, ...], theirs: tuple[_Item, ...]) -> tuple[_Item, ...]:
    keys = {item.key for item in ours}
    return (*ours, *(item for item in theirs if item.key not in keys))
