"""What was found, for a person, for a pull request, for a program, for a code-scanning service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dossierkit import __version__
from dossierkit.check.finding import Checked
from dossierkit.model.problem import Problem
from dossierkit.text.printable import printable_json, printable_lines

FORMATS = ("text", "github", "sarif", "json")
_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}


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

    def line(self, problem: Problem) -> str:
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


def json_text(report: Report) -> str:
    """A list of problems; `fix` tells whether `--fix` would mend it."""
    listed = [{**asdict(checked.problem), "fix": checked.fix is not None} for checked in report.found]
    return printable_json(json.dumps(listed, ensure_ascii=False, indent=2))


def github_text(report: Report) -> str:
    """Workflow commands of GitHub Actions: one annotation a line."""
    return "\n".join(_annotation(checked.problem) for checked in report.found)


def _annotation(problem: Problem) -> str:
    place = ",".join(
        f"{name}={_property(value)}"
        for name, value in (
            ("file", problem.path),
            ("line", str(max(problem.line, 1))),
            ("col", str(max(problem.col, 1))),
            ("title", problem.code),
        )
    )
    return f"::{_GITHUB[problem.severity]} {place}::{_data(problem.message)}"


def _data(text: str) -> str:
    return printable_lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif_text(report: Report) -> str:
    """SARIF 2.1.0 (OASIS), as code-scanning services take it; what was let pass is there as suppressed."""
    from dossierkit.check.sarif import log  # noqa: PLC0415 -- only for this format

    return printable_json(json.dumps(log(report, __version__), ensure_ascii=False, indent=2))


def show(report: Report, form: str) -> str:
    """The report in one of the formats for programs."""
    makers: dict[str, Any] = {"json": json_text, "github": github_text, "sarif": sarif_text}
    return str(makers[form](report))
