"""Find draft records with no decision of an editor."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import RecordProposal
from dossierkit.model.record import Record
from dossierkit.store import record_proposal as stored
from dossierkit.text.fold import fold


def undecided(root: Path, records: Mapping[str, Record]) -> frozenset[str]:
    """Ids of drafted records that are still as the machine wrote them."""
    drafts = (id_ for id_ in stored.ids(root) if id_ in records and records[id_].status == "draft")
    return frozenset(id_ for id_ in drafts if as_drafted(records[id_], _memory(root, id_)))


def _memory(root: Path, id_: str) -> RecordProposal:
    path = stored.path_of(id_)
    try:
        return stored.load((root / path).read_text(encoding="utf-8", errors="replace"), path)
    except DiagnosticsError:  # reported where the record is merged
        return RecordProposal()


def as_drafted(record: Record, last: RecordProposal) -> bool:
    """Whether a record is a draft with the title, type and names that the machine wrote into it, and nothing else."""
    drafted = {(offer.field, fold(offer.value)) for offer in last.offers if offer.drafted}
    written = {
        ("title", fold(record.title)),
        ("type", fold(record.type)),
        *(("aliases", fold(name.text)) for name in record.aliases),
        *(("weak_aliases", fold(name.text)) for name in record.weak_aliases),
    }
    return written == drafted and not last.rejected and record.bare
