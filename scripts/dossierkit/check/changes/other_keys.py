"""Keys of a page without a comparison of their own: corrections, authors, pictures, redirects, what only the engine reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from dossierkit.check.changes.kinds import Change, field_change, listed, value_of
from dossierkit.store.reader import PLACE
from dossierkit.store.schema import Key


def other_keys(
    old: object | None, new: object, keys: Iterable[Key], compared: Collection[str], prefix: str = ""
) -> Iterator[Change]:
    """Items that an existing page had or has now under keys of several values, apart from those `compared` elsewhere.

    A change of order is none: each of these lists is shown in an order of its own.
    """
    if old is None:
        return
    for key in keys:
        if not key.single and key.name not in compared:
            before, after = (_items(value_of(page, key.name)) for page in (old, new))
            yield from (
                change for change in listed(prefix + key.name, before, after) if change.how != "moved"
            )


def extra_keys(old: Any | None, new: Any) -> Iterator[Change]:  # noqa: ANN401 - a page of any kind
    """Keys of an existing page that Dossierkit does not know."""
    if old is None:
        return
    before, after = dict(old.extra), dict(new.extra)
    for name in dict.fromkeys((*before, *after)):
        was, now = (", ".join(_items(given.get(name))) for given in (before, after))
        if was != now:
            yield field_change(name, was, now)


def _items(value: object) -> list[str]:
    """The items of a value, each in words; none for an empty one."""
    if isinstance(value, tuple | list):
        return [words for item in value if (words := _words(item))]
    words = _words(value)
    return [words] if words else []


def _words(value: object) -> str:
    if is_dataclass(value):
        named = (getattr(value, one.name) for one in fields(value) if one.name not in PLACE)
        return ", ".join(filter(None, map(_words, named)))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_words(item)}" for name, item in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(_words, value))
    return "" if value is None or value == 0 else str(value)
