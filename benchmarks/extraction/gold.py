"""The development documents in parts that may be measured apart: by corpus, by source, by whether the model has seen them.

The folder (DOSSIERKIT_GOLD) holds re3d.jsonl, meantime.jsonl, gum_news.jsonl, gum_other.jsonl, wikigold.jsonl,
timeline_docs.jsonl and timelines.jsonl: one JSON object a line with `id`, `text`, `published`, `source`, `entities`,
`timexes`; offsets are code points, half open.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]

FILES = ("re3d", "gum_news", "gum_other", "meantime", "wikigold", "timeline_docs")
# The split of training/train_names.py: documents shuffled by this seed, every fourth of these corpora held back.
_SEED, _FOLDS, _HELD = 17, 4, ("re3d", "gum_news", "meantime", "wikigold")
_SHARED_LINE = 60
_MARKED = re.compile(r"\[([pol]):([^\]]+)\]")
_MARKED_TYPES = {"p": "person", "o": "organization", "l": "place"}


@dataclass(frozen=True, slots=True)
class Part:
    """Documents that are scored together. `learned`: the shipped model has learned from them."""

    name: str
    rows: Sequence[Row]
    learned: bool


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def load(folder: Path) -> dict[str, list[Row]]:
    """The corpora by name of file."""
    return {name: read(folder / f"{name}.jsonl") for name in FILES}


def name_parts(corpora: Mapping[str, Sequence[Row]]) -> list[Part]:
    """Where names are measured: what the model has learned from first."""
    of = {name: list(rows) for name, rows in corpora.items()}
    return [
        Part("re3d: CENTCOM, DFAT", _source(of["re3d"], "CENTCOM", "Australian"), learned=True),
        Part("GUM news", of["gum_news"], learned=True),
        Part("WikiGold", of["wikigold"], learned=True),
        Part("MEANTIME", of["meantime"], learned=True),
        Part("re3d: Wikipedia", _source(of["re3d"], "Wikipedia"), learned=False),
        Part("re3d: EU delegation", _source(of["re3d"], "Delegation"), learned=False),
        Part("GUM bio", _source(of["gum_other"], "gum_bio"), learned=False),
        Part("GUM voyage", _source(of["gum_other"], "gum_voyage"), learned=False),
    ]


def date_parts(corpora: Mapping[str, Sequence[Row]]) -> list[Part]:
    """Where dates are measured: documents whose gold has values."""
    other = list(corpora["gum_other"])
    genres = ("interview", "bio", "court", "voyage", "academic")
    return [
        Part("MEANTIME", corpora["meantime"], learned=False),
        Part("GUM news", corpora["gum_news"], learned=False),
        *(Part(f"GUM {genre}", _source(other, f"gum_{genre}"), learned=False) for genre in genres),
    ]


def language_parts(cases: Path) -> list[Part]:
    """The sentences of names_<lang>_held.yml with marked names: nothing was learned from them."""
    import yaml  # noqa: PLC0415 -- the peers' environment has none

    paths = {path.stem.split("_")[1]: path for path in sorted(cases.glob("names_*_held.yml"))}
    marked = {
        lang: lines
        for lang, path in paths.items()
        if isinstance((lines := yaml.safe_load(path.read_text("utf-8")))[0], str)
    }
    return [
        Part(
            lang,
            [_unmarked(f"{lang}-{number}", lang, line) for number, line in enumerate(lines)],
            learned=False,
        )
        for lang, lines in marked.items()
    ]


def _unmarked(id_: str, lang: str, line: str) -> Row:
    text, entities, at = "", list[Row](), 0
    for mark in _MARKED.finditer(line):
        text += line[at : mark.start()]
        place = {"start": len(text), "end": len(text) + len(mark[2])}
        entities.append({**place, "type": _MARKED_TYPES[mark[1]], "named": True})
        text += mark[2]
        at = mark.end()
    return {"id": id_, "source": lang, "lang": lang, "text": text + line[at:], "entities": entities}


def _source(rows: Iterable[Row], *starts: str) -> list[Row]:
    return [row for row in rows if row["source"].startswith(starts)]


def folds(corpora: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    """Document id -> the training run that has not seen it. A document that shares a line with a learned one goes with it."""
    run_of: dict[str, int] = {}
    lines: dict[str, int] = {}
    for name in _HELD:
        shuffled = list(corpora[name])
        random.Random(_SEED).shuffle(shuffled)  # noqa: S311 -- a split, not a secret
        for index, row in enumerate(shuffled):
            run_of[row["id"]] = index % _FOLDS
            lines.update(dict.fromkeys(_long_lines(row["text"]), index % _FOLDS))
    for row in corpora["timeline_docs"]:
        shared = [lines[line] for line in _long_lines(row["text"]) if line in lines]
        if shared:
            run_of[row["id"]] = shared[0]
    return run_of


def _long_lines(text: str) -> list[str]:
    return [line.strip()[:_SHARED_LINE] for line in text.split("\n") if len(line.strip()) >= _SHARED_LINE]


def told_held_out(training: Path) -> dict[str, tuple[str, ...]]:
    """Name of part -> (names, all, people, organisations, places, types ignored) as training/README.md has them.

    There the single runs were measured on what each had not seen: the model and its rules about a document, without the
    rest of the extractor.
    """
    table = training.read_text(encoding="utf-8").partition("| held out")[2].partition("\n\n")[0]
    rows = [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in table.splitlines()]
    parts = {"re3d": "re3d: CENTCOM, DFAT"}
    return {
        parts.get(row[0], row[0]): tuple(cell.replace("*", "") for cell in (row[2], *row[4:]))
        for row in rows
        if len(row) == 9 and row[1].isdigit()
    }


def write(path: Path, rows: Iterable[Row]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
