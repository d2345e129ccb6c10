"""`seeds/decisions.yml`: decisions for the whole site, one per line.

Lines are sorted and independent, so that two branches merge by line, and a removed line undoes its decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import yaml

from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.store.edit_nodes import comments
from dossierkit.store.frontmatter import position
from dossierkit.store.yamltext import scalar
from dossierkit.text.data import LOADER
from dossierkit.text.fold import fold
from dossierkit.text.repeated_keys import repeated

PATH = "seeds/decisions.yml"
_HEAD = (
    "# What was decided for the whole site: a line a decision, in any order. Take a line out to undo it,\n"
    "# then run `dossier update`. `dossier review` adds to it.\n"
)
_NEEDS = {
    "heading": {"begins": "name"},
    "junk": {"name": "name"},
    "not_same": {"name": "name", "other": "other"},
    "not_same_event": {"entry": "name", "other": "other"},
    "other_type": {"name": "name", "type": "type"},
    "same": {"name": "name", "other": "other"},
}
"""For each kind, the keys of its line, and the field of `Decision` for each."""
_EXPECTED = (
    "expected lines such as `- {decision: junk, name: Secretary}`, with `junk` (name), `other_type` (name, type), `same` or "
    "`not_same` (name, other), `not_same_event` (entry, other), or `heading` (begins)"
)


def load(text: str, path: str = PATH) -> tuple[Decision, ...]:
    """The decisions, sorted and once each. Raises DiagnosticsError (D410) with every unreadable line."""
    return tuple(sorted(placed(text, path)))


def placed(text: str, path: str = PATH) -> dict[Decision, int]:
    """Each decision once, with its first line, in the order of the file. Raises DiagnosticsError (D410)."""
    found: dict[Decision, int] = {}
    problems: list[Diagnostic] = []
    for node in _items(text, path):
        decision = _decision(node, path)
        if isinstance(decision, Diagnostic):
            problems.append(decision)
        else:
            found.setdefault(decision, node.start_mark.line + 1)
    problems += _contradictions(found, path)
    if problems:
        raise DiagnosticsError(problems)
    return found


def dump(decisions: Iterable[Decision]) -> str:
    """The file as text. Equal decisions give equal text."""
    return _HEAD + "".join(f"- {line(decision)}\n" for decision in sorted(set(decisions)))


def added(text: str, decision: Decision, path: str = PATH) -> str:
    """The file with one more decision, which replaces decisions that contradict it; all other lines stay unchanged.

    A list that is not one of lines, such as `[]`, becomes one, with its comments above it. Raises DiagnosticsError (D410).
    """
    found = placed(text, path)
    if decision in found:
        return text
    contrary = {one for one in found if _about(one) and _about(one) == _about(decision)}
    edited = _with_line(_without(text, contrary, path), decision, path)
    wanted = {*found, decision} - contrary
    return edited if _read(edited, path) == wanted else _rewritten(text, wanted)


def all_added(text: str, new: Iterable[Decision], path: str = PATH) -> str:
    """`added` for each of several decisions; those that contradict no other are read and written at once."""
    alone = [one for one in new if not _about(one)]
    for one in (one for one in new if _about(one)):
        text = added(text, one, path)
    if len(alone) < 2:
        return added(text, alone[0], path) if alone else text
    found = placed(text, path)
    edited = _with_lines(text, sorted({*alone} - {*found}), path)
    return edited if _read(edited, path) == {*found, *alone} else _rewritten(text, {*found, *alone})


def _with_lines(text: str, new: Iterable[Decision], path: str) -> str:
    """The file with a line for each of these sorted decisions, above those that come after it."""
    if not text.strip():
        return dump(new)
    items, lines = list(_lines(text, path)), text.splitlines(keepends=True)
    indent = lines[items[0][1].start].partition("-")[0] if items else ""
    above: dict[int, list[str]] = {}
    for decision in new:
        later = [at.start for one, at in items if one > decision]
        at = _above_comments(lines, min(later)) if later else len(lines)
        above.setdefault(at, []).append(f"{indent}- {line(decision)}\n")
    if lines and not lines[-1].endswith("\n") and len(lines) in above:
        lines[-1] += "\n"
    return "".join(one for at in range(len(lines) + 1) for one in (*above.get(at, ()), *lines[at : at + 1]))


def line(decision: Decision) -> str:
    """The line of a decision, without the dash."""
    values = decision._asdict()
    fields = {
        "decision": decision.kind,
        **{key: values[field] for key, field in _NEEDS[decision.kind].items()},
    }
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in fields.items()) + "}"


def _without(text: str, unwanted: Collection[Decision], path: str) -> str:
    """The file without the lines of some decisions."""
    out = {at for one, lines in _lines(text, path) if one in unwanted for at in lines}
    return "".join(one for at, one in enumerate(text.splitlines(keepends=True)) if at not in out)


def _with_line(text: str, decision: Decision, path: str) -> str:
    """The file with a line for a decision, above those that come after it. The text may be none that can be read."""
    try:
        items = list(_lines(text, path))
    except DiagnosticsError:
        return text
    if not text.strip():
        return dump([decision])
    lines = text.splitlines(keepends=True)
    later = [at.start for one, at in items if one > decision]
    at = _above_comments(lines, min(later)) if later else len(lines)
    before = "".join(lines[:at])
    indent = lines[items[0][1].start].partition("-")[0] if items else ""
    start = "" if before.endswith("\n") or not before else "\n"
    return f"{before}{start}{indent}- {line(decision)}\n{''.join(lines[at:])}"


def _rewritten(text: str, decisions: Iterable[Decision]) -> str:
    """The file as lines, with the comments of the text above them."""
    head = "".join(f"{text[start:end]}\n" for start, end in comments(text))
    return (head or _HEAD) + dump(decisions).removeprefix(_HEAD)


def _read(text: str, path: str) -> set[Decision]:
    """The decisions of a text that was edited; none if it cannot be read."""
    try:
        return set(placed(text, path))
    except DiagnosticsError:
        return set()


def _lines(text: str, path: str) -> Iterator[tuple[Decision, range]]:
    """Each item with the numbers of its lines, from 0: from its dash to the end of its last value."""
    lines = text.splitlines()
    for node in _items(text, path):
        decision = _decision(node, path)
        if isinstance(node, yaml.MappingNode) and isinstance(decision, Decision):
            start = node.start_mark.line
            while start and not lines[start].lstrip().startswith("-"):
                start -= 1
            last = node if node.flow_style else node.value[-1][1]
            yield decision, range(start, last.end_mark.line + (last.end_mark.column > 0))


def _above_comments(lines: list[str], at: int) -> int:
    """The first line of the comments that belong to the item at a line; comments at the top belong to the file."""
    start = at
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start or at


def _items(text: str, path: str) -> list[yaml.Node]:
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise DiagnosticsError([_wrong(path, at, "it is not YAML")]) from None
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise DiagnosticsError([_wrong(path, position(root), "it is not a list")])
    if twice := tuple(repeated(root, path)):
        raise DiagnosticsError(twice)
    return list(root.value)


def _decision(node: yaml.Node, path: str) -> Decision | Diagnostic:
    """The decision of an item, or its problem."""
    values = dict(_pairs(node)) if isinstance(node, yaml.MappingNode) else {}
    kind = values.get("decision", ("", node))[0]
    needs: Mapping[str, str] = _NEEDS.get(kind, {})
    if not needs:
        return _wrong(
            path, position(values.get("decision", ("", node))[1]), f"“{kind}” is not a known decision"
        )
    for key in (*(key for key in needs if key not in values), *(key for key in values if key not in needs)):
        if key != "decision":
            what = "has no" if key in needs else "takes no"
            at = values[key][1] if key in values else node
            return _wrong(path, position(at), f"`{kind}` {what} `{key}`")
    for key in needs:
        value, at = values[key]
        if not value.strip():
            return _wrong(path, position(at), f"`{key}` is not a name or words on one line")
        if key == "type" and value.strip() not in ENTITY_TYPES:
            return _wrong(
                path, position(at), f"`{value.strip()}` is not a type: use {', '.join(ENTITY_TYPES)}"
            )
    return Decision(kind, **{field: " ".join(values[key][0].split()) for key, field in needs.items()})


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, tuple[str, yaml.Node]]]:
    """Keys, each with its text and node; no text if the value is not a scalar. Nodes contain what was typed: `no`, `007`."""
    for key, value in node.value:
        yield _text(key), (_text(value), value)


def _text(node: yaml.Node) -> str:
    value: Any = node.value if isinstance(node, yaml.ScalarNode) else ""
    return str(value)


def _contradictions(found: Mapping[Decision, int], path: str) -> Iterator[Diagnostic]:
    """Contradictory decisions: two types for one name, or two names decided to be both one entity and two."""
    first: dict[tuple[str, ...], tuple[Decision, int]] = {}
    for decision, at in found.items():
        about = _about(decision)
        other, before = first.setdefault(about, (decision, at)) if about else (decision, at)
        if (other.kind, other.type) != (decision.kind, decision.type):
            what = f"{decision.words}, but line {before} says that {other.words}"
            yield _wrong(path, (at, 1), what, "take one of the two lines out")


def _about(decision: Decision) -> tuple[str, ...]:
    if decision.kind == "other_type":
        return ("type", fold(decision.name))
    return ("pair", *sorted((fold(decision.name), fold(decision.other)))) if decision.other else ()


def _wrong(path: str, at: tuple[int, int], what: str, remedy: str = "correct it") -> Diagnostic:
    expected = "" if remedy.startswith("take") else f"{_EXPECTED}; "
    return Diagnostic(path, *at, "D410", f"{what}: {expected}{remedy}")
