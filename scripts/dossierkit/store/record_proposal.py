"""`seeds/entities/ID.suggested.yml`: reads and writes `RecordProposal`, the proposals for a record, one fact per line."""

from __future__ import annotations

from pathlib import Path

from dossierkit.model.proposal import Conflict, RecordOffer, RecordProposal
from dossierkit.store.proposal import lines_of, parsed, read_items, section, texts
from dossierkit.store.seeds import SUGGESTED
from dossierkit.store.yamltext import quoted

_FOLDER = "seeds/entities/"
_HEAD = (
    "# What the machine proposed for the record of this name. It is written anew by `dossier update`: do not edit it;\n"
    "# decide in the record, or with `dossier review`. While it is here and the record is not, the record is not drafted again.\n"
)


def path_of(id_: str) -> str:
    """The path of a record's proposal, from the repository's root."""
    return f"{_FOLDER}{id_}{SUGGESTED}"


def ids(root: Path) -> tuple[str, ...]:
    """The ids of records with a proposal, sorted."""
    folder = root / _FOLDER
    files = (file.relative_to(folder).as_posix() for file in folder.rglob(f"*{SUGGESTED}"))
    return tuple(sorted(name.removesuffix(SUGGESTED) for name in files))


def dump(proposal: RecordProposal) -> str:
    """The proposal as YAML. Equal values give equal text; empty lists are left out."""
    lines = (
        *section("offers", lines_of(proposal.offers), always=True),
        *section("rejected", lines_of(proposal.rejected)),
        *section("conflicts", lines_of(proposal.conflicts)),
        *section("notes", (f"  - {quoted(note)}" for note in proposal.notes)),
    )
    return _HEAD + "\n".join(lines) + "\n"


def load(text: str, path: str = "") -> RecordProposal:
    """Read what `dump` wrote. Raises DiagnosticsError (D407)."""
    root = parsed(text, path)
    return RecordProposal(
        offers=tuple(read_items(root, "offers", RecordOffer, path)),
        rejected=tuple(read_items(root, "rejected", RecordOffer, path)),
        conflicts=tuple(read_items(root, "conflicts", Conflict, path)),
        notes=texts(root, "notes", path),
    )
