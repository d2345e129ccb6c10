"""The content as FollowTheMoney entities, one JSON object a line (https://followthemoney.tech, schemata of 4.11).

Places become Address, since the model has no places; whom an event involves can there only be a person or an
organisation, so its places stand in `location`, and documents and events in `keywords`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from dossierkit.evidence.gathering import AnchoredMention, Supported
from dossierkit.export.dataset import Dataset, days, line
from dossierkit.export.lines import quoted
from dossierkit.export.tables import event_id
from dossierkit.model.record import Record

_SCHEMATA = {
    "person": "Person",
    "organization": "Organization",
    "place": "Address",
    "document": "Document",
    "event": "Event",
}
_ACTORS = frozenset({"person", "organization"})
_WIKIDATA = "wikidata:"


def ftm(data: Dataset) -> Iterator[str]:
    """Articles, entities, who is named where, timeline entries and relations, in this order."""
    return chain(_articles(data), _entities(data), _documentation(data), _events(data), _relations(data))


def _entity(id_: str, schema: str, **properties: str | Sequence[str]) -> str:
    """A line. Properties are lists of texts; empty ones are left out."""
    given = ", ".join(
        f'"{name}": [{quoted(value) if isinstance(value, str) else ", ".join(map(quoted, value))}]'
        for name, value in properties.items()
        if value
    )
    return f'{{"id": {quoted(id_)}, "schema": "{schema}", "properties": {{{given}}}}}\n'


def _article(id_: str) -> str:
    return f"article-{id_.replace('/', '.')}"


def _articles(data: Dataset) -> Iterator[str]:
    for article in data.articles():
        page, source = article.page, article.page.source
        yield _entity(
            _article(page.id),
            "Article",
            name=page.title,
            title=page.title,
            author=[one.shown for one in page.credited],
            publisher=source.publisher,
            publishedAt=_prefix(page.date),
            sourceUrl=data.article_address(article) if data.site.publication.address else "",
            publisherUrl=source.url,
            summary=page.description,
            keywords=page.tags,
            bodyText=article.layer.text.strip(),
        )


def _entities(data: Dataset) -> Iterator[str]:
    for record in data.records():
        place = record.location
        located = {"full": record.title} if record.type == "place" else {}
        if record.type == "place" and place:
            located |= {"latitude": str(place.lat), "longitude": str(place.lon), "remarks": place.precision}
        yield _entity(
            f"entity-{record.id}",
            _SCHEMATA[record.type],
            name=record.title,
            alias=[name.text for name in record.aliases],
            weakAlias=[name.text for name in record.weak_aliases],
            description=record.description,
            notes=data.t("unreviewed") if record.unreviewed else "",
            wikidataId=_wikidata(record),
            sourceUrl=data.entity_address(record.id) if data.site.publication.address else "",
            **located,
        )


def _wikidata(record: Record) -> list[str]:
    return [value.removeprefix(_WIKIDATA) for value in record.same_as if value.startswith(_WIKIDATA)]


def _documentation(data: Dataset) -> Iterator[str]:
    """Who is named in which article, with the first sentence that does."""
    for article in data.articles():
        first: dict[str, AnchoredMention] = {}
        for mention in article.mentions:
            first.setdefault(mention.entity, mention)
        for record in article.records:
            if found := first.get(record.id):
                yield _entity(
                    f"named-{article.id.replace('/', '.')}-{record.id}",
                    "Documentation",
                    document=_article(article.id),
                    entity=f"entity-{record.id}",
                    role="mention",
                    status=data.t("unreviewed") if record.id in article.page.unreviewed else "",
                    summary=data.sentence(article, found.sentence, found.end),
                )


def _events(data: Dataset) -> Iterator[str]:
    for article, item in data.entries():
        about = [data.content.records[id_] for id_ in dict.fromkeys(data.known(item))]
        yield _entity(
            f"event-{event_id(article, item).replace('/', '.')}",
            "Event",
            name=line(item.entry.text),
            summary=line(item.entry.quote),
            **_when(item.entry.date),
            notes=_notes(data, item),
            involved=[f"entity-{record.id}" for record in about if record.type in _ACTORS],
            location=[record.title for record in about if record.type == "place"],
            keywords=[record.title for record in about if record.type in {"document", "event"}],
            proof=_article(article.id),
            sourceUrl=data.article_address(article, item.id) if data.site.publication.address else "",
        )


def _notes(data: Dataset, item: Supported) -> list[str]:
    date = f"EDTF {item.entry.date}" if item.entry.date else item.entry.when
    return [*([date] if date else []), *([data.t("unreviewed")] if item.entry.unreviewed else [])]


def _relations(data: Dataset) -> Iterator[str]:
    for record in data.records():
        for number, one in enumerate(record.relations, 1):
            if one.to in data.content.records and (not one.article or one.article in data.graph.articles):
                yield _entity(
                    f"relation-{record.id}-{number}",
                    "UnknownLink",
                    subject=f"entity-{record.id}",
                    object=f"entity-{one.to}",
                    role=one.type,
                    **_when(one.date),
                    summary=one.quote,
                    proof=_article(one.article) if one.article else "",
                )


def _prefix(edtf: str) -> str:
    """The day, month or year that holds all that a date may mean: the model knows no vaguer ones."""
    first, last = days(edtf)
    return next((first[:size] for size in (10, 7, 4) if first and first[:size] == last[:size]), "")


@lru_cache(4096)
def _when(edtf: str) -> dict[str, str]:
    """`date`, or the months in which it starts and ends."""
    if whole := _prefix(edtf):
        return {"date": whole}
    first, last = days(edtf)
    return {"startDate": first[:7], "endDate": last[:7]}
