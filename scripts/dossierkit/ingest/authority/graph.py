"""JSON with line numbers: lines of objects, or one document. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError

MOST_OBJECTS = 50_000
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Placed:
    """An object of the input, and the line on which it begins."""

    node: Node
    line: int


def lines(text: str, path: str) -> list[Placed]:
    """One object in each line; empty lines are skipped. Raises DiagnosticsError with every bad line (D430, D432)."""
    found: list[Placed] = []
    problems: list[Diagnostic] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip():
            continue
        if len(found) >= MOST_OBJECTS:
            problems.append(_many(path, number))
            break
        try:
            found.append(Placed(_object(json.loads(line)), number))
        except json.JSONDecodeError as error:
            message = f"this is not JSON ({error.msg}): expected an object a line"
            problems.append(Diagnostic(path, number, error.colno, "D430", message))
        except (TypeError, ValueError, RecursionError):
            message = "expected a JSON object on each line: correct or remove it"
            problems.append(Diagnostic(path, number, 1, "D430", message))
    if problems:
        raise DiagnosticsError(problems)
    return found


def document(text: str, path: str) -> Any:  # noqa: ANN401 -- JSON
    """The whole text as one JSON value. Raises DiagnosticsError (D430)."""
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        message = f"this is not JSON ({error.msg}): export it again, or correct it there"
        raise DiagnosticsError([Diagnostic(path, error.lineno, error.colno, "D430", message)]) from None
    except (ValueError, RecursionError):
        message = "the JSON is nested too deeply, or has a number that is too long: export it again"
        raise DiagnosticsError([Diagnostic(path, 1, 1, "D430", message)]) from None


def within(text: str, marks: Iterator[tuple[str, Node]], path: str) -> list[Placed]:
    """Objects of one document, each with the line where its mark first occurs. Raises DiagnosticsError (D432)."""
    found: list[Placed] = []
    at, line = 0, 1
    for mark, node in marks:
        if len(found) >= MOST_OBJECTS:
            raise DiagnosticsError([_many(path, line)])
        place = text.find(mark, at) if mark else -1
        if place >= 0:
            line, at = line + text.count("\n", at, place), place
        found.append(Placed(node, line))
    return found


def texts(value: object) -> tuple[str, ...]:
    """A property's values as texts, from one value or a list; anything but text and numbers is left out."""
    listed = value if isinstance(value, list) else [value]
    return tuple(
        str(one)
        for one in listed
        if isinstance(one, str | int | float) and not isinstance(one, bool) and str(one).strip()
    )


def mapping(value: object) -> Node:
    """A value that should be an object; {} for anything else."""
    return value if isinstance(value, dict) else {}


def _object(value: object) -> Node:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _many(path: str, line: int) -> Diagnostic:
    return Diagnostic(path, line, 1, "D432", f"there are more than {MOST_OBJECTS:,} objects: split the file")
