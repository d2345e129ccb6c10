"""A page's text -> its YAML node tree and its body, with nothing hidden.

python-frontmatter finds the boundaries. Its own loader is not used on people's pages: a missing closing `---` gives
empty metadata there, a duplicate key silently wins, and `no`, `12:30` or `007` change their value on the way. The
YAML is composed into nodes instead, whose scalars are still the characters that the editor typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import frontmatter
import yaml

from dossierkit.model.problem import Problem, ProblemsError

_HANDLER = frontmatter.YAMLHandler(fm_boundary=re.compile(r"^---[ \t]*$", re.MULTILINE))
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Parts:
    """`root` holds the front matter's nodes, `body` the Markdown below it, `body_line` the line it starts on."""

    root: yaml.MappingNode
    body: str
    body_line: int


def parse(text: str, path: str) -> Parts:
    """Split a page. `text` has LF line breaks. Raises ProblemsError (D101 to D103) with exact positions."""
    text = text.removeprefix("\ufeff")
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
    repeated = tuple(_duplicates(root, path))
    if repeated:
        raise ProblemsError(repeated)
    body = rest.lstrip("\n")
    return Parts(root, body, text.count("\n") - body.count("\n") + 1)


def _compose(head: str, path: str) -> yaml.MappingNode:
    try:
        root = cast("yaml.Node | None", yaml.compose(head, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"the front matter is not YAML: {error.problem or error.context}; quote values that hold `: ` or `#`"
        raise _error(path, line, col, "D102", message) from None
    except yaml.reader.ReaderError as error:
        message = f"the front matter holds the character U+{ord(str(error.character)):04X}, which YAML forbids: remove it"
        raise _error(path, 1, 1, "D102", message) from None
    if root is None:
        return yaml.MappingNode("tag:yaml.org,2002:map", [])
    if not isinstance(root, yaml.MappingNode):
        raise _error(path, 2, 1, "D102", "the front matter must be a list of `key: value` lines")
    return root


def _duplicates(node: yaml.Node, path: str) -> Iterator[Problem]:
    """Keys that stand twice in one mapping; YAML would keep the last and say nothing."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _duplicates(item, path)
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                message = f"the key `{name}` stands twice (first on line {seen[name]}): keep one"
                yield Problem(path, key.start_mark.line + 1, key.start_mark.column + 1, "D103", message)
            seen.setdefault(name, key.start_mark.line + 1)
            yield from _duplicates(value, path)


def plain(node: yaml.Node) -> Any:  # noqa: ANN401 - whatever the site's own keys hold
    """A node as the value that any YAML reader would make of it, for keys that only the engine knows."""
    return yaml.constructor.SafeConstructor().construct_document(node)  # type: ignore[no-untyped-call]


def _error(path: str, line: int, col: int, code: str, message: str) -> ProblemsError:
    return ProblemsError([Problem(path, line, col, code, message)])
