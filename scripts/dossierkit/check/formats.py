"""Reports for programs: JSON, GitHub annotations, SARIF, GitLab Code Quality."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from dossierkit import __version__
from dossierkit.check.report import Report
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.text.printable import printable_json, printable_lines

FORMATS = ("text", "github", "gitlab", "sarif", "json")
_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}
_GITLAB = {"error": "major", "warning": "minor", "info": "info"}


def json_text(report: Report) -> str:
    """A list of problems; `fix` tells whether `--fix` can repair it."""
    listed = [{**asdict(checked.problem), "fix": checked.fix is not None} for checked in report.found]
    return printable_json(listed)


def github_text(report: Report) -> str:
    """Workflow commands of GitHub Actions: one annotation in each line."""
    return "\n".join(_annotation(checked.problem) for checked in report.found)


def _annotation(problem: Diagnostic) -> str:
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
    """SARIF 2.1.0 (OASIS), as code-scanning services read it; ignored problems are included as suppressed."""
    from dossierkit.check.sarif import log  # noqa: PLC0415 -- only for this format

    return printable_json(log(report, __version__))


def gitlab_text(report: Report) -> str:
    """A Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).

    GitLab shows problems with one fingerprint once, so that equal ones in a file are numbered.
    """
    from dossierkit.check.sarif import fingerprint  # noqa: PLC0415 -- only for this format

    seen: Counter[str] = Counter()
    listed = []
    for problem in (checked.problem for checked in report.found):
        same = fingerprint(problem)
        listed.append(
            {
                "description": f"{problem.code} {problem.message}",
                "check_name": problem.code,
                "fingerprint": f"{same}-{seen[same]}" if seen[same] else same,
                "severity": _GITLAB[problem.severity],
                "location": {"path": problem.path, "lines": {"begin": max(problem.line, 1)}},
            }
        )
        seen[same] += 1
    return printable_json(listed)


def show(report: Report, form: str) -> str:
    """The report in one of these formats."""
    makers: dict[str, Any] = {
        "json": json_text,
        "github": github_text,
        "gitlab": gitlab_text,
        "sarif": sarif_text,
    }
    return str(makers[form](report))
