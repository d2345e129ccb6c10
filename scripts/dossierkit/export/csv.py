"""The tables as CSV (RFC 4180), with a machine-readable description (Data Package v1, https://specs.frictionlessdata.io).

Text that a spreadsheet would run as a formula is prefixed with an apostrophe
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from dossierkit.evidence.gathering import Evidence
from dossierkit.export.dataset import Dataset
from dossierkit.export.table_rows import Cell, Row
from dossierkit.export.tables import TABLES, Column, Table
from dossierkit.site.pieces import Pieces

_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for an encoding of the machine's own."""
_FORMULA = frozenset("=+-@＝＋－＠")
_PARTED = re.compile(rf';(?=[ "]*[{re.escape("".join(sorted(_FORMULA)))}])')
"""Where numbers have commas, spreadsheets part cells at semicolons, quoted or not: what follows one may be a formula too."""
FACTUAL = frozenset(f"{table.name}.csv" for table in TABLES if table.factual) | {"datapackage.json"}
"""The files that stay the same when only a text changes."""
_TYPES = {"text": "string", "integer": "integer", "number": "number"}


def files(data: Dataset) -> dict[str, Iterable[str]]:
    """`NAME.csv` for each table, UTF-8 with byte-order mark and CR LF, and `datapackage.json`."""
    tables = {f"{table.name}.csv": _table(table, data) for table in TABLES}
    return {**tables, "datapackage.json": _package(data)}


def _table(table: Table, data: Dataset) -> Iterable[str]:
    if table.of_article is None:
        return chain((_head(table),), _lines(table, table.rows(data)))
    return Pieces(data.pieces(table.name, partial(_rows_of, table)), partial(_head, table))


def _rows_of(table: Table, data: Dataset, article: Evidence) -> Iterator[str]:
    assert table.of_article is not None
    return _lines(table, table.of_article(data, article))


def _head(table: Table) -> str:
    return f"{_MARK}{_WRITER.writerow([column.name for column in table.columns])}"


def _lines(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    texts = [column.type == "text" and not _made(column) for column in table.columns]
    for row in rows:
        cells = zip(row, texts, strict=True)
        yield _WRITER.writerow([guarded(cell) if text else cell for cell, text in cells])


def _made(column: Column) -> bool:
    """Whether a column is made of ids, and so is a single line and not a formula."""
    return bool(column.of) or column.name in {"id", "page"}


class _LineBuffer:
    """A file object whose `write` returns the line, for csv.writer."""

    write = str


_WRITER = csv.writer(_LineBuffer())


def guarded(cell: Cell) -> str:
    """The text on one line, so that no spreadsheet takes it for a formula."""
    text = _PARTED.sub(";'", " ".join(str(cell or "").split()))
    return f"'{text}" if text[:1] in _FORMULA else text


def _package(data: Dataset) -> Iterator[str]:
    """Made when it is read: whoever asks for one of the files asks for all."""
    described = {
        "profile": "tabular-data-package",
        "name": "dossier",
        "title": data.site.publication.name,
        **({"homepage": data.site.publication.address} if data.site.publication.address else {}),
        "resources": [_resource(table) for table in TABLES],
    }
    yield json.dumps(described, ensure_ascii=False, indent=1) + "\n"


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
        "encoding": "utf-8-sig",
        "schema": schema,
    }


def _foreign(column: Column) -> dict[str, Any]:
    return {"fields": column.name, "reference": {"resource": column.of, "fields": "id"}}
