"""All formats; what they are called and contain is in `data/exports.yml`. The command, the data page and the reference use this."""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

from dossierkit.export import csv as tables_as_csv
from dossierkit.export.bibliography import bibtex, csl
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
from dossierkit.model.extension import EXPORTS, ExtensionError, brought
from dossierkit.site.interface import Parts
from dossierkit.site.pieces import Database
from dossierkit.text.data import load

Files = Mapping[str, Parts]


class ExportFormat(NamedTuple):
    """A format. `file`: name of its only file, "" if it is a folder. `binary`: not text.

    `standard`: name and address of the specification. `fields`: which data is in which field, for people. `make`:
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
    found = dict(FORMATS)
    for name, one in brought(EXPORTS, ExportFormat, frozenset(FORMATS)).items():
        if one.name != name or any(other.file == one.file for other in found.values() if one.file):
            raise ExtensionError(
                f"the export `{name}` calls itself `{one.name}` or writes {one.file}, which another format does: report it to its makers"
            )
        found[name] = one
    return found


def offerable() -> tuple[str, ...]:
    """Names of the formats for a data page. Raises ExtensionError."""
    return tuple(name for name, export_format in formats().items() if not export_format.by_command)
