"""FollowTheMoney documents, as exported by OpenAleph and other dossiers (https://followthemoney.tech, schemata of 4.11)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.days import day
from dossierkit.ingest.facts import fact, first, paragraphs, source_of
from dossierkit.ingest.html.fragment import markup_blocks
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Fact, Mark, Part, Source, inked

_DOCUMENTS = frozenset(
    "Document PlainText HyperText Pages Email Message Article Table Workbook Folder Package Image Video Audio Note Post".split()
)
_MOST_PAGES = 50_000_000  # characters of pages waiting for their document


def is_entity(record: object) -> bool:
    """Whether a JSON object is an entity of FollowTheMoney."""
    return (
        isinstance(record, dict)
        and isinstance(record.get("schema"), str)
        and isinstance(record.get("properties"), dict)
        and "id" in record
    )


def documents(lines: Iterable[tuple[int, bytes, dict[str, Any]]]) -> Iterator[Part]:
    """The documents among entities that contain text, with their pages (`Page`). Raises RefusedError if there is none."""
    waiting: dict[str, tuple[int, dict[str, Any]]] = {}
    pages: dict[str, list[dict[str, Any]]] = {}
    found = size = 0
    for number, raw, entity in lines:
        if not is_entity(entity):
            raise RefusedError(
                f"its line {number} is not an entity of FollowTheMoney: it lacks `id`, `schema` or `properties`"
            )
        if entity["schema"] == "Page":
            size += len(raw)
            if size > _MOST_PAGES:
                raise RefusedError(
                    f"its pages have more than {_MOST_PAGES:,} bytes in all: export fewer documents"
                )
            pages.setdefault(_one(entity, "document"), []).append(entity)
        elif entity["schema"] == "Pages" and not _texts(entity, "bodyText"):
            waiting[str(entity["id"])] = number, entity
        elif entity["schema"] in _DOCUMENTS and (_texts(entity, "bodyText") or _texts(entity, "bodyHtml")):
            found += 1
            yield _part(number, entity)
    for id_, (number, entity) in waiting.items():
        if pages.get(id_):
            found += 1
            yield _part(number, {**entity, "pages": sorted(pages[id_], key=_index)})
    if not found:
        raise RefusedError(
            "contains no document with text (`bodyText`): export the documents, not only who is named in them"
        )


def _part(number: int, entity: dict[str, Any]) -> Part:
    name = first(*_title_facts(entity)).value[:80] or f"document-{number}"
    data = json.dumps(entity, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace") + b"\n"
    return Part(f"{name}.json", data, f"line {number}", one_line(str(entity["id"]))[:500])


def read_entity(entity: dict[str, Any]) -> Source:
    """A document. Raises RefusedError if it has no text."""
    paged = [one for one in entity.get("pages") or [] if is_entity(one)]
    html = "\n".join(_texts(entity, "bodyHtml"))
    marks: tuple[Mark, ...] = ()
    if paged:
        blocks, marks = _paged(paged)
    elif html and not _texts(entity, "bodyText"):
        blocks = markup_blocks(html)
    else:
        blocks = paragraphs(clean("\n\n".join(_texts(entity, "bodyText")))[0])
    return source_of(blocks, _facts(entity), tags=_texts(entity, "keywords"), pages=marks)


def _paged(pages: list[dict[str, Any]]) -> tuple[list[str], tuple[Mark, ...]]:
    blocks: list[str] = []
    marks: list[Mark] = []
    at = 0
    for page in pages:
        text = clean("\n\n".join(_texts(page, "bodyText")))[0]
        marks.append(Mark(at, str(_index(page))))
        blocks += paragraphs(text)
        at += inked(text)
    return blocks, tuple(marks)


def _facts(entity: dict[str, Any]) -> dict[str, Fact]:
    def said(*names: str) -> Fact:
        return first(*(fact(", ".join(_texts(entity, name)), f"its property {name}") for name in names))

    def dated(*names: str) -> Fact:
        return first(*(fact(day(_one(entity, name)), f"its property {name}") for name in names))

    return {
        "title": first(*_title_facts(entity)),
        "published": dated("publishedAt", "date", "authoredAt"),
        "author": said("author", "from", "sender"),
        "publisher": said("publisher"),
        "url": first(
            *(one for name in ("publisherUrl", "sourceUrl") if (one := said(name)).value.startswith("http"))
        ),
        "lang": fact(_one(entity, "language"), "its property language"),
        "identifier": fact(str(entity["id"]), "its id"),
    }


def _title_facts(entity: dict[str, Any]) -> Iterator[Fact]:
    for name in ("title", "subject", "name", "fileName"):
        yield fact(_one(entity, name), f"its property {name}")


def _texts(entity: dict[str, Any], name: str) -> list[str]:
    value = entity["properties"].get(name)
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str) and one.strip()]


def _one(entity: dict[str, Any], name: str) -> str:
    return next(iter(_texts(entity, name)), "")


def _index(page: dict[str, Any]) -> int:
    number = _one(page, "index")
    return int(number) if number.isdecimal() and len(number) < 9 else 0
