"""What agents may read of a repository, as values for JSON. Every call reads the files anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dossierkit.check.selection import RuleSelection
from dossierkit.evidence.candidates.leads import led
from dossierkit.evidence.gathering import sentence_anchors
from dossierkit.evidence.plain_text import plain_text
from dossierkit.merge.open import Open, open_items
from dossierkit.merge.page import conflict_words, in_words
from dossierkit.merge.page_items import ENTITIES, TIMELINE, open_page
from dossierkit.model.page import ArticlePage, Content, EntityRef, TimelineEntry
from dossierkit.model.record import Record
from dossierkit.store.content import load_content
from dossierkit.store.seeds import SUGGESTED, beside
from dossierkit.text.fold import fold
from dossierkit.workflow.check import run as check
from dossierkit.workflow.repository import Repository, last_proposal

_WITHDRAWN = "withdrawn"
_AROUND = 120  # code points of text shown on either side of a match


class UnknownPageError(LookupError):
    """The page does not exist, or is withdrawn."""


def search(root: Path, query: str, limit: int) -> list[dict[str, Any]]:
    """Records and articles that contain every word of the query, records first, then articles by id.

    Case and accents are ignored.
    """
    words = fold(query).split()
    if not words:
        return []
    content = _content(root)
    found = (*_found_records(content, words), *_found_articles(content, words))
    return list(found[:limit])


def _content(root: Path) -> Content:
    return load_content(root / "content", root)[0]


def _found_records(content: Content, words: Iterable[str]) -> Iterator[dict[str, Any]]:
    for record in content.records.values():
        text = fold(" ".join([*record.names, record.description]))
        if record.status != _WITHDRAWN and all(word in text for word in words):
            yield {"kind": "record", **_record(record)}


def _found_articles(content: Content, words: list[str]) -> Iterator[dict[str, Any]]:
    for page in content.articles.values():
        text = fold(f"{page.title} {page.body}")
        if page.status != _WITHDRAWN and all(word in text for word in words):
            yield {"kind": "article", **_head(page), "excerpt": _excerpt(page.body, words[0])}


def _excerpt(text: str, word: str) -> str:
    plain = plain_text(text)
    at = max(0, fold(plain).find(word))
    return " ".join(plain[max(0, at - _AROUND) : at + _AROUND].split())


def article(root: Path, id_: str) -> dict[str, Any]:
    """An article with its text, its sentences, and the items in its page, decided and waiting. Raises UnknownPageError.

    `reviewed`: whether an editor accepted or wrote the item; those in `waiting` are not in the page yet.
    """
    content = _content(root)
    page = content.articles.get(id_)
    if page is None or page.status == _WITHDRAWN:
        raise UnknownPageError(f"there is no article `{id_}`: find its id with `search`")
    text = plain_text(page.body)
    asked = [
        (one, one.page_item)
        for one in _open(root, page, led(content.records))
        if one.page_item and not one.conflict
    ]
    unseen = {place.path for _, place in asked if not place.proposed}
    return {
        **_head(page),
        "source": {"publisher": page.source.publisher, "url": page.source.url},
        "text": text,
        "sentences": [
            {
                "id": anchor.id,
                "start": anchor.start,
                "end": anchor.end,
                "text": " ".join(text[anchor.start : anchor.end].split()),
            }
            for anchor in sentence_anchors(text, page.lang)
        ],
        "entities": [
            {**_reference(ref), "reviewed": (ENTITIES, at) not in unseen}
            for at, ref in enumerate(page.entities)
        ],
        "timeline": [
            {**_entry(entry), "reviewed": (TIMELINE, at) not in unseen}
            for at, entry in enumerate(page.timeline)
        ],
        "waiting": [_item(one) for one, place in asked if place.proposed],
    }


def record(root: Path, id_: str) -> dict[str, Any]:
    """An authority record. Raises UnknownPageError."""
    found = _content(root).records.get(id_)
    if found is None or found.status == _WITHDRAWN:
        raise UnknownPageError(f"there is no record `{id_}`: find its id with `search`")
    return {
        **_record(found),
        "weak_aliases": [name.text for name in found.weak_aliases],
        "same_as": list(found.same_as),
        "relations": [
            {
                key: getattr(relation, key)
                for key in ("type", "to", "date", "article", "quote")
                if getattr(relation, key)
            }
            for relation in found.relations
        ],
        "status": found.status,
    }


def questions(root: Path, id_: str = "") -> list[dict[str, Any]]:
    """The open decisions in an article, or in all articles: questions, and conflicts between page and proposal."""
    found = []
    content = _content(root)
    records_of = led(content.records)
    for page in _articles(content, id_):
        for one in _open(root, page, records_of):
            if one.question is not None:
                asked = {"question": one.question.text, "candidates": list(one.question.candidates)}
                found.append({"article": page.id, **asked, "quote": one.question.quote})
            elif one.conflict is not None:
                found.append({"article": page.id, "conflict": str(conflict_words(one.conflict))})
    return found


def problems(root: Path, id_: str = "") -> list[dict[str, Any]]:
    """What `dossier check` reports about an article, or about everything."""
    paths = {page.path for page in _articles(_content(root), id_)} if id_ else None
    found = (checked.problem for checked in check(root, RuleSelection()).found)
    return [
        {
            "path": diagnostic.path,
            "line": diagnostic.line,
            "code": diagnostic.code,
            "severity": diagnostic.severity,
            "message": diagnostic.message,
        }
        for diagnostic in found
        if paths is None or diagnostic.path in paths
    ]


def _articles(content: Content, id_: str) -> list[ArticlePage]:
    every = content.articles
    if not id_:
        return [page for page in every.values() if page.status != _WITHDRAWN]
    if id_ not in every:
        raise UnknownPageError(f"there is no article `{id_}`: find its id with `search`")
    return [every[id_]]


def _open(root: Path, page: ArticlePage, records_of: Mapping[str, str]) -> tuple[Open, ...]:
    if not page.source.file:
        return ()
    repository = Repository(root)
    last, _ = last_proposal(repository, beside(page.source.file, SUGGESTED))
    return open_items(open_page(page.path, repository.page(page.path)), last, records_of)


def _head(page: ArticlePage) -> dict[str, Any]:
    return {"id": page.id, "title": page.title, "date": page.date, "lang": page.lang, "status": page.status}


def _record(one: Record) -> dict[str, Any]:
    aliases = [name.text for name in one.strong_names if name.text != one.title]
    return {
        "id": one.id,
        "title": one.title,
        "type": one.type,
        "aliases": aliases,
        "description": one.description,
    }


def _reference(ref: EntityRef) -> dict[str, Any]:
    named: Mapping[str, Any] = {"title": ref.name, "type": ref.type} if ref.name else {}
    return {"id": ref.id, **named, **({"also": list(ref.also)} if ref.also else {})}


def _entry(entry: TimelineEntry) -> dict[str, Any]:
    return {"date": entry.date, "text": entry.text, "quote": entry.quote}


def _item(one: Open) -> dict[str, Any]:
    item = one.entity or one.entry
    return {"kind": one.name, "what": in_words(item) if item else ""}
