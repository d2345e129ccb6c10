"""FollowTheMoney's own commands: what survives each of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from followthemoney import model
from followthemoney.types import registry

from consumers.frame import Built, Row, python_version, run

FTM = Path(sys.executable).with_name("ftm")


def rows(built: Built) -> Iterator[Row]:
    version = python_version("followthemoney")
    source = built.exports / "entities.ftm.json"
    given = {one["id"]: one for one in built.lines("entities.ftm.json")}

    def row(asked: str, wanted: float | str, got: float | str) -> Row:
        return Row("followthemoney", version, asked, wanted, got)

    valid = _piped(built, "validate", source)
    yield row("entities after `ftm validate`", len(given), len(valid))
    yield row("values that `ftm validate` keeps", _values(given), _values(valid))
    yield row("entities after `ftm aggregate`", len(given), len(_piped(built, "aggregate", source)))
    ordered = built.work / "sorted.json"
    ordered.write_text(
        "".join(sorted(source.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8"
    )
    yield row(
        "entities after `ftm sorted-aggregate`", len(given), len(_piped(built, "sorted-aggregate", ordered))
    )
    wrong = list(_wrong(given))
    yield row("references to no entity, or to one of another schema", 0, len(wrong))
    articles = [one["properties"] for one in given.values() if one["schema"] == "Article"]
    yield row(
        "articles with a language and an address",
        len(articles),
        sum(bool(one.get("language") and one.get("sourceUrl")) for one in articles),
    )
    back = _round_trip(built, source)
    yield row("entities after `ftm statements` and back", len(given), len(back))
    yield row("values after `ftm statements` and back", _values(given), _values(back))


def _wrong(entities: dict[str, dict[str, object]]) -> Iterator[str]:
    for one in entities.values():
        for name, values in one["properties"].items():
            property_ = model.get(one["schema"]).get(name)
            if property_.type == registry.entity:
                for value in values:
                    there = entities.get(value)
                    if there is None or not model.get(there["schema"]).is_a(property_.range):
                        yield f"{one['id']} {name} {value}"


def _values(entities: dict[str, dict[str, object]]) -> int:
    return sum(len(set(values)) for one in entities.values() for values in one["properties"].values())


def _piped(built: Built, command: str, source: Path) -> dict[str, dict[str, object]]:
    out = built.work / f"{command}.json"
    run(FTM, command, "-i", source, "-o", out)
    return _read(out)


def _read(file: Path) -> dict[str, dict[str, object]]:
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return {one["id"]: one for one in map(json.loads, lines)}


def _round_trip(built: Built, source: Path) -> dict[str, dict[str, object]]:
    statements, back = built.work / "statements.csv", built.work / "back.json"
    run(FTM, "statements", "-f", "csv", "-d", "dossier", "-o", statements, source)
    run(FTM, "aggregate-statements", "-f", "csv", "-d", "dossier", "-i", statements, "-o", back)
    return _read(back)
