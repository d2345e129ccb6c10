"""Tables of another dossier (`dossier export csv`) -> records.

Of all exports this one keeps most of a record: id, every name with language and weakness, every identifier, the
place with its precision. Relations are left out, because they rest on quotes of articles that are not here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dossierkit.ingest.authority.facts import ImportedEntry, Value, records
from dossierkit.ingest.authority.grid import Cell, own_table
from dossierkit.model.imported import ImportReading

TABLES = ("entities.csv", "names.csv", "identifiers.csv")
_NEEDED = {
    "entities.csv": ("id", "title", "type"),
    "names.csv": ("entity", "name", "lang", "kind"),
    "identifiers.csv": ("entity", "identifier"),
}
_FIELDS = {
    "title": "title",
    "type": "type",
    "description": "description",
    "latitude": "lat",
    "longitude": "lon",
    "precision": "precision",
}
_LISTS = {"alias": "aliases", "weak": "weak_aliases"}


def read(texts: Mapping[str, str], folder: str) -> ImportReading:
    """The entities. `texts`: by file name, of TABLES. Raises DiagnosticsError with every problem."""
    tables = {
        name: own_table(texts[name], f"{folder}/{name}", _NEEDED[name]) for name in TABLES if name in texts
    }
    more = _more(tables)
    entries = (_entry(cells, more) for cells in tables["entities.csv"])
    return ImportReading(
        records(entries, f"{folder}/entities.csv"),
        ("relations, mentions and events are left out: they rest on articles that are not here",),
    )


def _entry(cells: Mapping[str, Cell], more: Mapping[str, Sequence[Value]]) -> ImportedEntry:
    id_ = cells["id"].text.strip()
    return ImportedEntry((*_own(cells), *more.get(id_, ())), cells["id"].line, id_, id_, cells["id"].col)


def _own(cells: Mapping[str, Cell]) -> Iterator[Value]:
    """Values from the table of entities itself."""
    for column, field in _FIELDS.items():
        cell = cells.get(column)
        if cell is not None and cell.text.strip():
            yield Value(field, cell.text, "", cell.line, cell.col)


def _more(tables: Mapping[str, list[dict[str, Cell]]]) -> Mapping[str, list[Value]]:
    """Names and identifiers, by the id of their entity."""
    found: defaultdict[str, list[Value]] = defaultdict(list)
    for cells in tables.get("names.csv", ()):
        name, field = cells["name"], _LISTS.get(cells["kind"].text)
        if field:
            found[cells["entity"].text].append(
                Value(field, name.text, cells["lang"].text.strip(), name.line, name.col)
            )
    for cells in tables.get("identifiers.csv", ()):
        cell = cells["identifier"]
        found[cells["entity"].text].append(Value("same_as", cell.text, "", cell.line, cell.col))
    return found
