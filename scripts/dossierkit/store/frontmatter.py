"""Splits a page's text into its YAML node tree and its body, without hiding anything.

python-frontmatter finds the boundaries. Its own loader is not used on people's pages: it returns empty metadata if the closing
`---` is missing, a duplicate key silently wins, and `no`, `12:30` or `007` change their value. Instead the YAML is composed
into nodes, whose scalars are the characters that the editor typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store import conflicts
from dossierkit.store.yaml_remedy import blank_at_start, remedy
from dossierkit.text.data import LOADER
from dossierkit.text.repeated_keys import repeated_in

_HANDLER = YAMLHandler(fm_boundary=re.compile(r"^---[ \t]*$", re.MULTILINE))
_OPENING = re.compile(r"^---[ \t]*\n(.*?)^---[ \t]*\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parts:
    """`root`: the front matter's nodes, `body`: the Markdown below it, `body_line`: its first line."""

    root: yaml.MappingNode
    body: str
    body_line: int


@lru_cache(maxsize=2)  # who merges or edits a page reads it, its proposals and its lines in turn
def parse(text: str, path: str) -> Parts:
    """Split a page. `text` has LF line breaks. Raises DiagnosticsError (D101 to D103, D904) with exact positions.

    The nodes are shared by all who read the same page, and are never changed.
    """
    text = text.removeprefix("\ufeff")
    if left := conflicts.problems(text, path):
        raise DiagnosticsError(left)
    if not _HANDLER.detect(text):
        raise _error(
            path, 1, 1, "D101", "no front matter: the first line must be `---`, then keys, then `---` again"
        )
    try:
        head, rest = _HANDLER.split(text)
    except ValueError:
        message = "the front matter is not closed: put a line `---` between the last key and the text"
        raise _error(path, 1, 1, "D101", message) from None
    root = _compose(head, path)
    refused = tuple(_refused(root, path))
    if refused:
        raise DiagnosticsError(refused)
    body = rest.lstrip("\n")
    return Parts(root, body, text.count("\n") - body.count("\n") + 1)


def opening(text: str, path: str) -> tuple[dict[str, Any], str]:
    """The front matter and the body of one of the site's own pages; both may be empty. Raises DiagnosticsError (D102)."""
    match = _OPENING.match(text)
    if match is None:
        return {}, text
    root = _compose(f"\n{match[1]}", path)
    try:
        return plain(root), text[match.end() :]
    except (ValueError, TypeError, RecursionError, yaml.YAMLError) as error:
        message = f"the front matter is not YAML: {getattr(error, 'problem', None) or error}; put the value in quotation marks"
        raise _error(path, 2, 1, "D102", message) from None


def _compose(head: str, path: str) -> yaml.MappingNode:
    try:
        root = yaml.compose(head, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line, col, what = remedy(error, head)
        message = f"the front matter is not YAML: {error.problem or error.context}; {what}"
        raise _error(path, line, col, "D102", message) from None
    except RecursionError:
        raise _error(
            path, 2, 1, "D102", "the front matter is nested too deeply to be read: flatten it"
        ) from None
    except yaml.reader.ReaderError as error:
        message = f"the front matter holds the character U+{ord(str(error.character)):04X}, which YAML forbids: remove it"
        raise _error(path, 1, 1, "D102", message) from None
    if root is None:
        return yaml.MappingNode("tag:yaml.org,2002:map", [])
    if not isinstance(root, yaml.MappingNode):
        raise _error(path, 2, 1, "D102", "the front matter must be a list of `key: value` lines")
    return root


def _refused(root: yaml.Node, path: str) -> Iterator[Diagnostic]:
    """Problems of duplicate keys (YAML would silently use the last), of keys in odd spaces, and of aliases (`*name`)."""
    seen: set[int] = set()
    open_nodes = [root]
    while open_nodes:
        node = open_nodes.pop()
        if id(node) in seen:
            message = "YAML anchors and aliases (`&name`, `*name`) are not used here: write the value again"
            yield Diagnostic(path, *position(node), "D102", message)
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            open_nodes += node.value
        elif isinstance(node, yaml.MappingNode):
            yield from _blank_keys(node, path)
            yield from repeated_in(node, path)
            open_nodes += (value for _, value in node.value)


def _blank_keys(node: yaml.MappingNode, path: str) -> Iterator[Diagnostic]:
    for key, _ in node.value:
        if blank := blank_at_start(str(key.value)):
            yield Diagnostic(path, *position(key), "D102", f"a key begins with no letter: {blank}")


def position(node: yaml.Node) -> tuple[int, int]:
    """Line and column of a node, from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def plain(node: yaml.Node) -> Any:  # noqa: ANN401 - whatever the site's own keys hold
    """The value of a node as any YAML reader would make it, for keys that only the engine reads."""
    return yaml.constructor.SafeConstructor().construct_document(node)


def _error(path: str, line: int, col: int, code: str, message: str) -> DiagnosticsError:
    return DiagnosticsError([Diagnostic(path, line, col, code, message)])
