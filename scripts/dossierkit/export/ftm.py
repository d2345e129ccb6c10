"""The content as FollowTheMoney entities, one JSON object in each line (https://followthemoney.tech, schemata of 4.11).

Places become Address, since the model has no places. Participants of an event can only be people and organisations,
so its places are in `location` and `addressEntity`, documents and events in `keywords`. Ids consist of letters,
digits and hyphens: a dot would be read as a signature, and the rest cut off when entities are aggregated.

The schema of a curated relation follows from the words of its type (table in `data/ftm.yml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import urlsplit

from dossierkit.evidence.gathering import AnchoredMention, Evidence, Supported, stable_id
from dossierkit.export.dataset import Dataset, line
from dossierkit.export.instants import ends, instant
from dossierkit.export.lines import quoted
from dossierkit.model.edtf import EdtfPoint, parse
from dossierkit.model.record import Record, Relation
from dossierkit.site import dateview
from dossierkit.site.pieces import Pieces
from dossierkit.text.data import load
from dossierkit.text.identifier import address, canonical
from dossierkit.text.links import web
from dossierkit.text.recordfacts import fact_properties

_SCHEMATA = {
    "person": "Person",
    "organization": "Organization",
    "place": "Address",
    "document": "Document",
    "event": "Event",
}
_ACTORS = frozenset({"person", "organization"})
_MONTHS = 3
_YEARS = 10
"""How many months or years a vague date is listed as at most."""
UNKNOWN = "UnknownLink"


def ftm(data: Dataset) -> Pieces:
    """Articles, entities, who is named where, timeline entries and relations, in this order."""
    return Pieces(
        chain(
            data.pieces("articles", _articles),
            data.whole(_entities),
            data.pieces("named", _documentation),
            data.pieces("events", _events),
            data.whole(_relations),
        )
    )


def _entity(id_: str, schema: str, **properties: str | Sequence[str]) -> str:
    """One line. Properties are lists of distinct texts; empty ones are left out."""
    listed = (
        (name, [value] if isinstance(value, str) else list(dict.fromkeys(filter(None, value))))
        for name, value in properties.items()
        if value
    )
    given = ", ".join(f'"{name}": [{", ".join(map(quoted, values))}]' for name, values in listed if values)
    return f'{{"id": {quoted(id_)}, "schema": "{schema}", "properties": {{{given}}}}}\n'


def _id(kind: str, *parts: str) -> str:
    """Join with two hyphens, which no slug contains."""
    joined = "--".join(part.replace("/", "--") for part in parts)
    safe = re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", joined)
    return f"{kind}-{joined}" if safe else stable_id(kind, *parts)


def _article(id_: str) -> str:
    return _id("article", id_)


def _record(id_: str) -> str:
    return _id("entity", id_)


def _here(data: Dataset, address: str) -> str:
    """An address of the site, if it has one: others cannot use a relative path."""
    return address if data.site.publication.address else ""


def _articles(data: Dataset, article: Evidence) -> Iterator[str]:
    page, source = article.page, article.page.source
    original = web(source.url)
    yield _entity(
        _article(page.id),
        "Article",
        name=page.title,
        title=page.title,
        author=[author.shown for author in page.credited],
        publisher=source.publisher,
        publisherUrl=_host(original),
        publishedAt=_prefixes(page.date),
        language=_language(page.lang or data.t.lang),
        sourceUrl=[original, web(source.archived), _here(data, data.article_address(article))],
        summary=page.description,
        keywords=page.tags,
        bodyText=article.layer.text.strip(),
    )


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else ""


def _language(tag: str) -> str:
    return str(load("ftm")["languages"].get(tag.partition("-")[0].lower(), ""))


def _entities(data: Dataset) -> Iterator[str]:
    for record in data.records():
        yield _entity(
            _record(record.id),
            _SCHEMATA[record.type],
            name=record.title,
            alias=[name.text for name in record.other_names],
            weakAlias=[name.text for name in record.weak_aliases],
            description=record.description,
            notes=data.t("unreviewed") if record.unreviewed else "",
            **_called(record, _here(data, data.entity_address(record.id))),
            **_facts(record),
            **(_person(data, record) if record.type == "person" else {}),
            **(_located(record) if record.type == "place" else {}),
        )


def _person(data: Dataset, record: Record) -> dict[str, Sequence[str]]:
    positions = [position(relation, other) for _, relation, other in data.frame.relations_of(record)]
    return {"position": positions}


def _facts(record: Record) -> dict[str, Sequence[str]]:
    """The single-value facts of people and organisations; the model has no such properties for others."""
    if record.type not in _ACTORS:
        return {}
    facts = ((fact_properties()[name], value) for name, value in record.facts)
    return {
        fact_property.ftm: _prefixes(value) if fact_property.kind == "edtf" else [web(value)]
        for fact_property, value in facts
    }


def _located(record: Record) -> dict[str, str]:
    place = record.location
    point = (
        {"latitude": str(place.lat), "longitude": str(place.lon), "remarks": place.precision} if place else {}
    )
    return {"full": record.title, **point}


def _called(record: Record, page: str) -> dict[str, list[str]]:
    """Identifiers: in properties of their own where the model has them, and all of them as addresses."""
    found: dict[str, list[str]] = {"wikidataId": [], "wikipediaUrl": [], "sourceUrl": [page]}
    for value in map(canonical, record.same_as):
        scheme, _, code = value.partition(":")
        if scheme == "wikidata":
            found["wikidataId"].append(code)
        elif scheme in load("identifiers"):
            own = load("ftm")["identifiers"].get(scheme)
            if record.type in _ACTORS:
                found.setdefault(own or "idNumber", []).append(code if own else value)
            found["sourceUrl"].append(web(address(value)))
        else:
            wiki = _host(value).endswith(".wikipedia.org/")
            found["wikipediaUrl" if wiki else "sourceUrl"].append(web(address(value)))
    return found


def _documentation(data: Dataset, article: Evidence) -> Iterator[str]:
    """Who is named in an article, with the first such sentence."""
    first: dict[str, AnchoredMention] = {}
    for mention in article.mentions:
        first.setdefault(mention.entity, mention)
    for record in article.records:
        if found := first.get(record.id):
            yield _entity(
                _id("named", article.id, record.id),
                "Documentation",
                document=_article(article.id),
                entity=_record(record.id),
                role="mention",
                status=data.t("unreviewed") if record.id in article.page.unreviewed else "",
                date=_prefixes(article.page.date),
                summary=data.sentence(article, found.sentence, found.end),
                sourceUrl=_here(data, data.article_address(article, found.id)),
            )


def _events(data: Dataset, article: Evidence) -> Iterator[str]:
    for item in article.timeline:
        about = [data.content.records[id_] for id_ in dict.fromkeys(data.known(item))]
        places = [record for record in about if record.type == "place"]
        yield _entity(
            _id("event", article.id, item.id),
            "Event",
            name=line(item.entry.text),
            summary=line(item.entry.quote),
            **_when(item.entry.date),
            notes=_notes(data, item),
            involved=[_record(record.id) for record in about if record.type in _ACTORS],
            location=[record.title for record in places],
            addressEntity=[_record(record.id) for record in places],
            keywords=[record.title for record in about if record.type in {"document", "event"}],
            proof=_article(article.id),
            sourceUrl=_here(data, data.entry_address(article, item)),
        )


def _notes(data: Dataset, item: Supported) -> list[str]:
    entry = item.entry
    return [
        f"EDTF {entry.date}" if entry.date else entry.when,
        data.t(f"dated_by.{entry.dated_by}") if entry.dated_by else "",
        data.t("unreviewed") if entry.unreviewed else "",
    ]


def _relations(data: Dataset) -> Iterator[str]:
    for record in data.records():
        for number, relation, other in data.frame.relations_of(record):
            link = relation_schema(relation, record, other)
            first, second = link.ends
            page = data.article_address(data.graph.articles[relation.article]) if relation.article else ""
            yield _entity(
                _id("relation", record.id, str(number)),
                link.schema,
                **{first: _record(record.id), second: _record(other.id), link.says: relation.type},
                **_when(relation.date),
                description=f"EDTF {relation.date}" if relation.date else "",
                summary=relation.quote,
                proof=_article(relation.article) if relation.article else "",
                sourceUrl=_here(data, page or data.entity_address(record.id)),
            )


@lru_cache(4096)
def _when(edtf: str) -> dict[str, tuple[str, ...]]:
    """`date`: the instant, day, month or year, or the few possible ones; for a span `startDate` and `endDate`, as precise as
    they are known.
    """
    if not edtf:
        return {}
    known = parse(edtf)
    if known.kind != "interval" or dateview.within(known):
        return {"date": _prefixes(edtf)}
    first, last = ends(known)
    return {"startDate": _point(first), "endDate": _point(last)}


def _point(point: EdtfPoint | None) -> tuple[str, ...]:
    return _prefixes(str(point)) if point else ()


@lru_cache(4096)
def _prefixes(edtf: str) -> tuple[str, ...]:
    """The instant in UTC, or as few days, months or years as contain all possible dates; the model has no vaguer ones."""
    known = parse(edtf) if edtf else None
    if known is None or known.earliest is None or known.latest is None:
        return ()
    first, last = known.earliest, date.fromordinal(known.latest.toordinal() - 1)
    low, high = load("ftm")["years"]
    if first.year < low or last.year > high:
        return ()
    exact = instant(ends(known)[0]) if known.kind == "time" else None
    if exact and exact.tzinfo:
        return (exact.strftime("%Y-%m-%dT%H:%M:%S"),)
    return (first.isoformat(),) if first == last else _months(first, last) or _years(first, last)


def _months(first: date, last: date) -> tuple[str, ...]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    whole = first.month == 1 and last.month == 12 and first.year == last.year
    return () if whole or len(numbers) > _MONTHS else tuple(f"{n // 12}-{n % 12 + 1:02d}" for n in numbers)


def _years(first: date, last: date) -> tuple[str, ...]:
    years = range(first.year, last.year + 1)
    return tuple(map(str, years)) if len(years) <= _YEARS else ()


class RelationSchema(NamedTuple):
    """`ends`: the properties for the record and the other entity. `says`: the property for the words of the type."""

    schema: str
    ends: tuple[str, str]
    says: str


class _Meaning(NamedTuple):
    schema: str
    turned: bool


def relation_schema(relation: Relation, record: Record, other: Record) -> RelationSchema:
    """The schema of a relation: UnknownLink if its type is not in the table, or does not permit these two."""
    if meaning := _meaning(relation.type):
        known = load("ftm")["relations"][meaning.schema]
        pair = (other, record) if meaning.turned else (record, other)
        if all(one.type in types for one, types in zip(pair, known["between"], strict=True)):
            first, second = known["ends"]
            return RelationSchema(
                meaning.schema, (second, first) if meaning.turned else (first, second), known["says"]
            )
    return RelationSchema(UNKNOWN, ("subject", "object"), "role")


def position(relation: Relation, other: Record) -> str:
    """A person's position by the relation ("director of Lenn Council"); "" if it is not one."""
    meaning = _meaning(relation.type)
    is_position = meaning and not meaning.turned and meaning.schema in load("ftm")["positions"]
    return f"{relation.type} {other.title}" if is_position else ""


def _meaning(type_: str) -> _Meaning | None:
    """The longest entry of the table that the type equals or ends with."""
    words = type_.casefold().split()
    ends = (" ".join(words[at:]) for at in range(len(words)))
    return next((found for end in ends if (found := _meanings().get(end))), None)


@cache
def _meanings() -> dict[str, _Meaning]:
    return dict(_listed())


def _listed() -> Iterator[tuple[str, _Meaning]]:
    for schema, known in load("ftm")["relations"].items():
        for name, turned in (("types", False), ("turned", True)):
            yield from ((words, _Meaning(schema, turned)) for words in _flat(known.get(name, [])))


def _flat(listed: list[str | list[str]]) -> Iterator[str]:
    for one in listed:
        yield from [one] if isinstance(one, str) else one
