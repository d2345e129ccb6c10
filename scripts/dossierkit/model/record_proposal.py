"""What the machine proposes for an authority record: `seeds/entities/ID.suggested.yml` as a value."""

from __future__ import annotations

from dataclasses import dataclass

from dossierkit.model.proposal import Conflict


@dataclass(frozen=True, slots=True)
class RecordOffer:
    """One value for one key of a record (`aliases`, `type`, ...). `article`: the id of one article that it comes from.

    `drafted`: the machine wrote it into the record itself when it drafted it, where nothing else had to be asked.
    `maker` and `run`: who proposed it, empty for the extractor; `quote`: words of the article that it then rests on.
    """

    field: str
    value: str
    article: str = ""
    drafted: bool = False
    maker: str = ""
    run: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class RecordProposal:
    """What was last proposed for a record, and what editors decided on it.

    `rejected` have neither article nor `drafted`; of `conflicts`, `key` is empty. `notes` say what was not proposed, and why.
    """

    offers: tuple[RecordOffer, ...] = ()
    rejected: tuple[RecordOffer, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
