"""The scorers of DOSSIERKIT_EVAL, run as the processes that they are."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from gold import Row, write

SCORERS = ("eval_entities.py", "eval_timexes.py", "eval_clusters.py", "eval_timelines.py")


class Scorers:
    """`folder` holds the scorers; `work` is where they are given their files."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.folder = folder
        self.work = work

    def names(self, rows: Iterable[Row], predicted: Iterable[Row]) -> dict[str, Any]:
        """Type -> {"gold", "pred", "overlap": (P, R, F1), "exact": (P, R, F1)}; "MICRO" over the three types, "ANY" without."""
        return self._run("eval_entities.py", rows, predicted, "--named-only", "--types", "PER,ORG,LOC")

    def dates(self, rows: Iterable[Row], predicted: Iterable[Row], types: str = "") -> dict[str, Any]:
        """TempEval-3: "value_f1", "relaxed" and "strict" (P, R, F1), "date_recall"; `types` limits the gold."""
        return self._run("eval_timexes.py", rows, predicted, *(("--types", types) if types else ()))

    def identity(self, rows: Iterable[Row], predicted: Iterable[Row]) -> dict[str, Any]:
        """B-cubed: "precision", "recall", "f1", "covered"."""
        return self._run("eval_clusters.py", rows, predicted)

    def timelines(self, targets: Path, documents: Path, predicted: Iterable[Row]) -> dict[str, Any]:
        """`dated` and `sentences`, each (P, R, F1)."""
        return self._call("eval_timelines.py", targets, documents, write(self.work / "pred.jsonl", predicted))

    def _run(
        self, scorer: str, rows: Iterable[Row], predicted: Iterable[Row], *options: str
    ) -> dict[str, Any]:
        gold, pred = write(self.work / "gold.jsonl", rows), write(self.work / "pred.jsonl", predicted)
        return self._call(scorer, gold, pred, *options)

    def _call(self, scorer: str, *arguments: Path | str) -> dict[str, Any]:
        command: Sequence[Path | str] = (sys.executable, self.folder / scorer, *arguments, "--json")
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        result: dict[str, Any] = json.loads(done.stdout)
        return result
