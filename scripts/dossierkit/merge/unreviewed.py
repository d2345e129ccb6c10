"""Undecided parts of a page, which prevent publication and which readers must not see as facts; and draft records with no decision of an editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dossierkit.merge.open import Open, open_items
from dossierkit.merge.page_items import Page, PageItem
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal, RecordProposal
from dossierkit.model.record import Record
from dossierkit.store import record_proposal as stored
from dossierkit.text.fold import fold

PROPOSAL, QUESTION, NAME, ENTRY = "D811", "D812", "D813", "D814"
"""The codes under which each kind is reported."""
_KEY = re.compile(r"^  - (?:key: )?(?P<key>\S.*)$", re.MULTILINE)
_SECTION = re.compile(r"^(?P<name>[a-z]+):", re.MULTILINE)
_ASKED = "\n    form: "
_PROPOSED, _DRAFTED, _DECIDED = ("entities", "timeline"), ("drafted",), ("accepted", "edited", "rejected")
_BY_ITEM = "\ndecided: by item\n"


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """An undecided part. `code`: of its kind; `text`: as readers would see it; `open`: as in a review.

    `line`, `col`: its position in the page, 0 for a question.
    """

    code: str
    text: str
    line: int
    col: int
    open: Open


def unreviewed(page: Page, last: Proposal, led: Mapping[str, str]) -> tuple[Unreviewed, ...]:
    """In the order of a review. `led`: ids made from names -> the records with these names.

    A conflict does not count, because the page's side was written by an editor.
    """
    return tuple(_each(page, last, led))


def settled(text: str) -> bool:
    """Whether a proposal file is recognisably all decided; a quick test, because a build reads many."""
    if _ASKED in text:
        return False
    at = text.find(_BY_ITEM)
    keys = _keys(text[max(0, at) :])
    proposed = _DRAFTED if at >= 0 else _PROPOSED
    return _of(keys, proposed) <= _of(keys, _DECIDED)


def _keys(text: str) -> dict[str, set[str]]:
    """The keys in each section of a proposal file, or of its end, which has the decisions."""
    keys: dict[str, set[str]] = {}
    marks = [*_SECTION.finditer(text)]
    for number, mark in enumerate(marks, 1):
        end = marks[number].start() if number < len(marks) else len(text)
        keys[mark["name"]] = {found["key"] for found in _KEY.finditer(text, mark.end(), end)}
    return keys


def _of(keys: Mapping[str, set[str]], sections: Iterable[str]) -> set[str]:
    return set().union(*(keys.get(name, ()) for name in sections))


def _each(page: Page, last: Proposal, led: Mapping[str, str]) -> Iterator[Unreviewed]:
    for item in open_items(page, last, led):
        if item.question is not None:
            yield Unreviewed(QUESTION, item.question.text, 0, 0, item)
        elif item.conflict is None and item.page_item is not None:
            yield _of_stand(item, item.page_item)


def _of_stand(one: Open, page_item: PageItem) -> Unreviewed:
    item = page_item.item
    code, text = (NAME, item.name or item.id) if isinstance(item, EntityRef) else (ENTRY, item.text)
    return Unreviewed(PROPOSAL if page_item.proposed else code, text, item.line, item.col, one)


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
