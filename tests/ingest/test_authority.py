"""Files of records from anywhere: whatever they hold, they are read or refused, and nothing of them steers a terminal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.ingest.authority import exported, ftm, openrefine, table, wikidata
from dossierkit.ingest.authority.mapping import ColumnMapping
from dossierkit.model.diagnostic import DiagnosticsError

SAID = ColumnMapping(type="person")
READERS = {"csv": table.read, "ftm": ftm.read, "wikidata": wikidata.read, "openrefine": openrefine.read}
WORDS = st.sampled_from(
    ["id", "schema", "properties", "Person", "Address", "name", "alias", "caption", "latitude", "longitude", "remarks", "labels",
     "aliases", "claims", "descriptions", "en", "value", "P31", "P625", "P570", "mainsnak", "datavalue", "rank", "Q5", "Q71",
     "entities", "rows", "time", "precision", "exact", "+2016-01-01T00:00:00Z"]
)  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | WORDS
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=25,
)
CELLS = st.text('",;\t\n\r|a1é\x1b\u202e', max_size=8) | st.text(max_size=6)


def told(read, text):
    """What is said of a text: what is wrong with it, or the names that were read and the notes."""
    try:
        reading = read(text, "in", SAID)
    except DiagnosticsError as error:
        return [problem.message for problem in error.problems]
    return [*(fact.value for one in reading.records for fact in one.facts), *reading.notes]


def shown(words):
    return all(char.isprintable() or char in "\u200c\u200d" for word in words for char in word)


@given(st.text())
@pytest.mark.parametrize("form", READERS)
def test_any_text_is_read_or_refused(form, text):
    assert shown(told(READERS[form], text))


@given(st.lists(JSON, max_size=3))
@pytest.mark.parametrize("form", ["ftm", "wikidata", "openrefine"])
def test_any_json_is_read_or_refused(form, values):
    assert shown(told(READERS[form], "\n".join(json.dumps(value) for value in values)))
    assert shown(told(READERS[form], json.dumps(values)))
    assert shown(told(READERS[form], json.dumps({"rows": values})))
    assert shown(told(READERS[form], json.dumps({"entities": values})))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5))
def test_any_table_is_read_or_refused(rows):
    text = "\n".join(",".join(row) for row in rows)
    assert shown(told(table.read, f"name,type\n{text}"))
    assert shown(told(table.read, text))
    assert shown(
        told(lambda given, path, _: exported.read({"entities.csv": given}, path), f"id,title,type\n{text}")
    )


@given(
    st.lists(st.lists(st.text(max_size=8).filter(str.strip), min_size=2, max_size=2), min_size=1, max_size=6)
)
def test_quoted_cells_come_back_as_they_were(rows):
    """Names are compared as they are cleaned; positions are those of the lines that an editor shows."""
    from dossierkit.ingest.authority.grid import rows as cells  # noqa: PLC0415 -- beside what it tests

    normal = [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in rows]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in normal)
    found = cells(text, "in")
    assert [[cell.text for cell in row] for row in found] == normal
    lines = text.split("\n")
    assert all(lines[cell.line - 1][cell.col - 1] == '"' for row in found for cell in row)


@pytest.mark.parametrize("number", ["1" * 5_000, "1e999", "-Infinity", "NaN"])
def test_numbers_that_cannot_be_are_refused_or_left_out(number):
    item = f'{{"id": "Q1", "labels": {{"en": {{"value": "X"}}}}, "claims": {{"P31": [{{"mainsnak": {{"datavalue": {{"value": {{"id": "Q515"}}}}}}}}], "P625": [{{"mainsnak": {{"datavalue": {{"value": {{"latitude": {number}, "longitude": 1}}}}}}}}]}}}}'
    assert told(wikidata.read, item)
    assert told(
        ftm.read,
        f'{{"id": "a", "schema": "Address", "properties": {{"name": ["X"], "latitude": [{number}], "longitude": [1]}}}}',
    )
