"""What a rule finds, before and after it has its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.edit_nodes import Path


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that is certain: `put` the value at the path, `remove` what is there, `rename` the key, `quote` the scalar.

    `reidentify`: the id that is the path becomes the value wherever the page names a record.
    """

    kind: Literal["put", "remove", "rename", "quote", "reidentify"]
    path: Path
    value: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`at`: the path of a front-matter node (keys and list indices). `offset`: code points into the body, -1 for none.

    `on_key`: the key is meant, not its value.
    """

    code: str
    message: str
    at: Path = ()
    offset: int = -1
    on_key: bool = False
    fix: Fix | None = None


@dataclass(frozen=True, slots=True, order=True)
class Checked:
    """A problem with its exact place and, where one is safe, its fix."""

    problem: Diagnostic
    fix: Fix | None = None
