"""All formats with their files, standards and fields. The command, the data page and the reference use this list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import NamedTuple

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


def _one(file: str, make: Callable[[Dataset], Iterable[str]]) -> Callable[[Dataset], Files]:
    return lambda data: {file: make(data)}


_ADDRESS = "address of the page"
FORMATS: Mapping[str, ExportFormat] = {
    export_format.name: export_format
    for export_format in (
        ExportFormat(
            "jsonld",
            "Everything as linked data",
            "site.jsonld",
            ("schema.org in JSON-LD", "https://schema.org"),
            (
                ("NewsArticle", "an article: `datePublished` (day, month or year), `temporal` (EDTF), `isBasedOn` (the original), `archivedAt`, `copyrightNotice`, `mentions`"),
                ("Person, Organization, Place, CreativeWork, Event", "an entity: `alternateName`, `sameAs`, `geo`"),
                ("Event with `subjectOf`", "a timeline entry whose quote stands: `startDate` and `endDate` where both are known, people as `actor`, all but places as `about`, places as `location`, whose day it is dated by as `disambiguatingDescription`. `subjectOf` is the quote, a Quotation with the article (`isPartOf`) and the date as EDTF (`temporalCoverage`). `prov:wasQuotedFrom` is the original by its SHA-256, as in `prov`"),
                ("ClaimReview", "a checked claim: `claimReviewed`, who claimed it (`author` of `itemReviewed`), the finding in words (`alternateName` of `reviewRating`), who checked it (`author`), the entry (`about`)"),
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
                ("ids", "letters, digits and hyphens only: `article-2016--slug`, `entity-ID`, `event-ARTICLE--ANCHOR`. An id with other characters is hashed"),
                ("Article", "an article with its text and `language`. `sourceUrl` has the original, the lasting copy and the page here"),
                ("Person, Organization, Address, Document, Event", "an entity. A place is an Address with `latitude` and `longitude`. Identifiers are in `wikidataId`, `wikipediaUrl`, `leiCode`, others in `idNumber` with their scheme (`orcid:…`) and as addresses in `sourceUrl`. A person's `position` comes from relations such as `director of`"),
                ("Documentation", "an entity named in an article: `role` is `mention`, `summary` the first sentence that names it, `sourceUrl` its place on the page"),
                ("Event", "a timeline entry. `date`: the instant (UTC), the day, or the months or years that it may be. A span has `startDate` and `endDate`. `notes`: the EDTF, and whose day it is dated by. `summary`: the quote. `proof`: the article. Years before 1000 stand in `notes` only, since FollowTheMoney has none"),
                ("Membership, Employment, Directorship, Representation, Succession, Family, Associate", "a curated relation whose `type` means it (`member of`, `minister of`, `led by`, `sister of`, also in French and Arabic: the table is `data/ftm.yml`) and whose two records may stand there. The words are in `role` or `relationship`"),
                ("UnknownLink", "any other curated relation"),
            ),
            _one("entities.ftm.json", ftm),
        ),
        ExportFormat(
            "skos",
            "Names as a vocabulary",
            "records.skos.jsonld",
            ("SKOS in JSON-LD", "https://www.w3.org/TR/skos-reference/"),
            (
                ("Concept", "a record: `prefLabel`, `altLabel` and `hiddenLabel` (weak aliases) with their languages, `definition`, `exactMatch` (identifiers elsewhere), `related` (curated relations)"),
                ("Collection", "people, organisations, places, documents, events"),
                ("ConceptScheme", "all records; its address is that of the list of names"),
            ),
            _one("records.skos.jsonld", skos),
            factual=("records.skos.jsonld",),
        ),
        ExportFormat(
            "csv",
            "Tables",
            "",
            ("CSV (RFC 4180) with a Data Package", "https://specs.frictionlessdata.io/tabular-data-package/"),
            (
                ("one file a table", "see [Tables](#tables); `datapackage.json` says the same to programs"),
                ("encoding", "UTF-8 with a byte order mark, by which Excel knows it; in other programs read it as `utf-8-sig`"),
                ("apostrophes", "stand before a text that begins with `=`, `+`, `-` or `@`, and before such a sign after a semicolon, so that no spreadsheet runs it. Dates before the year 1 have one too: sort by `day_earliest`"),
                ("line breaks", "are spaces"),
                ("where numbers have commas", "Excel parts cells at semicolons: open the file with *Data*, *From text/CSV*"),
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
                ("`kind: event`", "a timeline entry, once for each place that it is about: `name`, `date` (EDTF; a day before the year 1 as the interval `-0043-03-15/-0043-03-15`, since GDAL fails on it), `words` (the date in words), `quote`, `place`, `article`"),
                ("`precision`", "what the point stands for: `exact`, `city`, `region`, `country`; empty where not known"),
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
                ("VEVENT", "a timeline entry whose first and last day are known, without `~` or `?`. All-day, with the day after as `DTEND`; with an hour, at that hour, in UTC where the offset is known, else in local time"),
                ("left out", "entries with vaguer dates (about, perhaps, some time within a week or between two days) or before the year 1. `DESCRIPTION` of the calendar says how many are left"),
                ("`DESCRIPTION`", "the date in words and in EDTF, whose day it is dated by, the quote, the source and its address"),
                ("`DTSTAMP`", "the day on which the article was published"),
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
                ("`date`", "EDTF where biblatex knows the form, else words in `note`. biber warns of a source without a date"),
                ("`url`", "the original, else the lasting copy, else the page here"),
                ("`addendum`", "the lasting copy, and the page here"),
                ("`urldate`", "left to you"),
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
                ("`issued`", "year, month and day, with `circa` for `~` and `?`; other dates in words"),
                ("`URL`, `archive_location`, `note`", "the original, the lasting copy, the page here"),
                ("`accessed`", "left to you"),
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
                ("`identifying`", "a mention; the body is the entity's page"),
                ("`describing`", "a timeline entry whose quote stands; the bodies are the claim and the date as EDTF"),
                ("`target`", "the article's page and its plain text (`index.txt`), each with a TextQuoteSelector that finds the words once and a TextPositionSelector (code points). On the page both refine a CssSelector; a page with figures in its text has no positions"),
            ),
            _one("annotations.jsonld", webannotation),
        ),
        ExportFormat(
            "sqlite",
            "A database with full-text search",
            "dossier.db",
            ("SQLite 3, with FTS5", "https://www.sqlite.org/fileformat2.html"),
            (
                ("tables", "see [Tables](#tables), with foreign keys; `articles` has the column `text` as well"),
                ("`articles_fts`, `events_fts`", "full-text indexes of titles and texts, and of claims and quotes"),
                ("`entities_fts`, `names_fts`", "of preferred names and descriptions, and of every name. Datasette and sqlite-utils find all four"),
            ),
            lambda data: {"dossier.db": Database(lambda base, earlier: fill(base, data, earlier))},
            binary=True,
        ),
        ExportFormat(
            "datasette",
            "What Datasette shows of the database",
            "datasette.json",
            ("Datasette metadata", "https://docs.datasette.io/en/stable/metadata.html"),
            (
                ("how", "`datasette dossier.db -m datasette.json`; do not rename the database"),
                ("tables", "descriptions of tables and columns, facets, order, label columns"),
                ("`known_names`", "a view that OpenRefine can match names against, with the plugin datasette-reconcile"),
                ("queries", "who is named together with whom, what is said to have happened in a time, what rests on one source"),
            ),
            _one("datasette.json", datasette),
            factual=("datasette.json",),
        ),
        ExportFormat(
            "prov",
            "Where each claim comes from",
            "provenance.json",
            ("PROV-JSON (W3C)", "https://www.w3.org/submissions/prov-json/"),
            (
                ("`entity`", "originals by their SHA-256, articles, and claims (timeline entries) with quote, sentence and EDTF date"),
                ("`wasDerivedFrom`", "an article from its original; a claim from its original, as a Quotation where its words stand"),
                ("`agent`", "programs that proposed, with their versions; all editors as one. With `extra.dossier.editors: git` also who released an article (`released`)"),
                ("`wasAttributedTo`", "a claim to the program that proposed it (`proposed`), and to the editors who decided on it (`decided`)"),
                ("`dossier:origin`", "the origin in words; left out where an article's proposals are gone"),
                ("`dossier:shownSince`", "the day on which an article came to the site"),
                ("`dossier:decidedBefore`", "of a claim: the day on which readers found the page as it is (no record says when a single claim was decided)"),
                ("on the site", "not offered; only `dossier export` makes it"),
            ),
            _one("provenance.json", prov),
            by_command=True,
        ),
        ExportFormat(
            "okf",
            "A bundle for agents",
            "",
            ("Open Knowledge Format 0.2", "https://github.com/GoogleCloudPlatform/knowledge-catalog/blob/main/okf/SPEC.md"),
            (
                ("`articles/ID.md`", "`type: Article`: the text, `# Timeline` (dates as EDTF, whom each entry is about, its quote), `# Named`; `sources` has the original's address, `publisher` and `sha256`"),
                ("`entities/ID.md`", "`type: Person`, `Organization`, `Place`, `Document` or `Event`: `aliases`, `same_as`, `# Relations`, `# Named in` (the first sentence of each article); `sources` are the articles"),
                ("`dossiers/ID.md`", "`type: Dossier`: its text, cast and articles"),
                ("quotes", "block quotations, each with a footnote to the `id` of a source"),
                ("`verified`", "`human:editors` (no names) where editors decided on all that an article says; `at` is midnight of the article's last change"),
                ("`# Not reviewed`", "entries that nobody has decided on, where the site shows them"),
                ("`log.md`", "arrivals of articles, and corrections, by day where known"),
                ("on the site", "not offered; only `dossier export okf --out FOLDER` makes it. Pages may have their own [Markdown](../how-to/feeds-and-machines.md#text-and-markdown-beside-the-pages)"),
            ),
            okf,
            by_command=True,
        ),
    )
}  # fmt: skip


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
