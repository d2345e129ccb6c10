"""The rows of each table, by key: of the whole site, or of one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.events.words import repeated
from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.export.dataset import Dataset, days, line, numbers
from dossierkit.site import dateview
from dossierkit.text.recordfacts import article_facts, entry_facts

Cell = str | int | float | None
Row = tuple[Cell, ...]
OfArticle = Callable[[Dataset, Evidence], Iterator[Row]]


def articles(data: Dataset, article: Evidence) -> Iterator[Row]:
    page, source = article.page, article.page.source
    yield (
        page.id, page.title, page.date, *days(page.date), *numbers(page.date), page.lang or data.t.lang, source.publisher,
        "; ".join(author.shown for author in page.credited), source.url, source.archived, source.sha256, source.rights,
        *(source.stated(name) for name in article_facts()), page.status, int(page.sample), page.description, data.article_address(article),
    )  # fmt: skip


def authors(_: Dataset, article: Evidence) -> Iterator[Row]:
    for number, author in enumerate(article.page.credited, 1):
        yield (
            article.id,
            number,
            author.shown,
            author.given,
            author.family,
            int(bool(author.organization)),
            author.orcid,
        )


def tags(_: Dataset, article: Evidence) -> Iterator[Row]:
    return ((article.id, tag) for tag in dict.fromkeys(article.page.tags))


def entities(data: Dataset) -> Iterator[Row]:
    mentions: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    decided_articles: Counter[str] = Counter()
    for article in data.articles():
        mentions.update(article.counts)
        sure = {id_: n for id_, n in article.counts.items() if id_ not in article.page.unreviewed}
        decided.update(sure)
        decided_articles.update(sure.keys())
    for record in data.records():
        place, naming = record.location, data.graph.naming.get(record.id, ())
        yield (
            record.id, record.title, record.type, record.description, record.status,
            place.lat if place else None, place.lon if place else None, place.precision if place else "",
            len(naming), mentions[record.id], data.entity_address(record.id), int(not record.unreviewed),
            *((0, 0) if record.unreviewed else (decided_articles[record.id], decided[record.id])),
        )  # fmt: skip


def names(data: Dataset) -> Iterator[Row]:
    for record in data.records():
        yield record.id, record.title, "", "preferred"
        yield from ((record.id, name.text, name.lang, "alias") for name in record.other_names)
        yield from ((record.id, name.text, name.lang, "weak") for name in record.weak_aliases)


def identifiers(data: Dataset) -> Iterator[Row]:
    return ((record.id, value) for record in data.records() for value in dict.fromkeys(record.same_as))


def facts(data: Dataset) -> Iterator[Row]:
    return ((record.id, name, value) for record in data.records() for name, value in record.facts)


def mentions(data: Dataset, article: Evidence) -> Iterator[Row]:
    id_, text, page = article.id, article.layer.text, data.article_address(article)
    for found in article.mentions:
        if found.entity in data.content.records:
            record = data.content.records[found.entity]
            yield (
                f"{id_}#{found.id}", id_, found.entity, found.number, line(text[found.start : found.end]),
                found.start, found.end, data.sentence(article, found.sentence, found.end), f"{page}#{found.id}", int(not article.page.leaves_open(record)),
            )  # fmt: skip


def event_id(article: Evidence, item: Supported) -> str:
    """An entry's id: the article's, and its anchor there."""
    return f"{article.id}#{item.id}"


def events(data: Dataset, article: Evidence) -> Iterator[Row]:
    for item in article.timeline:
        entry = item.entry
        placed = not item.waived
        yield (
            event_id(article, item), article.id, entry.date, *days(entry.date), *numbers(entry.date),
            dateview.of_entry(entry, data.t.lang).certainty, entry.when, entry.dated_by, entry.text, entry.quote,
            item.start if placed else None, item.end if placed else None, item.waived,
            data.entry_address(article, item), int(not entry.unreviewed), int(entry.key),
            *(entry.stated(name) for name in entry_facts()),
        )  # fmt: skip


def event_entities(data: Dataset, article: Evidence) -> Iterator[Row]:
    for item in article.timeline:
        for id_ in dict.fromkeys(data.known(item)):
            open_ = item.entry.unreviewed or data.content.records[id_].unreviewed
            yield event_id(article, item), id_, int(not open_)


def accounts(data: Dataset) -> Iterator[Row]:
    """Joining looks at all articles, so these rows belong to the site and not to an article.

    Timelines are read only of articles that share an event; on a large site they are few.
    """
    events, articles = data.frame.events, data.graph.articles
    for key in events.keys:
        group = events.group(key)
        ids = ["#".join(one) for one in group]
        first = repeated([_quote(articles[id_], item) for id_, item in group]) if len(group) > 1 else (0,)
        for at, (id_, item) in enumerate(group):
            stated = articles[id_].tells[item].event
            yield ids[at], ids[0], stated, ids[first[at]], int(first.count(first[at]) > 1)


def _quote(article: Evidence, item: str) -> str:
    return next(one.entry.quote for one in article.timeline if one.id == item)


def claim_reviews(_: Dataset, article: Evidence) -> Iterator[Row]:
    for item in article.timeline:
        if (review := item.entry.claim_review) and not item.entry.unreviewed:
            by, reviewer = ("; ".join(who.shown for who in people) for people in (review.by, review.reviewer))
            yield event_id(article, item), review.claim, by, review.rating, reviewer, review.url


def relations(data: Dataset) -> Iterator[Row]:
    for record in data.records():
        for number, relation, other in data.frame.relations_of(record):
            article = relation.article or None
            yield record.id, number, relation.type, other.id, relation.date, article, relation.quote


def dossiers(data: Dataset) -> Iterator[Row]:
    for dossier in data.content.dossiers.values():
        yield (
            dossier.id,
            dossier.title,
            dossier.description,
            data.address(visibility.dossier_path(dossier.id)),
        )


def dossier_articles(data: Dataset) -> Iterator[Row]:
    for dossier in data.content.dossiers.values():
        members = select(dossier, data.graph.articles)
        yield from ((dossier.id, number, article.id) for number, article in enumerate(members, 1))


def corrections(data: Dataset) -> Iterator[Row]:
    for path, page in visibility.pages_of(data.content):
        for number, correction in enumerate(page.corrections, 1):
            yield data.address(path), number, correction.date, correction.what, correction.why


def each(of_article: OfArticle) -> Callable[[Dataset], Iterator[Row]]:
    """The rows of all articles, by id."""
    return lambda data: (row for article in data.articles() for row in of_article(data, article))


OF_ARTICLE: Mapping[str, OfArticle] = {
    rows.__name__: rows for rows in (articles, authors, tags, mentions, events, event_entities, claim_reviews)
}
"""The rows that belong to one article, by table."""
OF_SITE: Mapping[str, Callable[[Dataset], Iterator[Row]]] = {
    rows.__name__: rows
    for rows in (
        accounts,
        entities,
        names,
        identifiers,
        facts,
        relations,
        dossiers,
        dossier_articles,
        corrections,
    )
}
"""The rows of the other tables."""
