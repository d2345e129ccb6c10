"""nomenklatura, which OpenSanctions tells by who is who: whether it finds an entity again under another id."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from consumers.frame import Built, Row, python_version

NOMENKLATURA = Path(sys.executable).with_name("nomenklatura")
ACTORS = {"Person", "Organization"}


def rows(built: Built) -> Iterator[Row]:
    given = built.lines("entities.ftm.json")
    actors = [one["id"] for one in given if one["schema"] in ACTORS]
    twins = [{**one, "id": f"twin-{one['id']}"} for one in given if one["schema"] in ACTORS]
    both = built.work / "both.json"
    both.write_text("".join(f"{json.dumps(one)}\n" for one in [*given, *twins]), encoding="utf-8")
    base = built.work / "judged.db"
    done = subprocess.run(
        [NOMENKLATURA, "xref", "-c", "-p", built.work, "--limit", "100000", both],
        env={**os.environ, "NOMENKLATURA_DB_URL": f"sqlite:///{base}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])
    pairs = _pairs(base)
    found = sum(frozenset((id_, f"twin-{id_}")) in pairs for id_ in actors)
    version = python_version("nomenklatura")
    yield Row(
        "nomenklatura",
        version,
        "people and organisations that `xref` finds again under another id",
        len(actors),
        found,
    )


def _pairs(base: Path) -> set[frozenset[str]]:
    with sqlite3.connect(base) as connection:
        return {frozenset(pair) for pair in connection.execute("SELECT source, target FROM resolver")}
