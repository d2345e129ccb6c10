"""`--metadata sources.csv`: a curator's facts about many sources, one row each, with the keys of seeds/NAME.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from dossierkit.ingest.authority.grid import Cell, Row, columns, ragged, rows
from dossierkit.ingest.place import Place
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store import seeds
from dossierkit.store.edit import EditError, Put, apply, front_matter_values
from dossierkit.text.printable import visible
from dossierkit.workflow.adding.stated_values import canonical_date, wrong_values
from dossierkit.workflow.proposing import beside
from dossierkit.workflow.repository import Repository, exclusive

FIELDS = tuple(key.name for key in seeds.KNOWLEDGE)
_NAMED = ("file", *FIELDS)


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


@dataclass(frozen=True, slots=True)
class SourceTable:
    """The rows of the table at `path`."""

    path: str
    rows: tuple[TableRow, ...]

    def of(self, files: Sequence[Place]) -> dict[str, TableRow]:
        """The rows of the given files, by `str` of the place.

        Raises DiagnosticsError (D436) for rows whose file is neither given nor exists.
        """
        found: dict[str, TableRow] = {}
        problems: list[Diagnostic] = []
        for row in self.rows:
            given = [file for file in files if self._is(row, file)]
            found |= {str(file): row for file in given}
            if not given and not any(place.exists() for place in self._places(row)):
                message = f"no source `{row.file[:200]}`: name a file as it is given to the command, or from the table's folder"
                problems.append(Diagnostic(self.path, row.line, row.col, "D436", message))
        if problems:
            raise DiagnosticsError(problems)
        return found

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

    def _is(self, row: TableRow, file: Place) -> bool:
        if not isinstance(file, Path):
            return row.file in {str(file), file.name}
        return row.file == file.name or any(place == file.resolve() for place in self._places(row))

    def _places(self, row: TableRow) -> tuple[Path, ...]:
        """The possible paths of a row's file: as written, and relative to the table's folder."""
        try:
            return Path(row.file).resolve(), (Path(self.path).parent / row.file).resolve()
        except (OSError, ValueError):
            return ()


def load(file: Path) -> SourceTable:
    """Read the table. Raises DiagnosticsError with all its problems (D430, D432, D434, D435)."""
    path = file.as_posix()
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the table as UTF-8"
        raise DiagnosticsError([Diagnostic(path, 0, 0, "D430", message)]) from None
    header, *listed = rows(text, path)
    places = columns(header, path)
    problems = [*_columns(header, places, path)]
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


def _columns(header: Row, places: Mapping[str, int], path: str) -> Iterator[Diagnostic]:
    for name, at in places.items():
        if name not in _NAMED:
            cell = header[at]
            message = f"the column `{visible(name)[:80]}` means nothing here: use {', '.join(_NAMED)}"
            yield Diagnostic(path, cell.line, cell.col, "D434", message)
    if "file" not in places:
        message = "the column `file` is missing: it names the source that a row is about"
        yield Diagnostic(path, header[0].line, 1, "D434", message)


def _row(row: Row, places: Mapping[str, int], path: str) -> tuple[TableRow, list[Diagnostic]]:
    cells = {name: row[at] if at < len(row) else Cell("", row[0].line, 1) for name, at in places.items()}
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


def written(data: bytes | None, row: TableRow, path: str) -> bytes:
    """A curator's file with the values of a row; comments and all other content stay. Raises DiagnosticsError."""
    text = (data or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")
    head = text if not text or text.endswith("\n") else f"{text}\n"
    try:
        existing = front_matter_values(f"---\n{head}---\n", path)
        puts = [Put((name,), value) for name, value in row.values.items() if existing.get(name) != value]
        after = apply(f"---\n{head}---\n", puts, path)
    except EditError as error:
        message = f"the file cannot be edited in place ({error}): write it by hand"
        raise DiagnosticsError([Diagnostic(path, 0, 0, "D406", message)]) from None
    return after.removeprefix("---\n").removesuffix("---\n").encode() if puts else (data or b"")


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
            path = beside(seed, ".yml")
            repository.write(path, written(repository.read(path), row, path).decode())
        lines = tuple(f"{path}: written" for path in sorted(repository.pending))
        repository.commit()
    return tuple(root / seed for seed in sources), lines
