"""The browser editor: off unless asked for, local files only, and a configuration that the editor accepts."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from dossierkit.store.schema import KINDS
from dossierkit.theme.cms import backend, configuration

# schema/sveltia-cms.json of the npm package @sveltia/cms 0.221.1, as it is there, packed with gzip. MIT licence, beside it.
_PACKED = Path(__file__).parent / "sveltia-cms-0.221.1.schema.json.gz"
SCHEMA = jsonschema.Draft7Validator(json.loads(gzip.decompress(_PACKED.read_bytes())))
BACKENDS = [
    {"name": "github", "repo": "paper/dossiers", "branch": "main"},
    {"name": "gitlab", "repo": "paper/dossiers"},
    {
        "name": "gitea",
        "repo": "paper/dossiers",
        "api_root": "https://git.test/api/v1",
        "base_url": "https://git.test/",
    },
]


def fields_of(collection):
    """Every field at any depth."""
    waiting = [*collection["fields"]]
    while waiting:
        field = waiting.pop()
        yield field
        waiting += [*field.get("fields", ()), *([field["field"]] if "field" in field else ())]


@pytest.mark.parametrize("where", BACKENDS, ids=lambda where: where["name"])
def test_the_configuration_is_valid_by_the_editors_own_schema(where):
    made = configuration(where)
    SCHEMA.validate(made)
    assert made["media_folder"]  # no key that the schema requires, but the editor does not start without
    made["collections"][0]["fields"][0]["labl"] = "a key that it does not know"
    assert not SCHEMA.is_valid(made)


def test_fields_have_names_and_patterns_that_the_editor_can_use_and_relations_lead_somewhere():
    collections = configuration(BACKENDS[0])["collections"]
    fields = [field for collection in collections for field in fields_of(collection)]
    assert not [field for field in fields if re.search(r"[. ]", field["name"])]
    for field in fields:
        names = [inner["name"] for inner in field.get("fields", ())]
        assert len(names) == len(set(names))
        re.compile(field.get("pattern", [""])[0])
    named = {collection["name"] for collection in collections}
    assert {field["collection"] for field in fields if field["widget"] == "relation"} <= named


def test_the_form_says_what_it_does_not_show():
    told = {one["name"]: one.get("description", "") for one in configuration(BACKENDS[0])["collections"]}
    assert "entities" in told["articles"]
    assert "aliases, weak_aliases" in told["entities"]
    assert "authors, media" in told["dossiers"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_in_the_form_or_left_as_it_is(kind):
    """Left out: what commands write, and lists whose items may be a text or a mapping, which no form can show."""
    collection = next(item for item in configuration(BACKENDS[0])["collections"] if item["name"] == kind)
    fields = {field["name"] for field in collection["fields"]}
    mixed = {key.name for key in KINDS[kind] if key.short and len(key.of) > 1}
    by_commands = {key.name for key in KINDS[kind] if key.by == "command"}
    assert fields == {key.name for key in KINDS[kind]} - mixed - by_commands - {"proposed"} | {"body"}
    assert collection["aliases_field"] is False
    assert collection["delete"] is False


@pytest.mark.parametrize(
    ("asked", "repository", "expected"),
    [
        (None, "https://github.com/a/b", None),
        (False, "https://github.com/a/b", None),
        (True, "https://github.com/a/b.git", {"name": "github", "repo": "a/b"}),
        (True, "https://gitlab.com/group/sub/b/", {"name": "gitlab", "repo": "group/sub/b"}),
        (True, "https://git.example/a/b", {}),
        (True, "", {}),
        (
            {"backend": {"name": "github", "repo": "x/y"}},
            "https://github.com/a/b",
            {"name": "github", "repo": "x/y"},
        ),
    ],
)
def test_the_repository_is_the_sites_own_unless_it_says_otherwise(asked, repository, expected):
    assert backend(asked, repository) == expected


def admin_files(compiled):
    return {path for path in compiled.files if path.startswith("admin/")}


def test_it_is_off_unless_asked_for(repository):
    compiled = repository.compile()
    assert admin_files(compiled) == set()
    assert compiled.problems == ()


@pytest.mark.parametrize(("where", "count"), [(BACKENDS[0], 1), ({}, 2)])
def test_what_is_missing_is_said_and_nothing_is_built_of_it(repository, where, count):
    compiled = repository.compile(admin=where)
    assert [(problem.code, problem.severity) for problem in compiled.problems] == [
        ("D807", "warning")
    ] * count
    assert admin_files(compiled) == set()


def test_its_page_asks_no_other_host_for_anything(repository):
    script = repository.root / "templates" / "admin" / "sveltia-cms" / "index.js"
    script.parent.mkdir(parents=True)
    script.write_text("// the newsroom's own copy\n", encoding="utf-8")
    compiled = repository.compile(admin=BACKENDS[0], overrides=(repository.root / "templates",))
    assert compiled.problems == ()
    assert admin_files(compiled) == {"admin/index.html", "admin/start.js", "admin/config.yml"}
    page = compiled.files["admin/index.html"]
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == ["config.yml", "start.js"]
    assert re.findall(r'"([^"]+)"', compiled.files["admin/start.js"]) == ["./sveltia-cms/index.js"]
    assert set(re.findall(r"https://[^\s;]+", page)) == {
        "https://api.github.com",
        "https://avatars.githubusercontent.com",
    }
    assert '<meta name="robots" content="noindex">' in page
    assert yaml.safe_load(compiled.files["admin/config.yml"]) == configuration(BACKENDS[0])
