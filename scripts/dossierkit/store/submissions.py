"""Proposals sent by other programs: JSON Lines, or one JSON list. The only place where they are validated."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dossierkit.model.edtf import EdtfError
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.model.submission import (
    EntitySubmission,
    EntrySubmission,
    Maker,
    RecordSubmission,
    RelationSubmission,
    Selector,
    Submission,
    SubmissionError,
)
from dossierkit.text.printable import unreadable

MALFORMED = "D210"
_MOST_QUOTE, _MOST_LINE, _MOST_NAME = 2000, 500, 80
_LIST, _OBJECT = "list", "object"


@dataclass(frozen=True, slots=True)
class SubmissionKey:
    """A key of a submission. `form`: text | date | list | maker | entity; `most`: code points."""

    name: str
    description: str
    form: str = "text"
    most: int = _MOST_LINE
    required: bool = True


_ARTICLE = SubmissionKey("article", "Id of the article: its path below content/articles/ without `.md`.")
_RECORD = SubmissionKey("record", "Id of the authority record.")
_MAKER = SubmissionKey("maker", "Who proposes.", form="maker")
_WORDS = (
    SubmissionKey("quote", "Words of the article's text, copied exactly.", most=_MOST_QUOTE),
    SubmissionKey(
        "prefix", "The words directly before the quote, if it occurs more than once.", required=False
    ),
    SubmissionKey(
        "suffix", "The words directly after the quote, if it occurs more than once.", required=False
    ),
)
_COMMON = (_ARTICLE, _MAKER)
_OF_RECORD = (_RECORD, _ARTICLE, _MAKER)
KINDS: Mapping[str, tuple[SubmissionKey, ...]] = {
    "entity": (
        *_COMMON,
        SubmissionKey("entity", "Id of a record, or a title and a type.", form="entity"),
        *_WORDS,
    ),
    "entry": (
        *_COMMON,
        SubmissionKey(
            "date",
            "The date that the words give, as EDTF: 2016-05-29, 2016-05, 2016-05-29/2016-06-02, 2016~.",
            form="date",
        ),
        SubmissionKey("text", "The heading that readers see."),
        *_WORDS,
        SubmissionKey("entities", "Ids of the entities that the entry is about.", form=_LIST, required=False),
    ),
    "relation": (
        *_COMMON,
        SubmissionKey("from", "Id of the record that gets the relation."),
        SubmissionKey("type", "The kind of relation: `member of`."),
        SubmissionKey("to", "Id of the other record."),
        SubmissionKey("date", "EDTF.", form="date", required=False),
        *_WORDS,
    ),
    "description": (*_OF_RECORD, SubmissionKey("text", "One or two sentences."), *_WORDS),
    "alias": (*_OF_RECORD, SubmissionKey("text", "Another name of the same entity."), *_WORDS),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission, from line `line` (from 1) of the input. `said`: the submission, or why it is invalid."""

    line: int
    said: Submission | SubmissionError


def read(text: str) -> tuple[Sent, ...]:
    """All submissions, in order. Raises SubmissionError (D210) if the text is neither JSON Lines nor a JSON list."""
    return tuple(Sent(line, _read(value)) for line, value in _values(text.removeprefix("\ufeff")))


def _values(text: str) -> Iterator[tuple[int, object]]:
    if text.lstrip().startswith("["):
        try:
            yield from ((1, value) for value in json.loads(text))
        except (ValueError, RecursionError) as error:
            raise SubmissionError(MALFORMED, f"this is not JSON: {error}") from None
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _json(line)


def _json(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return SubmissionError(MALFORMED, f"the line is not JSON: {error}")


def _read(value: object) -> Submission | SubmissionError:
    try:
        return submission(value)
    except SubmissionError as error:
        return error


def submission(value: object) -> Submission:
    """Validate one submission. Raises SubmissionError (D210) with everything that is wrong with it."""
    if isinstance(value, SubmissionError):
        raise value
    if not isinstance(value, dict):
        raise SubmissionError(MALFORMED, "it is not a JSON object")
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise SubmissionError(MALFORMED, f"`kind` is {_shown(kind)}: expected one of {', '.join(KINDS)}")
    wrong = [*_unknown(value, kind), *_wrong(value, KINDS[kind])]
    if wrong:
        raise SubmissionError(MALFORMED, "; ".join(wrong))
    return _BUILD[kind](value)


def _unknown(value: Mapping[str, object], kind: str) -> Iterator[str]:
    known = {"kind", *(field.name for field in KINDS[kind])}
    for name in value.keys() - known:
        yield f"{_shown(name)} is not a key of `{kind}`"


def _wrong(value: Mapping[str, Any], fields: tuple[SubmissionKey, ...]) -> Iterator[str]:
    for field in fields:
        if field.name not in value:
            if field.required:
                yield f"`{field.name}` is missing: {field.description.rstrip('.')}"
        elif wrong := _CHECKS[field.form](value[field.name], field):
            yield f"`{field.name}` {wrong}"


def _text(value: object, field: SubmissionKey) -> str:
    """What is wrong with a text; empty if nothing is."""
    if not isinstance(value, str):
        return f"is {_shown(value)}: expected a text"
    if field.required and not value.strip():
        return "is empty"
    if len(value) > field.most:
        return f"has {len(value):,} characters: at most {field.most:,}"
    if field.name not in _QUOTED and ("\n" in value or "\r" in value):
        return "has a line break: write one line"
    return unreadable(value.replace("\n", " ").replace("\r", " "))


_QUOTED = frozenset(field.name for field in _WORDS)


def _date(value: object, field: SubmissionKey) -> str:
    if wrong := _text(value, field):
        return wrong
    try:
        parse_edtf(str(value).strip())
    except EdtfError as error:
        return f"is not an EDTF date: {error}"
    return ""


def _list(value: object, field: SubmissionKey) -> str:
    if not isinstance(value, list):
        return f"is {_shown(value)}: expected a list of ids"
    return next((wrong for one in value if (wrong := _text(one, field))), "")


def _maker(value: object, _: SubmissionKey) -> str:
    if not isinstance(value, dict) or not {"name", "version"} <= value.keys() <= {"name", "version", "run"}:
        return 'is not of the form {"name": ..., "version": ..., "run"?: ...}'
    for name, text in value.items():
        if wrong := _text(text, SubmissionKey(name, "", most=_MOST_NAME)):
            return f"has a `{name}` that {wrong}"
    return "has a `version` of several words" if len(value["version"].split()) != 1 else ""


def _entity(value: object, field: SubmissionKey) -> str:
    if isinstance(value, str):
        return _text(value, field)
    if not isinstance(value, dict) or value.keys() != {"title", "type"}:
        return 'is neither the id of a record nor {"title": ..., "type": ...}'
    if wrong := _text(value["title"], SubmissionKey("title", "")):
        return f"has a title that {wrong}"
    if value["type"] in ENTITY_TYPES:
        return ""
    return f"has the type {_shown(value['type'])}: expected one of {', '.join(ENTITY_TYPES)}"


_CHECKS: Mapping[str, Callable[[object, SubmissionKey], str]] = {
    "text": _text, "date": _date, _LIST: _list, "maker": _maker, "entity": _entity,
}  # fmt: skip


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= _MOST_NAME else f"{text[:_MOST_NAME]}..."


def _by(value: Mapping[str, Any]) -> Maker:
    maker = value["maker"]
    return Maker(" ".join(maker["name"].split()), maker["version"].strip(), maker.get("run", "").strip())


def _selector(value: Mapping[str, Any]) -> Selector:
    return Selector(*(value.get(field.name, "").strip() for field in _WORDS))


def _of_entity(value: Mapping[str, Any]) -> Submission:
    entity = value["entity"]
    common = (value["article"], _by(value), _selector(value))
    if isinstance(entity, str):
        return EntitySubmission(*common, id=entity)
    return EntitySubmission(*common, title=" ".join(entity["title"].split()), type=entity["type"])


def _of_entry(value: Mapping[str, Any]) -> Submission:
    return EntrySubmission(
        value["article"],
        _by(value),
        _selector(value),
        parse_edtf(value["date"].strip()).text,
        " ".join(value["text"].split()),
        tuple(dict.fromkeys(value.get("entities", ()))),
    )


def _of_relation(value: Mapping[str, Any]) -> Submission:
    date = value.get("date", "").strip()
    return RelationSubmission(
        value["article"],
        _by(value),
        _selector(value),
        value["from"],
        " ".join(value["type"].split()),
        value["to"],
        parse_edtf(date).text if date else "",
    )


def _of_record(value: Mapping[str, Any]) -> Submission:
    text = " ".join(value["text"].split())
    return RecordSubmission(
        value["record"], value["article"], _by(value), _selector(value), value["kind"], text
    )


_BUILD: Mapping[str, Callable[[Mapping[str, Any]], Submission]] = {
    "entity": _of_entity,
    "entry": _of_entry,
    "relation": _of_relation,
    "description": _of_record,
    "alias": _of_record,
}


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one submission."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A proposal for a dossier",
        "type": _OBJECT,
        "oneOf": [_kind_schema(kind, fields) for kind, fields in KINDS.items()],
    }


def _kind_schema(kind: str, fields: tuple[SubmissionKey, ...]) -> dict[str, Any]:
    return {
        "type": _OBJECT,
        "properties": {"kind": {"const": kind}, **{field.name: _field_schema(field) for field in fields}},
        "required": ["kind", *(field.name for field in fields if field.required)],
        "additionalProperties": False,
    }


def _field_schema(field: SubmissionKey) -> dict[str, Any]:
    text = {"type": "string", "minLength": int(field.required), "maxLength": field.most}
    line = {"type": "string", "minLength": 1, "maxLength": _MOST_NAME}
    forms: dict[str, dict[str, Any]] = {
        "text": text,
        "date": text,
        _LIST: {"type": "array", "items": {"type": "string", "minLength": 1}},
        "maker": _mapping_schema({"name": line, "version": line, "run": line}, required=("name", "version")),
        "entity": {
            "anyOf": [
                text,
                _mapping_schema(
                    {"title": text, "type": {"enum": list(ENTITY_TYPES)}}, required=("title", "type")
                ),
            ]
        },
    }
    return {"description": field.description, **forms[field.form]}


def _mapping_schema(properties: dict[str, Any], *, required: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": _OBJECT,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
