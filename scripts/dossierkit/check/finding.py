"""Results of rules, before and after their position is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.edit_nodes import Path


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe change: `put` the value at the path, `remove` the node, `rename` the key, `quote` the scalar.

    `reidentify`: replace an id (`path`: the kind, articles or entities, and the id) by the value, wherever the page names it.
    """

    kind: Literal["put", "remove", "rename", "quote", "reidentify"]
    path: Path
    value: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`at`: path of a front-matter node (keys and list indices). `offset`: code points into the body, -1 for none.

    `on_key`: position of the key, not its value.
    """

    code: str
    message: str
    at: Path = ()
    offset: int = -1
    on_key: bool = False
    fix: Fix | None = None


@dataclass(frozen=True, slots=True, order=True)
class Checked:
    """A problem with its exact position and, if there is a safe one, its fix."""

    problem: Diagnostic
    fix: Fix | None = None
