"""Scraper output: JSON Lines and CSV, one source for each record; lines that are FollowTheMoney entities are read as such."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import Any, BinaryIO

from dossierkit.ingest import followthemoney
from dossierkit.ingest.clean import one_line
from dossierkit.ingest.formats import Given, Opened
from dossierkit.ingest.record_fields import envelope, mapping_of, values
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Part, Source

_MOST_LINE = 32_000_000


def read(given: Given) -> Source:
    """Refuse: records must be split first."""
    raise RefusedError(f"{given.name} holds records: add it again, and each becomes a source")


def split(opened: Opened) -> Iterator[Part]:
    """One part for each record, in order. Raises RefusedError if none has text."""
    mapping = mapping_of(opened.mapping)
    lines = _rows(opened.stream) if opened.name.lower().endswith(".csv") else _lines(opened)
    first = next(lines, None)
    if first is None:
        raise RefusedError("contains no records: there is nothing to add")
    lines = chain([first], lines)
    if followthemoney.is_entity(first[2]):
        yield from followthemoney.documents(lines)
        return
    found = values(first[2], mapping)
    if not ({"text", "html"} & found.keys()):
        names = ", ".join(map(str, list(first[2])[:12]))
        raise RefusedError(
            f"its first record has no field for the text among {one_line(names)[:200]}: name it in a file, as `text: FIELD`, and give that with --mapping"
        )
    for number, raw, record in lines:
        fields = values(record, mapping)
        title = one_line(str(fields.get("title", ("", ""))[0]))[:80] or f"record-{number}"
        identifier = one_line(str(fields.get("id", ("", ""))[0]))[:500]
        yield Part(f"{title}.json", envelope(raw, mapping), f"record {number}", identifier)


def _lines(opened: Opened) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    """The objects of JSON Lines, each with line number and bytes."""
    stream: Any = (
        gzip.GzipFile(fileobj=opened.stream) if opened.name.lower().endswith(".gz") else opened.stream
    )
    number = 0
    try:
        while line := stream.readline(_MOST_LINE + 1):
            number += 1
            if len(line) > _MOST_LINE:
                raise RefusedError(
                    f"its line {number} has more than {_MOST_LINE:,} bytes: that is not a record"
                )
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                yield number, line, _object(line, number)
    except (OSError, EOFError, zlib.error):
        raise RefusedError("is damaged (it cannot be unpacked): get it again") from None


def _object(line: bytes, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise RefusedError(f"its line {number} is not JSON: each line must be one object") from None
    if not isinstance(value, dict):
        raise RefusedError(
            f"its line {number} is not a JSON object: each line must be one, with named fields"
        )
    return value


def _rows(stream: BinaryIO) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    """The rows of a CSV as objects, keyed by the first row. Raises RefusedError."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="strict", newline="")
    try:
        head = text.read(64_000)
        text.seek(0)
        try:
            dialect: Any = csv.Sniffer().sniff(head.split("\n", maxsplit=1)[0], ",;\t|")
        except csv.Error:
            dialect = csv.excel
        csv.field_size_limit(_MOST_LINE)
        for number, row in enumerate(csv.DictReader(text, dialect=dialect, strict=False), 2):
            named = {str(name): value for name, value in row.items() if name and isinstance(value, str)}
            yield number, json.dumps(named, ensure_ascii=False).encode("utf-8", "replace"), named
    except UnicodeDecodeError as error:
        raise RefusedError(f"byte {error.start} is not UTF-8: save the table as UTF-8") from None
    except csv.Error as error:
        raise RefusedError(f"is not a table that can be read ({error}): save it again as CSV") from None
    finally:
        with suppress(ValueError):  # already closed
            text.detach()
