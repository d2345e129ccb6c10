"""`seeds/NAME.suggested.yml`: reads and writes `Proposal`, one fact per line, so that a better extractor causes a small diff."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

import yaml

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.proposal import (
    Conflict,
    Edited,
    Proposal,
    ProposedEntity,
    ProposedEntry,
    Question,
    RecordOffer,
    Rejected,
)
from dossierkit.store.yamltext import flow, quoted, scalar
from dossierkit.text.data import LOADER

_HEAD = (
    "# What the machine proposed from the source beside this file. It is written anew by `dossier update`:\n"
    "# do not edit it; decide in the article's page, or with `dossier review`.\n"
)
_ITEMS: dict[str, type] = {
    "entities": ProposedEntity, "timeline": ProposedEntry, "questions": Question, "rejected": Rejected, "edited": Edited,
    "conflicts": Conflict,
}  # fmt: skip
_TEXTS: dict[str, Callable[[str], str]] = {"notes": quoted, "drafted": scalar, "accepted": scalar}
"""Lists of texts, and how an item is written."""
_BY_ITEM = "by item"
_WRITTEN = (
    "extractor", "input", "entities", "timeline", "questions", "notes", "page", "decided", "drafted", "accepted", "rejected", "edited",
    "conflicts",
)  # fmt: skip
_ALWAYS = frozenset({"entities", "timeline", "questions", "notes"})
"""Lists that are written even if they are empty; the others are the merge's memory."""
_FIRST, _NEXT = "  - ", "    "
_LISTS, _LISTED = frozenset({"timeline", "edited", "drafted", "accepted"}), ("", " []")
_NOTHING = {"date": "", "text": "", "quote": ""}
_CLAIMS = frozenset({"key", "date", "text", "quote", "maker", "run"})
"""The keys of an entry that tell its origin."""
_Item = TypeVar("_Item", ProposedEntity, ProposedEntry, Question, Rejected, Edited, Conflict, RecordOffer)
_AnyItem = ProposedEntity | ProposedEntry | Question | Rejected | Edited | Conflict | RecordOffer


def dump(proposal: Proposal) -> str:
    """The proposal as YAML. Equal values give equal text; empty fields are left out."""
    lines = (line for name in _WRITTEN for line in _lines(proposal, name))
    return _HEAD + "\n".join(lines) + "\n"


def _lines(proposal: Proposal, name: str) -> Iterator[str]:
    match name:
        case "extractor" | "input":
            yield f"{name}: {quoted(getattr(proposal, name))}"
        case "page":
            yield from section(name, (f"  {scalar(key)}: {quoted(value)}" for key, value in proposal.page))
        case "decided":
            yield from [f"{name}: {_BY_ITEM}"] if proposal.by_item else []
        case _:
            listed, write = getattr(proposal, name), _TEXTS.get(name)
            below = (f"  - {write(text)}" for text in listed) if write else lines_of(listed)
            yield from section(name, below, always=name in _ALWAYS)


def section(name: str, below: Iterable[str], *, always: bool = False) -> Iterator[str]:
    """The lines of a list. `always`: also if it is empty."""
    lines = tuple(below)
    if lines or always:
        yield f"{name}:" if lines else f"{name}: []"
    yield from lines


def lines_of(items: Iterable[_AnyItem]) -> Iterator[str]:
    return (line for item in items for line in _item_lines(item))


def _item_lines(item: _AnyItem) -> Iterator[str]:
    """A line for each field that is not empty (`key` always), as an item of a list."""
    given = [(field.name, getattr(item, field.name)) for field in fields(item) if not _default(item, field)]
    written = [f"{name}: {_value(value)}" for name, value in given if name == "key" or value not in ("", ())]
    for number, line in enumerate(written):
        yield f"  - {line}" if number == 0 else f"    {line}"


def _default(item: _AnyItem, field: Field[Any]) -> bool:
    return field.default is False and getattr(item, field.name) is False


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _number(value)
        case tuple():
            return flow(value)
        case _:
            return scalar(str(value))


def _number(value: float) -> str:
    """A float in a form that YAML reads as a float: with a point, also before an exponent."""
    text = repr(value)
    mantissa, mark, exponent = text.partition("e")
    return text if "." in mantissa else f"{mantissa}.0{mark}{exponent}"


def load(text: str, path: str = "") -> Proposal:
    """Read what `dump` wrote. Raises DiagnosticsError (D407) if the file was edited or merged by hand."""
    root = parsed(text, path)
    lists: dict[str, Any] = {name: tuple(read_items(root, name, kind, path)) for name, kind in _ITEMS.items()}
    lists |= {name: texts(root, name, path) for name in _TEXTS}
    extractor, input_ = (str(root.get(name, "")) for name in ("extractor", "input"))
    by_item = root.get("decided") == _BY_ITEM
    return Proposal(extractor, input_, page=tuple(_pairs(root, path)), by_item=by_item, **lists)


def load_claims(text: str, path: str = "") -> Proposal:
    """Read only those parts of a proposal that tell the origin of a page's entries, because a build reads very many files.

    It reads what `dump` writes line by line, and leaves everything else to `load`. Raises as `load` does.
    """
    try:
        return _claims(text)
    except (ValueError, KeyError, IndexError, TypeError):
        return load(text, path)


def _claims(text: str) -> Proposal:
    """Raises ValueError, KeyError, IndexError or TypeError for text that `dump` would not write."""
    said, lines = _sections(text)
    return Proposal(
        extractor=_one_line(said["extractor"]),
        input="",
        timeline=tuple(_claim(**item) for item in _claim_items(lines["timeline"])),
        edited=tuple(Edited(**{**_NOTHING, **item}) for item in _claim_items(lines.get("edited", ()))),
        accepted=tuple(_one_line(_behind(line, _FIRST)) for line in lines.get("accepted", ())),
        by_item=said.get("decided", "").strip() == _BY_ITEM,
        drafted=tuple(_one_line(_behind(line, _FIRST)) for line in lines.get("drafted", ())),
    )


def _sections(text: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The text after the name of each section, and the lines below it. Raises ValueError, IndexError."""
    said: dict[str, str] = {}
    lines: dict[str, list[str]] = {}
    below: list[str] = []
    for line in text.splitlines():
        if line[0] == " ":
            below.append(line)
        elif line[0] != "#":
            name, colon, value = line.partition(":")
            if not colon or name not in _WRITTEN or (name in _LISTS and value not in _LISTED):
                raise ValueError(line)
            said[name], below = value, []
            lines[name] = below
    return said, lines


def _claim_items(lines: Iterable[str]) -> list[dict[str, str]]:
    """The items of a section, with the keys in _CLAIMS. Raises ValueError, IndexError."""
    items: list[dict[str, str]] = []
    for line in lines:
        first = line.startswith(_FIRST)
        if first:
            items.append({})
        name, _, value = _behind(line, _FIRST if first else _NEXT).partition(": ")
        if name in _CLAIMS:
            items[-1][name] = _one_line(value)
        elif not name.replace("_", "").isalpha():
            raise ValueError(line)
    return items


def _claim(  # noqa: PLR0913 -- the fields of `ProposedEntry`
    *, key: str, date: str = "", text: str = "", quote: str = "", maker: str = "", run: str = ""
) -> ProposedEntry:
    return ProposedEntry(key, date, "", text, quote, "", "", (), 0, 0, 0.0, "", maker=maker, run=run)


def _behind(line: str, head: str) -> str:
    if not line.startswith(head) or line[len(head)] == " ":
        raise ValueError(line)
    return line[len(head) :]


def _one_line(value: str) -> str:
    """Read what `scalar` wrote. Raises ValueError."""
    value = value.strip()
    if value.startswith('"'):
        return str(json.loads(value))
    if scalar(value) != value:
        raise ValueError(value)
    return value


def parsed(text: str, path: str) -> dict[str, Any]:
    """A proposal file as a mapping. Raises DiagnosticsError (D407)."""
    try:
        root = yaml.load(text, Loader=LOADER)  # noqa: S506 -- the safe loader, in C where there is one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        raise broken(path, line, f"it is not YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(root, dict):
        raise broken(path, 0, "it is not a proposal")
    return root


def _pairs(root: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    page = root.get("page") or {}
    if not isinstance(page, dict):
        raise broken(path, 0, "`page` is not a mapping")
    return ((str(name), str(value)) for name, value in page.items())


def listed(root: dict[str, Any], section: str, path: str) -> list[Any]:
    """A list of the file, empty if missing. Raises DiagnosticsError (D407)."""
    value = root.get(section) or []
    if not isinstance(value, list):
        raise broken(path, 0, f"`{section}` is not a list")
    return value


def texts(root: dict[str, Any], section: str, path: str) -> tuple[str, ...]:
    """A list of texts, empty if missing. Raises DiagnosticsError (D407)."""
    return tuple(map(str, listed(root, section, path)))


def read_items(root: dict[str, Any], section: str, kind: type[_Item], path: str) -> Iterable[_Item]:
    """The items of a list, each read as `kind`. Raises DiagnosticsError (D407)."""
    known = {field.name: field for field in fields(kind)}
    for item in listed(root, section, path):
        if not isinstance(item, dict) or not item.keys() <= known.keys():
            raise broken(path, 0, f"an item of `{section}` has other keys than {', '.join(known)}")
        yield kind(**{name: _read(field, item, section, path) for name, field in known.items()})


def _read(field: Field[Any], item: dict[str, Any], section: str, path: str) -> Any:  # noqa: ANN401 -- by field
    """A field's value in its type; an empty one if the file leaves it out."""
    types: dict[Any, tuple[type, ...]] = {
        "str": (str,), "int": (int,), "bool": (bool,), "float": (float, int), "tuple[str, ...]": (list,),
    }  # fmt: skip
    expected = types[field.type]
    empty = {"str": "", "tuple[str, ...]": []}
    default = field.default if field.default is False else MISSING
    value: Any = item.get(field.name, empty.get(str(field.type), default))
    if not isinstance(value, expected) or (isinstance(value, bool) and bool not in expected):
        message = f"`{field.name}` of an item of `{section}` is missing or not a {field.type}"
        raise broken(path, 0, message)
    if isinstance(value, list):
        return tuple(str(text) for text in value)
    return float(str(value)) if float in expected else value


def broken(path: str, line: int, what: str) -> DiagnosticsError:
    message = f"{what}: run `dossier update` to write this file again"
    return DiagnosticsError([Diagnostic(path, line, 1, "D407", message)])
