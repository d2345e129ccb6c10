"""The tables of CSV and SQLite, with a description of each column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from dossierkit.export import table_rows
from dossierkit.export.dataset import Dataset
from dossierkit.export.table_rows import Cell, OfArticle, Row
from dossierkit.text.recordfacts import article_facts, entry_facts, fact_properties


class Column(NamedTuple):
    """A column. `type`: text | integer | number. `of`: the table whose key it contains, or ""."""

    name: str
    type: str
    doc: str
    of: str = ""


class Table(NamedTuple):
    """A table. `key`: its first columns that identify a row. `factual`: no column is a text or a position in one.

    `of_article`: the rows of one article, if every row belongs to one.
    """

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Dataset], Iterator[Row]]
    factual: bool = True
    of_article: OfArticle | None = None


def _text(name: str, doc: str, of: str = "") -> Column:
    return Column(name, "text", doc, of)


def _dates(what: str) -> tuple[Column, ...]:
    return (
        _text("date", f"{what}, as EDTF (ISO 8601-2); empty when unknown."),
        _text(
            "date_earliest",
            "The first day that it may mean (ISO 8601; a year before 1 has a minus, 0000 is 1 BC); empty when open or unknown.",
        ),
        _text("date_latest", "The last day that it may mean, included."),
        Column(
            "day_earliest",
            "integer",
            "`date_earliest` as a number to sort by: 1 is 1 January of the year 1, what was before is 0 or less.",
        ),
        Column("day_latest", "integer", "`date_latest` as such a number."),
    )


_ARTICLE = _text("article", "The article.", "articles")
_ENTITY = _text("entity", "The entity.", "entities")
_PAGE = _text("page", "The address on the site.")
_REVIEWED = Column(
    "reviewed", "integer", "0 where the machine proposed it and nobody has decided on it; else 1."
)


TABLES: tuple[Table, ...] = (
    Table(
        "articles",
        "One row an article.",
        (
            _text("id", "Its id: the path below `content/articles/`."),
            _text("title", "Its title."),
            *_dates("When it was published"),
            _text("lang", "Its language (BCP 47)."),
            _text("publisher", "Who published it."),
            _text("author", "Who wrote it; several with semicolons, and apart in `authors`."),
            _text("url", "Where it was published."),
            _text("archived", "A lasting copy elsewhere."),
            _text("source_sha256", "The SHA-256 of the source as received."),
            _text("rights", "Who holds the rights."),
            *(_text(fact.name, fact.about) for fact in article_facts().values()),
            _text("status", "`reviewed` or `published`."),
            Column("sample", "integer", "1 for a text that was written to show the site."),
            _text("description", "A sentence or two."),
            _PAGE,
        ),
        ("id",),
        table_rows.each(table_rows.articles),
        of_article=table_rows.articles,
    ),
    Table(
        "authors",
        "Who wrote the articles, each on a row of its own.",
        (
            _ARTICLE,
            Column("number", "integer", "The place among the article's authors, from 1."),
            _text("name", "The name as readers see it."),
            _text("given", "Given names of a person, where known."),
            _text("family", "The family name of a person, where known."),
            Column("organization", "integer", "1 where it is an organisation, else 0."),
            _text("orcid", "The ORCID of a person."),
        ),
        ("article", "number"),
        table_rows.each(table_rows.authors),
        of_article=table_rows.authors,
    ),
    Table(
        "tags",
        "The keywords of articles.",
        (_ARTICLE, _text("tag", "The keyword.")),
        ("article", "tag"),
        table_rows.each(table_rows.tags),
        of_article=table_rows.tags,
    ),
    Table(
        "entities",
        "One row a person, organisation, place, document or event that has a record.",
        (
            _text("id", "Its id."),
            _text("title", "Its preferred name."),
            _text("type", "`person`, `organization`, `place`, `document` or `event`."),
            _text("description", "A sentence or two."),
            _text("status", "`draft` where the machine proposed it and nobody has reviewed it."),
            Column("latitude", "number", "Of a place: degrees north (WGS 84)."),
            Column("longitude", "number", "Of a place: degrees east."),
            _text("precision", "What the point stands for: `exact`, `city`, `region`, `country`."),
            Column("articles", "integer", "How many articles name it."),
            Column("mentions", "integer", "How often they do."),
            _PAGE,
            _REVIEWED,
        ),
        ("id",),
        table_rows.entities,
    ),
    Table(
        "names",
        "Every name of every entity.",
        (
            _ENTITY,
            _text("name", "The name."),
            _text("lang", "Its language; empty where the record does not say it."),
            _text("kind", "`preferred`, `alias`, or `weak`: meant only beside a full name."),
        ),
        (),
        table_rows.names,
    ),
    Table(
        "identifiers",
        "What entities are called elsewhere.",
        (_ENTITY, _text("identifier", "`wikidata:Q71`, or an address.")),
        ("entity", "identifier"),
        table_rows.identifiers,
    ),
    Table(
        "facts",
        "What the records of entities state in one value each.",
        (
            _ENTITY,
            _text("property", f"`{'`, `'.join(fact_properties())}`."),
            _text("value", "A date as EDTF, or an address."),
        ),
        ("entity", "property"),
        table_rows.facts,
    ),
    Table(
        "mentions",
        "One row each time that an article names an entity of its sidebar.",
        (
            _text("id", "The article's id, `#`, and the anchor in it."),
            _ARTICLE,
            _ENTITY,
            Column("number", "integer", "The how-manieth mention of the entity in the article."),
            _text("form", "The words that name it."),
            Column("start", "integer", "Where they start in the article's text, in code points."),
            Column("end", "integer", "Where they end, excluded."),
            _text("sentence", "The sentence."),
            _PAGE,
            _REVIEWED,
        ),
        ("id",),
        table_rows.each(table_rows.mentions),
        factual=False,
        of_article=table_rows.mentions,
    ),
    Table(
        "events",
        "One row a timeline entry: a dated claim of one article.",
        (
            _text("id", "The article's id, `#`, and the anchor of the quote in it."),
            _ARTICLE,
            *_dates("When it happened"),
            _text("certainty", "`exact`, `within`, `span`, `open`, `about`, `uncertain` or `undated`."),
            _text("words", "The words of the text that date it, where they are relative or vague."),
            _text(
                "dated_by",
                "`report`, `story` or `heading` where they have no date of their own: whose day is taken.",
            ),
            _text("text", "The claim in a few words."),
            _text("quote", "The words it rests on."),
            Column("start", "integer", "Where the quote starts in the article's text, in code points."),
            Column("end", "integer", "Where it ends, excluded."),
            _text("waived", "Why an editor lets the claim stand although its quote does not."),
            _PAGE,
            _REVIEWED,
            Column("key_moment", "integer", "1 where the editors chose it as a key moment, else 0."),
            *(_text(fact.name, fact.about) for fact in entry_facts().values()),
        ),
        ("id",),
        table_rows.each(table_rows.events),
        factual=False,
        of_article=table_rows.events,
    ),
    Table(
        "event_entities",
        "Whom the events are about.",
        (_text("event", "The event.", "events"), _ENTITY),
        ("event", "entity"),
        table_rows.each(table_rows.event_entities),
        of_article=table_rows.event_entities,
    ),
    Table(
        "claim_reviews",
        "What checks of claims found that the events tell of.",
        (
            _text("event", "The event.", "events"),
            _text("claim", "What was claimed."),
            _text("by", "Who claimed it; several with semicolons."),
            _text("rating", "What the check found, in the reviewer's words."),
            _text("reviewer", "Who checked it; empty where the site's publisher did."),
            _text("url", "Where the whole review stands; empty where that is the page."),
        ),
        ("event",),
        table_rows.each(table_rows.claim_reviews),
        of_article=table_rows.claim_reviews,
    ),
    Table(
        "relations",
        "Curated statements about two entities.",
        (
            _ENTITY,
            Column("number", "integer", "Which of the entity's relations."),
            _text("type", "What the relation is."),
            _text("other", "The other entity.", "entities"),
            _text("date", "When it held, as EDTF."),
            _text("article", "The article that says so.", "articles"),
            _text("quote", "The words that say so."),
        ),
        ("entity", "number"),
        table_rows.relations,
    ),
    Table(
        "dossiers",
        "One row a dossier.",
        (_text("id", "Its id."), _text("title", "Its title."), _text("description", "What it is on."), _PAGE),
        ("id",),
        table_rows.dossiers,
    ),
    Table(
        "dossier_articles",
        "What the dossiers hold.",
        (
            _text("dossier", "The dossier.", "dossiers"),
            Column("number", "integer", "Its place there, from 1."),
            _ARTICLE,
        ),
        ("dossier", "number"),
        table_rows.dossier_articles,
    ),
    Table(
        "corrections",
        "What was put right after publication.",
        (
            _PAGE,
            Column("number", "integer", "Which of the page's corrections."),
            _text("date", "When, as EDTF."),
            _text("what", "What was wrong and what stands now."),
            _text("why", "How the mistake came about."),
        ),
        ("page", "number"),
        table_rows.corrections,
    ),
)


def rows(data: Dataset, name: str) -> Iterator[Mapping[str, Cell]]:
    """The rows of a table, cells by column."""
    (table,) = (one for one in TABLES if one.name == name)
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in table.rows(data))
