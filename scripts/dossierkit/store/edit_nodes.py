"""Positions in a page's front matter: nodes by path, their lines, comments, and line breaks.

Offsets are code points of the page as the parser sees it: without byte order mark, and with every CRLF as one LF.
`EditedPage.splice` converts them to offsets in the original text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from dossierkit.model.message import MessageError
from dossierkit.store import frontmatter
from dossierkit.text.data import LOADER

_FENCE = re.compile(r"---[ \t]*$", re.MULTILINE)
_NULL = "tag:yaml.org,2002:null"
_BOM = "\ufeff"

Path = tuple[str | int, ...]


class EditError(MessageError):
    """An edit that cannot be made without changing something else. The page is unchanged."""


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """Replace `text[start:end]` by `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class EditedPage:
    """A page being edited. `original`: its text on disk, `text`: as the parser sees it.

    `head`: the front matter between its fences, which begins at `offset` of `text`. Node marks count from there.
    """

    original: str
    text: str
    head: str
    offset: int
    root: yaml.MappingNode
    body: str

    def node(self, path: Path) -> yaml.Node | None:
        """The node at a path; None if there is none."""
        node: yaml.Node | None = self.root
        for step in path:
            node = _child(node, step)
            if node is None:
                return None
        return node

    def key(self, path: Path) -> yaml.Node:
        """The node of the key at the end of a path into a mapping."""
        parent = self.node(path[:-1])
        if isinstance(parent, yaml.MappingNode):
            keys: list[yaml.Node] = [key for key, _ in parent.value if key.value == path[-1]]
            if keys:
                return keys[0]
        raise EditError("there is no key {key!r}", key=path[-1])

    def line_start(self, offset: int) -> int:
        return self.head.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """The offset after the line break that ends the line."""
        return _line_end(self.head, offset)

    def end(self, node: yaml.Node) -> int:
        """The end of a node's own content, without comments and blank lines after it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        stop: int = node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
            return node.start_mark.index + len(self.head[node.start_mark.index : stop].rstrip())
        return stop

    def splice(self, splices: Iterable[Splice]) -> str:
        """The page with the splices applied. Raises EditError if one would remove a comment."""
        made = sorted(splices)
        near = [one for one in made if "#" in self.head[self.line_start(one.start) : one.end]]
        held = tuple(comments(self.head)) if near else ()  # slower than all else of an edit
        for splice in near:
            if any(start < splice.end and splice.start < end for start, end in held):
                raise EditError("a comment there would be lost")
        shift = 1 if self.original.startswith(_BOM) else 0
        returns = _returns(self.original.removeprefix(_BOM))
        text, newline = self.original, "\r\n" if returns[:1] == [self.text.find("\n")] else "\n"
        for splice in reversed(made):
            start, end = (
                at + self.offset + bisect_left(returns, at + self.offset) + shift
                for at in (splice.start, splice.end)
            )
            text = text[:start] + splice.new.replace("\n", newline) + text[end:]
        return text


def read(text: str, path: str = "") -> EditedPage:
    """Parse a page for editing. Raises DiagnosticsError if its front matter cannot be read."""
    normalised = text.removeprefix(_BOM).replace("\r\n", "\n")
    parts = frontmatter.parse(normalised, path)
    fence = _FENCE.match(normalised)
    offset = fence.end() if fence else 0
    closing = _FENCE.search(normalised, offset)
    head = normalised[offset : closing.start() if closing else len(normalised)]
    return EditedPage(text, normalised, head, offset, parts.root, parts.body)


def comments(text: str) -> Iterator[tuple[int, int]]:
    """The comments of a YAML text: (start, end) from the hash to the end of the line."""
    at = 0
    for token in yaml.scan(text, Loader=LOADER) if "#" in text else ():
        begins = token.start_mark.index
        # The first line of a block holds no text, and may hold a comment.
        if getattr(token, "style", None) in {"|", ">"}:
            begins = _line_end(text, begins)
        for found in re.finditer(r"#[^\n]*", text[at : max(at, begins)]):
            yield at + found.start(), at + found.end()
        at = max(at, token.end_mark.index)


def values(node: yaml.Node) -> Any:  # noqa: ANN401 -- whatever the page holds
    """A node as texts, lists and mappings: scalars as typed, None for an empty value."""
    if isinstance(node, yaml.SequenceNode):
        return [values(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): values(value) for key, value in node.value}
    return None if node.tag == _NULL else str(node.value)


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(step, int):
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        return items[step] if 0 <= step < len(items) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def _returns(text: str) -> list[int]:
    """The offsets of line breaks that were CRLF, in the text with LF."""
    return [found.start() - number for number, found in enumerate(re.finditer("\r\n", text))]
