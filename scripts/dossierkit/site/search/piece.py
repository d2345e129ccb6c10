"""What one page gives to the index, made of its record alone, and how it is kept for the next index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dossierkit.model.plain import dumps, parse
from dossierkit.model.searched import SearchRecord
from dossierkit.site.search.levels import levels, whole
from dossierkit.text.terms import all_terms

_LONGEST_NAME = 6  # terms


class PageTerms(NamedTuple):
    """A page without its sentences.

    `rests`: as `Findable` has it. `file`: a digest of what a result shows of the page. `terms`: a line for each level, from 1 on.
    `names`: of an entity, each as its terms joined by a space. `named`: the entities that the page names, with the level
    that each of their names has for it. The rest is as in the record.
    """

    rests: str
    path: str
    type: str
    title: str
    lang: str
    year: str
    source: str
    sort: str
    entity: str
    file: str
    terms: str
    dossiers: tuple[str, ...]
    names: tuple[str, ...]
    named: tuple[tuple[str, int], ...]


def piece(record: SearchRecord, rests: str, file: str) -> PageTerms:
    named = {id_: whole(record, id_, count) for id_, count in record.named}
    return PageTerms(
        rests=rests,
        path=record.path,
        type=record.type,
        title=record.title,
        lang=record.lang,
        year=record.year,
        source=record.source,
        sort=record.sort,
        entity=record.entity,
        file=file,
        terms="\n".join(map(" ".join, levels(record))),
        dossiers=record.dossiers,
        names=tuple(_names(record)) if record.entity else (),
        named=tuple(named.items()),
    )


def _names(record: SearchRecord) -> Iterator[str]:
    """The names of an entity as terms; one that is too long is found by its words alone."""
    for name in (record.title, *record.names):
        words = all_terms(name)
        if 0 < len(words) <= _LONGEST_NAME:
            yield " ".join(words)


def kept(made: PageTerms) -> bytes:
    return dumps(made)


def known(blob: bytes | None, rests: str) -> PageTerms | None:
    """The piece that was kept, if it was made of the same."""
    if blob is None or not rests:
        return None
    *plain, dossiers, names, named = parse(blob)
    made = PageTerms._make((*plain, tuple(dossiers), tuple(names), named))
    return made if made.rests == rests else None
