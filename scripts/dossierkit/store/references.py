"""Every place in a page that names an authority record or an article by its id, and the page with other ids there; every other
byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import dirname, relpath
from typing import Any

from dossierkit.store.edit import Append, Edit, Put, Remove, apply, front_matter_values
from dossierkit.store.edit_nodes import Path
from dossierkit.text.links import addresses, target

_HEAD = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.MULTILINE | re.DOTALL)


def reidentified(text: str, kind: str, ids: Mapping[str, str], path: str = "") -> str:
    """A page's text with those ids replaced that are keys of `ids`. `kind`: articles | entities | dossiers.

    If a list then names one record twice, the first item stays, with the forms (`also:`) of both. Raises EditError if the page
    cannot be edited in place, DiagnosticsError if it cannot be read.
    """
    values = front_matter_values(text, path)
    return apply(text, tuple(_edits(values, kind, ids)), path)


def with_article_id(text: str, kind: str, old: str, new: str, path: str) -> str:
    """A page's text with another id of an article, where a dossier lists it or a relation cites it. Arguments and errors as above."""
    key, name = {"dossiers": ("articles", "id"), "entities": ("relations", "article")}.get(kind, ("", ""))
    if not key or old not in text:
        return text
    items: Any = front_matter_values(text, path).get(key)
    return apply(text, tuple(_named(items, key, name, old, new)), path)


def _named(items: Any, key: str, name: str, old: str, new: str) -> Iterator[Edit]:  # noqa: ANN401 -- as read
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if item == old:
            yield Put((key, at), new)
        elif isinstance(item, Mapping) and item.get(name) == old:
            yield Put((key, at, name), new)


def _edits(values: Mapping[str, Any], kind: str, ids: Mapping[str, str]) -> Iterator[Edit]:
    if kind == "dossiers":
        yield from _listed(values, ("cast",), ids)
        for key in ("entities_any", "entities_all"):
            yield from _texts(values, ("select", key), ids)
    elif kind == "entities":
        yield from _relations(values.get("relations"), ids)
        yield from _texts(values, ("not_same_as",), ids)
    else:
        for top in ((), ("proposed",)):
            yield from _listed(values, (*top, "entities"), ids)
            entries = _at(values, (*top, "timeline"))
            for number, _ in enumerate(entries if isinstance(entries, list) else ()):
                yield from _texts(values, (*top, "timeline", number, "entities"), ids)
                yield from _texts(values, (*top, "timeline", number, "event"), ids)


def _at(values: Any, path: Path) -> Any:  # noqa: ANN401 -- plain texts, lists and mappings
    for step in path:
        if isinstance(step, int):
            values = values[step]
        else:
            values = values.get(step) if isinstance(values, dict) else None
    return values


def _listed(values: Mapping[str, Any], path: Path, ids: Mapping[str, str]) -> Iterator[Edit]:
    """Edits of a list of entities: plain ids, or mappings with an `id`."""
    items = _at(values, path)
    if not isinstance(items, list):
        return
    first: dict[str, int] = {}
    twice: list[tuple[int, int]] = []
    for number, item in enumerate(items):
        old = str(item.get("id") if isinstance(item, dict) else item)
        new = ids.get(old, old)
        if new in first and new in ids.values():
            twice.append((first[new], number))
            continue
        first.setdefault(new, number)
        if new != old:
            yield Put((*path, number, "id") if isinstance(item, dict) else (*path, number), new)
    for stays, goes in twice:
        named = ids.get(str(items[stays]), str(items[stays]))
        yield from _forms((*path, stays), items[stays], items[goes], named)
    for _, goes in reversed(twice):
        yield Remove((*path, goes))


def _forms(path: Path, stays: Any, goes: Any, named: str) -> Iterator[Edit]:  # noqa: ANN401 -- as read
    """Edits that give the forms of a removed item to the item that stays."""
    had = _strings(stays.get("also")) if isinstance(stays, dict) else ()
    more = [
        form for form in (_strings(goes.get("also")) if isinstance(goes, dict) else ()) if form not in had
    ]
    if not more:
        return
    if not isinstance(stays, dict):
        yield Put(path, {"id": named, "also": more})
    else:
        yield from (Append((*path, "also"), form) for form in more)


def _texts(values: Mapping[str, Any], path: Path, ids: Mapping[str, str]) -> Iterator[Edit]:
    """Edits of a list of ids, or of a single id."""
    found = _at(values, path)
    if isinstance(found, str):
        if found in ids:
            yield Put(path, ids[found])
        return
    seen: set[str] = set()
    twice: list[int] = []
    for number, old in enumerate(_strings(found)):
        new = ids.get(old, old)
        if new in seen and new in ids.values():
            twice.append(number)
        elif new != old:
            yield Put((*path, number), new)
        seen.add(new)
    yield from (Remove((*path, number)) for number in reversed(twice))


def _relations(items: Any, ids: Mapping[str, str]) -> Iterator[Edit]:  # noqa: ANN401 -- as read
    """Edits of relations to the record; of two equal ones, the first stays."""
    seen: list[dict[str, Any]] = []
    twice: list[int] = []
    for number, item in enumerate(items if isinstance(items, list) else ()):
        old = str(item.get("to"))
        new = {**item, "to": ids.get(old, old)}
        if new["to"] in ids.values() and new in seen:
            twice.append(number)
        elif old in ids:
            yield Put(("relations", number, "to"), new["to"])
        seen.append(new)
    yield from (Remove(("relations", number)) for number in reversed(twice))


def _strings(value: Any) -> Sequence[str]:  # noqa: ANN401 -- as read
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value or ())


def relinked(text: str, page: str, moved: Mapping[str, str], to: str = "") -> str:
    """A page's text with corrected links to moved pages. Paths are below content/; `to`: the page's own new path, if it moves."""
    here = to or page
    head = _HEAD.match(text)
    start = head.end() if head else 0
    body = text[start:]
    for found in sorted(addresses(body), key=lambda item: item.start, reverse=True):
        old = target(found.text, page)
        new = moved.get(old, old)
        if old and (new != old or dirname(here) != dirname(page)):
            rest = found.text[len(found.text.partition("#")[0]) :]
            body = body[: found.start] + relpath(new, dirname(here) or ".") + rest + body[found.end :]
    return text[:start] + body
