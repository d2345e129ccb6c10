"""Results of rules, before and after their position is known, and the result of a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.edit_nodes import Path
from dossierkit.text.number_of import number_of


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


class Ignored(NamedTuple):
    """A problem that is not reported, and why."""

    checked: Checked
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """`found`: remaining problems. `passed`: ignored ones. `texts`: of the pages, to show lines.

    `said`: further notes for the reader (a cache that could not be used).
    """

    found: tuple[Checked, ...]
    passed: tuple[Ignored, ...] = ()
    texts: Mapping[str, str] | None = None
    said: tuple[str, ...] = ()

    def count(self, severity: str) -> int:
        return sum(checked.problem.severity == severity for checked in self.found)

    def line(self, problem: Diagnostic) -> str:
        """The source line of a problem; "" without one."""
        lines = (
            (self.texts or {}).get(problem.path, "").replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
        )
        return lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""


def summary(report: Report) -> str:
    """`1 error, 2 warnings`, and so on."""
    errors, warnings, notes = (report.count(kind) for kind in ("error", "warning", "info"))
    parts = [number_of(errors, "error"), number_of(warnings, "warning")]
    parts += [number_of(notes, "note")] if notes else []
    parts += [f"{len(report.passed)} ignored with a reason"] if report.passed else []
    fixable = sum(checked.fix is not None for checked in report.found)
    return ", ".join(parts) + (f"; `dossier check --fix` fixes {fixable}" if fixable else "")
