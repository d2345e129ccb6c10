"""The folder of data files describes itself, as RO-Crate 1.1 wants it; `make consumers` asks its validator."""

from __future__ import annotations

import json

import pytest

from dossierkit.site.interface import Publication

SITE = Publication(name="The site", address="https://site.test/x/")


@pytest.fixture(scope="module")
def files(full):
    return full.files(publication=SITE, data=("csv", "jsonld", "sqlite"), now="2026-01-01T00:00:00Z")


@pytest.fixture(scope="module")
def entities(files):
    said = json.loads(files["data/ro-crate-metadata.json"])
    return {one["@id"]: one for one in said["@graph"]}


def test_every_file_of_the_folder_is_described_once(files, entities):
    described = [id_ for id_, one in entities.items() if one["@type"] == "File"]
    there = {path.removeprefix("data/") for path in files if path.startswith("data/")}
    assert sorted(described) == sorted(there - {"ro-crate-metadata.json"})
    assert {part["@id"] for part in entities["./"]["hasPart"]} == {"csv/", "dossier.db", "site.jsonld"}
    held = {part["@id"] for part in entities["csv/"]["hasPart"]}
    assert held == {id_ for id_ in described if id_.startswith("csv/")}


def test_whatever_is_named_is_described(entities):
    named = [value["@id"] for one in entities.values() for value in one.values() if isinstance(value, dict)]
    assert set(named) - {"https://w3id.org/ro/crate/1.1"} <= entities.keys()


def test_the_folder_says_its_newest_day_and_who_holds_what(entities):
    root = entities["./"]
    assert root["datePublished"] == "2016-02-01", "no clock is asked"
    assert "All with the paper." in entities[root["license"]["@id"]]["description"]
    assert entities[root["author"]["@id"]]["url"] == SITE.address


def test_readers_find_it_beside_the_files_and_nowhere_without_them(full):
    page = full.compile(data=("csl",)).last({})
    assert 'href="ro-crate-metadata.json"' in page.body
    assert "data/ro-crate-metadata.json" not in full.files(data=())
