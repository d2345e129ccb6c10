"""Tables of another dossier (`dossier export csv`): timeline entries, entities of articles, and relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossierkit.ingest.authority.grid import own_table
from dossierkit.model.foreign import ForeignArticle, ForeignEntity, ForeignItem, ForeignReading

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "articles.csv": ("id", "title", "date", "url", "archived", "source_sha256"),
    "entities.csv": ("id", "title", "type"),
    "events.csv": ("id", "article", "date", "text", "quote", "waived", "reviewed"),
    "identifiers.csv": ("entity", "identifier"),
    "event_entities.csv": ("event", "entity"),
    "mentions.csv": ("article", "entity", "number", "sentence", "reviewed"),
    "relations.csv": ("entity", "type", "other", "date", "article", "quote"),
}
TABLES = tuple(_NEEDED)
REQUIRED = ("articles.csv", "entities.csv", "events.csv")
_OPEN = "0"


@dataclass(frozen=True, slots=True)
class _TableRow:
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read(texts: Mapping[str, str], folder: str) -> ForeignReading:
    """`texts`: by file name, of TABLES, including those of REQUIRED. Raises DiagnosticsError with every problem (D430, D432)."""
    tables = {name: _table(texts[name], f"{folder}/{name}", name) for name in TABLES if name in texts}
    dossier = _Dossier(folder, tables)
    items = (*dossier.entries(), *dossier.entities(), *dossier.relations())
    open_ = sum(
        row["reviewed"] == _OPEN for name in ("events.csv", "mentions.csv") for row in dossier.rows(name)
    )
    notes = (f"{open_} that nobody has decided on there are left out",) if open_ else ()
    return ForeignReading(items, notes)


class _Dossier:
    def __init__(self, folder: str, tables: Mapping[str, tuple[_TableRow, ...]]) -> None:
        self._folder, self._tables = folder, tables
        same_as: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.rows("identifiers.csv"):
            same_as[row["entity"]].append(row["identifier"])
        self._articles = {row["id"]: _article(row) for row in self.rows("articles.csv")}
        self._entities = {
            row["id"]: ForeignEntity(row["title"], row["type"], tuple(same_as[row["id"]]))
            for row in self.rows("entities.csv")
        }

    def rows(self, name: str) -> tuple[_TableRow, ...]:
        return self._tables.get(name, ())

    def entries(self) -> Iterator[ForeignItem]:
        """The timeline entries; without words, the quote is empty."""
        about: defaultdict[str, list[ForeignEntity]] = defaultdict(list)
        for row in self.rows("event_entities.csv"):
            if row["entity"] in self._entities:
                about[row["event"]].append(self._entities[row["entity"]])
        for row in self.rows("events.csv"):
            if row["reviewed"] != _OPEN:
                yield ForeignItem(
                    path=f"{self._folder}/events.csv",
                    line=row.line,
                    kind="entry",
                    article=self._articles.get(row["article"]),
                    quote="" if row["waived"] else row["quote"],
                    text=row["text"],
                    date=row["date"],
                    entities=tuple(about[row["id"]]),
                )

    def entities(self) -> Iterator[ForeignItem]:
        """The entities of each article, with the first sentence that names them."""
        for row in self.rows("mentions.csv"):
            known = self._entities.get(row["entity"])
            if row["number"] == "1" and row["reviewed"] != _OPEN and known:
                yield ForeignItem(
                    path=f"{self._folder}/mentions.csv",
                    line=row.line,
                    kind="entity",
                    article=self._articles.get(row["article"]),
                    quote=row["sentence"],
                    entities=(known,),
                )

    def relations(self) -> Iterator[ForeignItem]:
        for row in self.rows("relations.csv"):
            one, other = self._entities.get(row["entity"]), self._entities.get(row["other"])
            if one and other:
                yield ForeignItem(
                    path=f"{self._folder}/relations.csv",
                    line=row.line,
                    kind="relation",
                    article=self._articles.get(row["article"]),
                    quote=row["quote"],
                    text=row["type"],
                    date=row["date"],
                    entities=(one, other),
                )


def _article(row: _TableRow) -> ForeignArticle:
    urls = tuple(filter(None, (row["url"], row["archived"])))
    return ForeignArticle(row["title"], urls, row["source_sha256"], row["date"])


def _table(text: str, path: str, name: str) -> tuple[_TableRow, ...]:
    return tuple(
        _TableRow(row[_NEEDED[name][0]].line, {column: cell.text.strip() for column, cell in row.items()})
        for row in own_table(text, path, _NEEDED[name])
    )
