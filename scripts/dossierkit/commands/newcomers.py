"""Records for entities that a proposal names and no record stands for yet: drafts, for an editor to review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dossierkit.model.proposal import Proposal, ProposedEntity
from dossierkit.model.record import Record
from dossierkit.store.draft import DraftRecord
from dossierkit.text.fold import fold


def newcomers(proposals: Iterable[Proposal], records: Mapping[str, Record]) -> tuple[DraftRecord, ...]:
    """One draft a new entity, in order of first appearance, with every form that the articles use for it.

    A form that a standing record or another newcomer claims is left out: no name means two records by itself.
    """
    forms: dict[str, dict[str, ProposedEntity]] = {}
    for proposal in proposals:
        for entity in proposal.entities:
            if not entity.known and entity.entity not in records:
                named = forms.setdefault(entity.entity, {})
                named |= {form: entity for form in (entity.name, *entity.forms) if form not in named}
    claimed = {fold(name.text) for record in records.values() for name in record.strong_names}
    return tuple(_drafts(forms, claimed))


def _drafts(forms: Mapping[str, Mapping[str, ProposedEntity]], claimed: set[str]) -> Iterator[DraftRecord]:
    for id_, named in forms.items():
        title, first = next(iter(named.items()))
        claimed.add(fold(title))
        strong: list[str] = []
        weak: list[str] = []
        for form in named:
            if fold(form) == fold(title):
                continue
            if first.type == "person" and " " not in form:
                weak.append(form)
            elif fold(form) not in claimed:
                claimed.add(fold(form))
                strong.append(form)
        yield DraftRecord(id_, title, first.type, tuple(strong), tuple(weak))
