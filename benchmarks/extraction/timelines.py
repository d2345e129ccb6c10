"""Entity timelines across articles, in the form that SemEval-2015 task 4 is scored in.

usage: timelines.py DOCS.jsonl EXTRACTED.jsonl TARGETS.jsonl OUT.jsonl [--least SCORE] [--proposed]

DOCS are the articles, EXTRACTED is what `dossier extract` made of them, TARGETS holds one {"entity": name} a line.
A target is the cluster whose mentions most often carry its name (articles, "the" and case aside); its timeline is every
event that names the cluster; with --proposed, every one that `dossier add` would propose. OUT has one line a target: {"entity", "events": [{"date", "doc", "start"}]}.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dossierkit.extract.forms import key
from dossierkit.model.edtf import EdtfError, parse

Row = dict[str, Any]

LEAST = 0.4


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def clusters_by_name(extracted: Iterable[Row]) -> dict[str, Counter[str]]:
    """Name key -> how often each cluster's mentions carry it."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in extracted:
        for entity in row["entities"]:
            names[key(entity["text"], entity["type"])][entity["entity"]] += 1
    return names


def cluster_of(target: str, names: dict[str, Counter[str]]) -> str:
    """The cluster that carries the target's name most often; else the one that carries its last words."""
    words = key(target, "organization").split(" ")
    for first in range(len(words)):
        counts = names.get(" ".join(words[first:]))
        if counts:
            return min(counts, key=lambda id_: (-counts[id_], id_))
    return ""


def date_of(edtf: str) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD: the smallest of them that holds the whole date; None where none does."""
    try:
        found = parse(edtf)
    except EdtfError:
        return None
    if found.earliest is None or found.latest is None:
        first = found.earliest or found.latest
        return edtf.replace("..", "").strip("/[]")[:10] if first else None
    last = found.latest.fromordinal(found.latest.toordinal() - 1)
    one, other = found.earliest.isoformat(), last.isoformat()
    return next((one[:size] for size in (10, 7, 4) if one[:size] == other[:size]), None)


def timeline(cluster: str, extracted: Iterable[Row], least: float) -> Iterator[Row]:
    for row in extracted:
        for event in row["events"]:
            if cluster in event["entities"] and event["score"] >= least and event["date"]:
                date = date_of(event["date"])
                if date:
                    yield {"date": date, "doc": row["id"], "start": event["start"]}


def all_lines(targets: Iterable[Row], extracted: list[Row], least: float = LEAST) -> list[Row]:
    """One timeline a target, out of what was extracted from all documents."""
    names = clusters_by_name(extracted)
    return [
        {
            "entity": target["entity"],
            "events": list(timeline(cluster_of(target["entity"], names), extracted, least)),
        }
        for target in targets
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("docs", "extracted", "targets", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--least", type=float, default=LEAST)
    parser.add_argument("--proposed", action="store_true")
    given = parser.parse_args()
    known = {row["id"] for row in rows(given.docs)}
    extracted = [row for row in rows(given.extracted) if row["id"] in known]
    if given.proposed:
        extracted = [
            {**row, "events": [one for one in row["events"] if one["proposed"]]} for row in extracted
        ]
    lines = all_lines(rows(given.targets), extracted, given.least)
    given.out.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
