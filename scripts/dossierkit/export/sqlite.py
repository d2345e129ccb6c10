"""The tables as one SQLite database with foreign keys and full-text search, laid out as Datasette likes it.

The same content gives the same bytes with one version of SQLite, which writes its number into the file's head.
"""

from __future__ import annotations

import sqlite3

from dossierkit.export.dataset import Dataset
from dossierkit.export.tables import TABLES, Column, Table

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
    """Those of the CSV, and the text of the articles."""
    return (*table.columns, _BODY) if table.name == "articles" else table.columns


def fill(base: sqlite3.Connection, data: Dataset) -> None:
    """All tables into an empty database."""
    for table in TABLES:
        _fill(base, table, data)
    base.execute(_VIEW)
    for name, searched in _SEARCHED.items():
        # Datasette and sqlite-utils know by content="..." whose index it is, in these quotes alone.
        listed = ", ".join(searched)
        base.execute(
            f'CREATE VIRTUAL TABLE {name}_fts USING fts5({listed}, content="{name}", tokenize="{_TOKENS}")'
        )
        base.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")  # noqa: S608 - our own names


def _fill(base: sqlite3.Connection, table: Table, data: Dataset) -> None:
    described = columns(table)
    parts = [
        f'"{column.name}" {_TYPES[column.type]}' + (f' REFERENCES "{column.of}"("id")' if column.of else "")
        for column in described
    ]
    if table.key:
        quoted = ", ".join(f'"{name}"' for name in table.key)
        parts.append(f"PRIMARY KEY ({quoted})")
    base.execute(f'CREATE TABLE "{table.name}" ({", ".join(parts)})')
    rows = table.rows(data)
    if len(described) > len(table.columns):
        rows = ((*row, data.graph.articles[str(row[0])].layer.text) for row in rows)
    marks = ", ".join("?" * len(described))
    base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608 - our own names
    for column in table.columns:
        if column.of and column.name not in table.key[:1]:
            base.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")')
