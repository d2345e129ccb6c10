"""Quotes that no article has, made from the demo by the benchmark: none gets in, and no true one is kept out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KINDS = ("altered", "spliced", "translated", "shifted", "homoglyph", "wrong article")
ROOT = Path(__file__).resolve().parents[2]


def test_no_invented_quote_is_taken_and_no_true_one_refused():
    command = [sys.executable, str(ROOT / "benchmarks/quotes/bench.py"), "--each", "30", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines()[2:]]
    assert {row[0]: int(row[2]) for row in rows} == {"true": 30, **dict.fromkeys(KINDS, 0)}
