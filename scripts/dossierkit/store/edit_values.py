"""New values as YAML text, in the style of the surrounding lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dossierkit.store.yamltext import date, quoted, scalar

Value = str | float | Sequence["Value"] | Mapping[str, "Value"]

_PLAIN_SAFE = re.compile(r"[^\W_][\w ,.;:!?()&/+–—’“”-]*\Z")


def inline(value: Value, key: str = "") -> str:
    """A value on one line, valid in flow context too. `key`: the key it belongs to."""
    if isinstance(value, str):
        return date(value) if key == "date" else scalar(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.8f}".rstrip("0").rstrip(".")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(name)}: {inline(sub, name)}" for name, sub in value.items()) + "}"
    return "[" + ", ".join(inline(item) for item in value) + "]"


def like(value: str, style: str | None, key: str = "") -> str:
    """A text in the quoting style of the scalar that it replaces (`'`, `"` or None for plain)."""
    if style == '"':
        return quoted(value)
    if style == "'" and _PLAIN_SAFE.match(value):
        return "'" + value.replace("'", "''") + "'"
    return inline(value, key)


def entry(key: str, value: Value, indent: int) -> str:
    """`key: value` with its line break: lists of mappings as lines below it, other values on the same line."""
    if isinstance(value, Mapping) and any(_deep(sub) for sub in value.values()):
        below = "".join(entry(name, sub, indent + 2) for name, sub in value.items())
        return f"{' ' * indent}{scalar(key)}:\n{below}"
    if isinstance(value, Sequence) and not isinstance(value, str) and _deep(value):
        below = "".join(item(sub, indent + 2, block=_is_block(sub)) for sub in value)
        return f"{' ' * indent}{scalar(key)}:\n{below}"
    return f"{' ' * indent}{scalar(key)}: {inline(value, key)}\n"


def item(value: Value, indent: int, *, block: bool) -> str:
    """`- value` with its line break; with `block`, a mapping has one key per line."""
    dash = f"{' ' * indent}- "
    if not (block and isinstance(value, Mapping)):
        return f"{dash}{inline(value)}\n"
    return dash + f"{' ' * (indent + 2)}".join(_lines(value))


def _lines(value: Mapping[str, Value]) -> Iterator[str]:
    return (f"{scalar(name)}: {inline(sub, name)}\n" for name, sub in value.items())


def _is_block(value: Value) -> bool:
    """Whether a mapping is written with one key per line; references are on one line."""
    return isinstance(value, Mapping) and not is_reference(value)


def is_reference(value: Mapping[str, Value]) -> bool:
    """Whether a mapping names an entity: `{id: ...}` or `{name: ..., type: ...}`."""
    return "id" in value or {"name", "type"} <= value.keys()


def _deep(value: Value) -> bool:
    """Whether a list or mapping is written on several lines."""
    if isinstance(value, str | int | float):
        return False
    return isinstance(value, Mapping) or bool(value)
