"""CSV with a mapping -> records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from dossierkit.ingest.authority.facts import ImportedEntry, Value, records
from dossierkit.ingest.authority.grid import Cell, Row, columns, ragged, rows
from dossierkit.ingest.authority.mapping import ColumnMapping, ColumnTarget, targets, unknown
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.imported import ImportReading
from dossierkit.text.identifier import canonical
from dossierkit.text.printable import visible

_SEP_LINE = re.compile(r"\Asep=[,;\t](?=\r?\n)")  # names the delimiter to Excel
_SEPARATOR = re.compile(r"[|;\n]")


def read(text: str, path: str, mapping: ColumnMapping) -> ImportReading:
    """The records of a table. Raises DiagnosticsError with every problem (D430 to D432)."""
    header, *listed = rows(_SEP_LINE.sub("", text, count=1), path)
    names = columns(header, path)
    filled = targets(header, mapping)
    problems = [*unknown(mapping, names, header[0], path), *_columns(filled, header, mapping, path)]
    if problems:
        raise DiagnosticsError(problems)
    beyond = (problem for row in listed for problem in ragged(header, row, path))
    entries = (_entry(row, filled, mapping) for row in listed)
    return ImportReading(records(chain(beyond, entries), path), tuple(_notes(header, filled, mapping)))


def _columns(
    filled: Mapping[int, ColumnTarget], header: Row, mapping: ColumnMapping, path: str
) -> Iterator[Diagnostic]:
    """Columns that the table lacks."""
    fields = {target.field for target in filled.values()}
    filled_cells = [visible(cell.text)[:40] for cell in header[:20] if cell.text.strip()]
    if len(filled_cells) == 1 < len(header) and not fields:
        message = "the first row has one filled cell: remove the rows above the column names"
        yield Diagnostic(path, header[0].line, 1, "D430", message)
        return
    named = ", ".join(filled_cells)
    if not fields & {"title", "aliases"}:
        message = f"no column has the names of records (found {named}): say which, as in --map 'COLUMN=title'"
        yield Diagnostic(path, header[0].line, 1, "D430", message)
    if "type" not in fields and not mapping.type:
        message = f"no column says what records are (found {named}): name one with --map 'COLUMN=type', or give --type"
        yield Diagnostic(path, header[0].line, 1, "D430", message)


def _notes(header: Row, filled: Mapping[int, ColumnTarget], mapping: ColumnMapping) -> Iterator[str]:
    used = [f"{visible(cell.text)} = {filled[at].words}" for at, cell in enumerate(header) if at in filled]
    left = [visible(cell.text) for at, cell in enumerate(header) if at not in filled and cell.text.strip()]
    yield f"columns: {', '.join(used)}"
    if left:
        open_ = any(mapping.columns.get(name.strip()) != "" for name in left)
        advice = " (say what they are with --map 'COLUMN=PROPERTY')" if open_ else ""
        yield f"not used: {', '.join(left)}{advice}"


def _entry(row: Row, filled: Mapping[int, ColumnTarget], mapping: ColumnMapping) -> ImportedEntry:
    values = [
        value for at, target in filled.items() if at < len(row) for value in _values(row[at], target, mapping)
    ]
    id_ = next((value.text for value in values if value.field == "id"), "")
    values = [value for value in values if value.field != "id"]
    if mapping.type and all(value.field != "type" for value in values):
        values.append(Value("type", mapping.type))
    if all(value.field != "title" for value in values):  # a name in a given language is a name
        first = next((at for at, value in enumerate(values) if value.field == "aliases"), None)
        if first is not None:
            values[first] = replace(values[first], field="title")
    return ImportedEntry(tuple(values), row[0].line, id=id_)


def _values(cell: Cell, target: ColumnTarget, mapping: ColumnMapping) -> Iterator[Value]:
    texts = [cell.text]
    if target.many:
        texts = cell.text.split(mapping.separator) if mapping.separator else _SEPARATOR.split(cell.text)
    for text in texts:
        if text.strip():
            word = mapping.types.get(text.strip(), text) if target.field == "type" else text.strip()
            lang = target.lang or (mapping.lang if target.field in {"aliases", "weak_aliases"} else "")
            yield Value(target.field, _identifier(word, target.scheme), lang, cell.line, cell.col)


def _identifier(text: str, scheme: str) -> str:
    """An identifier of a column with one scheme: with the scheme, also if the cell has its address."""
    if not scheme or text.startswith(f"{scheme}:"):
        return text
    short = canonical(text)
    return short if short.startswith(f"{scheme}:") else f"{scheme}:{text}"
