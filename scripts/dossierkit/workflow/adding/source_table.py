"""`--metadata sources.csv`: a curator's facts about many sources, one row each, with the keys of seeds/NAME.yml."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from dossierkit.ingest.authority.grid import Row, by_name, columns, ragged, rows
from dossierkit.ingest.place import Place
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store import seeds
from dossierkit.text import data
from dossierkit.text.number_of import some
from dossierkit.text.printable import visible
from dossierkit.workflow.records.imports import text_of
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.stated_values import canonical_date, wrong_values

FIELDS = tuple(key.name for key in seeds.KNOWLEDGE)
_NAMED = ("file", *FIELDS)
_LIKE = 0.8
_MOST_COMPARED = 100_000
"""Pairs of names; of more, no misspelt one is looked for."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the source that it names, the facts about it, and the position of the name in the table."""

    file: str
    known: seeds.Knowledge
    line: int
    col: int

    @property
    def values(self) -> dict[str, str]:
        """The row's facts by name, without empty cells."""
        return {name: value for name in FIELDS if (value := self.known.stated(name))}


class Assigned(NamedTuple):
    """What a table says of given files. `rows`: by `str` of the place. `files`: those to add. `problems`: D436, for rows that
    misspell a file which is not among these. `notes`: on rows of other sources.
    """

    rows: Mapping[str, TableRow]
    files: tuple[Place, ...]
    problems: tuple[Diagnostic, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """The rows of the table at `path`."""

    path: str
    rows: tuple[TableRow, ...]

    def of(self, files: Sequence[Place], *, keep_going: bool) -> Assigned:
        """The rows of the given files. A row whose file is neither given nor exists may be that of another source, unless it is
        like the name of a given file without a row.

        Raises DiagnosticsError (D436) for all such rows unless `keep_going`.
        """
        found, lost = self._matched(files)
        if lost and not keep_going:
            expected = "name a file as it is given to the command, or from the table's folder"
            raise DiagnosticsError([self._lost(row, expected) for row in lost])
        alone = _by_numbers(file.name for file in files if str(file) not in found)
        meant = {row: name for row in lost if (name := _meant(row, alone, len(lost)))}
        return Assigned(
            found,
            tuple(file for file in files if file.name not in meant.values() or str(file) in found),
            tuple(
                self._lost(row, f"did you mean `{name}`? Correct the name, or give `{name}` a row of its own")
                for row, name in meant.items()
            ),
            self._others([row for row in lost if row not in meant]),
        )

    def _matched(self, files: Sequence[Place]) -> tuple[dict[str, TableRow], list[TableRow]]:
        """The row of each file by the file's name, and the rows whose file is neither given nor exists."""
        found: dict[str, TableRow] = {}
        lost: list[TableRow] = []
        named = _by_name(files)
        for row in self.rows:
            places = self._places(row)
            keys: tuple[str | Path, ...] = (row.file, *places)
            given = [file for key in keys for file in named.get(key, ())]
            found |= {str(file): row for file in given}
            if not given and not any(place.exists() for place in places):
                lost.append(row)
        return found, lost

    def _lost(self, row: TableRow, what_to_do: str) -> Diagnostic:
        return Diagnostic(
            self.path, row.line, row.col, "D436", f"no source `{visible(row.file)[:200]}`: {what_to_do}"
        )

    def _others(self, lost: Sequence[TableRow]) -> tuple[str, ...]:
        if not lost:
            return ()
        names = some([f"{visible(row.file)[:80]} (line {row.line})" for row in lost], _SHOWN)
        return (f"{self.path}: rows of sources that are not given: {names}",)

    def in_seeds(self, root: Path) -> dict[str, TableRow]:
        """The rows by the path of their source in seeds/. Raises DiagnosticsError (D436) for rows without such a source."""
        there = {
            file.name: f"seeds/{file.name}" for file in (root / "seeds").glob("*") if file.suffix != ".yml"
        }
        found: dict[str, TableRow] = {}
        problems: list[Diagnostic] = []
        for row in self.rows:
            name = seeds.safe_name(PurePosixPath(row.file.replace("\\", "/")).name)
            if name in there:
                found[there[name]] = row
            else:
                message = f"no source `{row.file[:200]}` in seeds/: add it first with `dossier add FILE --metadata {self.path}`"
                problems.append(Diagnostic(self.path, row.line, row.col, "D436", message))
        if problems:
            raise DiagnosticsError(problems)
        return found

    def _places(self, row: TableRow) -> tuple[Path, ...]:
        """The possible paths of a row's file: as written, and relative to the table's folder."""
        try:
            return Path(row.file).resolve(), (Path(self.path).parent / row.file).resolve()
        except (OSError, ValueError):
            return ()


def _by_name(files: Iterable[Place]) -> Mapping[str | Path, Sequence[Place]]:
    """Files by what a row may call them: the last part of their names, and an absolute path or an address."""
    found: defaultdict[str | Path, list[Place]] = defaultdict(list)
    for file in files:
        found[file.name].append(file)
        found[file.resolve() if isinstance(file, Path) else str(file)].append(file)
    return found


def _by_numbers(names: Iterable[str]) -> Mapping[tuple[str, ...], Sequence[str]]:
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        found[_numbers(name)].append(name)
    return found


def _numbers(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", name))


def _meant(row: TableRow, names: Mapping[tuple[str, ...], Sequence[str]], rows: int) -> str:
    """The name that a row misspells, if any: one like it with the same numbers, since page-2.txt is not page-3.txt."""
    file = PurePosixPath(row.file.replace("\\", "/")).name
    same = names.get(_numbers(file), ())
    return (
        next(iter(get_close_matches(file, same, 1, _LIKE)), "") if len(same) * rows <= _MOST_COMPARED else ""
    )


def load(file: Path) -> SourceTable:
    """Read the table. Raises DiagnosticsError with all its problems (D430, D432, D434, D435)."""
    path = file.as_posix()
    header, *listed = rows(text_of(file), path)
    places, problems = _columns(header, columns(header, path), path)
    if not listed:
        problems.append(
            Diagnostic(path, header[0].line, 1, "D430", "the table has no rows: give each source one")
        )
    if problems:
        raise DiagnosticsError(problems)
    found: list[TableRow] = []
    for row in listed:
        problems += ragged(header, row, path)
        one, wrong = _row(row, places, path)
        problems += wrong
        found.append(one)
    problems += _twice(found, path)
    if problems:
        raise DiagnosticsError(problems)
    return SourceTable(path, tuple(replace(table_row, known=_dated(table_row.known)) for table_row in found))


def _columns(header: Row, named: Mapping[str, int], path: str) -> tuple[dict[str, int], list[Diagnostic]]:
    """The columns by the names that they have here, and what is wrong with them (D434)."""
    places: dict[str, int] = {}
    problems: list[Diagnostic] = []
    for name, at in named.items():
        meant, cell = _meaning(name), header[at]
        if not meant:
            message = f"the column `{visible(name)[:80]}` means nothing here: use {', '.join(_NAMED)}"
            problems.append(Diagnostic(path, cell.line, cell.col, "D434", message))
        elif meant in places:
            other = visible(header[places[meant]].text)[:80]
            message = f"the columns `{other}` and `{visible(name)[:80]}` both mean `{meant}`: keep one"
            problems.append(Diagnostic(path, cell.line, cell.col, "D434", message))
        places.setdefault(meant, at)
    if "file" not in places:
        message = "the column `file` is missing: it names the source that a row is about"
        problems.append(Diagnostic(path, header[0].line, 1, "D434", message))
    return places, problems


def _meaning(name: str) -> str:
    """The name here of a column: its own, whatever its capitals, or that of which it is a usual one; empty for others."""
    folded = "".join(char for char in name.lower() if char not in "_- ")
    return folded if folded in _NAMED else _usual().get(folded, "")


@cache
def _usual() -> dict[str, str]:
    listed = data.load("recordfields")
    fields = {**listed["fields"], "file": listed["file"]}
    return {usual: name for name in _NAMED for usual in fields.get(name, ())}


def _row(row: Row, places: Mapping[str, int], path: str) -> tuple[TableRow, list[Diagnostic]]:
    cells = by_name(row, places)
    known = seeds.Knowledge.of({name: visible(cell.text) for name, cell in cells.items() if name != "file"})
    file = cells["file"]
    problems = (
        []
        if file.text.strip()
        else [Diagnostic(path, file.line, file.col, "D435", "the row names no file: fill it in")]
    )
    for wrong in wrong_values(known):
        cell = cells[wrong.partition(":")[0]]
        problems.append(Diagnostic(path, cell.line, cell.col, "D435", wrong))
    return TableRow(visible(file.text), known, file.line, file.col), problems


def _dated(known: seeds.Knowledge) -> seeds.Knowledge:
    return replace(known, date=canonical_date(known.date))


def _twice(found: Iterable[TableRow], path: str) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for row in found:
        if row.file and row.file in first:
            message = f"`{row.file[:200]}` is already in line {first[row.file]}: keep one row"
            yield Diagnostic(path, row.line, row.col, "D435", message)
        first.setdefault(row.file, row.line)


def write_beside(root: Path, table: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """`dossier update --metadata TABLE`: write seeds/NAME.yml for every row. Return the sources whose pages are to be updated,
    and a message for each file written.

    Raises DiagnosticsError before anything is written.
    """
    found = load(table)
    with exclusive(root):
        sources = found.in_seeds(root)
        repository = Repository(root)
        for seed, row in sources.items():
            path = seeds.beside(seed, ".yml")
            repository.put(path, seeds.with_values(repository.read(path), row.values, path))
        lines = tuple(f"{path}: written" for path in sorted(repository.pending))
        repository.commit()
    return tuple(root / seed for seed in sources), lines
