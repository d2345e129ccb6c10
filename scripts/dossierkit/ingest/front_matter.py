"""Front matter in YAML, TOML or JSON -> plain trees of text; what its keys mean is in data/frontmatter.yml."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

import yaml

from dossierkit.ingest.clean import one_line
from dossierkit.ingest.refusal import RefusedError
from dossierkit.text.data import LOADER, load

Tree = str | list["Tree"] | dict[str, "Tree"]
"""A scalar as typed, a list, or a mapping with keys in lower case."""

_CLOSED = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_RULE = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_JSON = re.compile(r'\{\s*"')
_MOST = 20_000  # characters; tomllib's work grows with the square of a dotted key
_NO_YAML = "its front matter is not YAML"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys at the top of a file. `form`: YAML, TOML or JSON; "" without any."""

    form: str = ""
    keys: dict[str, Tree] = field(default_factory=dict)

    def texts(self, name: str) -> tuple[str, tuple[str, ...]]:
        """The first key of a fact that has values, and these; two empty ones without."""
        return next(self._stated(name), ("", ()))

    @property
    def laid_out(self) -> bool:
        """Whether the file names its layout, as pages of Jekyll do."""
        return "layout" in self.keys

    def tags(self, *, spaced: bool) -> tuple[str, ...]:
        """All tags, each once. A single text holds several, separated by commas, or by spaces if they are `spaced` (Jekyll)."""
        values = [_at(self.keys, key) for key in load("frontmatter")["fields"]["tags"]]
        found = (part for value in values for part in _divided(value, spaced=spaced))
        return tuple(dict.fromkeys(found))

    def _stated(self, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for key in load("frontmatter")["fields"][name]:
            texts = tuple(_texts(_at(self.keys, key)))
            if name == "published":
                texts = tuple(text for text in texts if text.lower() not in load("frontmatter")["truth"])
            if texts:
                yield key, texts

    @property
    def unpublished(self) -> str:
        """The key and value with which the file says that it is not published; "" if it does not."""
        for key, values in load("frontmatter")["unpublished"].items():
            stated = next(_texts(self.keys.get(key)), "")
            if stated.lower() in values:
                return f"{key}: {stated}"
        return ""


def _divided(value: Tree, *, spaced: bool) -> Iterator[str]:
    if not isinstance(value, str):
        yield from _texts(value)
    elif spaced and "," not in value:
        yield from value.split()
    else:
        yield from (part for one in value.split(",") if (part := one_line(one)))


def front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter, and the text below it. Raises RefusedError if it does not say what it seems to say."""
    text = text.lstrip("\n")
    if _TOML_RULE.match(text):
        return _toml(text)
    return _json(text) if _JSON.match(text) else _yaml(text)


def _toml(text: str) -> tuple[FrontMatter, str]:
    rules = list(_TOML_RULE.finditer(text, 0, _MOST + len("+++\n") * 2))
    if len(rules) < 2:
        raise RefusedError(
            f"its front matter is not closed within {_MOST:,} characters: put a line `+++` between the last key and the text"
        )
    try:
        keys = tomllib.loads(text[rules[0].end() : rules[1].start()])
        return FrontMatter("TOML", _mapping(keys)), text[rules[1].end() :]
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            f"its front matter is not TOML ({one_line(str(error))[:200]}): correct it"
        ) from None


def _json(text: str) -> tuple[FrontMatter, str]:
    decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_int=str, parse_float=str)
    try:
        keys, end = decoder.raw_decode(text[:_MOST])
        return FrontMatter("JSON", _mapping(keys)), text[end:]
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            f"its front matter is not JSON of at most {_MOST:,} characters ({one_line(str(error))[:200]}): correct it"
        ) from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise RefusedError(f"the key `{one_line(twice)[:60]}` occurs twice in its front matter: keep one")
    return dict(pairs)


def _yaml(text: str) -> tuple[FrontMatter, str]:
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415 -- heavy

    handler = YAMLHandler(fm_boundary=re.compile(r"^---[ \t]*$", re.MULTILINE))
    if not handler.detect(text):
        return FrontMatter(), text
    if not _CLOSED.search(text, text.index("\n") if "\n" in text else len(text)):
        raise RefusedError(
            "its front matter is not closed: put a line `---` between the last key and the text"
        )
    try:
        head, body = handler.split(text)
    except ValueError:
        raise RefusedError("its front matter is closed by `...`: close it with a line `---`") from None
    root = _composed(head)
    keys = {str(key.value).lower(): _of_node(value) for key, value in root.value} if root else {}
    return FrontMatter("YAML", keys), body


def _composed(head: str) -> yaml.MappingNode | None:
    """The front matter as nodes, whose scalars keep the typed characters (`no` stays no, 2016 stays 2016)."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(head, Loader=LOADER)):
            raise RefusedError("its front matter uses YAML aliases (`*name`): write the values out")
        root = yaml.compose(head, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RefusedError(
            f"{_NO_YAML} on line {line} ({error.problem}): quote values that hold `: ` or `#`"
        ) from None
    except yaml.YAMLError as error:
        raise RefusedError(f"{_NO_YAML}: {error}") from None
    if root is None:
        return None
    if not isinstance(root, yaml.MappingNode):
        raise RefusedError("its front matter is not a list of `key: value` lines")
    _refuse_duplicates(root)
    return root


def _refuse_duplicates(root: yaml.MappingNode) -> None:
    lines: dict[str, int] = {}
    for key, _ in root.value:
        line = key.start_mark.line + 1
        if str(key.value) in lines:
            first = lines[str(key.value)]
            raise RefusedError(
                f"the key `{key.value}` occurs twice in its front matter (lines {first} and {line}): keep one"
            )
        lines[str(key.value)] = line


def _of_node(node: yaml.Node) -> Tree:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value).lower(): _of_node(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_of_node(item) for item in node.value]
    return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)


def _mapping(keys: dict[str, object]) -> dict[str, Tree]:
    return {str(key).lower(): _of_value(value) for key, value in keys.items()}


def _of_value(value: object) -> Tree:
    if isinstance(value, dict):
        return _mapping(value)
    if isinstance(value, list):
        return [_of_value(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _at(keys: Tree, path: str) -> Tree:
    return reduce(
        lambda tree, name: tree.get(name, "") if isinstance(tree, dict) else "", path.split("."), keys
    )


def _texts(tree: Tree | None) -> Iterator[str]:
    """A scalar as one text, a list as its texts, a mapping as its `name`."""
    if isinstance(tree, str) and (text := one_line(tree)):
        yield text
    elif isinstance(tree, list):
        for item in tree:
            yield from _texts(item)
    elif isinstance(tree, dict):
        yield from _texts(tree.get("name"))
