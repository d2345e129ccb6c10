"""Dossierkit's own predictions, and how long it takes.

usage: ours.py speed rules|model FILE.jsonl
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from gold import Row, read
from one_core import one_core
from sizes import closure_bytes, folder_bytes

import dossierkit
from dossierkit.extract.authority import EMPTY
from dossierkit.extract.identity.clusters import join
from dossierkit.extract.names.installed import ModelNameFinder, installed
from dossierkit.extract.names.model import NameModel
from dossierkit.extract.pipeline import extract
from dossierkit.model.finding import NameFinder
from dossierkit.model.source import Article
from dossierkit.workflow.extract import as_json

Choose = Callable[[Row], NameFinder | None]


def rules(_row: Row) -> None:
    """No model for any document."""


def shipped() -> Choose:
    """The shipped model for every document."""
    finder = installed()
    return lambda _row: finder


def held_out(runs: Path, run_of: Mapping[str, int]) -> Choose:
    """For each document the training run that has not seen it, the shipped model for what none has seen."""
    every = installed()
    finders = {run: ModelNameFinder(NameModel(runs / str(run))) for run in sorted(set(run_of.values()))}
    return lambda row: finders[run_of[row["id"]]] if row["id"] in run_of else every


def article(row: Row) -> Article:
    return Article(row["id"], row["text"], published=row.get("published"), lang=row.get("lang", "en"))


def predict(rows: Sequence[Row], choose: Choose) -> list[Row]:
    """What `dossier extract` writes for these documents, with identity over all of them."""
    articles = [article(row) for row in rows]
    found = [extract(one, EMPTY, choose(row)) for one, row in zip(articles, rows, strict=True)]
    return [as_json(one) for one in join(articles, found, EMPTY)]


def installed_bytes() -> dict[str, int]:
    """Bytes on disk: the package's extractor with its model, and what the model runs on with all that that needs."""
    package = Path(dossierkit.__file__).parent
    own = sum(folder_bytes(package / room) for room in ("model", "text", "extract", "data"))
    return {
        "rules": own - folder_bytes(package / "extract/names/model"),
        "model": own + closure_bytes(_MODEL_NEEDS),
    }


# Babel, for months and countries in other languages, is there for MkDocs Material in any case and is not counted.
_MODEL_NEEDS = ("onnxruntime", "numpy", "py3langid")


def speed(rows: Iterable[Row], names: NameFinder | None) -> dict[str, Any]:
    """Words a CPU second over the whole pipeline; loading is not counted."""
    articles = [article(row) for row in rows]
    extract(articles[0], EMPTY, names)
    start, wall = time.process_time(), time.perf_counter()
    join(articles, [extract(one, EMPTY, names) for one in articles], EMPTY)
    taken, passed = time.process_time() - start, time.perf_counter() - wall
    words = sum(len(one.text.split()) for one in articles)
    return {"words": words, "per_cpu_second": words / taken, "per_second": words / passed}


def versions() -> str:
    return ", ".join(f"{name} {distribution(name).version}" for name in ("dossierkit", *_MODEL_NEEDS))


if __name__ == "__main__":
    one_core()
    print(json.dumps(speed(read(Path(sys.argv[3])), installed() if sys.argv[2] == "model" else None)))
