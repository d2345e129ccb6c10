"""The tables as an SQLite database with foreign keys and full-text search, arranged for Datasette.

The same content gives the same bytes with the same version of SQLite, which writes its number into the file header.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from dossierkit.evidence.gathering import Evidence
from dossierkit.export.dataset import Dataset
from dossierkit.export.table_rows import Row
from dossierkit.export.tables import TABLES, Column, Table
from dossierkit.site.pieces import EARLIER, Span, name

_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL"}
_BODY = Column("text", "text", "The article's text, as offsets count in it.")
_SEARCHED = {
    "articles": ("title", "text"),
    "events": ("text", "quote"),
    "entities": ("title", "description"),
    "names": ("name",),
}
NAMED = "known_names"
"""A view: whom every name means, for OpenRefine through the plugin datasette-reconcile."""
_VIEW = (
    "CREATE VIEW known_names AS SELECT names.rowid AS rowid, entity AS id, name, type, description, page "
    "FROM names JOIN entities ON entities.id = names.entity"
)
_TOKENS = "unicode61 remove_diacritics 2"


def columns(table: Table) -> tuple[Column, ...]:
    """The columns of the CSV, and the text of the articles."""
    return (*table.columns, _BODY) if table.name == "articles" else table.columns


def fill(base: sqlite3.Connection, data: Dataset, earlier: Mapping[str, Span]) -> dict[str, Span]:
    """Write all tables into an empty database. `earlier`: the attached database with the rows of unchanged articles."""
    spans: dict[str, Span] = {}
    for table in TABLES:
        spans.update(_fill(base, table, data, earlier))
    base.execute(_VIEW)
    for indexed, searched in _SEARCHED.items():
        # Datasette and sqlite-utils recognise an index by content="...", in exactly these quotes.
        listed = ", ".join(searched)
        base.execute(
            f'CREATE VIRTUAL TABLE {indexed}_fts USING fts5({listed}, content="{indexed}", tokenize="{_TOKENS}")'
        )
        base.execute(f"INSERT INTO {indexed}_fts({indexed}_fts) VALUES ('rebuild')")  # noqa: S608 - our own names
    return spans


def _fill(
    base: sqlite3.Connection, table: Table, data: Dataset, earlier: Mapping[str, Span]
) -> dict[str, Span]:
    described = columns(table)
    parts = [
        f'"{column.name}" {_TYPES[column.type]}' + (f' REFERENCES "{column.of}"("id")' if column.of else "")
        for column in described
    ]
    if table.key:
        quoted = ", ".join(f'"{name}"' for name in table.key)
        parts.append(f"PRIMARY KEY ({quoted})")
    base.execute(f'CREATE TABLE "{table.name}" ({", ".join(parts)})')
    spans = _rows(base, table, data, earlier)
    for column in table.columns:
        if column.of and column.name not in table.key[:1]:
            base.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")')
    return spans


def _rows(
    base: sqlite3.Connection, table: Table, data: Dataset, earlier: Mapping[str, Span]
) -> dict[str, Span]:
    """Insert rows; returns (start, length) of the rows of each article."""
    marks = ", ".join("?" * len(columns(table)))
    insert = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - our own names
    copied = f'INSERT INTO "{table.name}" SELECT * FROM {EARLIER}."{table.name}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'  # noqa: S608
    if table.of_article is None:
        base.executemany(insert, table.rows(data))
        return {}
    spans: dict[str, Span] = {}
    end = 0
    for article in data.articles():
        piece = name(table.name, article.id)
        if (known := earlier.get(piece)) is not None:
            start, length = known
            base.execute(copied, (start + 1, start + length))
        else:
            rows = tuple(_whole(table, data, article))
            length = len(rows)
            base.executemany(insert, rows)
        spans[piece] = (end, length)
        end += length
    return spans


def _whole(table: Table, data: Dataset, article: Evidence) -> Iterator[Row]:
    """The rows of an article, with the columns that only the database has."""
    assert table.of_article is not None
    body = (article.layer.text,) if len(columns(table)) > len(table.columns) else ()
    return ((*row, *body) for row in table.of_article(data, article))
