"""A report as a SARIF 2.1.0 log (OASIS standard, March 2020)."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import quote

from dossierkit.check.codes import described
from dossierkit.check.report import Checked, Report
from dossierkit.model.diagnostic import Diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {"error": "error", "warning": "warning", "info": "note"}


def log(report: Report, version: str) -> dict[str, Any]:
    """The log as a JSON value: one run with its violated rules and results."""
    reasons: list[tuple[Checked, str | None]] = [(checked, None) for checked in report.found]
    results = reasons + [(checked, reason) for checked, reason in report.passed]
    codes = sorted({checked.problem.code for checked, _ in results})
    places = {code: number for number, code in enumerate(codes)}
    driver = {"name": "dossier", "version": version, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(checked.problem, reason, places, report) for checked, reason in results],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    title, severity, text = described(code)
    text = re.sub(r"\s+", " ", text).strip()
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVEL[severity]},
    }


def _result(
    problem: Diagnostic, reason: str | None, places: dict[str, int], report: Report
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": places[problem.code],
        "level": _LEVEL[problem.severity],
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": _location(problem, report.line(problem))}],
        "partialFingerprints": {"dossier/v1": fingerprint(problem)},
    }
    if reason is not None:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": reason}]
    return result


def _location(problem: Diagnostic, line: str) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(problem.path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    }
    if problem.line > 0:
        place["region"] = {"startLine": problem.line, "startColumn": max(problem.col, 1)}
        if line:
            place["region"]["snippet"] = {"text": line}
    return place


def fingerprint(problem: Diagnostic) -> str:
    """A fingerprint that does not change when lines above are added or removed."""
    return hashlib.sha256(
        f"{problem.path}\x1f{problem.code}\x1f{problem.message}".encode("utf-8", "surrogatepass")
    ).hexdigest()
