"""JSON of OpenRefine's template export, `{"rows": [{column: value}]}` -> records, mapped like a table."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dossierkit.ingest.authority import table
from dossierkit.ingest.authority.graph import document, mapping, texts
from dossierkit.ingest.authority.mapping import ColumnMapping
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.imported import ImportReading


def read(text: str, path: str, column_mapping: ColumnMapping) -> ImportReading:
    """The rows as records. Positions count rows, because JSON rows have no lines: line 1 is the header."""
    rows = mapping(document(text, path)).get("rows")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        message = 'expected OpenRefine\'s template export, {"rows": [{"column": "value"}]}: export it again, or export CSV'
        raise DiagnosticsError([Diagnostic(path, 1, 1, "D430", message)])
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, *([_cell(row.get(name)) for name in columns] for row in rows)]
    return table.read("\n".join(",".join(map(_quoted, line)) for line in lines), path, column_mapping)


def _cell(value: object) -> str:
    """A cell as text; its identifier if it is reconciled."""
    listed = value if isinstance(value, list) else [value]
    return "|".join(part for one in listed for part in _parts(one))


def _parts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from texts(value.get("id", value.get("name")))
    elif value is not None:
        yield from texts(value if isinstance(value, str | int | float) else json.dumps(value))


def _quoted(cell: str) -> str:
    """A cell on one line, so that each row is one line."""
    words = " ".join(cell.split())
    return '"' + words.replace('"', '""') + '"'
