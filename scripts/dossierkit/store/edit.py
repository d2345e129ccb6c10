"""Edits of a page's front matter that leave every other byte unchanged.

A page is never written through a YAML dumper, which would drop comments, sort keys and change quotation marks. The parser's
marks give the position of a value, and the text there is replaced. The result is parsed again and must contain exactly what
was intended; otherwise the edit is refused (EditError) and the page stays unchanged. An edit that would remove a comment is
refused too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import yaml

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.store.edit_nodes import EditedPage, EditError, Path, Splice, comments, read, values
from dossierkit.store.edit_values import Value, entry, inline, is_reference, item, like

__all__ = [
    "Append",
    "Edit",
    "EditError",
    "Insert",
    "Put",
    "Remove",
    "apply",
    "commented",
    "comments_of",
    "front_matter_values",
]


@dataclass(frozen=True, slots=True)
class Put:
    """Set the key or item at `path`.

    A new key is inserted after the last key of its mapping that is in `after`, or first if there is none; without `after` at
    the end.
    """

    path: Path
    value: Value
    after: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """Insert an item into the list at `path`, before the item at index `at` (None: at the end)."""

    path: Path
    value: Value
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove the key or item at `path`."""

    path: Path


@dataclass(frozen=True, slots=True)
class Append:
    """Add an item at the end of the list at `path`, which may be missing, or written as a single text."""

    path: Path
    value: Value


Edit = Put | Insert | Remove | Append


def apply(text: str, edits: Iterable[Edit], path: str = "") -> str:
    """The page's text after the edits, one after another. Raises EditError, and DiagnosticsError for an unreadable page."""
    for edit in edits:
        text = _apply(read(text, path), edit)
    return text


def front_matter_values(text: str, path: str = "") -> dict[str, Any]:
    """The front matter as texts, lists and mappings."""
    found: dict[str, Any] = values(read(text, path).root)
    return found


def commented(text: str, path: Path) -> bool:
    """Whether a comment is on the lines of the key or item at `path`, which shows that a person edited it."""
    return comments_of(text)(path)


def comments_of(text: str) -> Callable[[Path], bool]:
    """`commented` for many paths of one page, which is parsed once. Raises DiagnosticsError for an unreadable page."""
    if "#" not in text:
        return lambda _path: False
    source = read(text)
    starts = tuple(start for start, _ in comments(source.head))
    return partial(_is_commented, source, starts)


def _is_commented(source: EditedPage, starts: Sequence[int], path: Path) -> bool:
    node = source.node(path) if starts else None
    if node is None:
        return False
    start, end = source.line_start(node.start_mark.index), source.line_end(source.end(node))
    return any(start <= at < end for at in starts)


def _apply(source: EditedPage, edit: Edit) -> str:
    wanted = values(source.root)
    _intend(wanted, edit)
    splices = {Put: _put, Insert: _insert, Remove: _remove, Append: _append}[type(edit)](source, edit)  # type: ignore[operator]  # one function a kind
    text = source.splice(splices)
    try:
        made = read(text)
    except DiagnosticsError as error:
        raise EditError("the page could not be read afterwards ({error})", error=error) from None
    if values(made.root) != wanted or made.body != source.body:
        raise EditError("the front matter is written in a way that cannot be edited in place")
    return text


def _intend(tree: dict[str, Any], edit: Edit) -> None:
    """Apply the edit to the parsed values, in place. Raises EditError for a path that leads nowhere."""
    try:
        _change(tree, edit)
    except (KeyError, IndexError, TypeError):
        raise EditError("there is no {step!r} to edit", step=edit.path[-1]) from None


def _change(tree: dict[str, Any], edit: Edit) -> None:
    *steps, last = edit.path
    parent: Any = tree
    for step in steps:
        parent = parent[step] if isinstance(step, int) or step in parent else None
        if parent is None:
            raise EditError("there is no {step!r} to edit", step=step)
    match edit:
        case Put(value=value):
            parent[last] = _plain(value)
        case Insert(value=value, at=at):
            listed = parent.get(last) if isinstance(parent, dict) else parent[last]
            if not isinstance(listed, list | None):
                raise EditError("{last!r} is not a list", last=last)
            parent[last] = listed = listed or []
            listed.insert(len(listed) if at is None else at, _plain(value))
        case Append(value=value):
            listed = parent.get(last) if isinstance(parent, dict) else parent[last]
            parent[last] = [
                *([listed] if isinstance(listed, str) and listed else listed or ()),
                _plain(value),
            ]
        case Remove():
            del parent[last]


def _plain(value: Value) -> Any:  # noqa: ANN401 -- texts, lists and mappings
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {name: _plain(sub) for name, sub in value.items()}
    if isinstance(value, int | float):
        return inline(value)
    return [_plain(sub) for sub in value]


def _put(source: EditedPage, edit: Put) -> Iterator[Splice]:
    node = source.node(edit.path)
    if node is None:
        yield from _add_key(source, edit)
        return
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        raise EditError("a list or mapping of several lines is edited item by item")
    key = str(edit.path[-1])
    start, end = node.start_mark.index, source.end(node)
    if isinstance(node, yaml.ScalarNode) and isinstance(edit.value, str):
        new = like(edit.value, node.style, key)
    else:
        new = inline(edit.value, key)
    yield Splice(start, end, new if end > start else f" {new}")


def _add_key(source: EditedPage, edit: Put) -> Iterator[Splice]:
    """Insert a key that is not in its mapping yet."""
    parent, key = source.node(edit.path[:-1]), str(edit.path[-1])
    if not isinstance(parent, yaml.MappingNode):
        raise EditError("there is no mapping for the key {key!r}", key=key)
    before = next((pair for pair in reversed(parent.value) if pair[0].value in (edit.after or ())), None)
    if before is None and parent.value and edit.after is not None:
        at = parent.value[0][0].start_mark.index
        yield Splice(at, at, _first_key(parent, key, edit.value))
        return
    if parent.flow_style:
        yield _add_flow_key(source, parent, before, f"{inline(key)}: {inline(edit.value, key)}")
        return
    last = before or (parent.value[-1] if parent.value else None)
    at = source.line_end(source.end(last[1])) if last else len(source.head)
    yield Splice(at, at, entry(key, edit.value, parent.start_mark.column if last else 0))


def _first_key(parent: yaml.MappingNode, key: str, value: Value) -> str:
    """The text of a new first key, with the separator from the next key."""
    line = f"{inline(key)}: {inline(value, key)}"
    return f"{line}, " if parent.flow_style else f"{line}\n{' ' * parent.start_mark.column}"


def _add_flow_key(
    source: EditedPage, parent: yaml.MappingNode, before: tuple[yaml.Node, yaml.Node] | None, line: str
) -> Splice:
    if not parent.value:
        return Splice(parent.start_mark.index, parent.end_mark.index, f"{{{line}}}")
    at = source.end((before or parent.value[-1])[1])
    return Splice(at, at, f", {line}")


def _insert(source: EditedPage, edit: Insert) -> Iterator[Splice]:
    node = source.node(edit.path)
    if node is None:
        yield from _add_key(source, Put(edit.path, [edit.value]))
    elif not isinstance(node, yaml.SequenceNode) or not node.value:
        yield from _insert_first(source, edit, node)
    elif node.flow_style:
        at = len(node.value) if edit.at is None else edit.at
        last = at >= len(node.value)
        place = source.end(node.value[-1]) if last else node.value[at].start_mark.index
        yield Splice(place, place, f", {inline(edit.value)}" if last else f"{inline(edit.value)}, ")
    else:
        yield _insert_line(source, edit, node)


def _append(source: EditedPage, edit: Append) -> Iterator[Splice]:
    node = source.node(edit.path)
    if isinstance(node, yaml.ScalarNode) and node.value:
        yield from _put(source, Put(edit.path, [node.value, edit.value]))
    else:
        yield from _insert(source, Insert(edit.path, edit.value))


def _insert_first(source: EditedPage, edit: Insert, node: yaml.Node) -> Iterator[Splice]:
    """Insert into an empty list (`[]`, or nothing after the key): as lines below the key."""
    parent = source.node(edit.path[:-1])
    if not isinstance(parent, yaml.MappingNode) or parent.flow_style:
        yield Splice(node.start_mark.index, node.end_mark.index, f"[{inline(edit.value)}]")
        return
    key = source.key(edit.path)
    colon = source.head.index(":", key.end_mark.index) + 1
    end = max(colon, node.end_mark.index)
    if end > colon:
        yield Splice(colon, end, "")
    below = source.line_end(end)
    line = item(edit.value, parent.start_mark.column + 2, block=_block(node, edit.value))
    yield Splice(below, below, line)


def _insert_line(source: EditedPage, edit: Insert, node: yaml.SequenceNode) -> Splice:
    at = len(node.value) if edit.at is None else edit.at
    line = item(edit.value, node.start_mark.column, block=_block(node, edit.value))
    if at < len(node.value):
        place = source.line_start(_dash(source, node, at))
    else:
        place = source.line_end(source.end(node.value[-1]))
    return Splice(place, place, line)


def _block(node: yaml.Node, value: Value) -> bool:
    """Whether a mapping gets one key per line: like mappings beside it; else unless it is a reference (`{id: ...}`)."""
    beside = [sub for sub in node.value if isinstance(sub, yaml.MappingNode)] if node.value else []
    if beside:
        return not beside[-1].flow_style
    return isinstance(value, Mapping) and not is_reference(value)


def _dash(source: EditedPage, node: yaml.SequenceNode, at: int) -> int:
    """The offset of an item's dash. Raises EditError if other text precedes it on its line."""
    low = source.end(node.value[at - 1]) if at else node.start_mark.index
    high = node.value[at].start_mark.index
    for place in range(low, high + 1):
        start = source.line_start(place)
        if source.head[place : place + 1] == "-" and place - start == node.start_mark.column:
            if source.head[start:place].strip():
                break
            return place
    raise EditError("the list is written in a way that cannot be edited in place")


def _remove(source: EditedPage, edit: Remove) -> Iterator[Splice]:
    parent, node = source.node(edit.path[:-1]), source.node(edit.path)
    if node is None or not isinstance(parent, yaml.CollectionNode):
        raise EditError("there is nothing to remove")
    pairs = [child if isinstance(child, tuple) else (child, child) for child in parent.value]
    at = next(number for number, (_, value) in enumerate(pairs) if value is node)
    if parent.flow_style:
        yield _remove_flow(source, pairs, at)
    elif isinstance(parent, yaml.SequenceNode):
        yield from _remove_line(source, edit.path, parent, at)
    else:
        yield _remove_key(source, pairs, at)


def _remove_flow(source: EditedPage, pairs: list[tuple[yaml.Node, yaml.Node]], at: int) -> Splice:
    start, end = pairs[at][0].start_mark.index, source.end(pairs[at][1])
    if at + 1 < len(pairs):
        end = pairs[at + 1][0].start_mark.index
    elif at:
        start = source.end(pairs[at - 1][1])
    return Splice(start, end, "")


def _remove_line(source: EditedPage, path: Path, parent: yaml.SequenceNode, at: int) -> Iterator[Splice]:
    start = source.line_start(_dash(source, parent, at))
    yield Splice(start, source.line_end(source.end(parent.value[at])), "")
    if len(parent.value) == 1:
        colon = source.head.index(":", source.key(path[:-1]).end_mark.index) + 1
        yield Splice(colon, colon, " []")


def _remove_key(source: EditedPage, pairs: list[tuple[yaml.Node, yaml.Node]], at: int) -> Splice:
    key, value = pairs[at]
    start = source.line_start(key.start_mark.index)
    if not source.head[start : key.start_mark.index].strip():
        return Splice(start, source.line_end(source.end(value)), "")
    if at + 1 == len(pairs):
        raise EditError("it is the only key of its item")
    return Splice(key.start_mark.index, pairs[at + 1][0].start_mark.index, "")
