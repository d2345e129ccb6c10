"""Front matter that other YAML parsers read differently, repeated items, impossible identifiers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import yaml

from dossierkit.check.finding import Finding, Fix
from dossierkit.check.sheet import CheckedPage
from dossierkit.store.edit_nodes import Path, values
from dossierkit.store.schema import KINDS, Key
from dossierkit.text.identifier import malformed

_LISTS = ("texts", "items")
_READ_AS = {
    "tag:yaml.org,2002:bool": "true or false",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:timestamp": "a point in time",
}


def changed_by_yaml(sheet: CheckedPage) -> Iterator[Finding]:
    """D120: an unquoted text that YAML takes for something else."""
    for path, node, key in _known(sheet.source.root, KINDS[sheet.kind]):
        if key.kind not in {"text", "texts", "items"} or not isinstance(node, yaml.ScalarNode) or node.style:
            continue
        if node.tag in _READ_AS:
            message = (
                f"`{node.value}` is {_READ_AS[node.tag]} to other readers of YAML: put it in quotation marks"
            )
            yield Finding("D120", message, path, fix=Fix("quote", path))


def twice(sheet: CheckedPage) -> Iterator[Finding]:
    """D121: a repeated item of a list."""
    for path, node, key in _known(sheet.source.root, KINDS[sheet.kind]):
        if key.kind not in _LISTS or not isinstance(node, yaml.SequenceNode):
            continue
        if path[0] == "articles" and sheet.kind == "dossiers":
            continue  # a separate error
        yield from _repeated(path, node)


def _repeated(path: Path, node: yaml.SequenceNode) -> Iterator[Finding]:
    lines: dict[str, int] = {}
    for number, item in enumerate(node.value):
        value = json.dumps(_value(item), ensure_ascii=False, sort_keys=True)
        if value in lines:
            message = f"this stands in `{path[-1]}` already (on line {lines[value]}): keep one"
            yield Finding("D121", message, (*path, number), fix=Fix("remove", (*path, number)))
        lines.setdefault(value, item.start_mark.line + 1)


def _value(node: yaml.Node) -> object:
    value = values(node)
    return value["id"] if isinstance(value, dict) and value.keys() == {"id"} else value


def identifiers(sheet: CheckedPage) -> Iterator[Finding]:
    """D308: an identifier whose form its authority does not use."""
    listed = sheet.values.get("same_as") or ()
    single = isinstance(listed, str)
    for number, identifier in enumerate([listed] if single else listed):
        wrong = malformed(str(identifier))
        if wrong:
            yield Finding("D308", wrong, ("same_as",) if single else ("same_as", number))


def _known(node: yaml.Node, keys: Sequence[Key], above: Path = ()) -> Iterator[tuple[Path, yaml.Node, Key]]:
    """All nodes for which the schema has a key, lists before their items."""
    by_name = {key.name: key for key in keys}
    for name_node, value in node.value if isinstance(node, yaml.MappingNode) else ():
        key = by_name.get(str(name_node.value))
        if key is None:
            continue
        path = (*above, key.name)
        yield path, value, key
        items = value.value if isinstance(value, yaml.SequenceNode) else ()
        for number, item in enumerate(items):
            if isinstance(item, yaml.MappingNode):
                yield from _known(item, key.of, (*path, number))
            else:
                yield (*path, number), item, key
        if isinstance(value, yaml.MappingNode):
            yield from _known(value, key.of, path)
