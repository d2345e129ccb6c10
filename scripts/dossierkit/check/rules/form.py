"""Front matter that other YAML parsers read differently, repeated items, impossible identifiers."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

import yaml

from dossierkit.check.report import Finding, Fix
from dossierkit.check.sheet import CheckedPage
from dossierkit.store.edit_nodes import Path, values
from dossierkit.store.schema import KINDS, Key
from dossierkit.text.alphabets import mixed
from dossierkit.text.identifier import malformed
from dossierkit.text.printable import TURNS

_LISTS = ("texts", "items")
_TEXTS = ("text", *_LISTS)
_AS_PUBLISHED = frozenset({"quote", "prefix", "suffix", "when"})
"""Keys whose text is that of the source."""
_COMMENT = re.compile(r"[ \t]+(#[^\s#][^\n]*)")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"“”„‟«»‘’‚‛`]+")
"""Of any scheme (https://www.rfc-editor.org/rfc/rfc3986#section-3.1): some archives have their own."""
_CURLED = re.compile("[“”„‟«»‘’‚‛]")
_READ_AS = {
    "tag:yaml.org,2002:bool": "true or false",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:timestamp": "a point in time",
}


def changed_by_yaml(page: CheckedPage) -> Iterator[Finding]:
    """D120: an unquoted text that YAML takes for something else."""
    for path, node, key in _known(page):
        if key.kind not in _TEXTS or not isinstance(node, yaml.ScalarNode) or node.style:
            continue
        if node.tag in _READ_AS:
            message = (
                f"`{node.value}` is {_READ_AS[node.tag]} to other readers of YAML: put it in quotation marks"
            )
            yield Finding("D120", message, path, fix=Fix("quote", path))


def cut(page: CheckedPage) -> Iterator[Finding]:
    """D123: a text that ends because ` #` begins a comment, where what follows looks like a part of the text."""
    head = page.source.head
    for path, node, key in _known(page):
        if key.kind not in _TEXTS or not isinstance(node, yaml.ScalarNode) or node.style:
            continue
        end = page.source.end(node)
        if found := _COMMENT.match(head[end : page.source.line_end(end)]):
            message = (
                f"the value is only `{node.value}`, because YAML takes `{found[1]}` for a comment: put all of it in quotation marks, "
                "or, if it is a comment, a space after `#`"
            )
            yield Finding("D123", message, path)


def addresses(page: CheckedPage) -> Iterator[Finding]:
    """D124: an address of a source that leads nowhere."""
    for key in ("url", "archived"):
        value = page.origin.get(key)
        if value and not _ADDRESS.fullmatch(str(value).strip()):
            quoted = " without the typographic quotation marks" if _CURLED.search(str(value)) else ""
            message = f"`{value}` is no address, so readers get no link: write it as `https://example.org/page`{quoted}"
            yield Finding("D124", message, ("source", key))


def status(page: CheckedPage) -> Iterator[Finding]:
    """D125: an article that a command wrote, which always has a status, and that has none now."""
    if page.origin.get("sha256") and not page.values.get("status"):
        message = "no `status` says whether readers see this page, so it is a draft: write `status: published` or `status: draft`"
        yield Finding("D125", message, ("title",), on_key=True)


def turned(page: CheckedPage) -> Iterator[Finding]:
    """D127: characters that change the direction of writing: they can have readers see other words than are there."""
    for path, node, _ in _known(page):
        if isinstance(node, yaml.ScalarNode) and (found := TURNS.search(node.value)):
            yield Finding("D127", _turning(found[0]), path)
    if found := TURNS.search(page.source.body):
        yield Finding("D127", _turning(found[0]), offset=found.start())


def _turning(sign: str) -> str:
    return (
        f"U+{ord(sign):04X} changes the direction in which the words after it are shown: take it out. Pages show text of each "
        "language in its own direction without it"
    )


def lookalike(page: CheckedPage) -> Iterator[Finding]:
    """D128: a word with letters of two alphabets: it can be taken for another name, and is not found as that."""
    for path, node, key in _known(page):
        written = isinstance(node, yaml.ScalarNode) and key.name not in _AS_PUBLISHED
        for word, sign in mixed(node.value) if written else ():
            message = (
                f"`{word}` mixes two alphabets (U+{ord(sign):04X}, {unicodedata.name(sign, '')}): it looks like another word and is not "
                "found as that. Write it with the letters of one"
            )
            yield Finding("D128", message, path)


def twice(page: CheckedPage) -> Iterator[Finding]:
    """D121: a repeated item of a list."""
    for path, node, key in _known(page):
        if key.kind not in _LISTS or not isinstance(node, yaml.SequenceNode):
            continue
        if path[0] == "articles" and page.kind == "dossiers":
            continue  # a separate error
        yield from _repeated(path, node)


def _repeated(path: Path, node: yaml.SequenceNode) -> Iterator[Finding]:
    lines: dict[str, int] = {}
    for number, item in enumerate(node.value):
        value = json.dumps(_value(item), ensure_ascii=False, sort_keys=True)
        if value in lines:
            message = f"this is in `{path[-1]}` already (on line {lines[value]}): keep one"
            yield Finding("D121", message, (*path, number), fix=Fix("remove", (*path, number)))
        lines.setdefault(value, item.start_mark.line + 1)


def _value(node: yaml.Node) -> object:
    value = values(node)
    return value["id"] if isinstance(value, dict) and value.keys() == {"id"} else value


def identifiers(page: CheckedPage) -> Iterator[Finding]:
    """D308: an identifier whose form its authority does not use."""
    listed = page.values.get("same_as") or ()
    single = isinstance(listed, str)
    for number, identifier in enumerate([listed] if single else listed):
        wrong = malformed(str(identifier))
        if wrong:
            yield Finding("D308", wrong, ("same_as",) if single else ("same_as", number))


def _known(page: CheckedPage) -> Iterator[tuple[Path, yaml.Node, Key]]:
    """All nodes for which the schema has a key, lists before their items."""
    return _below(page.source.root, KINDS[page.kind])


def _below(node: yaml.Node, keys: Sequence[Key], above: Path = ()) -> Iterator[tuple[Path, yaml.Node, Key]]:
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
                yield from _below(item, key.of, (*path, number))
            else:
                yield (*path, number), item, key
        if isinstance(value, yaml.MappingNode):
            yield from _below(value, key.of, path)
