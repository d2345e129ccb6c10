"""Mentions and timeline quotes as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): JSON-LD, one collection.

Each has two targets with the same words: the article's page, and its plain text (`site.twins`). A TextQuoteSelector
is unique in both; a TextPositionSelector counts from the beginning of the text; on the page both refine the selector
of its element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any, NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import Evidence
from dossierkit.export.dataset import Dataset
from dossierkit.export.lines import lines, quoted
from dossierkit.model.page import TimelineEntry
from dossierkit.model.plain import compact
from dossierkit.site.pieces import Pieces
from dossierkit.site.twins.places import kinds, twin
from dossierkit.text.figures import NAME

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TEXT = "[itemprop=articleBody]"
"""The element that holds an article's text, and nothing else but its figures."""
_AROUND = 32  # code points before and after, doubled until the quote is unique


def webannotation(data: Dataset) -> Pieces:
    """One annotation in each line."""
    bodies = cache(lambda entity: _identifying(data, entity))
    made = data.pieces("annotations", lambda data, article: lines(_annotations(data, article, bodies)))
    return Pieces(made, partial(_head, data), ",", "\n]}}\n")


def _head(data: Dataset) -> str:
    id_ = f"{data.site.publication.address}data/annotations.jsonld"
    collection = {
        "@context": _context(data),
        "id": id_,
        "type": "AnnotationCollection",
        "label": data.site.publication.name,
        "total": sum(_count(data, article) for article in data.articles()),
        "first": {"id": f"{id_}#first", "type": "AnnotationPage", "startIndex": 0, "items": []},
    }
    return compact(collection).removesuffix("]}}")


def _count(data: Dataset, article: Evidence) -> int:
    named = sum(count for id_, count in article.counts.items() if id_ in data.content.records)
    return named + sum(not brief.waived for brief in article.tells.values())


def _context(data: Dataset) -> str | list[Any]:
    """Context for a site without address: its files are one folder below the root."""
    return _CONTEXT if data.site.publication.address else [_CONTEXT, {"@base": "../"}]


def _annotations(data: Dataset, article: Evidence, bodies: Callable[[str], str]) -> Iterator[str]:
    page, text = data.article_address(article), article.layer.text
    lang = article.page.lang or data.t.lang
    places = _Places(quoted(page), _bare(data, article), NAME not in article.layer.html)
    for found in article.mentions:
        if found.entity in data.content.records:
            target = _target(places, text, found.start, found.end)
            record = data.content.records[found.entity]
            body = bodies(found.entity)
            body = _assessed(data, body) if article.page.leaves_open(record) else body
            yield _annotation(f"{page}#{found.id}", "identifying", body, target)
    for item in article.timeline:
        if not item.waived:
            target = _target(places, text, item.start, item.end)
            body = _describing(item.entry, lang)
            body = _assessed(data, body) if item.entry.unreviewed else body
            yield _annotation(f"{page}#{item.id}", "describing", body, target)


def _annotation(id_: str, motivation: str, body: str, target: str) -> str:
    return f'{{"id":{quoted(id_)},"type":"Annotation","motivation":"{motivation}","body":{body},"target":{target}}}'


def _identifying(data: Dataset, entity: str) -> str:
    return compact(
        {"source": data.entity_address(entity), "type": "SpecificResource", "purpose": "identifying"}
    )


def _describing(entry: TimelineEntry, lang: str) -> str:
    body = f'{{"type":"TextualBody","purpose":"describing","value":{quoted(entry.text)},"format":"text/plain","language":{quoted(lang)}}}'
    if not entry.date:
        return body
    return f'[{body},{{"type":"TextualBody","purpose":"tagging","value":{quoted(entry.date)},"format":"text/plain"}}]'


def _assessed(data: Dataset, body: str) -> str:
    """The bodies, with the statement that nobody has decided on them."""
    label = data.t("unreviewed")
    mark = f'{{"type":"TextualBody","purpose":"assessing","value":{quoted(label)},"format":"text/plain"}}'
    return f"[{body.removeprefix('[').removesuffix(']')},{mark}]"


def _bare(data: Dataset, article: Evidence) -> str:
    """Address of the article's plain text, as JSON; "" without one."""
    path = visibility.article_path(article.id)
    if "txt" not in kinds(data.site, path):
        return ""
    return quoted(f"{data.site.publication.address}{twin(data.site.urls, path, 'txt')}")


class _Places(NamedTuple):
    """The addresses of an article's page and of its plain text, as JSON; `alone`: whether the page's text has no figures in it."""

    page: str
    bare: str
    alone: bool


def _target(places: _Places, text: str, start: int, end: int) -> str:
    page, bare, alone = places
    before, exact, after = map(quoted, selector(text, start, end))
    quote = f'{{"type":"TextQuoteSelector","exact":{exact},"prefix":{before},"suffix":{after}}}'
    position = f'{{"type":"TextPositionSelector","start":{start},"end":{end}}}'
    within = ",".join(
        f'{{"type":"CssSelector","value":"{TEXT}","refinedBy":{one}}}'
        for one in ((quote, position) if alone else (quote,))
    )
    here = f'{{"source":{page},"selector":[{within}]}}'
    return (
        f'[{here},{{"source":{bare},"format":"text/plain","selector":[{quote},{position}]}}]'
        if bare
        else here
    )


def selector(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Prefix, words and suffix that are unique in the text."""
    around = _AROUND
    while True:
        low, high = max(0, start - around), min(len(text), end + around)
        found = text[low:high]
        first = text.find(found)
        if text.find(found, first + 1) < 0 or (low == 0 and high == len(text)):
            return text[low:start], text[start:end], text[end:high]
        around *= 2
