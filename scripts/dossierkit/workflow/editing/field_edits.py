"""Sets fields of a page in place, with every other byte unchanged; the result must be a readable page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from dossierkit.merge.apply import value_at
from dossierkit.model.media import Medium
from dossierkit.store.content import id_of
from dossierkit.store.edit import Edit, EditError, Insert, Put, Remove, apply
from dossierkit.store.edit_nodes import Path
from dossierkit.store.edit_values import Value, inline
from dossierkit.store.page_parser import READERS
from dossierkit.text.fold import slug
from dossierkit.text.printable import unreadable

_PICTURE = ("src", "alt", "caption", "credit")
Field = tuple[Path, Value | None]
"""A path in the front matter and its new value; None or an empty value removes it."""


def id_for(title: str) -> str:
    """The id of a new page, made from its title. Raises EditError for a title that nobody could read."""
    if not any(map(str.isalnum, title)) or unreadable(title):
        raise EditError("a title with letters is needed")
    return slug(title)


def with_fields(text: str, path: str, fields: Iterable[Field], order: Sequence[str]) -> str:
    """The page with these fields. Raises EditError, and DiagnosticsError if the result is not readable.

    `order`: the usual order of keys in such a page.
    """
    for place, value in fields:
        text = apply(text, _edits(text, place, value, order), path)
    return checked(text, path)


def _edits(text: str, place: Path, value: Value | None, order: Sequence[str]) -> Iterator[Edit]:
    now = value_at(text, place)
    if value in (None, "", [], (), {}):
        yield from [] if now is None else [Remove(place)]
    elif isinstance(value, Mapping) and isinstance(now, dict):
        for key in (*value, *(key for key in now if key not in value)):
            yield from _edits(text, (*place, key), value.get(key), tuple(value))
    elif isinstance(value, list | tuple) and isinstance(now, list):
        yield from _list_edits(place, now, value)
    elif len(place) > 1 and value_at(text, place[:-1]) is None:
        yield Put(place[:-1], {str(place[-1]): value or ""}, _before(order, str(place[0])))
    elif value is not None and now != plain(value):
        yield Put(place, value, _before(order, str(place[-1])))


def _list_edits(place: Path, now: Sequence[object], value: Sequence[Value]) -> Iterator[Edit]:
    """Edits that remove and insert items from the end on, so that earlier indices stay valid; unchanged items are not touched."""
    wanted = [plain(one) for one in value]
    before, after = [repr(one) for one in now], [repr(one) for one in wanted]
    for tag, low, high, start, end in reversed(
        SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    ):
        if tag == "equal":
            continue
        yield from (Remove((*place, at)) for at in range(high - 1, low - 1, -1))
        yield from (Insert(place, value[at], low) for at in range(end - 1, start - 1, -1))


def plain(value: Value) -> object:
    """The value in the form in which `value_at` returns it once written."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return inline(value)
    if isinstance(value, Mapping):
        return {name: plain(sub) for name, sub in value.items()}
    return [plain(sub) for sub in value]


def _before(order: Sequence[str], key: str) -> tuple[str, ...]:
    return tuple(order[: order.index(key)]) if key in order else tuple(order)


def with_body(text: str, body: str) -> str:
    """The page with another body. Raises EditError if it has no front matter."""
    head, mark, _ = text.replace("\r\n", "\n").partition("\n---\n")
    if not mark:
        raise EditError("the page has no front matter")
    return f"{head}{mark}{body.strip(chr(10))}\n" if body.strip() else f"{head}{mark}"


def checked(text: str, path: str) -> str:
    """The text. Raises DiagnosticsError if it is not a readable page of the kind that belongs at `path`."""
    if read := READERS.get(path.removeprefix("content/").partition("/")[0]):
        read(id_of(path), path, text.replace("\r\n", "\n"))
    return text


def picture_of(image: Medium | None) -> dict[str, str]:
    """The fields of a lead picture, by name; empty values without one."""
    return {f"image.{name}": str(getattr(image, name, "") or "") for name in _PICTURE}


def picture_fields(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Field]:
    """The changed fields of a lead picture; an empty file name removes the picture."""
    if now["image.src"]:
        changed = [f"image.{name}" for name in _PICTURE if now[f"image.{name}"] != before[f"image.{name}"]]
        yield from ((tuple(name.split(".")), now[name]) for name in changed)
    elif before["image.src"]:
        yield ("image",), None


def lines_of(text: str) -> list[str]:
    """The items of a field with one item per line."""
    return [line.strip() for line in text.split("\n") if line.strip()]
