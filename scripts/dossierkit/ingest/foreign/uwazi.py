"""Uwazi's CSV (https://uwazi.io): a row an entity, a column a property by its label. Which column holds what the user says.

Its export parts several values with `|`, writes a link as `label|address` and a span of days as `from~to`. Two templates may each have
a property of one label: their columns are then one to us, since a row has a value in one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dossierkit.ingest.authority.grid import Row, ragged, rows
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.foreign import ForeignArticle, ForeignEntity, ForeignItem, ForeignReading
from dossierkit.text.data import load
from dossierkit.text.visible import visible

KEYS = ("quote", "date", "text", "url", "article", "published", "sha256", "entities")
_MANY, _SPAN = "|", "~"


def read(text: str, path: str, said: Mapping[str, Sequence[str]]) -> ForeignReading:
    """`said`: of KEYS, the labels of the columns that hold them; what is not said is known by its usual labels.

    Raises DiagnosticsError with all that is wrong (D430, D432).
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
    if problems := [problem for row in listed for problem in ragged(header, row, path)]:
        raise DiagnosticsError(problems)
    chosen = {key: _places(key, places, said) for key in KEYS}
    note = () if chosen["quote"] else ("no column holds quotes: name it with `--column quote=LABEL`",)
    return ForeignReading(tuple(_item(path, row, chosen) for row in listed), note)


def _places(
    key: str, places: Mapping[str, tuple[int, ...]], said: Mapping[str, Sequence[str]]
) -> tuple[int, ...]:
    usual = load("importing")["uwazi_columns"].get(key, [])
    labels = said.get(key) or [label for label in places if label.casefold() in usual][:1]
    return tuple(at for label in labels for at in places[label])


def _item(path: str, row: Row, chosen: Mapping[str, Sequence[int]]) -> ForeignItem:
    def cell(key: str) -> str:
        return next(
            (row[at].text.strip() for at in chosen[key] if at < len(row) and row[at].text.strip()), ""
        )

    named = [row[at].text for at in chosen["entities"] if at < len(row)]
    entities = dict.fromkeys(name.strip() for value in named for name in value.split(_MANY) if name.strip())
    url = cell("url").rpartition(_MANY)[2].strip()
    article = ForeignArticle(
        cell("article"), (url,) if url else (), cell("sha256").lower(), cell("published")
    )
    return ForeignItem(
        path,
        row[0].line,
        "entry",
        article if article != ForeignArticle() else None,
        cell("quote"),
        cell("text"),
        _date(cell("date")),
        tuple(map(ForeignEntity, entities)),
    )


def _date(value: str) -> str:
    """A day as it stands, a span as EDTF."""
    first, span, last = (part.strip() for part in value.partition(_SPAN))
    return f"{first or '..'}/{last or '..'}" if span else first
