"""The journal of a commit: for each file its digest before and its bytes after. It is read completely, or refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")
_BYTES = "surrogateescape"  # sources may be in any encoding, and every byte must be restored


class JournalError(ValueError):
    """Not a journal that a command wrote; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Step:
    """One file: `path` in the repository, `old`: its SHA-256 before (empty: no file), `new`: its new bytes (None: removed)."""

    path: str
    old: str
    new: bytes | None


def dump(steps: Iterable[Step]) -> bytes:
    plan = {
        step.path: {"old": step.old, "new": None if step.new is None else step.new.decode("utf-8", _BYTES)}
        for step in steps
    }
    return json.dumps(plan, indent=1).encode("ascii")


def load(data: bytes) -> tuple[Step, ...]:
    """Read the steps that `dump` wrote. Raises JournalError."""
    try:
        plan = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise JournalError(f"it is not JSON ({error})") from None
    if not isinstance(plan, dict):
        raise JournalError("it is not a JSON object of files")
    return tuple(_step(path, value) for path, value in plan.items())


def _step(path: str, value: Any) -> Step:  # noqa: ANN401 -- anything may stand in a file
    if not isinstance(value, dict) or value.keys() != {"old", "new"}:
        raise JournalError(f"`{path}` does not have `old` and `new`")
    old, new = value["old"], value["new"]
    if not isinstance(old, str) or not _DIGEST.fullmatch(old):
        raise JournalError(f"`{path}`: `old` is not a SHA-256")
    if new is not None and not isinstance(new, str):
        raise JournalError(f"`{path}`: `new` is not a text")
    try:
        path.encode("utf-8", _BYTES)
        return Step(path, old, None if new is None else new.encode("utf-8", _BYTES))
    except UnicodeEncodeError:
        raise JournalError(f"{path!a} has characters that no file has") from None
