"""Starter packs: what ships, how a repository uses one, and what it does to proposals, pages and the site."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
import yaml
from tests.support.runner import printed as run
from tests.support.yaml_files import read_yaml

from dossierkit.evidence.candidates.settle import settler
from dossierkit.extract.authority import build as indexed
from dossierkit.extract.names.installed import installed
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.model.source import Article
from dossierkit.store.content import load_records
from dossierkit.store.imported import page, value
from dossierkit.store.packs import load, titled
from dossierkit.store.page_parser import record as read_record
from dossierkit.text import data
from dossierkit.text.fold import fold, slug
from dossierkit.text.identifier import malformed
from dossierkit.text.match import same_form
from dossierkit.workflow.records import import_plan
from dossierkit.workflow.repository import known_records

PACKS = {name: load(data.pack(name), name) for name in data.packs()}
TEXT = """\
Talks on Syria open in Damascus

The United Nations Security Council met on Friday. Syria and Turkey sent delegations, and Syrian officials spoke in Damascus.
"""
PAGE = "content/articles/2016/talks-on-syria-open-in-damascus.md"


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\nplugins: [dossier]\n", encoding="utf-8"
    )
    (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def add(root, *, file="talks.txt", code=0):
    return run(root, "add", file, "--date", "2016-05-30", "--lang", "en", code=code)


def record(root, id_):
    return (root / "content" / "entities" / f"{id_}.md").read_text(encoding="utf-8")


def entities(root):
    found = yaml.safe_load((root / PAGE).read_text(encoding="utf-8").split("---")[1])["entities"]
    return {one if isinstance(one, str) else one.get("id", one.get("name")) for one in found}


def files(root):
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file() and ".dossier" not in file.parts
    }


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_is_well_formed(name):
    pack = PACKS[name]
    assert pack.name == name
    assert parse_edtf(pack.date)
    for origin in pack.origins:
        assert origin.licence
        assert not any(word in origin.licence for word in ("GPL", "NC", "SA"))
    for one in pack.records:
        assert slug(one.id) == one.id
        assert one.one("type") in ENTITY_TYPES
        assert one.origins, "every record says its source"
        assert not any(malformed(fact.value) for fact in one.each("same_as"))


def test_every_name_has_its_language_and_its_source():
    for name in PACKS:
        head, *lines = map(json.loads, data.pack(name).splitlines())
        assert head["sources"]
        for line in lines:
            for text, lang, source in (*line["names"], *line.get("weak", ())):
                assert text.strip() == text
                assert isinstance(lang, str)
                assert head["sources"][source]["name"]


def test_a_record_named_by_an_acronym_has_its_long_form_too():
    """Else another body with that acronym cannot be told from it: “National Agency for Food Safety (ANSA)”."""
    names = [
        {one.one("title"), *(fact.value for fact in one.each("aliases"))}
        for pack in PACKS.values()
        for one in pack.records
    ]
    short = {max(forms) for forms in names if all(form.isascii() and form.isupper() for form in forms)}
    assert not short


def test_all_packs_together_take_less_than_two_megabytes_uncompressed():
    assert sum(len(data.pack(name).encode()) for name in PACKS) < 2_000_000


def test_no_name_means_two_records_of_any_pack():
    owners = {}
    for pack in PACKS.values():
        for one in pack.records:
            strong = {one.one("title"), *(fact.value for fact in one.each("aliases"))}
            for name in map(fold, strong):
                assert owners.setdefault(name, one.id) == one.id, name


def test_names_that_need_company_are_weak():
    countries = {one.id: one for one in PACKS["countries"].records}
    assert {"Syrian", "Syrians"} <= {fact.value for fact in countries["syria"].each("weak_aliases")}
    assert {"سوريا", "Syrie"} <= {fact.value for fact in countries["syria"].each("aliases")}
    for pack in PACKS.values():
        for one in pack.records:
            bare = [
                fact.value
                for fact in one.each("aliases")
                if len(fact.value) <= 3 and fact.value.isupper() and fact.value.isascii()
            ]
            assert not bare, (one.id, bare)


@pytest.mark.parametrize(
    "name",
    [
        "Al-Baghdadi",
        "Assemblée nationale",
        "Congo",
        "Congreso",
        "Damas",
        "Democratic Union Party",
        "Duma",
        "Grenade",
        "Intel",
        "Korean government",
        "Landtag",
        "Majlis",
        "Malte",
        "Maurice",
        "National Democratic Party",
        "Parliament",
        "Praia",
        "Riad",
        "Roma",
        "San José",
        "San Martín",
        "The Hindu",
        "Victoria",
        "Того",
        "عمان",
    ],
)
def test_what_mostly_names_others_names_no_record_alone(name):
    assert not [
        record.id
        for pack in PACKS.values()
        for record in pack.records
        if same_form(name) in {same_form(form) for form in strong_names(record)}
    ]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Великобритания", "united-kingdom"),
        ("США", "united-states"),
        ("ООН", "united-nations"),
        ("Пекин", "beijing"),
        ("السعودية", "saudi-arabia"),
        ("الإمارات", "united-arab-emirates"),
        ("سورية", "syria"),
        ("روسيا البيضاء", "belarus"),
        ("EE. UU.", "united-states"),
        ("Gran Bretaña", "united-kingdom"),
        ("Macédoine", "north-macedonia"),
    ],
)
def test_a_country_has_the_name_that_the_press_of_a_language_uses(name, id_):
    bearing = [one.id for pack in PACKS.values() for one in pack.records if name in strong_names(one)]
    assert bearing == [id_]


LINKS = [
    (lang, case["text"], case["links"])
    for lang, cases in read_yaml(Path(__file__).with_name("pack_links.yml")).items()
    for case in cases
]


@cache
def records():
    found = [one for name in ("countries", "un", "media") for one in PACKS[name].records]
    return {one.id: read_record(one.id, f"content/entities/{one.id}.md", page(one))[0] for one in found}


@cache
def index():
    return indexed(records().values())


@cache
def network():
    return installed()


@cache
def settled_with_records():
    return settler(records(), ())


@pytest.mark.parametrize(("lang", "text", "links"), LINKS, ids=[text for _, text, _ in LINKS])
def test_a_text_is_linked_to_the_records_that_it_names_and_to_no_others(lang, text, links):
    article = Article("x", text, published="2018-03-06", lang=lang)
    authority = index()
    proposed = propose(article, extract(article, authority, network()), authority)
    settled = settled_with_records()(article, proposed)
    assert sorted(entity.entity for entity in settled.entities if entity.known) == links


def strong_names(record):
    return [record.one("title"), *(fact.value for fact in record.each("aliases"))]


@pytest.mark.parametrize("name", PACKS)
def test_a_record_reads_as_the_page_that_it_becomes(name):
    for one in PACKS[name].records[:60]:
        path = f"content/entities/{one.id}.md"
        read, warnings = read_record(one.id, path, page(one))
        assert warnings == []
        assert read == value(one, one.id, path)


def test_the_list_says_what_there_is(root):
    listed = run(root, "authority", "pack")
    assert {line.split(":")[0] for line in listed.splitlines()} == set(PACKS)
    run(root, "authority", "pack", "un")
    assert "un: Bodies of the United Nations: 49 records, as of 2026-05 (used here)" in run(
        root, "authority", "pack"
    )


def test_a_pack_is_one_file_until_articles_name_its_records(root):
    run(root, "authority", "pack", "countries", "un")
    assert set(files(root)) == {"mkdocs.yml", "seeds/packs/countries.jsonl", "seeds/packs/un.jsonl"}
    add(root)
    assert {"syria", "turkey", "damascus", "united-nations-security-council"} <= entities(root)
    syria = record(root, "syria")
    assert "status: reviewed\n" in syria
    assert "  - {name: The World Factbook, date: 2026-05," in syria
    made = set(load_records(root / "content" / "entities"))
    assert made == entities(root), "nothing else becomes a page"
    assert run(root, "check") == "0 errors, 0 warnings\n"


def test_update_after_add_changes_nothing(root):
    run(root, "authority", "pack", "countries", "un")
    add(root)
    before = {path: data for path, data in files(root).items() if not path.endswith(".suggested.yml")}
    run(root, "update")
    assert {path: data for path, data in files(root).items() if path in before} == before
    assert set(files(root)) == {*before, "seeds/talks.suggested.yml"}


def test_pages_that_were_there_get_their_records_with_the_next_update(root):
    run(root, "authority", "pack", "countries")
    (root / "seeds" / "packs" / "countries.jsonl").rename(root / "later.jsonl")
    add(root)
    for id_ in ("turkey", "syria"):  # as if they had never been drafted
        (root / "content" / "entities" / f"{id_}.md").unlink(missing_ok=True)
        (root / "seeds" / "entities" / f"{id_}.suggested.yml").unlink(missing_ok=True)
    (root / "later.jsonl").rename(root / "seeds" / "packs" / "countries.jsonl")
    assert run(root, "update")
    for id_ in ("turkey", "syria"):
        assert "  - {name: The World Factbook," in record(root, id_)


def test_batches_make_no_difference(root, tmp_path):
    second = tmp_path / "second.txt"
    second.write_text("Second report\n\nTurkey and Syria met in Damascus again.\n", encoding="utf-8")
    run(root, "authority", "pack", "countries", "un")
    add(root)
    add(root, file="second.txt")
    apart = {path: data for path, data in files(root).items() if path.startswith("content/")}
    other = tmp_path / "other"
    other.mkdir()
    (other / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
    run(other, "authority", "pack", "un", "countries")
    run(other, "add", "second.txt", "talks.txt", "--date", "2016-05-30", "--lang", "en")
    assert {path: data for path, data in files(other).items() if path.startswith("content/")} == apart


def test_a_record_of_the_editors_comes_before_the_packs(root):
    (root / "content" / "entities").mkdir(parents=True)
    own = '---\ntitle: Syrian Arab Republic\ntype: place\nsame_as: ["wikidata:Q858"]\nstatus: reviewed\n---\n'
    (root / "content" / "entities" / "syria-state.md").write_text(own, encoding="utf-8")
    told = run(root, "authority", "pack", "countries")
    assert "content/entities/syria-state.md: changed, Syria (place)" in told
    assert "  - name: Syria\n    lang: en\n" in record(root, "syria-state")
    add(root)
    assert "syria-state" in entities(root)
    assert not (root / "content" / "entities" / "syria.md").exists()


def test_a_record_that_an_editor_removed_is_not_taken_again(root, tmp_path):
    run(root, "authority", "pack", "countries")
    add(root)
    (root / "content" / "entities" / "syria.md").unlink()
    (tmp_path / "second.txt").write_text("Second report\n\nTurkey and Syria met again.\n", encoding="utf-8")
    add(root, file="second.txt")
    assert not (root / "content" / "entities" / "syria.md").exists()
    assert (root / "content" / "entities" / "turkey.md").exists()


def test_a_new_version_follows_what_editors_left_alone(root, monkeypatch):
    run(root, "authority", "pack", "countries")
    add(root)
    edited = record(root, "turkey").replace("title: Turkey", "title: Türkiye (ours)")
    (root / "content" / "entities" / "turkey.md").write_text(edited, encoding="utf-8")
    text = data.pack("countries")
    newer = text.replace('["Syrie","fr",2]', '["La Syrie","fr",2]').replace(
        '["Turquie","fr",2]', '["La Turquie","fr",2]'
    )
    assert newer != text
    monkeypatch.setattr(data, "pack", lambda name: newer if name == "countries" else text)
    assert "(used here in another version" in run(root, "authority", "pack")
    told = run(root, "authority", "pack", "countries")
    assert "433 records: 0 added, 0 removed, 2 changed" in told
    assert "  + alias: La Syrie" in told
    assert "{name: La Syrie, lang: fr}" in record(root, "syria")
    assert "{name: Syrie, lang: fr}" not in record(root, "syria")
    assert "title: Türkiye (ours)" in record(root, "turkey")


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        (
            "fr",
            {
                "syria": "Syrie",
                "turkey": "Turquie",
                "united-nations-security-council": "Conseil de sécurité des Nations unies",
            },
        ),
        ("ar", {"syria": "سوريا", "turkey": "تركيا", "damascus": "دمشق"}),
    ],
)
def test_titles_of_packs_are_in_the_language_of_the_site(root, lang, titles):
    settings = root / "mkdocs.yml"
    settings.write_text(
        f"{settings.read_text(encoding='utf-8')}theme: {{name: material, language: {lang}}}\n",
        encoding="utf-8",
    )
    run(root, "authority", "pack", "countries", "un")
    assert "(used here)" in run(root, "authority", "pack")
    add(root)
    for id_, title in titles.items():
        assert f"title: {title}\n" in record(root, id_).replace('"', "")
    assert "{name: Syria, lang: en}" in record(root, "syria")
    assert set(titles) <= entities(root), "the names of the English article are found as before"


def test_a_country_whose_name_is_the_same_in_french_has_no_longer_one():
    french = load(titled(data.pack("countries"), "fr"), "").records
    titles = {one.id: one.one("title") for one in french}
    assert [titles[id_] for id_ in ("france", "mali", "hong-kong")] == ["France", "Mali", "Hong Kong"]
    assert [titles[id_] for id_ in ("germany", "iraq", "united-states")] == [
        "Allemagne",
        "Irak",
        "États-Unis",
    ]


def test_a_preview_and_a_removal(root):
    before = files(root)
    assert "nothing was written" in run(root, "authority", "pack", "un", "--dry-run")
    assert files(root) == before
    run(root, "authority", "pack", "un")
    assert "removed" in run(root, "authority", "pack", "un", "--remove")
    assert files(root) == before
    assert "no pack `atlantis`: there are" in run(root, "authority", "pack", "atlantis", code=2)


def test_a_pack_that_was_edited_by_hand_is_refused(root):
    run(root, "authority", "pack", "un")
    file = root / "seeds" / "packs" / "un.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace('"names":', '"nams":', 1), encoding="utf-8")
    assert "seeds/packs/un.jsonl" in (told := add(root, code=1))
    assert "D433" in told
    (root / "content").mkdir(exist_ok=True)
    assert "seeds/packs/un.jsonl:0:0: D433" in run(root, "check", code=1)


def test_several_packs_read_the_records_of_the_repository_once_and_each_reaches_them(root, monkeypatch):
    file = root / "content/entities/bbc.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitle: BBC\ntype: organization\nstatus: reviewed\n---\n", encoding="utf-8")
    (file.parent / "syria.md").write_text(
        "---\ntitle: Syria\ntype: place\nstatus: reviewed\n---\n", encoding="utf-8"
    )
    read = []

    def counted(folder):
        read.append(folder)
        return known_records(folder)

    monkeypatch.setattr(import_plan, "known_records", counted)
    run(root, "authority", "pack", "countries", "un", "media")
    assert len(read) == 1
    assert "proposed:" in record(root, "bbc")
    assert "proposed:" in record(root, "syria")


def test_capitals_lie_where_the_database_of_time_zones_has_them():
    zones = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    known = {
        zone.rpartition("/")[2].replace("_", " "): (_degrees(latitude), _degrees(longitude))
        for latitude, longitude, zone in re.findall(r"^\w\w\t([+-]\d+)([+-]\d+)\t(\S+)", zones, re.MULTILINE)
    }
    places = {
        record.one("title"): _place(record.one("location"))
        for record in PACKS["countries"].records
        if record.one("location")
    }
    shared = places.keys() & known.keys()
    away = {name: kilometres for name in shared if (kilometres := _distance(places[name], known[name])) > 25}
    assert away == {}
    assert len(shared) > 100


def _place(location: str) -> tuple[float, float]:
    lat, lon, _ = location.split(", ")
    return float(lat), float(lon)


def _degrees(written: str) -> float:
    """Degrees, minutes and sometimes seconds, as in ISO 6709."""
    digits = written[1:]
    whole = 3 if len(digits) in {5, 7} else 2
    degrees = int(digits[:whole]) + int(digits[whole : whole + 2]) / 60
    return -degrees if written[0] == "-" else degrees


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along a great circle."""
    (lat, lon), (lat2, lon2) = (tuple(map(math.radians, place)) for place in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))
