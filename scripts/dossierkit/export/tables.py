"""The content as tables: what CSV and SQLite hold, and what the reference says of each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.export.dataset import Dataset, days, line, numbers
from dossierkit.site import dateview
from dossierkit.text.recordfacts import fact_properties

Cell = str | int | float | None
Row = tuple[Cell, ...]


OfArticle = Callable[[Dataset, Evidence], Iterator[Row]]


class Column(NamedTuple):
    """`type`: text | integer | number. `of`: the table whose key it holds, empty where it holds none."""

    name: str
    type: str
    doc: str
    of: str = ""


class Table(NamedTuple):
    """`key`: its first columns that together tell a row from every other. `factual`: whether nothing in it is a text, or a place there.

    `of_article`: where each row is of an article, gives those of one.
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


def _article(data: Dataset, article: Evidence) -> Iterator[Row]:
    page, source = article.page, article.page.source
    yield (
        page.id, page.title, page.date, *days(page.date), *numbers(page.date), page.lang or data.t.lang, source.publisher,
        "; ".join(one.shown for one in page.credited), source.url, source.archived, source.sha256, source.rights, source.reliability,
        page.status, int(page.sample), page.description, data.article_address(article),
    )  # fmt: skip


def _authors(_: Dataset, article: Evidence) -> Iterator[Row]:
    for number, one in enumerate(article.page.credited, 1):
        yield article.id, number, one.shown, one.given, one.family, int(bool(one.organization)), one.orcid


def _tags(_: Dataset, article: Evidence) -> Iterator[Row]:
    return ((article.id, tag) for tag in dict.fromkeys(article.page.tags))


def _entities(data: Dataset) -> Iterator[Row]:
    mentions: Counter[str] = Counter()
    for article in data.articles():
        mentions.update(article.counts)
    for record in data.records():
        place, naming = record.location, data.graph.naming.get(record.id, ())
        yield (
            record.id, record.title, record.type, record.description, record.status,
            place.lat if place else None, place.lon if place else None, place.precision if place else "",
            len(naming), mentions[record.id], data.entity_address(record.id), int(not record.unreviewed),
        )  # fmt: skip


def _names(data: Dataset) -> Iterator[Row]:
    for record in data.records():
        yield record.id, record.title, "", "preferred"
        yield from ((record.id, name.text, name.lang, "alias") for name in record.aliases)
        yield from ((record.id, name.text, name.lang, "weak") for name in record.weak_aliases)


def _identifiers(data: Dataset) -> Iterator[Row]:
    return ((record.id, value) for record in data.records() for value in dict.fromkeys(record.same_as))


def _facts(data: Dataset) -> Iterator[Row]:
    return ((record.id, name, value) for record in data.records() for name, value in record.facts)


def _mentions(data: Dataset, article: Evidence) -> Iterator[Row]:
    id_, text, page = article.id, article.layer.text, data.article_address(article)
    for found in article.mentions:
        if found.entity in data.content.records:
            record = data.content.records[found.entity]
            open_ = record.unreviewed or record.id in article.page.unreviewed
            yield (
                f"{id_}#{found.id}", id_, found.entity, found.number, line(text[found.start : found.end]),
                found.start, found.end, data.sentence(article, found.sentence, found.end), f"{page}#{found.id}", int(not open_),
            )  # fmt: skip


def event_id(article: Evidence, item: Supported) -> str:
    """An entry's id among all: the article's, and its anchor there."""
    return f"{article.id}#{item.id}"


def _events(data: Dataset, article: Evidence) -> Iterator[Row]:
    for item in article.timeline:
        entry = item.entry
        placed = not item.waived
        yield (
            event_id(article, item), article.id, entry.date, *days(entry.date), *numbers(entry.date),
            dateview.view(entry.date, data.t.lang).certainty, entry.when, entry.dated_by, entry.text, entry.quote,
            item.start if placed else None, item.end if placed else None, item.waived,
            data.article_address(article, item.id if placed else ""), int(not entry.unreviewed), int(entry.key),
        )  # fmt: skip


def _event_entities(data: Dataset, article: Evidence) -> Iterator[Row]:
    for item in article.timeline:
        yield from ((event_id(article, item), id_) for id_ in dict.fromkeys(data.known(item)))


def _claim_reviews(_: Dataset, article: Evidence) -> Iterator[Row]:
    for item in article.timeline:
        if (one := item.entry.claim_review) and not item.entry.unreviewed:
            by, reviewer = ("; ".join(who.shown for who in people) for people in (one.by, one.reviewer))
            yield event_id(article, item), one.claim, by, one.rating, reviewer, one.url


def _relations(data: Dataset) -> Iterator[Row]:
    for record in data.records():
        for number, one in enumerate(record.relations, 1):
            shown = one.to in data.content.records and (not one.article or one.article in data.graph.articles)
            if shown:
                yield record.id, number, one.type, one.to, one.date, one.article or None, one.quote


def _dossiers(data: Dataset) -> Iterator[Row]:
    for dossier in data.content.dossiers.values():
        yield (
            dossier.id,
            dossier.title,
            dossier.description,
            data.address(visibility.dossier_path(dossier.id)),
        )


def _dossier_articles(data: Dataset) -> Iterator[Row]:
    for dossier in data.content.dossiers.values():
        members = select(dossier, data.graph.articles)
        yield from ((dossier.id, number, article.id) for number, article in enumerate(members, 1))


def _corrections(data: Dataset) -> Iterator[Row]:
    for path, page in visibility.pages_of(data.content):
        for number, one in enumerate(page.corrections, 1):
            yield data.address(path), number, one.date, one.what, one.why


def _each(rows: OfArticle) -> Callable[[Dataset], Iterator[Row]]:
    """Those of all articles, in the order of their ids."""
    return lambda data: (row for article in data.articles() for row in rows(data, article))


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
            _text("reliability", "How far it is trusted, in the Admiralty code."),
            _text("status", "`reviewed` or `published`."),
            Column("sample", "integer", "1 for a text that was written to show the site."),
            _text("description", "A sentence or two."),
            _PAGE,
        ),
        ("id",),
        _each(_article),
        of_article=_article,
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
        _each(_authors),
        of_article=_authors,
    ),
    Table(
        "tags",
        "The keywords of articles.",
        (_ARTICLE, _text("tag", "The keyword.")),
        ("article", "tag"),
        _each(_tags),
        of_article=_tags,
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
        _entities,
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
        _names,
    ),
    Table(
        "identifiers",
        "What entities are called elsewhere.",
        (_ENTITY, _text("identifier", "`wikidata:Q71`, or an address.")),
        ("entity", "identifier"),
        _identifiers,
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
        _facts,
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
        _each(_mentions),
        factual=False,
        of_article=_mentions,
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
        ),
        ("id",),
        _each(_events),
        factual=False,
        of_article=_events,
    ),
    Table(
        "event_entities",
        "Whom the events are about.",
        (_text("event", "The event.", "events"), _ENTITY),
        ("event", "entity"),
        _each(_event_entities),
        of_article=_event_entities,
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
        _each(_claim_reviews),
        of_article=_claim_reviews,
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
        _relations,
    ),
    Table(
        "dossiers",
        "One row a dossier.",
        (_text("id", "Its id."), _text("title", "Its title."), _text("description", "What it is on."), _PAGE),
        ("id",),
        _dossiers,
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
        _dossier_articles,
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
        _corrections,
    ),
)


def rows(data: Dataset, name: str) -> Iterator[Mapping[str, Cell]]:
    """The rows of the table of that name, each cell by its column."""
    (table,) = (one for one in TABLES if one.name == name)
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in table.rows(data))
