"""The result of a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossierkit.check.finding import Checked
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.text.number_of import number_of


@dataclass(frozen=True, slots=True)
class Report:
    """`found`: remaining problems. `passed`: ignored ones, with reasons. `texts`: of the pages, to show lines.

    `said`: further notes for the reader (a cache that could not be used).
    """

    found: tuple[Checked, ...]
    passed: tuple[tuple[Checked, str], ...] = ()
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
    mendable = sum(checked.fix is not None for checked in report.found)
    return ", ".join(parts) + (f"; `dossier check --fix` mends {mendable}" if mendable else "")
