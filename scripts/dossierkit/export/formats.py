"""Every format with its files, its standard and what stands in it. The command, the data page and the reference read this."""

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
    """`file`: the name of its one file, empty where it is a folder of files. `binary`: it is no text.

    `standard`: the name and address of the specification; `fields`: what stands where, for people. `make` gives the
    files by name; nothing is worked out before their parts are asked for. `factual`: the files that hold nothing of texts but what
    pages say of them, and so stay the same when only a text changes. `by_command`: only `dossier export` makes it, and no data page
    offers it.
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
                ("Event with `subjectOf`", "a timeline entry: `startDate` and `endDate` where a calendar knows them and it lasted so long, people as `actor`, whom it concerns as `about`, `location`, whose day it is dated by as `disambiguatingDescription`, and the quote as a Quotation that `isPartOf` its article, with the date as EDTF in `temporalCoverage`; `prov:wasQuotedFrom` is the original by its SHA-256, named as in `prov`; not those whose words do not stand"),
                ("ClaimReview", "a claim that an entry tells of and somebody checked: `claimReviewed`, who claimed it as author of `itemReviewed`, the finding in words as `alternateName` of `reviewRating`, who checked it as `author`, and the entry as `about`"),
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
                ("ids", "letters, digits and hyphens: `article-2016--slug`, `entity-ID`, `event-ARTICLE--ANCHOR`; those with other characters are hashed"),
                ("Article", "an article with its text and `language`; `sourceUrl` is the address of the original, of the lasting copy, and of the page here"),
                ("Person, Organization, Address, Document, Event", "an entity; a place is an Address with `latitude` and `longitude`. `wikidataId`, `wikipediaUrl`, `leiCode`; other identifiers are `idNumber` with their scheme (`orcid:…`), and addresses in `sourceUrl`. A person has `deathDate`, and `position` from relations such as `director of`"),
                ("Documentation", "an entity that an article names: `role` is `mention`, `summary` the first sentence, `sourceUrl` its place on the page"),
                ("Event", "a timeline entry: `date` is the instant (UTC), day, month or year that holds all the date may mean, or the few months or years that do; a span has `startDate` and `endDate`. `notes` has the EDTF and whose day it is dated by, `summary` the quote, `proof` the article. Years before 1000 are in `notes` alone: the model has none"),
                ("Membership, Employment, Directorship, Representation, Succession, Family, Associate", "a curated relation whose `type` means it and whose ends may stand there: `member of`, `minister of`, `led by`, `sister of`; also in French and Arabic (`data/ftm.yml` has the table). Its words are in `role` or `relationship`"),
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
                ("Concept", "a record: `prefLabel`, `altLabel` and `hiddenLabel` (names that mean it only beside a full one) with their languages, `definition`, `exactMatch` for identifiers elsewhere, `related` for curated relations"),
                ("Collection", "people, organisations, places, documents, events"),
                ("ConceptScheme", "all of them; its address is that of the list of names"),
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
                ("encoding", "UTF-8 with the mark by which Excel knows it; every tool that reads `utf-8-sig` passes over it"),
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
                ("`kind: event`", "a timeline entry at a place that it is about, once for each: `name`, `date` (EDTF; a day before the year 1 as an interval of itself, since GDAL stops at it), `words` (the date in words), `quote`, `place`, `article`"),
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
                ("VEVENT", "a timeline entry whose first and last day are known, without `~` or `?`: an all-day event, and `DTEND` is the day after; with an hour, an event at this hour, in UTC where the offset is known, else by the clock on the wall"),
                ("left out", "entries with vaguer dates (about, perhaps, some time within a week or between two days), and those before the year 1: a calendar has no word for them. `DESCRIPTION` of the calendar says how many"),
                ("`DESCRIPTION`", "the date in words and in EDTF, whose day it is dated by, the quote, the source and its address"),
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
                ("`date`", "as EDTF where biblatex knows the form, else in words in `note`; biber warns of a source without one"),
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
                ("`entities_fts`, `names_fts`", "over preferred names and descriptions, and over every name; Datasette and sqlite-utils find all four by themselves"),
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
                ("how", "`datasette dossier.db -m datasette.json`; the database keeps its name"),
                ("tables", "what each and its columns are, the facets, in which order, and by which column rows of it are named elsewhere"),
                ("`known_names`", "a view of the database, as a service of reconciliation for OpenRefine, where the plugin datasette-reconcile is installed"),
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
                ("`wasDerivedFrom`", "a claim from its original, as a Quotation where its words stand; an article from its original"),
                ("`agent`", "programs that proposed, with their versions; all editors as one. Where `extra.dossier.editors` is `git`, also the person who set an article free for readers (`released`)"),
                ("`wasAttributedTo`", "a claim to the program that proposed it (`proposed`), and to the editors once they decided on it (`decided`)"),
                ("`dossier:origin`", "in words; left out where the proposals of an article are not there any more"),
                ("`dossier:shownSince`", "the day on which an article came to the site"),
                ("`dossier:decidedBefore`", "of a claim: the day on which readers found the page as it is; when single claims were decided, nobody writes down"),
                ("on the site", "not offered on the data page: `dossier export` alone makes it"),
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
                ("`articles/ID.md`", "`type: Article`: the text, `# Timeline` with dates as EDTF, whom each entry is about and its quote, `# Named`; `sources` has the original with its address, `publisher` and `sha256`"),
                ("`entities/ID.md`", "`type: Person`, `Organization`, `Place`, `Document` or `Event`: `aliases`, `same_as`, `# Relations`, and `# Named in` with the first sentence of each article; `sources` are the articles"),
                ("`dossiers/ID.md`", "`type: Dossier`: its text, cast and articles"),
                ("quotes", "block quotations, each with a footnote whose label is the `id` of a source"),
                ("`verified`", "`human:editors`, no person by name, where editors decided on all that an article says; `at` has the day of the article's last change as midnight, since the format asks for an instant"),
                ("`# Not reviewed`", "entries that a program proposed and nobody has decided on, where the site shows such"),
                ("`log.md`", "when articles came, and corrections, by the day where it is known"),
                ("on the site", "not offered on the data page: `dossier export okf --out FOLDER` alone makes it; pages may have their own [Markdown](../how-to/feeds-and-machines.md#text-and-markdown-beside-the-pages)"),
            ),
            okf,
            by_command=True,
        ),
    )
}  # fmt: skip


@cache
def formats() -> Mapping[str, ExportFormat]:
    """Those built in, then those that other packages bring. Raises ExtensionError."""
    found = dict(FORMATS)
    for name, one in brought(EXPORTS, ExportFormat, frozenset(FORMATS)).items():
        if one.name != name or any(other.file == one.file for other in found.values() if one.file):
            raise ExtensionError(
                f"the export `{name}` calls itself `{one.name}` or writes {one.file}, which another format does: report it to its makers"
            )
        found[name] = one
    return found


def offerable() -> tuple[str, ...]:
    """The names of those that a site can offer. Raises ExtensionError."""
    return tuple(name for name, one in formats().items() if not one.by_command)
