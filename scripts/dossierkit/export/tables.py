"""The tables of CSV and SQLite: their columns are in `data/tables.yml`, their rows in `table_rows`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from dossierkit.export import table_rows
from dossierkit.export.dataset import Dataset
from dossierkit.export.table_rows import Cell, OfArticle, Row
from dossierkit.text.data import load
from dossierkit.text.recordfacts import article_facts, entry_facts, fact_properties


class Column(NamedTuple):
    """A column. `type`: text | integer | number. `of`: the table whose key it contains, or ""."""

    name: str
    type: str
    doc: str
    of: str = ""


class Table(NamedTuple):
    """A table. `key`: its first columns that identify a row. `factual`: no column is a text or a position in one.

    `of_article`: the rows of one article, if every row belongs to one.
    """

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Dataset], Iterator[Row]]
    factual: bool = True
    of_article: OfArticle | None = None


_TYPES = frozenset({"integer", "number"})
_WITH_TEXT = frozenset({"mentions", "events"})
_FACTS = {"article": article_facts, "entry": entry_facts}


def _columns(name: str, doc: Any) -> Iterator[Column]:  # noqa: ANN401 -- a text, or a mapping from type or table to text
    """The columns that one line of the data file stands for."""
    if name == "FACTS":
        yield from (Column(fact.name, "text", fact.about) for fact in _FACTS[doc]().values())
    elif name == "DATE":
        for part, about in load("tables")["date"].items():
            yield from _columns(part, about.replace("{}", doc) if isinstance(about, str) else about)
    elif isinstance(doc, str):
        yield Column(name, "text", doc.replace("PROPERTIES", f"`{'`, `'.join(fact_properties())}`."))
    else:
        ((kind, about),) = doc.items()
        yield Column(name, kind, about) if kind in _TYPES else Column(name, "text", about, kind)


def _table(name: str, known: Mapping[str, Any]) -> Table:
    of_article = table_rows.OF_ARTICLE.get(name)
    return Table(
        name,
        known["doc"],
        tuple(column for key, doc in known["columns"].items() for column in _columns(key, doc)),
        tuple(known.get("key", ())),
        table_rows.each(of_article) if of_article else table_rows.OF_SITE[name],
        name not in _WITH_TEXT,
        of_article,
    )


TABLES = tuple(_table(name, known) for name, known in load("tables")["tables"].items())


def rows(data: Dataset, name: str) -> Iterator[Mapping[str, Cell]]:
    """The rows of a table, cells by column."""
    (table,) = (one for one in TABLES if one.name == name)
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in table.rows(data))
