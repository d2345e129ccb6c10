"""Repair a proposal file with git's conflict markers, keeping the decisions of both branches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from dossierkit.merge.record import union
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal, RecordProposal
from dossierkit.store.proposal import load
from dossierkit.store.record_proposal import load as load_record

_CONFLICT = re.compile(
    r"^<{7}[^\n]*\n(?P<ours>(?:(?!<{7}|\|{7}|={7}\n)[^\n]*\n)*+)(?:\|{7}[^\n]*\n(?:(?!<{7}|={7}\n)[^\n]*\n)*+)?+={7}\n"
    r"(?P<theirs>(?:(?!<{7}|>{7})[^\n]*\n)*+)>{7}[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
_T = TypeVar("_T")
_P = TypeVar("_P")


def salvage(text: str) -> Proposal | None:
    """Merge both sides of a file with conflict markers; None if it has none or cannot be read.

    Items of both sides count as proposed; decisions of either side stay.
    """
    sides = _sides(text, load)
    if sides is None:
        return None
    ours, theirs = sides
    return replace(
        ours,
        entities=_either(ours.entities, theirs.entities, {entity.key for entity in ours.entities}),
        timeline=_either(ours.timeline, theirs.timeline, {entry.key for entry in ours.timeline}),
        accepted=tuple(sorted({*ours.accepted, *theirs.accepted})),
        rejected=tuple(dict.fromkeys((*ours.rejected, *theirs.rejected))),
        edited=tuple(dict.fromkeys((*ours.edited, *theirs.edited))),
        conflicts=tuple(dict.fromkeys((*ours.conflicts, *theirs.conflicts))),
        by_item=ours.by_item or theirs.by_item,
        drafted=tuple(sorted({*ours.drafted, *theirs.drafted})),
    )


def salvage_record(text: str) -> RecordProposal | None:
    """The same for what was proposed for a record."""
    sides = _sides(text, load_record)
    return union(*sides) if sides else None


def _sides(text: str, read: Callable[[str], _P]) -> tuple[_P, _P] | None:
    if not _CONFLICT.search(text):
        return None
    try:
        ours, theirs = (read(_CONFLICT.sub(rf"\g<{side}>", text)) for side in ("ours", "theirs"))
    except DiagnosticsError:
        return None
    return ours, theirs


def _either(ours: Iterable[_T], theirs: Iterable[_T], keys: set[str]) -> tuple[_T, ...]:
    return (*ours, *(item for item in theirs if getattr(item, "key", "") not in keys))
