"""Every format with its files, its standard and what stands in it. The command, the data page and the reference read this."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from dossierkit.export import csv as tables_as_csv
from dossierkit.export.bibliography import bibtex, csl
from dossierkit.export.dataset import Dataset
from dossierkit.export.ftm import ftm
from dossierkit.export.geojson import geojson
from dossierkit.export.ics import calendar
from dossierkit.export.jsonld import jsonld
from dossierkit.export.sqlite import fill
from dossierkit.export.webannotation import webannotation
from dossierkit.site.interface import Parts

Files = Mapping[str, Parts]


class ExportFormat(NamedTuple):
    """`file`: the name of its one file, empty where it is a folder of files. `binary`: it is no text.

    `standard`: the name and address of the specification; `fields`: what stands where, for people. `make` gives the
    files by name; nothing is worked out before their parts are asked for. `factual`: the files that hold nothing of texts but what
    pages say of them, and so stay the same when only a text changes.
    """

    name: str
    title: str
    file: str
    standard: tuple[str, str]
    fields: tuple[tuple[str, str], ...]
    make: Callable[[Dataset], Files]
    binary: bool = False
    factual: Collection[str] = ()


def _one(file: str, make: Callable[[Dataset], Iterable[str]]) -> Callable[[Dataset], Files]:
    return lambda data: {file: make(data)}


_ADDRESS = "address of the page"
FORMATS: Mapping[str, ExportFormat] = {
    one.name: one
    for one in (
        ExportFormat(
            "jsonld",
            "Everything as linked data",
            "site.jsonld",
            ("schema.org in JSON-LD", "https://schema.org"),
            (
                ("NewsArticle", "an article: `datePublished` to the day, month or year, `temporal` as EDTF, `isBasedOn` the original, `archivedAt`, `copyrightNotice`, and `mentions` of entities"),
                ("Person, Organization, Place, CreativeWork, Event", "an entity: `alternateName`, `sameAs`, `geo`"),
                ("Event with `subjectOf`", "a timeline entry: `startDate` and `endDate` where a calendar knows them, `actor`, `location`, and the quote as a Quotation that `isPartOf` its article, with the date as EDTF in `temporalCoverage`; not those whose words do not stand"),
                ("Collection", "a dossier with its articles"),
            ),
            _one("site.jsonld", jsonld),
            factual=("site.jsonld",),
        ),
        ExportFormat(
            "ftm",
            "Entities for investigations",
            "entities.ftm.json",
            ("FollowTheMoney", "https://followthemoney.tech"),
            (
                ("Article", "an article with its text"),
                ("Person, Organization, Address, Document, Event", "an entity; a place is an Address with `latitude` and `longitude`"),
                ("Documentation", "an entity that an article names: `role` is `mention`, `summary` the first sentence"),
                ("Event", "a timeline entry: `date` is the day, month or year that holds all the date may mean, or `startDate` and `endDate` are months; `notes` has the EDTF, `summary` the quote, `proof` the article"),
                ("UnknownLink", "a curated relation"),
            ),
            _one("entities.ftm.json", ftm),
        ),
        ExportFormat(
            "csv",
            "Tables",
            "",
            ("CSV (RFC 4180) with a Data Package", "https://specs.frictionlessdata.io/tabular-data-package/"),
            (
                ("one file a table", "see [Tables](#tables); `datapackage.json` says the same to programs"),
                ("apostrophes", "a text that begins with `=`, `+`, `-` or `@` has one in front, so that no spreadsheet runs it"),
                ("line breaks", "within a text they are spaces"),
            ),
            tables_as_csv.files,
            factual=tables_as_csv.FACTUAL,
        ),
        ExportFormat(
            "geojson",
            "Places and what happened there",
            "places.geojson",
            ("GeoJSON (RFC 7946)", "https://www.rfc-editor.org/rfc/rfc7946"),
            (
                ("`kind: place`", "a place with a location: `name`, `description`, `articles` (how many name it)"),
                ("`kind: event`", "a timeline entry at a place that it is about, once for each: `name`, `date` (EDTF), `quote`, `place`, `article`"),
                ("`precision`", "what the point stands for: `exact`, `city`, `region`, `country`; empty when nobody said"),
                ("`page`", _ADDRESS),
            ),
            _one("places.geojson", geojson),
            factual=("places.geojson",),
        ),
        ExportFormat(
            "ics",
            "The timeline as a calendar",
            "timeline.ics",
            ("iCalendar (RFC 5545)", "https://www.rfc-editor.org/rfc/rfc5545"),
            (
                ("VEVENT", "a timeline entry whose first and last day are known, without `~` or `?`, as an all-day event; `DTEND` is the day after"),
                ("left out", "entries with vaguer dates: a calendar has no word for them. `DESCRIPTION` of the calendar says how many"),
                ("`DESCRIPTION`", "the date in words and in EDTF, the quote, the source and its address"),
                ("`DTSTAMP`", "the day on which the article was published, since no clock is asked"),
            ),
            _one("timeline.ics", calendar),
            factual=("timeline.ics",),
        ),
        ExportFormat(
            "bibtex",
            "The sources, for LaTeX",
            "bibliography.bib",
            ("BibTeX for biblatex", "https://ctan.org/pkg/biblatex"),
            (
                ("`@online`", "an article, as its publisher had it; the key is its id with `:` for `/`"),
                ("`date`", "as EDTF where biblatex knows the form, else in words in `note`"),
                ("`url`", "of the original, else of the lasting copy, else of the page here"),
                ("`addendum`", "the lasting copy, and the page here"),
                ("`urldate`", "is left to you"),
            ),
            _one("bibliography.bib", bibtex),
            factual=("bibliography.bib",),
        ),
        ExportFormat(
            "csl",
            "The sources, for reference managers",
            "bibliography.csl.json",
            ("CSL-JSON", "https://github.com/citation-style-language/schema"),
            (
                ("`article-newspaper`", "an article; `id` is its id with `:` for `/`"),
                ("`issued`", "parts of the calendar, with `circa` for `~` and `?`; other dates in words"),
                ("`URL`, `archive_location`, `note`", "the original, the lasting copy, the page here"),
                ("`accessed`", "is left to you"),
            ),
            _one("bibliography.csl.json", csl),
            factual=("bibliography.csl.json",),
        ),
        ExportFormat(
            "webannotation",
            "Every mention and quote",
            "annotations.jsonld",
            ("W3C Web Annotation", "https://www.w3.org/TR/annotation-model/"),
            (
                ("`identifying`", "a mention; its body is the page of the entity"),
                ("`describing`", "a timeline entry whose quote stands; its bodies are the claim and the date as EDTF"),
                ("`target`", "the page of the article, and its bare text (`index.txt` beside it): each with a TextQuoteSelector that finds the words once, and a TextPositionSelector in code points; on the page they refine the CssSelector of the text, and there is no position where figures stand in it"),
            ),
            _one("annotations.jsonld", webannotation),
        ),
        ExportFormat(
            "sqlite",
            "A database with full-text search",
            "dossier.db",
            ("SQLite 3, with FTS5", "https://www.sqlite.org/fileformat2.html"),
            (
                ("tables", "see [Tables](#tables), with foreign keys; `articles` has a further column `text`"),
                ("`articles_fts`, `events_fts`", "full-text indexes over titles and texts, and over claims and quotes"),
            ),
            lambda data: {"dossier.db": lambda base: fill(base, data)},
            binary=True,
        ),
    )
}  # fmt: skip
