"""From YAML nodes to plain values by the schema; every problem has its position."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import yaml

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.edtf import EdtfError
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.instant import InstantError
from dossierkit.model.instant import parse as parse_instant
from dossierkit.model.media import FOLDER
from dossierkit.store.frontmatter import plain, position
from dossierkit.store.inside import SEEDS, below
from dossierkit.store.schema import PASSED_ON, Key
from dossierkit.text.data import load
from dossierkit.text.identifier import malformed
from dossierkit.text.number_of import in_code

_NULL = "tag:yaml.org,2002:null"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*\Z")
"""The id of a page: its path below the folder of its kind, without `.md`."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$")
_FLAGS = {"true": True, "false": False}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_PASSED_ON = {key.name: key for key in PASSED_ON}

_ORCID = "https://orcid.org/"
_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+\Z")
PLACE = ("line", "col")
"""Where a value is in its page: keys beside its own."""
_OF_DOSSIERS = frozenset({"dossier", "dossiers"})

_LONGEST = 20_000
"""Characters of a text: some 3,000 words. A title of a million made a site of 240 MB."""

Values = dict[str, Any]
EMBARGO = "embargo"
_CLOSE = 0.78
"""Likeness: `embrago` has 0.86, `emargo` 0.92; the words `embark` 0.77 and `argo` 0.73."""


class FrontMatterReader:
    """Reads one page's front matter. Problems are collected in `problems`, and reading continues to find all of them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Diagnostic] = []

    def mapping(
        self, node: yaml.MappingNode, keys: Iterable[Key]
    ) -> tuple[Values, tuple[tuple[str, object], ...]]:
        """The values of known keys (absent ones left out), and the unknown keys as the engine would read them."""
        known = {key.name: key for key in keys}
        values: Values = _placed(node) if node.start_mark else {}
        extra: list[tuple[str, object]] = []
        for key_node, value_node in node.value:
            name = str(key_node.value)
            if name not in known:
                self._misspelt(key_node, name, known, {str(other.value) for other, _ in node.value})
                extra.append((name, self._passed_on(value_node, name)))
            elif value_node.tag != _NULL or known[name].kind == "instant":
                value = self._value(value_node, known[name])
                if value is not None:
                    values[name] = value
        self._missing(node, known, values)
        return values, tuple(extra)

    def _passed_on(self, node: yaml.Node, name: str) -> object:
        """The value of an unknown key as any YAML reader makes it; None if that fails."""
        if name in _PASSED_ON and node.tag != _NULL:
            self._value(node, _PASSED_ON[name])
        try:
            return plain(node)
        except (ValueError, TypeError, yaml.YAMLError) as error:
            reason = getattr(error, "problem", None) or error
            message = (
                f"`{name}` cannot be read by YAML ({reason}): put the value in quotation marks, or correct it"
            )
            self._problem(node, "D105", message)
            return None

    def _missing(self, node: yaml.MappingNode, known: dict[str, Key], values: Values) -> None:
        present = {str(key.value) for key, value in node.value if value.tag != _NULL}
        for key in known.values():
            if key.required and key.name not in present and key.name not in values:
                self._problem(node, "D104", f"`{key.name}` is missing: {key.doc}")

    def _misspelt(self, node: yaml.Node, name: str, known: dict[str, Key], present: set[str]) -> None:
        if EMBARGO in known and means_embargo(name):
            right = "remove it" if EMBARGO in present else "write `embargo: 2026-12-01T06:00Z`"
            self._problem(node, "D112", f"`{name}` holds nothing back, only `embargo` does: {right}")
            return
        if name in _OF_DOSSIERS and "timeline" in known:
            message = f"`{name}` puts an article into no dossier: list it under `articles:` in content/dossiers/, or choose it by `select:` there"
            self._problem(node, "D109", message, severity="warning")
            return
        close = get_close_matches(name, sorted(known.keys() - present), 1, 0.8)
        if close:
            message = f"the key `{name}` means nothing here: did you mean `{close[0]}`?"
            self._problem(node, "D109", message, severity="warning")

    def _value(self, node: yaml.Node, key: Key) -> Any:  # noqa: ANN401 - shaped by the schema
        readers: dict[str, Callable[[yaml.Node, Key], Any]] = {
            "text": self._text,
            "slug": self._slug,
            "edtf": self._edtf,
            "instant": self._instant,
            "flag": self._flag,
            "number": self._number,
            "choice": self._choice,
            "texts": self._texts,
            "mapping": self._mapping,
            "items": self._items,
        }
        return readers[key.kind](node, key)

    def _text(self, node: yaml.Node, key: Key) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self._reject(node, key, "a text")
            return None
        text = str(node.value).strip()
        if len(text) > _LONGEST:
            message = f"`{key.name}` is {len(text):,} characters long: expected at most {_LONGEST:,}, since lists and links repeat it"
            self._problem(node, "D105", message)
            return None
        if key.required and not any(map(_is_seen, text)):
            self._problem(node, "D104", f"`{key.name}` has nothing that can be seen: {key.doc}")
            return None
        return self._formed(node, key, text) if key.form and text else text

    def _formed(self, node: yaml.Node, key: Key, text: str) -> str | None:
        """The text if it has the form that its key requires; otherwise None, with a problem."""
        if key.form == "language" and not _LANGUAGE.match(text):
            self._reject(node, key, "a BCP 47 tag such as `en`, `ar` or `pt-BR`")
        elif key.form == "seed" and not below(text, SEEDS):
            message = f"`{key.name}` is `{text}`, which is not in seeds/: expected a path such as `seeds/NAME.txt`, without `..`"
            self._problem(node, "D602", message)
        elif key.form in {"media", "medium"} and not _medium(text, key.form):
            also = ", or an address with https://" if key.form == "medium" else ""
            message = f"`{key.name}` is `{text}`, which is not in content/media/: expected a path such as `media/NAME.jpg`, without `..`{also}"
            self._problem(node, "D851", message)
        elif key.form == "orcid" and malformed(f"orcid:{text.removeprefix(_ORCID)}"):
            self._reject(node, key, "an ORCID such as `0000-0002-1825-0097`")
        elif key.form == "address" and not _ADDRESS.match(text):
            self._reject(node, key, "an address with https://")
        elif key.form == "template" and not below(text):
            self._reject(node, key, "a file of the theme, without `..`")
        elif key.form == "id" and not ID.match(text):
            self._reject(node, key, "an id: lower-case a-z, 0-9 and single hyphens")
        else:
            return text
        return None

    def _slug(self, node: yaml.Node, key: Key) -> str | None:
        text = self._text(node, key)
        if text is None or _SLUG.match(text):
            return text
        self._reject(node, key, "lower-case a-z, 0-9 and single hyphens (`aleppo-hospital-strike`)")
        return None

    def _edtf(self, node: yaml.Node, key: Key) -> str | None:
        text = self._text(node, key)
        if text is None:
            return None
        try:
            return parse_edtf(text).text
        except EdtfError as error:
            self._problem(node, "D107", f"`{key.name}`: {error}")
            return None

    def _instant(self, node: yaml.Node, key: Key) -> str | None:
        text = self._text(node, key)
        if text is None:
            return None
        try:
            return parse_instant(text)
        except InstantError as error:
            self._problem(node, "D804", f"`{key.name}`: {error}")
            return None

    def _flag(self, node: yaml.Node, key: Key) -> bool | None:
        text = self._text(node, key)
        if text is not None and text.lower() in _FLAGS:
            return _FLAGS[text.lower()]
        if text is not None:
            self._reject(node, key, "`true` or `false`")
        return None

    def _number(self, node: yaml.Node, key: Key) -> float | None:
        text = self._text(node, key)
        if text is None:
            return None
        if not _NUMBER.match(text):
            self._reject(node, key, "a number")
            return None
        number = float(text)
        if not key.least <= number <= key.most:
            message = f"`{key.name}` is `{text}`: expected a number from {key.least} to {key.most}"
            self._problem(node, "D108", message)
            return None
        return number

    def _choice(self, node: yaml.Node, key: Key) -> str | None:
        text = self._text(node, key)
        if text is None or text in key.choices:
            return text
        if not text and not key.required:
            return None
        options = in_code(key.choices)
        self._problem(node, "D106", f"`{key.name}` is `{text}`: expected one of {options}")
        return None

    def _texts(self, node: yaml.Node, key: Key) -> tuple[str, ...] | None:
        if isinstance(node, yaml.ScalarNode):
            text = self._text(node, key)
            return None if text is None else (text,)
        if isinstance(node, yaml.SequenceNode):
            return tuple(text for item in node.value if (text := self._text(item, key)) is not None)
        self._reject(node, key, "a list of texts")
        return None

    def _mapping(self, node: yaml.Node, key: Key) -> Values | None:
        if isinstance(node, yaml.MappingNode):
            return self._closed(node, key)
        self._reject(node, key, "a mapping of " + in_code(sub.name for sub in key.of))
        return None

    def _items(self, node: yaml.Node, key: Key) -> tuple[Values, ...] | None:
        if not isinstance(node, yaml.SequenceNode):
            self._reject(node, key, "a list (lines that start with `- `)")
            return None
        return tuple(item for sub in node.value if (item := self._item(sub, key)) is not None)

    def _item(self, node: yaml.Node, key: Key) -> Values | None:
        if isinstance(node, yaml.ScalarNode) and key.short and node.tag != _NULL:
            sub = next(one for one in key.of if one.name == key.short)
            text = self._text(node, sub)
            if text is None:
                return None
            return {key.short: text, **_placed(node)}
        if isinstance(node, yaml.MappingNode):
            return self._closed(node, key)
        expected = "a mapping of " + in_code(sub.name for sub in key.of)
        self._reject(node, key, f"a text or {expected}" if key.short else expected)
        return None

    def _closed(self, node: yaml.MappingNode, key: Key) -> Values | None:
        """The values of a mapping that may contain only known keys; None if it has problems."""
        before = len(self.problems)
        values, extra = self.mapping(node, key.of)
        names = in_code(sub.name for sub in key.of)
        for name, _ in extra:
            self._problem(node, "D105", f"`{key.name}` has no key `{name}`: expected {names}")
        if len(self.problems) == before:
            self._either(node, key, values)
        return values if len(self.problems) == before else None

    def _either(self, node: yaml.Node, key: Key, values: Values) -> None:
        given = [group for group in key.either if any(values.get(name) for name in group)]
        if not key.either or (len(given) == 1 and all(values.get(name) for name in given[0])):
            return
        groups = ", or ".join(" and ".join(f"`{name}`" for name in group) for group in key.either)
        self._problem(node, "D104", f"an item of `{key.name}` needs {groups}, and not both")

    def _reject(self, node: yaml.Node, key: Key, expected: str) -> None:
        found = {
            yaml.ScalarNode: "a single value",
            yaml.SequenceNode: "a list",
            yaml.MappingNode: "a mapping",
        }
        shown = f"`{node.value}`" if isinstance(node, yaml.ScalarNode) else found[type(node)]
        self._problem(node, "D105", f"`{key.name}` is {shown}: expected {expected}")

    def _problem(self, node: yaml.Node, code: str, message: str, severity: str = "error") -> None:
        at = position(node) if node.start_mark else (1, 1)
        self.problems.append(Diagnostic(self.path, *at, code, message, severity))


def _placed(node: yaml.Node) -> Values:
    line, col = position(node)
    return {"line": line, "col": col}


def without_position(values: Mapping[str, Any]) -> Values:
    """The values of a mapping without those that tell where it is in the page."""
    return {name: value for name, value in values.items() if name not in PLACE}


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN


def _medium(text: str, form: str) -> bool:
    if form == "medium" and _ADDRESS.match(text):
        return True
    return bool(below(text, FOLDER.rstrip("/")))


def means_embargo(name: str) -> bool:
    """Whether a key that is not `embargo` was surely meant to be one: misspelt, in capitals, or as another program calls it."""
    letters = "".join(filter(str.isalnum, name.casefold()))
    return name != EMBARGO and (
        EMBARGO in letters
        or letters in load("embargokeys")["keys"]
        or bool(get_close_matches(letters, [EMBARGO], 1, _CLOSE))
    )
