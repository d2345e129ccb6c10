"""`seeds/decisions.yml`: what people decided against, a line a decision.

Lines are sorted and stand by themselves, so that two branches merge by line and a line that is taken out is a decision undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from dossierkit.model.decision import KINDS, Decision
from dossierkit.model.problem import Problem, ProblemsError
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.store.yamltext import scalar

PATH = "seeds/decisions.yml"
_HEAD = (
    "# What was decided against, for the whole site: a line a decision, in any order. Take a line out to undo it,\n"
    "# then run `dossier update`. `dossier review` adds to it.\n"
)
_NEEDS = {"junk": ("name",), "other_type": ("name", "type"), "not_same": ("name", "other")}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(text: str, path: str = PATH) -> tuple[Decision, ...]:
    """The decisions, sorted and once each. Raises ProblemsError (D410) with every line that cannot be read."""
    try:
        listed = yaml.load(text, Loader=_Loader) or []  # noqa: S506 -- a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ProblemsError([_wrong(path, mark.line + 1 if mark else 0, "it is not YAML")]) from None
    if not isinstance(listed, list):
        raise ProblemsError([_wrong(path, 1, "it is not a list")])
    problems = [
        _wrong(path, 0, f"item {number} is none of its decisions")
        for number, item in enumerate(listed, start=1)
        if not _is_decision(item)
    ]
    if problems:
        raise ProblemsError(problems)
    return tuple(sorted({Decision(*_values(item)) for item in listed}))


def dump(decisions: Iterable[Decision]) -> str:
    """The file. Same decisions, same text."""
    return _HEAD + "".join(f"- {_line(one)}\n" for one in sorted(set(decisions)))


def _line(one: Decision) -> str:
    keys = ("decision", *_NEEDS[one.kind])
    said = dict(zip(("decision", "name", "type", "other"), one, strict=True))
    return "{" + ", ".join(f"{key}: {scalar(said[key])}" for key in keys) + "}"


def _is_decision(item: Any) -> bool:  # noqa: ANN401 -- as read
    if not isinstance(item, dict) or item.get("decision") not in KINDS:
        return False
    needs = _NEEDS[item["decision"]]
    given = all(isinstance(item.get(key), str) and item[key].strip() for key in needs)
    return given and item.keys() == {"decision", *needs} and item.get("type", ENTITY_TYPES[0]) in ENTITY_TYPES


def _values(item: dict[str, str]) -> Iterator[str]:
    return (item.get(key, "").strip() for key in ("decision", "name", "type", "other"))


def _wrong(path: str, line: int, what: str) -> Problem:
    message = (
        f"{what}: expected lines such as `- {{decision: junk, name: Secretary}}`, with `junk`, `other_type` (name, type) or "
        "`not_same` (name, other); correct it"
    )
    return Problem(path, line, 1, "D410", message)
