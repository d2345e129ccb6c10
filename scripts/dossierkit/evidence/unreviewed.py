"""What nobody has decided on: left out of pages, or marked on the records of entities."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from dossierkit.model.page import ArticlePage
from dossierkit.model.record import Record


def decided_records(records: Mapping[str, Record]) -> Mapping[str, Record]:
    """Those that somebody has decided on; the same mapping where they all are."""
    if not any(record.unreviewed for record in records.values()):
        return records
    return {id_: record for id_, record in records.items() if not record.unreviewed}


def decided_page(page: ArticlePage, records: Collection[str]) -> ArticlePage:
    """The page without what nobody has decided on; the same page where that is nothing. `records`: ids that are left out too."""
    gone = {*page.unreviewed, *(id_ for id_ in (*page.gist.sidebar, *page.gist.about) if id_ in records)}
    if not gone and not page.unreviewed_entries:
        return page
    reviewed = (entry for entry in page.timeline if not entry.unreviewed)
    return replace(
        page,
        entities=tuple(ref for ref in page.entities if ref.id not in gone),
        timeline=tuple(
            replace(entry, entities=tuple(id_ for id_ in entry.entities if id_ not in gone))
            for entry in reviewed
        ),
        unreviewed=(),
        unreviewed_entries=0,
    )


def judged(
    records: Mapping[str, Record], pages: Iterable[ArticlePage], *, marks: bool
) -> Mapping[str, Record]:
    """The records; entities that pages name by themselves count as reviewed where somebody has decided on the name.

    `marks`: whether those without a decision are there too, which then get the mark, as drafts do.
    """
    live = (page for page in pages if page.status != "draft")
    known = {id_ for page in live for id_ in page.gist.sidebar if id_ not in page.unreviewed}
    return {id_: _judged(record, known, marks=marks) for id_, record in records.items()}


def _judged(record: Record, known: Collection[str], *, marks: bool) -> Record:
    if record.candidate and record.id in known:
        return replace(record, status="reviewed")
    return replace(record, unreviewed=True) if marks and record.status == "draft" else record
