"""Tables and maps: frictionless for the data package, pandas for the CSV alone, geopandas for the places."""

from __future__ import annotations

import json
from collections.abc import Iterator

import geopandas
import pandas as pd
from frictionless import Package, validate

from consumers.frame import Built, Row, python_version


def rows(built: Built) -> Iterator[Row]:
    described = built.exports / "csv" / "datapackage.json"
    package = Package(str(described))
    report = validate(str(described))
    valid = sum(task.valid for task in report.tasks)
    (built.work / "frictionless.txt").write_text(
        json.dumps(report.flatten(["name", "type", "note"]), indent=1), encoding="utf-8"
    )
    version = python_version("frictionless")
    yield Row(
        "frictionless", version, "tables that are valid, with their keys", len(package.resources), valid
    )
    yield Row(
        "frictionless", version, "errors of the package", 0, len(report.errors) + report.stats["errors"]
    )
    read = {one.name: pd.read_csv(built.exports / "csv" / one.path) for one in package.resources}
    names = sum(
        list(table.columns) == package.get_resource(name).schema.field_names for name, table in read.items()
    )
    yield Row(
        "pandas", python_version("pandas"), "tables whose columns it reads by their names", len(read), names
    )
    heads = sum(
        (built.exports / "csv" / one.path).read_bytes().startswith(b"\xef\xbb\xbf")
        for one in package.resources
    )
    yield Row("Excel", "", "tables that begin with the mark by which it knows UTF-8", len(read), heads)
    yield from _places(built)


def _places(built: Built) -> Iterator[Row]:
    features = built.json("places.geojson")["features"]
    places = geopandas.read_file(built.exports / "places.geojson")
    version = python_version("geopandas")
    yield Row("geopandas", version, "features that it reads", len(features), len(places))
    yield Row(
        "geopandas",
        version,
        "points that are valid, in WGS 84",
        len(features),
        int(places.geometry.is_valid.sum()) if str(places.crs) == "EPSG:4326" else 0,
    )
    yield Row(
        "geopandas",
        version,
        "numbers of articles read as numbers",
        "yes",
        "yes" if places.empty or places["articles"].dtype.kind in "if" else "no",
    )
