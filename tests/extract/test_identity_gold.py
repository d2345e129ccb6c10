"""Identity on annotated articles, by rules alone: B-cubed (Bagga and Baldwin 1998) over the named mentions of the gold.

The floor of MEANTIME is that of rules without lists of aircraft makers and large companies, which are records of a pack.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.identity.clusters import join
from dossierkit.extract.pipeline import extract
from dossierkit.model.finding import Extraction
from dossierkit.model.source import Article

GOLD = os.environ.get("DOSSIERKIT_GOLD")
TYPES = {"PER", "ORG", "LOC", "person", "organization", "place"}
ACROSS = re.compile(r"(?:PER|ORG|LOC)\d{6,}")

pytestmark = pytest.mark.skipif(
    GOLD is None, reason="DOSSIERKIT_GOLD does not name the folder with the gold data"
)


@pytest.mark.parametrize(("corpus", "floor"), [("meantime", 0.75), ("gum_news", 0.80)])
def test_identity_by_rules_alone_stays_above_its_floor(corpus: str, floor: float) -> None:
    rows = [
        json.loads(line) for line in (Path(str(GOLD)) / f"{corpus}.jsonl").read_text("utf-8").splitlines()
    ]
    articles = [Article(row["id"], row["text"], published=row.get("published")) for row in rows]
    pairs = [
        pair
        for row, found in zip(
            rows, join(articles, [extract(one, EMPTY) for one in articles], EMPTY), strict=True
        )
        for pair in _pairs(row, found)
    ]
    assert b_cubed(pairs) >= floor


def _pairs(row: dict[str, Any], found: Extraction) -> Iterator[tuple[str, str]]:
    """(gold cluster, found entity) of every named gold mention; one that nothing overlaps stands alone."""
    for number, gold in enumerate(row["entities"]):
        if gold["type"] in TYPES and gold.get("named") and gold.get("cluster"):
            cluster = gold["cluster"] if ACROSS.match(gold["cluster"]) else f"{row['id']}/{gold['cluster']}"
            yield cluster, _entity(gold, found) or f"?{row['id']}/{number}"


def _entity(gold: dict[str, Any], found: Extraction) -> str:
    def fit(start: int, end: int) -> tuple[bool, float]:
        shared = min(end, gold["end"]) - max(start, gold["start"])
        return (start, end) == (gold["start"], gold["end"]), shared / max(
            end - start, gold["end"] - gold["start"]
        )

    over = [m for m in found.mentions if m.start < gold["end"] and gold["start"] < m.end]
    return max(over, key=lambda m: fit(m.start, m.end)).entity if over else ""


def b_cubed(pairs: list[tuple[str, str]]) -> float:
    gold, found = defaultdict(set), defaultdict(set)
    for index, (cluster, entity) in enumerate(pairs):
        gold[cluster].add(index)
        found[entity].add(index)
    shared = [len(gold[cluster] & found[entity]) for cluster, entity in pairs]
    precision = sum(n / len(found[entity]) for n, (_, entity) in zip(shared, pairs, strict=True)) / len(pairs)
    recall = sum(n / len(gold[cluster]) for n, (cluster, _) in zip(shared, pairs, strict=True)) / len(pairs)
    return 2 * precision * recall / (precision + recall)
