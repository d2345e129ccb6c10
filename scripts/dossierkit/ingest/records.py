"""Scraper output: JSON Lines and CSV, one source for each record; its fields become facts by a given mapping, else by usual names. Lines
that are FollowTheMoney entities are read as such.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any, BinaryIO

import yaml

from dossierkit.ingest import followthemoney
from dossierkit.ingest.clean import one_line
from dossierkit.ingest.formats import Given, Opened
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Part, Source
from dossierkit.text import data
from dossierkit.text.repeated_keys import repeated

_MOST_LINE = 32_000_000
FIELDS: tuple[str, ...] = (
    "title",
    "html",
    "text",
    "date",
    "author",
    "publisher",
    "url",
    "lang",
    "id",
    "tags",
    "rights",
)
_MARK = "dossier_record"


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


def mapping_of(file: bytes | None) -> dict[str, str]:
    """Read a mapping file: fact -> field of the record, `a.b` for nested ones. Raises RefusedError if it is not one."""
    if file is None:
        return {}
    try:
        text = file.decode("utf-8-sig")
        value = yaml.load(text, Loader=data.LOADER)  # noqa: S506 -- it is a safe loader
        twice = next(repeated(yaml.compose(text, Loader=data.LOADER), ""), None)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise RefusedError(
            "the mapping is not YAML in UTF-8: write a line `title: headline` for each field"
        ) from None
    if twice:
        raise RefusedError(f"line {twice.line} of the mapping: {twice.message}")
    if not isinstance(value, dict) or not value:
        raise RefusedError("the mapping holds no lines such as `title: headline`: write one for each field")
    unknown = [str(name) for name in value if name not in FIELDS]
    if unknown:
        raise RefusedError(f"the mapping's `{unknown[0][:60]}` means nothing here: use {', '.join(FIELDS)}")
    return {str(name): str(field) for name, field in value.items()}


def values(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, tuple[Any, str]]:
    """A record's values by fact, each with its field's name. A mapping has precedence for what it names."""
    found: dict[str, tuple[Any, str]] = {}
    usual = {_folded(name): name for name in reversed(list(record))}
    for name in FIELDS:
        path = mapping.get(name) or next(
            (
                usual[one]
                for one in data.load("recordfields")["fields"][name]
                if one in usual and record[usual[one]]
            ),
            "",
        )
        value = record.get(path, _deep(record, path)) if path else None
        if value not in (None, "", [], {}):
            found[name] = value, path
    return found


def envelope(record: bytes, mapping: Mapping[str, str]) -> bytes:
    """A record as a source: its original bytes, and the mapping to read them with."""
    head = json.dumps(dict(sorted(mapping.items())), ensure_ascii=False)
    return b'{"%s": 1,\n"mapping": %s,\n"record": %s}\n' % (_MARK.encode(), head.encode(), record.strip())


def is_envelope(value: object) -> bool:
    return isinstance(value, dict) and _MARK in value and isinstance(value.get("record"), dict)


def _folded(name: str) -> str:
    return "".join(char for char in str(name).lower() if char not in "_- ")


def _deep(record: Any, path: str) -> Any:  # noqa: ANN401 - JSON of any shape
    for name in path.split("."):
        if isinstance(record, list) and name.isdecimal() and int(name) < len(record):
            record = record[int(name)]
        elif isinstance(record, dict):
            record = record.get(name)
        else:
            return None
    return record
