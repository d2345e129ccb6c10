"""Map the fields of a scraper's record to facts: by a given mapping, else by usual names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from dossierkit.ingest.refusal import RefusedError
from dossierkit.text import data
from dossierkit.text.repeated_keys import repeated

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
