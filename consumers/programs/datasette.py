"""Datasette and sqlite-utils: whether they find the search, the facets and the labels by themselves."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from consumers.frame import Built, Row, python_version, run

BIN = Path(sys.executable).parent


def rows(built: Built) -> Iterator[Row]:
    base = built.exports / "dossier.db"
    word = {"demo": "Geneva", "hostile": "paper"}[built.name]
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True) as connection:
        counts = {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in ("articles", "events", "entities")
        }
        holding = connection.execute(
            "SELECT count(*) FROM articles WHERE title || ' ' || text LIKE ?", [f"%{word}%"]
        ).fetchone()[0]

    def row(asked: str, wanted: float | str, got: float | str) -> Row:
        return Row("datasette", python_version("datasette"), asked, wanted, got)

    tables = {one["name"]: one for one in _get(built, "/dossier.json")["tables"]}
    searched = ("articles", "events", "entities")
    yield row(
        "tables whose search it finds (articles, events, entities)",
        3,
        sum(bool(tables[name]["fts_table"]) for name in searched),
    )
    found = _get(built, f"/dossier/articles.json?_search={word}")
    yield row("articles that a search for a word finds", holding, found["filtered_table_rows_count"])
    events = _get(built, "/dossier/events.json?_labels=on&_size=1")
    yield row(
        "facets that it shows for articles and events",
        "yes",
        "yes" if found["facet_results"] and events["facet_results"] else "no",
    )
    labels = [
        value
        for one in events["rows"]
        for value in (one if isinstance(one, list) else one.values())
        if isinstance(value, dict)
    ]
    yield row(
        "an event's article is shown with its title",
        "yes",
        "yes" if labels and all(one["label"] != one["value"] for one in labels) else "no",
    )
    yield row("columns of articles with a description", len(found["columns"]), len(_described(built)))
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True) as connection:
        names = connection.execute("SELECT entity, name FROM names").fetchall()
    asked = {f"q{at}": {"query": name, "limit": 10} for at, (_, name) in enumerate(names)}
    answers = _get(built, f"/dossier/known_names/-/reconcile?{urlencode({'queries': json.dumps(asked)})}")
    told = sum(
        any(one["id"] == entity for one in answers[f"q{at}"]["result"])
        for at, (entity, _) in enumerate(names)
    )
    yield Row(
        "datasette-reconcile",
        python_version("datasette-reconcile"),
        "names for which OpenRefine is offered the entity",
        len(names),
        told,
    )
    for name in searched:
        done = run(
            BIN / "sqlite-utils", "search", base, name, word if name == "articles" else _word(base, name)
        )
        got = len(json.loads(done.stdout)) if done.returncode == 0 else 0
        yield Row(
            "sqlite-utils",
            python_version("sqlite-utils"),
            f"rows of {name} that `sqlite-utils search` finds",
            1,
            got,
            least=True,
        )
    yield Row(
        "sqlite-utils",
        python_version("sqlite-utils"),
        "rows of articles, events and entities by `rows`",
        sum(counts.values()),
        sum(len(json.loads(run(BIN / "sqlite-utils", "rows", base, name).stdout)) for name in counts),
    )


def _word(base: Path, table: str) -> str:
    column = "text" if table == "events" else "title"
    with sqlite3.connect(f"file:{base}?mode=ro", uri=True) as connection:
        text = connection.execute(f'SELECT "{column}" FROM "{table}"').fetchone()[0]
    return next(word for word in text.split() if word.isalpha() and len(word) > 3)


def _get(built: Built, path: str) -> Any:  # noqa: ANN401 - as it comes
    metadata = built.exports / "datasette.json"
    given = ["-m", metadata] if metadata.is_file() else []
    done = run(BIN / "datasette", built.exports / "dossier.db", *given, "--get", path)
    return json.loads(done.stdout)


def _described(built: Built) -> dict[str, str]:
    file = built.exports / "datasette.json"
    if not file.is_file():
        return {}
    tables = json.loads(file.read_text(encoding="utf-8"))["databases"]["dossier"]["tables"]
    return dict(tables["articles"].get("columns", {}))
