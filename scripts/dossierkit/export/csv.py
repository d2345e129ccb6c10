"""The tables as CSV (RFC 4180), with a description that tools read (Data Package v1, https://specs.frictionlessdata.io).

A cell of text that a spreadsheet would run as a formula gets an apostrophe in front
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from dossierkit.export.dataset import Dataset
from dossierkit.export.tables import TABLES, Cell, Column, Row, Table

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_TYPES = {"text": "string", "integer": "integer", "number": "number"}


def files(data: Dataset) -> dict[str, str | bytes]:
    """`NAME.csv` for each table, UTF-8 with CR LF, and `datapackage.json`."""
    tables: dict[str, str | bytes] = {f"{table.name}.csv": _table(table, data) for table in TABLES}
    return {**tables, "datapackage.json": _package(data)}


def _table(table: Table, data: Dataset) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    writer.writerows(_guarded(row, table.columns) for row in table.rows(data))
    return out.getvalue()


def _guarded(row: Row, columns: tuple[Column, ...]) -> list[Cell]:
    return [
        guarded(cell) if column.type == "text" else cell for cell, column in zip(row, columns, strict=True)
    ]


def guarded(cell: Cell) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    text = " ".join(str(cell or "").split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def _package(data: Dataset) -> str:
    described = {
        "profile": "tabular-data-package",
        "name": "dossier",
        "title": data.site.publication.name,
        **({"homepage": data.site.publication.address} if data.site.publication.address else {}),
        "resources": [_resource(table) for table in TABLES],
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": _TYPES[column.type], "description": column.doc}
        for column in table.columns
    ]
    schema: dict[str, Any] = {"fields": fields}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if keys := [_foreign(column) for column in table.columns if column.of]:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.doc,
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _foreign(column: Column) -> dict[str, Any]:
    return {"fields": column.name, "reference": {"resource": column.of, "fields": "id"}}
