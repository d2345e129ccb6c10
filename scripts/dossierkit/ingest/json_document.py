"""One JSON document: a scraper's record, a FollowTheMoney entity, or a list of either."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from dossierkit.ingest import followthemoney, ghost, records
from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.days import day
from dossierkit.ingest.facts import fact, paragraphs, source_of
from dossierkit.ingest.formats import Given, Opened
from dossierkit.ingest.html.fragment import markup_blocks
from dossierkit.ingest.records import is_envelope, values
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Fact, Part, Source

_MOST = 64_000_000
_TOO_DEEP = RefusedError("is JSON that is nested too deeply to be read")


def read(given: Given) -> Source:
    """The document. Raises RefusedError."""
    try:
        return _read(_parsed(given.data))
    except RecursionError:
        raise _TOO_DEEP from None


def _read(value: Any) -> Source:  # noqa: ANN401 - JSON of any shape
    if followthemoney.is_entity(value):
        return followthemoney.read_entity(value)
    if is_envelope(value):
        return _record(value["record"], value.get("mapping") or {})
    if isinstance(value, dict):
        return _record(value, {})
    raise RefusedError("is JSON, but no object with named fields: there is nothing to read in it")


def split(opened: Opened) -> Iterator[Part]:
    """Split a list like records, lines like JSON Lines; a single object is one part. Raises RefusedError."""
    data = opened.stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise RefusedError(f"has more than {_MOST:,} bytes: write it as JSON Lines (.jsonl), a record a line")
    lines = data
    try:
        value = json.loads(data)
    except RecursionError:
        raise _TOO_DEEP from None
    except ValueError:
        value = None
    if (exported := ghost.tables(value)) is not None:
        yield from ghost.parts(exported)
        return
    if isinstance(value, dict) and isinstance(value.get("results", value.get("articles")), list):
        value = value.get("results", value.get("articles"))
    if isinstance(value, list):
        lines = b"".join(
            json.dumps(one, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for one in value
        )
    elif isinstance(value, dict) and opened.mapping is None:
        identifier = value.get("id") if followthemoney.is_entity(value) else ""
        yield Part(opened.name, data, "", one_line(str(identifier or ""))[:500])
        return
    yield from records.split(Opened(f"{opened.name}.jsonl", io.BytesIO(lines), opened.mapping))


def _parsed(data: bytes) -> Any:  # noqa: ANN401 - JSON of any shape
    try:
        return json.loads(data)
    except ValueError:
        raise RefusedError("is not JSON: one object, a list of them, or one a line is read") from None


def _record(record: dict[str, Any], mapping: Mapping[str, str]) -> Source:
    fields = values(record, {str(name): str(field) for name, field in mapping.items()})
    text, html = (fields.get(name, ("", ""))[0] for name in ("text", "html"))
    if html and isinstance(html, str) and not text:
        blocks = markup_blocks(html)
    else:
        blocks = paragraphs(_lines(clean(_text(text))[0]))
    facts = {
        "title": _fact(fields, "title"), "author": _fact(fields, "author"), "publisher": _fact(fields, "publisher"),
        "url": _address(_fact(fields, "url")), "lang": _fact(fields, "lang"), "rights": _fact(fields, "rights"),
        "identifier": _fact(fields, "id"), "published": _day(_fact(fields, "date")),
    }  # fmt: skip
    said = _fact(fields, "date")
    unread = f"the day “{said.value[:60]}” in {said.origin} can be read in more than one way, or in none: set `date:` in the page"
    notes = (unread,) if said and not facts["published"] else ()
    return source_of(blocks, facts, notes, tags=_tags(fields.get("tags", ("", ""))[0]))


def _lines(text: str) -> str:
    """Paragraphs at single line breaks too, which many scrapers write between paragraphs."""
    return text if "\n\n" in text else text.replace("\n", "\n\n")


def _text(value: Any) -> str:  # noqa: ANN401 - JSON of any shape
    if isinstance(value, list):
        return "\n\n".join(map(_text, value))
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("text") or "")
    return "" if value is None else str(value)


def _fact(fields: Mapping[str, tuple[Any, str]], name: str) -> Fact:
    value, field = fields.get(name, ("", ""))
    joined = ", ".join(
        one for part in (value if isinstance(value, list) else [value]) if (one := _text(part))
    )
    return fact(joined[:2_000], f"its field {one_line(field)}")


def _address(found: Fact) -> Fact:
    return found if found.value.startswith(("http://", "https://")) and " " not in found.value else Fact()


def _day(found: Fact) -> Fact:
    return fact(day(found.value), found.origin)


def _tags(value: Any) -> list[str]:  # noqa: ANN401 - JSON of any shape
    listed = value if isinstance(value, list) else str(value).replace(";", ",").split(",")
    return list(dict.fromkeys(tag for one in listed if (tag := one_line(_text(one))) and len(tag) < 60))[:30]
