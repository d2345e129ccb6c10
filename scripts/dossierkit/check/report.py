"""What a check found, with what was let pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossierkit.check.finding import Checked
from dossierkit.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Report:
    """`found` is what remains; `passed` was let pass, with the reasons. `texts`: the pages' text, to show lines of.

    `said`: what the reader of the report should know besides (a cache that could not be used).
    """

    found: tuple[Checked, ...]
    passed: tuple[tuple[Checked, str], ...] = ()
    texts: Mapping[str, str] | None = None
    said: tuple[str, ...] = ()

    def count(self, severity: str) -> int:
        return sum(checked.problem.severity == severity for checked in self.found)

    def line(self, problem: Diagnostic) -> str:
        """The line of the source that a problem points at; empty where there is none."""
        lines = (
            (self.texts or {}).get(problem.path, "").replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
        )
        return lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""


def summary(report: Report) -> str:
    """`1 error, 2 warnings`, and what else there is."""
    errors, warnings, notes = (report.count(kind) for kind in ("error", "warning", "info"))
    parts = [f"{errors} error{'s' * (errors != 1)}", f"{warnings} warning{'s' * (warnings != 1)}"]
    parts += [f"{notes} note{'s' * (notes != 1)}"] if notes else []
    parts += [f"{len(report.passed)} ignored with a reason"] if report.passed else []
    mendable = sum(checked.fix is not None for checked in report.found)
    return ", ".join(parts) + (f"; `dossier check --fix` mends {mendable}" if mendable else "")
