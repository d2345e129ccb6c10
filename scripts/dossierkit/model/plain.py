"""Model values <-> plain values for JSON. Decoding cannot run code or create unknown types.

A dataclass or named tuple becomes a list of its fields, other tuples a list, a mapping with text keys an object. A
field of type `object` holds front-matter values: lists, mappings, texts, numbers, dates.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_Kind = TypeVar("_Kind")
_Change = Callable[[Any], Any]
_SIMPLE = frozenset({str, int, float, bool, type(None)})
_ANY = frozenset({object, Any})
_DATES: Mapping[type[date], str] = {date: "\0date", datetime: "\0datetime"}
compact = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
"""JSON of plain values, without spaces. Nothing in them contains itself; looking for it takes a tenth of the time."""


class UnkeepableError(ValueError):
    """A value that cannot be restored unchanged."""


def dumps(value: Any) -> bytes:  # noqa: ANN401 - of a class with fields, or what JSON can hold
    """JSON of a dataclass or named tuple, or of plain values. Raises UnkeepableError."""
    kind: Any = type(value)
    try:
        plain = _writer(kind)(value) if _has_fields(kind) else value
        return compact(plain).encode("utf-8", "surrogatepass")
    except (TypeError, ValueError) as error:
        raise UnkeepableError(str(error)) from error


def loads(kind: type[_Kind], data: bytes) -> _Kind:
    """The value of a kind from JSON of `dumps`."""
    asked: Any = kind
    value: _Kind = _reader(asked)(parse(data))
    return value


def parse(data: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(data.decode("utf-8", "surrogatepass"))


def join_lines(lines: Mapping[str, bytes]) -> bytes:
    """Named JSON texts without line breaks, joined to one text."""
    return b"\n".join(part for name, line in lines.items() for part in (name.encode(), line))


def split_lines(data: bytes) -> dict[str, bytes]:
    """The inverse of `join_lines`."""
    parts = data.split(b"\n") if data else []
    return {name.decode(): line for name, line in zip(parts[::2], parts[1::2], strict=True)}


def digest(data: bytes) -> str:
    """128 bits, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of(text: str) -> str:
    """The same of a text, which may hold half of a character."""
    return digest(text.encode("utf-8", "surrogatepass"))


def digested(part: Callable[[], object]) -> str:
    """The digest of the JSON of the value that `part` returns; empty if it has none."""
    try:
        return digest(dumps(part()))
    except UnkeepableError:
        return ""


@cache
def _writer(kind: Any) -> _Change:  # noqa: ANN401 - a type, or what `typing` makes of one
    if _has_fields(kind):
        return _fields_writer(kind)
    return _changes(kind, _writer, list, _checked)


@cache
def _reader(kind: Any) -> _Change:  # noqa: ANN401 - as above
    if _has_fields(kind):
        changes = _of_fields(kind, _reader)
        if not changes:
            return lambda parts: kind(*parts)
        return lambda parts: kind(*_changed(list(parts), changes))
    return _changes(kind, _reader, tuple, _restored)


def _has_fields(kind: Any) -> bool:  # noqa: ANN401 - as above
    return is_dataclass(kind) or hasattr(kind, "_fields")


def _names(kind: Any) -> list[str]:  # noqa: ANN401 - as above
    return list(kind._fields) if hasattr(kind, "_fields") else [field.name for field in fields(kind)]


def _fields_writer(kind: Any) -> _Change:  # noqa: ANN401 - as above
    names = _names(kind)
    changes = _of_fields(kind, _writer)
    if len(names) == 1:
        only = changes.get(0, _same)
        return lambda value: [only(getattr(value, names[0]))]
    values = attrgetter(*names)
    if not changes:
        return lambda value: list(values(value))
    return lambda value: _changed(list(values(value)), changes)


def _of_fields(kind: Any, way: Callable[[Any], _Change]) -> dict[int, _Change]:  # noqa: ANN401 - as above
    """Conversion by field; fields without one stay as they are."""
    hints = get_type_hints(kind)
    kinds = [hints[name] for name in _names(kind)]
    return {number: way(hint) for number, hint in enumerate(kinds) if hint not in _SIMPLE}


def _changed(values: list[Any], changes: Mapping[int, _Change]) -> list[Any]:
    for number, change in changes.items():
        values[number] = change(values[number])
    return values


def _changes(kind: Any, way: Callable[[Any], _Change], sequence: _Change, other: _Change) -> _Change:  # noqa: ANN401 - as above
    """Conversion for anything but dataclasses. `sequence`: result type for tuples; `other`: conversion of the type `object`."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _SIMPLE or kind in _ANY or origin is Literal:
        return other if kind in _ANY else _same
    if origin in (Union, types.UnionType):
        change = way(next(one for one in inner if one is not type(None)))
        return lambda value: None if value is None else change(value)
    if origin is tuple and inner[-1] is ...:
        if inner[0] in _SIMPLE:
            return sequence
        each = way(inner[0])
        return lambda value: sequence([each(one) for one in value])
    if origin is tuple:
        ways = [way(one) for one in inner]
        return lambda value: sequence([change(one) for change, one in zip(ways, value, strict=True)])
    if origin is not None and issubclass(origin, Mapping) and inner[0] is str:
        each = way(inner[1])
        return lambda value: {key: each(one) for key, one in value.items()}
    raise TypeError(f"no way to keep {kind}")


def _same(value: Any) -> Any:  # noqa: ANN401 - whatever it is
    return value


def _checked(value: Any) -> Any:  # noqa: ANN401 - as above
    """The value after encoding and decoding."""
    if type(value) is list:
        return [_checked(one) for one in value]
    if type(value) is dict:
        if not all(type(key) is str and not key.startswith("\0") for key in value):
            raise UnkeepableError("a key that is no text")
        return {key: _checked(one) for key, one in value.items()}
    if type(value) in _DATES:
        return {_DATES[type(value)]: value.isoformat()}
    if type(value) not in _SIMPLE:
        raise UnkeepableError(f"a {type(value).__name__}")
    return value


def _restored(value: Any) -> Any:  # noqa: ANN401 - as above
    if type(value) is list:
        return [_restored(one) for one in value]
    if type(value) is dict:
        for kind, sign in _DATES.items():
            if sign in value:
                return kind.fromisoformat(value[sign])
        return {key: _restored(one) for key, one in value.items()}
    return value
