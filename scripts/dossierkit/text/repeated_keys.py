"""Keys that a YAML text has twice, of which YAML programs silently use the last."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from dossierkit.model.diagnostic import Diagnostic

_MERGE = "<<"


def repeated(root: yaml.Node | None, path: str) -> Iterator[Diagnostic]:
    """D103 for every repeated key below a node, each at its second place."""
    seen: set[int] = set()
    open_nodes = [root] if root is not None else []
    while open_nodes:
        node = open_nodes.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield from repeated_in(node, path)
            open_nodes += [value for _, value in node.value]
        else:
            open_nodes += node.value


def repeated_in(node: yaml.MappingNode, path: str) -> Iterator[Diagnostic]:
    """The same for one mapping, without those in it."""
    first: dict[str, int] = {}
    for key, _ in node.value:
        name, line, col = str(key.value), key.start_mark.line + 1, key.start_mark.column + 1
        if name in first and name != _MERGE:
            item = ", or begin the next item of the list with `- `" if col > 1 else ""
            message = f"the key `{name}` occurs twice (first on line {first[name]}): keep one{item}"
            yield Diagnostic(path, line, col, "D103", message)
        first.setdefault(name, line)
