"""The Open Knowledge Format: two programs that are not of its makers, who have none, check the bundle against the specification."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from okf.okf import Bundle, read_bundle, validate

from consumers.frame import Built, Row, python_version, run

UNDESCRIBED = "OKF042"
"""A concept without a description: the format recommends one, and none is made up where no editor wrote it."""
CHECKER = Path(sys.executable).with_name("vault2okf")


def rows(built: Built) -> Iterator[Row]:
    version = python_version("vault2okf")
    done = run(CHECKER, "validate", built.okf, "--format", "json")
    said = json.loads(done.stdout)
    wrong = [one for one in said["diagnostics"] if one["severity"] != "info" and one["code"] != UNDESCRIBED]
    (built.work / "okf.json").write_text(json.dumps(said, indent=1), encoding="utf-8")
    yield Row(
        "vault2okf", version, "errors and warnings of the bundle, broken links among them", 0, len(wrong)
    )
    tables = built.exports / "csv"
    pages = sum(_rows(tables / f"{one}.csv") for one in ("articles", "entities", "dossiers"))
    yield Row(
        "vault2okf",
        version,
        "articles, records and dossiers that are concepts",
        pages,
        said["summary"]["concepts"],
    )
    bundle = read_bundle(str(built.okf))
    found = [one for one in validate(bundle) if one["severity"] == "error" or "broken" in one["rule"]]
    yield Row(
        "okf-ingest", python_version("okf-ingest"), "errors, and links that lead nowhere", 0, len(found)
    )
    yield Row(
        "okf-ingest",
        python_version("okf-ingest"),
        "concepts that it loads",
        said["summary"]["concepts"],
        _loaded(bundle),
    )


def _rows(table: Path) -> int:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _loaded(bundle: Bundle) -> int:
    return sum(not one.reserved for one in bundle.concepts)
