"""SECURITY.md promises nothing that no test holds, and names no test that is not there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith("| promise |")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_each_promise_names_tests_that_exist(row):
    _, promise, tests, _ = row.split("|")
    assert promise.strip()
    assert re.fullmatch(rf" {NAMED.pattern}(, {NAMED.pattern})* ", tests)
    for file, name in NAMED.findall(tests):
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, (
            f"{file}::{name}"
        )


def test_no_test_is_named_outside_of_the_table():
    assert len(ROWS) >= 10
    assert NAMED.findall(TEXT) == [found for row in ROWS for found in NAMED.findall(row)]
