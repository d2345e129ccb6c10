"""`dossier authority import FILE`: records from tables and entity graphs, previewed, merged three-way."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
import yaml

from dossierkit.ingest.authority import exported, ftm, openrefine, table, wikidata
from dossierkit.ingest.authority.facts import type_of
from dossierkit.ingest.authority.mapping import ColumnMapping
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.edtf import EdtfError
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.imported import ImportOrigin, ImportReading
from dossierkit.text.repeated_keys import repeated
from dossierkit.workflow.records.import_plan import ImportOutcome, Plan
from dossierkit.workflow.repository import exclusive

MOST_BYTES = 64_000_000
# ZIP archives (.xlsx, .ods), and older Office files (.xls).
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_READERS = {"csv": table.read, "ftm": ftm.read, "wikidata": wikidata.read, "openrefine": openrefine.read}
_MAPPING = {"columns": dict, "type": str, "types": dict, "separator": str, "lang": str}


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How an input is read. `form`: its format, empty to detect it."""

    origin: ImportOrigin
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    form: str = ""


def run(
    root: Path, file: Path, wanted: ImportOptions, *, write: bool
) -> tuple[list[ImportOutcome], tuple[str, ...]]:
    """Import a file; return the outcome for each record, and notes. Raises DiagnosticsError before anything is written."""
    reading = read(file, wanted)
    with exclusive(root):
        plan = Plan(root, wanted.origin.name, file.as_posix())
        outcomes = plan.outcomes(replace(record, origins=(wanted.origin,)) for record in reading.records)
        if file.is_dir():  # a dossier's export has all of its records; a list may be a part
            outcomes += plan.missing(reading.records)
        if write:
            plan.repository.commit()
    return outcomes, reading.notes


def read(file: Path, wanted: ImportOptions) -> ImportReading:
    """The records of a file, or of a folder of tables. Raises DiagnosticsError."""
    shown = file.as_posix()
    if file.is_dir():
        names = [name for name in exported.TABLES if (file / name).is_file()]
        if "entities.csv" not in names:
            raise unreadable(
                shown, "the folder has no entities.csv: expected the tables of `dossier export csv`"
            )
        return exported.read({name: text_of(file / name) for name in names}, shown)
    text = text_of(file)
    form = wanted.form or _form(file, text, shown)
    return _READERS[form](text, shown, wanted.mapping)


def text_of(file: Path) -> str:
    """The text of a file in UTF-8. Raises DiagnosticsError (D430, D432)."""
    shown = file.as_posix()
    if file.stat().st_size > MOST_BYTES:
        raise unreadable(shown, f"the file has more than {MOST_BYTES:,} bytes: split it", "D432")
    given = file.read_bytes()
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the file as UTF-8 (in Excel: “CSV UTF-8”)"
        if given.startswith(_SPREADSHEETS):
            message = "is a spreadsheet: save it as CSV in UTF-8"
        raise unreadable(shown, message) from None


def _form(file: Path, text: str, shown: str) -> str:
    """The format, detected from the file's name and its beginning."""
    if file.suffix.lower() in {".csv", ".tsv"}:
        return "csv"
    start = text.lstrip()
    if not start.startswith(("{", "[")):
        raise unreadable(
            shown, "no format is known for it: expected CSV, JSON or JSON Lines, or say with --format"
        )
    first = _first(start)
    if "schema" in first and "properties" in first:
        return "ftm"
    return "openrefine" if "rows" in first else "wikidata"


def _first(text: str) -> dict[str, Any]:
    """The first object, on the first line or as the whole text; empty if neither can be parsed (the reader then reports why)."""
    for part in (text.partition("\n")[0], text):
        try:
            value = json.loads(part)
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, dict) else {}
    return {}


def unreadable(shown: str, message: str, code: str = "D430") -> DiagnosticsError:
    return DiagnosticsError([Diagnostic(shown, 0, 0, code, message)])


def origin(name: str, date: str, licence: str, url: str) -> ImportOrigin:
    """The origin of the facts, checked. Raises click.UsageError."""
    try:
        date = parse_edtf(date).text if date else ""
    except EdtfError as error:
        raise click.UsageError(f"--date: {error}") from None
    if url and not url.startswith(("https://", "http://")):
        raise click.UsageError(f"--url: `{url}` is not a web address: it must begin with http:// or https://")
    texts = [" ".join(text.split()) for text in (name, date, licence, url)]
    if not texts[0]:
        raise click.UsageError("--source: name where the facts come from")
    return ImportOrigin(*texts)


def mapping(file: Path | None, pairs: tuple[str, ...], type_: str, lang: str) -> ColumnMapping:
    """The mapping from a mapping file and the options, which take precedence. Raises click.UsageError, DiagnosticsError."""
    base = _mapping_file(file) if file else ColumnMapping()
    columns = dict(base.columns)
    for pair in pairs:
        column, equals, property_ = pair.rpartition("=")
        if not equals:
            raise click.UsageError(
                f"--map {pair}: expected COLUMN=PROPERTY, such as --map 'Party name=title'"
            )
        columns[column.strip()] = property_.strip()
    if type_ and not type_of(type_):
        raise click.UsageError(f"--type {type_}: use person, organization, place, document or event")
    return replace(base, columns=columns, type=type_ or base.type, lang=lang or base.lang)


def _mapping_file(file: Path) -> ColumnMapping:
    shown = file.as_posix()
    try:
        found = yaml.safe_load(file.read_bytes())
        twice = tuple(repeated(yaml.compose(file.read_bytes(), Loader=yaml.SafeLoader), shown))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, col = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise DiagnosticsError(
            [Diagnostic(shown, line, col, "D430", "the mapping is not YAML: correct it")]
        ) from None
    if twice:
        raise DiagnosticsError(twice)
    known = ", ".join(_MAPPING)
    if not isinstance(found, dict) or not found.keys() <= _MAPPING.keys():
        raise unreadable(shown, f"a mapping has the keys {known} and no others")
    for name, value in found.items():
        if not isinstance(value, _MAPPING[name]):
            raise unreadable(
                shown,
                f"`{name}` of the mapping is not what it should be: docs/how-to/records-first.md shows it",
            )
    tables = {
        name: {str(key): str(one or "") for key, one in found.get(name, {}).items()}
        for name in ("columns", "types")
    }
    return ColumnMapping(
        tables["columns"],
        found.get("type", ""),
        tables["types"],
        found.get("separator", ""),
        found.get("lang", ""),
    )
