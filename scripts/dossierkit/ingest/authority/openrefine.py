"""JSON of OpenRefine's template export, `{"rows": [{column: value}]}` -> records, mapped like a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from dossierkit.ingest.authority import table
from dossierkit.ingest.authority.graph import document, mapping, texts
from dossierkit.ingest.authority.mapping import ColumnMapping, guessed, target_of
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.imported import ImportReading

_ITEM = re.compile(r"Q[1-9]\d{0,11}\Z")


def read(text: str, path: str, column_mapping: ColumnMapping) -> ImportReading:
    """The rows as records. Positions count rows, because JSON rows have no lines: line 1 is the header."""
    rows = mapping(document(text, path)).get("rows")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        message = 'expected OpenRefine\'s template export, {"rows": [{"column": "value"}]}: export it again, or export CSV'
        raise DiagnosticsError([Diagnostic(path, 1, 1, "D430", message)])
    columns = list(dict.fromkeys(name for row in rows for name in row))
    names = [name for name in columns if _names_records(name, column_mapping)]
    cells = [[_cell(row.get(name), names=name in names) for name in columns] for row in rows]
    lines = [columns, *cells]
    if names and "wikidata" not in columns:
        found = [_item(row.get(names[0])) for row in rows]
        lines = [[*line, item] for line, item in zip(lines, ("wikidata", *found), strict=True)]
    return table.read("\n".join(",".join(map(_quoted, line)) for line in lines), path, column_mapping)


def _names_records(column: str, column_mapping: ColumnMapping) -> bool:
    """Whether a column has names of records."""
    term = column_mapping.columns.get(column)
    target = guessed(column) if term is None else target_of(term)
    return target is not None and target.field in {"title", "aliases", "weak_aliases"}


def _item(value: object) -> str:
    """The item of Wikidata with which a name is reconciled, or ""."""
    return next((text for text in texts(mapping(value).get("id")) if _ITEM.match(text)), "")


def _cell(value: object, *, names: bool) -> str:
    """A cell as text; if it is reconciled, its name in a column of names, else its identifier."""
    listed = value if isinstance(value, list) else [value]
    return "|".join(
        part for one in listed for part in _parts(one, ("name", "id") if names else ("id", "name"))
    )


def _parts(value: object, keys: Sequence[str]) -> Iterator[str]:
    if isinstance(value, dict):
        yield from next((found for key in keys if (found := texts(value.get(key)))), ())
    elif value is not None:
        yield from texts(value if isinstance(value, str | int | float) else json.dumps(value))


def _quoted(cell: str) -> str:
    """A cell on one line, so that each row is one line."""
    words = " ".join(cell.split())
    return '"' + words.replace('"', '""') + '"'
