"""Delimited text (comma, semicolon or tab) -> cells with line and column. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.text.printable import visible

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_DELIMITERS = (",", ";", "\t")
MOST_ROWS = 50_000
MOST_COLUMNS = 200
_MOST_OF_HEADER = 100_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `line` and `col` of its start, from 1."""

    text: str
    line: int
    col: int


Row = tuple[Cell, ...]


def rows(text: str, path: str) -> list[Row]:
    """The rows that are not empty, header first. Raises DiagnosticsError (D430, D432)."""
    found: list[Row] = []
    for row in _rows(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), path):
        if len(row) > MOST_COLUMNS or len(found) > MOST_ROWS:
            message = f"the table has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns: split it"
            raise DiagnosticsError([Diagnostic(path, row[0].line, 1, "D432", message)])
        if any(cell.text.strip() for cell in row):
            found.append(row)
    if not found:
        raise DiagnosticsError(
            [Diagnostic(path, 1, 1, "D430", "the table is empty: expected a row of column names")]
        )
    return found


def columns(header: Row, path: str) -> dict[str, int]:
    """Column indices by name as written. Raises DiagnosticsError for a missing or repeated name."""
    found: dict[str, int] = {}
    problems: list[Diagnostic] = []
    for at, cell in enumerate(header):
        name = cell.text.strip()
        if name in found:
            message = f"two columns are called `{visible(name)[:80]}`: give each a name of its own"
            problems.append(Diagnostic(path, cell.line, cell.col, "D430", message))
        elif name:
            found[name] = at
    if problems:
        raise DiagnosticsError(problems)
    return found


def own_table(text: str, path: str, needed: Iterable[str]) -> list[dict[str, Cell]]:
    """The rows of a table of `dossier export csv`, by column name. Raises DiagnosticsError (D430, D432)."""
    header, *listed = rows(text, path)
    places = columns(header, path)
    missing = [column for column in needed if column not in places]
    if missing:
        message = f"the column {', '.join(missing)} is missing: expected a table of `dossier export csv`"
        raise DiagnosticsError([Diagnostic(path, header[0].line, 1, "D430", message)])
    refuse_ragged(header, listed, path)
    return [by_name(row, places) for row in listed]


def by_name(row: Row, places: Mapping[str, int]) -> dict[str, Cell]:
    """The cells of a row by the names of its columns; empty ones where it is short."""
    return {name: row[at] if at < len(row) else Cell("", row[0].line, 1) for name, at in places.items()}


def ragged(header: Row, row: Row, path: str) -> Iterator[Diagnostic]:
    """Problems of a row with more cells than the header."""
    beyond = [cell for cell in row[len(header) :] if cell.text.strip()]
    if beyond:
        message = (
            f"the row has {len(row)} cells, the header {len(header)}: quote values that hold the delimiter"
        )
        yield Diagnostic(path, beyond[0].line, beyond[0].col, "D430", message)


def refuse_ragged(header: Row, listed: Iterable[Row], path: str) -> None:
    """Raises DiagnosticsError (D430) for all rows with more cells than the header."""
    if problems := [problem for row in listed for problem in ragged(header, row, path)]:
        raise DiagnosticsError(problems)


def _delimiter(text: str) -> str:
    """The delimiter of the first row."""
    first = _QUOTED.sub("", text[:_MOST_OF_HEADER].lstrip("\n")).partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _rows(text: str, path: str) -> Iterator[Row]:
    delimiter = _delimiter(text)
    plain = re.compile(f"[^{delimiter}\n]*")
    at, line, start = 0, 1, 0  # `start`: offset of the line
    row: list[Cell] = []
    while at < len(text):
        quoted = _QUOTED.match(text, at) if text[at] == '"' else None
        if text[at] == '"' and quoted is None:
            message = (
                "the quotation mark that begins here is not closed: close it, or double it inside a value"
            )
            raise DiagnosticsError([Diagnostic(path, line, at - start + 1, "D430", message)])
        value = quoted[1].replace('""', '"') if quoted else ""
        after = quoted.end() if quoted else at
        rest = plain.match(text, after)
        end = rest.end() if rest else after
        row.append(Cell(value + text[after:end], line, at - start + 1))
        breaks = text.count("\n", at, after)
        if breaks:
            line, start = line + breaks, text.rindex("\n", at, after) + 1
        if end == len(text) or text[end] == "\n":
            yield tuple(row)
            row, line, start = [], line + 1, end + 1
        elif end + 1 == len(text):
            row.append(Cell("", line, end - start + 2))
        at = end + 1
    if row:
        yield tuple(row)
