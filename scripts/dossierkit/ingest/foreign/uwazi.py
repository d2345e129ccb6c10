"""Uwazi's CSV (https://uwazi.io): one row for each entity, columns named by property labels. The user says which columns to read.

Its export separates values with `|`, writes links as `label|address`, date ranges as `from~to`, and thesaurus values
with their group (`group::value`); tables for its import have `from:to` (app/api/csv of huridocs/uwazi). If two
templates have a property with one label, the columns are merged, since each row has a value in one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dossierkit.ingest.authority.grid import Row, refuse_ragged, rows
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.foreign import ForeignArticle, ForeignEntity, ForeignItem, ForeignReading
from dossierkit.text.data import load
from dossierkit.text.printable import visible

KEYS = ("quote", "date", "text", "url", "article", "published", "sha256", "entities")
_MANY, _GROUP = "|", "::"
_DAY = re.compile(r"(\d{4})[-/ ](\d{2})[-/ ](\d{2})")


def read(text: str, path: str, said: Mapping[str, Sequence[str]]) -> ForeignReading:
    """`said`: for each of KEYS the label of its column; others are recognised by their usual labels.

    Raises DiagnosticsError with every problem (D430, D432).
    """
    header, *listed = rows(text, path)
    places: dict[str, tuple[int, ...]] = {}
    for at, cell in enumerate(header):
        if label := cell.text.strip():
            places[label] = (*places.get(label, ()), at)
    lost = [label for labels in said.values() for label in labels if label not in places]
    if lost:
        known = ", ".join(visible(name) for name in places)
        message = f"there is no column {', '.join(lost)}: expected one of {known}"
        raise DiagnosticsError([Diagnostic(path, header[0].line, 1, "D430", message)])
    refuse_ragged(header, listed, path)
    chosen = {key: _places(key, places, said) for key in KEYS}
    note = () if chosen["quote"] else ("no column holds quotes: name it with `--column quote=LABEL`",)
    return ForeignReading(tuple(item for row in listed for item in _items(path, row, chosen)), note)


def _places(
    key: str, places: Mapping[str, tuple[int, ...]], said: Mapping[str, Sequence[str]]
) -> tuple[int, ...]:
    usual = load("importing")["uwazi_columns"].get(key, [])
    labels = said.get(key) or [label for label in places if label.casefold() in usual][:1]
    return tuple(at for label in labels for at in places[label])


def _items(path: str, row: Row, chosen: Mapping[str, Sequence[int]]) -> Iterator[ForeignItem]:
    """One item for each date; each is checked against the quote."""

    def cell(key: str) -> str:
        return next(
            (row[at].text.strip() for at in chosen[key] if at < len(row) and row[at].text.strip()), ""
        )

    named = [row[at].text for at in chosen["entities"] if at < len(row)]
    values = (one.rpartition(_GROUP)[2].strip() for value in named for one in value.split(_MANY))
    entities = dict.fromkeys(filter(None, values))
    url = cell("url").rpartition(_MANY)[2].strip()
    article = ForeignArticle(
        cell("article"), (url,) if url else (), cell("sha256").lower(), cell("published")
    )
    dates = [one for one in cell("date").split(_MANY) if one.strip()]
    for date in dates or [""]:
        yield ForeignItem(
            path,
            row[0].line,
            "entry",
            article if article != ForeignArticle() else None,
            cell("quote"),
            cell("text"),
            _date(date.strip()),
            tuple(map(ForeignEntity, entities)),
        )


def _date(value: str) -> str:
    """A day or a span as EDTF; anything else as written, to be refused later."""
    ends = [end.strip() for end in value.replace("~", ":").split(":")]
    if len(ends) == 2 and any(ends):
        return "/".join(_day(end) or ".." for end in ends)
    return _day(value)


def _day(value: str) -> str:
    found = _DAY.fullmatch(value)
    return "-".join(found.groups()) if found else value
