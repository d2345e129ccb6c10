"""All formats; what they are called and contain is in `data/exports.yml`. The command, the data page and the reference use this."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from dossierkit.export import csv as tables_as_csv
from dossierkit.export.bibliography import bibtex, csl
from dossierkit.export.crate import NAME
from dossierkit.export.dataset import Dataset
from dossierkit.export.datasette import datasette
from dossierkit.export.ftm import ftm
from dossierkit.export.geojson import geojson
from dossierkit.export.ics import calendar
from dossierkit.export.jsonld import jsonld
from dossierkit.export.okf import okf
from dossierkit.export.prov import prov
from dossierkit.export.skos import skos
from dossierkit.export.sqlite import fill
from dossierkit.export.webannotation import webannotation
from dossierkit.model.extension import EXPORTS, blaming, brought, guarded, wrong
from dossierkit.site.interface import Parts
from dossierkit.site.pieces import Database
from dossierkit.text.data import load
from dossierkit.text.number_of import in_code

Files = Mapping[str, Parts]
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_EXPECTED = "expected is a name of a-z, 0-9, `.`, `_` and `-` inside data/, as of no page of the site"
_RESERVED = ("index.", NAME.casefold())
"""Beginnings of what the site itself writes into data/: its page in every form, and the description of the files."""


class ExportFormat(NamedTuple):
    """A format. `file`: name of its only file, "" if it is a folder. `binary`: not text.

    Names of files have letters, digits and `._-`, and in folders `/`. `standard`: name and address of the specification. `fields`: which data is in which field, for people. `make`:
    returns the files by name, whose parts are computed on demand. `factual`: files without article texts, which do not
    change if only a text changes. `by_command`: made by `dossier export` only, not on the data page.
    """

    name: str
    title: str
    file: str
    standard: tuple[str, str]
    fields: tuple[tuple[str, str], ...]
    make: Callable[[Dataset], Files]
    binary: bool = False
    factual: Collection[str] = ()
    by_command: bool = False


_MAKE: Mapping[str, Callable[[Dataset], Any]] = {
    "jsonld": jsonld,
    "ftm": ftm,
    "skos": skos,
    "csv": tables_as_csv.files,
    "geojson": geojson,
    "ics": calendar,
    "bibtex": bibtex,
    "csl": csl,
    "webannotation": webannotation,
    "sqlite": lambda data: Database(lambda base, earlier: fill(base, data, earlier)),
    "datasette": datasette,
    "prov": prov,
    "okf": okf,
}
"""The files of the formats that are folders, the content of the file of the others."""
_FACTUAL = frozenset({"jsonld", "skos", "geojson", "ics", "bibtex", "csl", "datasette"})
_BY_COMMAND = frozenset({"prov", "okf"})


def _built_in(name: str, known: Mapping[str, Any]) -> ExportFormat:
    file, make = known.get("file", ""), _MAKE[name]
    factual: Collection[str] = tables_as_csv.FACTUAL if name == "csv" else ()
    return ExportFormat(
        name,
        known["title"],
        file,
        tuple(known["standard"]),
        tuple(known["fields"].items()),
        (lambda data: {file: make(data)}) if file else make,
        binary=name == "sqlite",
        factual=(file,) if name in _FACTUAL else factual,
        by_command=name in _BY_COMMAND,
    )


FORMATS: Mapping[str, ExportFormat] = {
    name: _built_in(name, known) for name, known in load("exports").items()
}


@cache
def formats() -> Mapping[str, ExportFormat]:
    """Built-in formats, then those of other packages. Raises ExtensionError."""
    found, taken = dict(FORMATS), {(one.file or name).casefold() for name, one in FORMATS.items()}
    for name, one in brought(EXPORTS, ExportFormat, frozenset(FORMATS)).items():
        if one.name != name:
            raise wrong(EXPORTS, name, f"calls itself `{one.name}`")
        place = one.file or name
        if not _FILE.fullmatch(place) or "/" in place or place.casefold().startswith(_RESERVED):
            raise wrong(EXPORTS, name, f"is to be written to `{place}`: {_EXPECTED}")
        if place.casefold() in taken:
            raise wrong(EXPORTS, name, f"writes `{place}`, which another format does")
        taken.add(place.casefold())
        found[name] = one._replace(make=partial(_made, one))
    return found


def _made(of: ExportFormat, data: Dataset) -> dict[str, Parts]:
    """The files of another package's format, all inside its place. Raises ExtensionError, also while they are read."""
    with blaming(EXPORTS, of.name):
        files = dict(of.make(data))
    if of.file and files.keys() != {of.file}:
        found = in_code(files) or "none"
        raise wrong(EXPORTS, of.name, f"is the file `{of.file}` by its declaration, and makes {found}")
    for name in files:
        if not isinstance(name, str) or not _FILE.fullmatch(name):
            raise wrong(EXPORTS, of.name, f"names a file `{name}`: {_EXPECTED}")
    if len({name.casefold() for name in files}) < len(files):
        raise wrong(
            EXPORTS, of.name, "names two files that differ in case only, which many systems hold for one"
        )
    return {name: _parts(of.name, name, parts) for name, parts in files.items()}


def _parts(name: str, file: str, parts: Any) -> Parts:  # noqa: ANN401 - whatever the package makes
    if isinstance(parts, str | bytes):
        return parts
    return guarded(EXPORTS, name, parts) if callable(parts) else _pieces(name, file, parts)


def _pieces(name: str, file: str, parts: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    with blaming(EXPORTS, name):
        for part in parts:
            if not isinstance(part, str):
                raise wrong(EXPORTS, name, f"makes `{file}` of {type(part).__name__}, and expected are texts")
            yield part


def offerable() -> tuple[str, ...]:
    """Names of the formats for a data page. Raises ExtensionError."""
    return tuple(name for name, export_format in formats().items() if not export_format.by_command)
