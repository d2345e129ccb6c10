"""Records imported: what inputs become, how they are known again, what an editor changed stays, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from tests.support.runner import printed as run
from tests.support.yaml_files import read_yaml

from dossierkit.cli import main
from dossierkit.evidence.visibility import visible
from dossierkit.merge.record import open_record
from dossierkit.merge.record_decide import open_offers, take
from dossierkit.model.proposal import RecordProposal
from dossierkit.store.content import load_content
from dossierkit.store.imported import load

CASES = read_yaml(Path(__file__).with_name("import_cases.yml"))
FACTS = ("--date", "2026-05", "--licence", "CC0 1.0")
RECORD = "---\ntitle: {}\ntype: {}\n{}status: reviewed\n---\n"


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """An empty repository; files to import lie in the folder where the command is run."""
    folder = tmp_path / "repository"
    (folder / "content" / "entities").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\nplugins: [dossier]\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return folder


def give(text, name="in.csv"):
    Path(name).write_text(text, encoding="utf-8")
    return name


def record(root, id_, text):
    (root / "content" / "entities" / f"{id_}.md").write_text(text, encoding="utf-8")


def page(root, id_):
    return (root / "content" / "entities" / f"{id_}.md").read_text(encoding="utf-8")


def written(root):
    return {
        file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_input(root, case):
    Path(case["file"]).write_text(case["text"], encoding="utf-8")
    before = written(root)
    arguments = ("authority", "import", case["file"], *FACTS, *case.get("options", ()))
    if "wrong" in case:
        told = run(root, *arguments, code=1)
        assert told.splitlines()[:-1] == sorted(case["wrong"])
        assert written(root) == before
        return
    told = run(root, *arguments)
    for id_, lines in case["pages"].items():
        assert set(lines) <= set(page(root, id_).splitlines()), page(root, id_)
    assert not any(words in page(root, id_) for id_, words in case.get("without", {}).items())
    made = {file.stem for file in (root / "content" / "entities").glob("*.md")}
    assert made == set(case["pages"])
    for words in case.get("says", ()):
        assert words in told
    assert run(root, "check") == "0 errors, 0 warnings\n"


@pytest.mark.parametrize(
    "case", [case for case in CASES if "wrong" not in case], ids=lambda case: case["name"]
)
def test_a_second_import_changes_no_byte(root, case):
    Path(case["file"]).write_text(case["text"], encoding="utf-8")
    arguments = ("authority", "import", case["file"], *FACTS, *case.get("options", ()))
    run(root, *arguments)
    before = written(root)
    assert "unchanged; 0 conflicts" in run(root, *arguments)
    assert written(root) == before


def test_a_preview_writes_nothing_and_says_what_would_be(root):
    name = give("name,type\nAda Moreau,person\n")
    before = written(root)
    told = run(root, "authority", "import", name, *FACTS, "--dry-run")
    assert "content/entities/ada-moreau.md: new record, Ada Moreau (person)" in told
    assert "nothing was written" in told
    assert written(root) == before
    assert told.splitlines()[:-1] == run(root, "authority", "import", name, *FACTS).splitlines()


def test_an_import_follows_its_source_and_keeps_what_editors_changed(root):
    give("id,name,type,aliases,description\na,Lenn Council,organization,LVC Group; Old Council,A council\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    edited = page(root, "a").replace("  - LVC Group\n", "  - Our Council\n").replace("A council", "Our words")
    record(root, "a", edited)
    give(
        "id,name,type,aliases,description\na,Lenn Valley Council,organization,LVC Group; New Council,The council\n"
    )
    told = run(root, "authority", "import", "in.csv", *FACTS, code=1)
    assert "  ~ title: Lenn Council -> Lenn Valley Council" in told
    assert "  + alias: New Council" in told
    assert "  - alias: Old Council" in told
    assert "  ! description: the record says “Our words”, imported is “The council”" in told
    after = page(root, "a")
    assert "title: Lenn Valley Council\n" in after
    assert "  - Our Council\n  - New Council\n" in after
    assert "LVC Group" not in after
    assert "Our words" in after
    again = run(root, "authority", "import", "in.csv", *FACTS)
    assert "1 unchanged; 0 conflicts" in again, "a conflict is listed once"
    assert page(root, "a") == after


def test_what_an_editor_took_out_stays_out_though_the_source_drops_it_in_between(root):
    with_, without = (f"name,type,aliases\nLenn Council,organization,{name}\n" for name in ("LVC Group", ""))
    for text in (with_, without, with_):
        give(text)
        run(root, "authority", "import", "in.csv", *FACTS)
        if text is with_ and "LVC Group" in page(root, "lenn-council"):
            record(root, "lenn-council", page(root, "lenn-council").replace("aliases:\n  - LVC Group\n", ""))
    assert "LVC Group" not in page(root, "lenn-council")


def test_a_comment_beside_a_value_makes_it_an_editors(root):
    give("name,type,aliases\nLenn Council,organization,LVC Group\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    record(
        root, "lenn-council", page(root, "lenn-council").replace("- LVC Group", "- LVC Group  # as they sign")
    )
    give("name,type,aliases\nLenn Council,organization,\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    assert "# as they sign" in page(root, "lenn-council")


def test_a_record_that_was_removed_is_not_imported_again(root):
    give("name,type\nAda Moreau,person\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    (root / "content" / "entities" / "ada-moreau.md").unlink()
    told = run(root, "authority", "import", "in.csv", *FACTS)
    assert "was removed here: it is not imported again" in told
    assert not (root / "content" / "entities" / "ada-moreau.md").exists()


def test_a_record_is_known_again_by_an_identifier_whatever_it_is_called(root):
    record(
        root,
        "lvc",
        RECORD.format("The Council", "organization", 'same_as: ["https://www.wikidata.org/wiki/Q5"]\n'),
    )
    give("name,type,wikidata,aliases\nLenn Valley Council,organization,Q5,LVC Group\n")
    told = run(root, "authority", "import", "in.csv", *FACTS)
    assert "content/entities/lvc.md: changed, Lenn Valley Council (organization)" in told
    assert "title: The Council\n" in page(root, "lvc")
    assert "  - Lenn Valley Council\n" in page(root, "lvc"), "another title becomes an alias"
    assert "proposed:" not in page(root, "lvc")


def test_a_record_with_the_same_name_and_type_waits_for_a_decision(root):
    record(root, "ada", RECORD.format("Ada Moreau", "person", ""))
    give("name,type,wikidata,aliases\nAda Moreau,person,Q5,Ada M. Moreau\n")
    told = run(root, "authority", "import", "in.csv", *FACTS)
    assert "content/entities/ada.md: proposed, Ada Moreau (person)" in told
    found = yaml.safe_load(page(root, "ada").split("---")[1])
    assert found["proposed"] == {"aliases": ["Ada M. Moreau"], "same_as": ["wikidata:Q5"]}
    assert "aliases" not in found
    before = written(root)
    run(root, "authority", "import", "in.csv", *FACTS)
    assert written(root) == before


def test_an_accepted_identifier_makes_later_imports_sure(root):
    record(root, "ada", RECORD.format("Ada Moreau", "person", ""))
    give("name,type,wikidata\nAda Moreau,person,Q5\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    give("name,type,wikidata,aliases\nAda Moreau,person,Q5,Ada M. Moreau\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    waiting = yaml.safe_load(page(root, "ada").split("---")[1])["proposed"]
    assert waiting == {"same_as": ["wikidata:Q5"], "aliases": ["Ada M. Moreau"]}
    record(root, "ada", RECORD.format("Ada Moreau", "person", 'same_as: ["wikidata:Q5"]\n'))
    give("name,type,wikidata,aliases\nAda Moreau,person,Q5,Ada M. Moreau; Ada Maria Moreau\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    found = yaml.safe_load(page(root, "ada").split("---")[1])
    assert found["aliases"] == ["Ada Maria Moreau"], "the other one was deleted while it waited"
    assert "proposed" not in found


def test_what_was_rejected_is_not_imported_again(root):
    record(root, "ada", RECORD.format("Ada Moreau", "person", ""))
    give("name,type,aliases\nAda Moreau,person,Ada M. Moreau\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    record(root, "ada", RECORD.format("Ada Moreau", "person", ""))  # an editor deletes what waits
    run(root, "authority", "import", "in.csv", *FACTS)
    assert "Ada M. Moreau" not in page(root, "ada")


@pytest.mark.parametrize(
    ("existing", "text", "why"),
    [
        ({"a": ("Ada Moreau", "person", 'same_as: "wikidata:Q6"\n')}, "name,type,wikidata\nAda Moreau,person,Q5\n", "is wikidata:Q6, not wikidata:Q5"),
        ({"a": ("Lenn", "place", "")}, "name,type\nLenn,organization\n", "has that name, and is of the type place"),
        ({"a": ("A B", "person", 'same_as: "wikidata:Q6"\n'), "b": ("C D", "person", 'same_as: "viaf:7"\n')}, "name,type,wikidata,viaf\nE F,person,Q6,7\n", "its identifiers are those of `a`, `b`"),
        ({}, "name,type\nAda Moreau,person\nAda Moreau,person\n", "it is the same as the record of line 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_apart_is_listed_and_left_out(root, existing, text, why):
    for id_, parts in existing.items():
        record(root, id_, RECORD.format(*parts))
    before = {id_: page(root, id_) for id_ in existing}
    give(text)
    told = run(root, "authority", "import", "in.csv", *FACTS, code=1)
    assert why in told
    assert {id_: page(root, id_) for id_ in existing} == before
    assert run(root, "check") == "0 errors, 0 warnings\n"


def test_an_alias_that_another_record_has_is_left_out(root):
    record(root, "lvc", RECORD.format("Lenn Valley Council", "organization", "aliases: [LVC Group]\n"))
    give("name,type,aliases\nLower Valley Meeting,event,LVC Group\n")
    told = run(root, "authority", "import", "in.csv", *FACTS, code=1)
    assert "alias: “LVC Group” is a name of `lvc` already" in told
    assert "LVC Group" not in page(root, "lower-valley-meeting")
    assert run(root, "check") == "0 errors, 0 warnings\n"


def test_a_name_of_two_records_of_one_list_is_the_ones_whose_title_it_is(root):
    give("name,type,aliases\nAda Moreau,person,Ada Lind\nAda Lind,person,\n")
    told = run(root, "authority", "import", "in.csv", *FACTS, code=1)
    assert "  ! alias: “Ada Lind” is the name of another record, line 3: it is left out here" in told
    assert "Ada Lind" not in page(root, "ada-moreau")
    assert "title: Ada Lind" in page(root, "ada-lind")
    assert run(root, "check") == "0 errors, 0 warnings\n"
    before = written(root)
    assert "2 unchanged" in run(root, "authority", "import", "in.csv", *FACTS, code=1)
    assert written(root) == before


def test_a_withdrawn_record_comes_from_no_other_list(root):
    give("name,type,aliases\nAda Moreau,person,Ada Lind\n", "old.csv")
    give("name,type\nAda Moreau,person\nBob Lee,person\n", "new.csv")
    run(root, "authority", "import", "old.csv", *FACTS)
    run(root, "withdraw", "content/entities/ada-moreau.md", "--reason", "At her request.", "--yes")
    told = run(root, "authority", "import", "new.csv", *FACTS)
    assert "the record `ada-moreau` was withdrawn: nothing is imported into it" in told
    made = {file.stem for file in (root / "content" / "entities").glob("*.md")}
    assert made == {"ada-moreau", "bob-lee"}


def test_an_identifier_that_is_there_as_an_address_is_not_added_again(root):
    record(
        root,
        "france",
        RECORD.format("France", "place", 'same_as: ["https://www.wikidata.org/wiki/Q142"]\n'),
    )
    give("name,type,wikidata\nFrance,place,Q142\n")
    assert "1 unchanged" in run(root, "authority", "import", "in.csv", *FACTS)
    assert "wikidata:Q142" not in page(root, "france")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_table_in_another_encoding_is_refused_with_what_to_do_in_excel(root, encoding):
    Path("in.csv").write_text("name,type\nÉcole,organization\n", encoding=encoding)
    told = run(root, "authority", "import", "in.csv", *FACTS, code=1)
    assert "save the file as UTF-8 (in Excel: “CSV UTF-8”)" in told


def test_ids_do_not_collide(root):
    record(root, "lenn", RECORD.format("The Lenn river", "place", ""))
    give("id,name,type\nlenn,Lenn Ltd,organization\n,Lénn,organization\n,Other,organization\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    made = {file.stem for file in (root / "content" / "entities").glob("*.md")}
    assert made == {"lenn", "lenn-ltd", "lenn-organization", "other"}


def test_a_renamed_record_is_still_known(root):
    give("name,type,aliases\nAda Moreau,person,Ada M. Moreau\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    run(root, "rename", "ada-moreau", "ada")
    give("name,type,aliases\nAda Moreau,person,Ada Maria Moreau\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    assert "  - Ada Maria Moreau\n" in page(root, "ada")
    assert "Ada M. Moreau" not in page(root, "ada")
    assert not (root / "seeds" / "entities" / "ada-moreau.imported.yml").exists()


def test_a_newer_version_of_a_source_says_its_date(root):
    give("name,type\nAda Moreau,person\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    told = run(root, "authority", "import", "in.csv", "--date", "2026-11", "--licence", "CC0 1.0")
    assert "  ~ source: in.csv, date 2026-11" in told
    assert "  - {name: in.csv, date: 2026-11, licence: CC0 1.0}\n" in page(root, "ada-moreau")


def test_two_sources_of_one_record_are_remembered_apart(root):
    for source, alias in (("one", "Ada M. Moreau"), ("two", "Ada Maria Moreau")):
        give(f"name,type,wikidata,aliases\nAda Moreau,person,Q5,{alias}\n")
        run(root, "authority", "import", "in.csv", *FACTS, "--source", source)
    text = page(root, "ada-moreau")
    assert "{name: one, date: 2026-05, licence: CC0 1.0}" in text
    assert "two" in text
    give("name,type,wikidata,aliases\nAda Moreau,person,Q5,\n")
    run(root, "authority", "import", "in.csv", *FACTS, "--source", "one")
    assert "Ada M. Moreau" not in page(root, "ada-moreau")
    assert "Ada Maria Moreau" in page(root, "ada-moreau")
    place = "seeds/entities/ada-moreau.imported.yml"
    assert [one.source for one in load((root / place).read_text(encoding="utf-8"), place)] == ["one", "two"]


def test_a_file_alone_is_enough_and_the_date_and_licence_are_asked_for(root):
    give("name,type\nAda Moreau,person\n")
    reminder = "note: the records will have no date and no licence"
    assert reminder in run(root, "authority", "import", "in.csv")
    assert "sources:\n  - {name: in.csv}\n" in page(root, "ada-moreau")
    assert run(root, "check") == "0 errors, 0 warnings\n"
    assert reminder not in run(root, "authority", "import", "in.csv", *FACTS)
    assert "{name: in.csv, date: 2026-05, licence: CC0 1.0}" in page(root, "ada-moreau")
    assert "EDTF" in run(root, "authority", "import", "in.csv", "--date", "May", "--licence", "own", code=2)


def test_sizes_are_bounded(root):
    give(
        "name,type,aliases\nAda,person,"
        + "; ".join(f"Name {n}" for n in range(300))
        + "\n"
        + "B" * 301
        + ",person,\n"
    )
    told = run(root, "authority", "import", "in.csv", *FACTS, code=1)
    assert "in.csv:2:1: D432 the record has 302 values, more than 200" in told
    assert "in.csv:3:1: D432 `title` has 301 characters, more than 300" in told
    give("name,type\n" + "x,person\n" * 50_002)
    assert "D432 the table has more than 50,000 rows" in run(
        root, "authority", "import", "in.csv", *FACTS, code=1
    )
    give("[" * 100_000, "deep.json")
    assert "D430" in run(root, "authority", "import", "deep.json", *FACTS, code=1)


def test_what_a_program_wrote_too_long_is_left_out_alone(root):
    many = [f"Ada Number {n}" for n in range(300)]
    entity = {"name": ["A" * 301, "Ada Moreau", *many], "wikidataId": ["Q5"], "description": ["d" * 2_001]}
    give(
        "".join(
            json.dumps({"id": id_, "schema": "Person", "properties": properties}) + "\n"
            for id_, properties in (("a", entity), ("b", {"name": ["Bob Lee"]}), ("c", {"name": ["C" * 301]}))
        ),
        "long.ftm.json",
    )
    told = run(root, "authority", "import", "long.ftm.json", *FACTS)
    assert "left out: values that are too long, or more than 200 of one record, line 1\n" in told
    assert "left out: records whose names are all too long, line 3\n" in told
    assert "wikidata:Q5" in page(root, "ada-moreau")
    assert "Ada Number 150" in page(root, "ada-moreau")
    assert "title: Bob Lee" in page(root, "bob-lee")


def test_another_dossiers_tables_keep_names_languages_places_and_identifiers(root, furnish, tmp_path):
    other = tmp_path / "other"
    furnish(other)
    (other / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\nplugins: [dossier]\n", encoding="utf-8"
    )
    CliRunner().invoke(main, ["-C", str(other), "export", "csv", "--out", str(tmp_path / "tables")])
    run(root, "authority", "import", "tables", *FACTS)
    theirs, mine = (load_content(folder / "content", folder)[0].records for folder in (other, root))
    assert set(mine) == {"geneva", "jane-doe"}
    for id_, one in mine.items():
        for field in ("title", "type", "aliases", "weak_aliases", "same_as", "location", "description"):
            assert getattr(one, field) == getattr(theirs[id_], field), (id_, field)


def test_what_another_dossier_gives_as_followthemoney_comes_in(root, furnish, tmp_path):
    other = tmp_path / "other"
    furnish(other)
    (other / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\nplugins: [dossier]\n", encoding="utf-8"
    )
    CliRunner().invoke(main, ["-C", str(other), "export", "ftm", "--out", str(tmp_path / "o.ftm.json")])
    run(root, "authority", "import", "o.ftm.json", *FACTS)
    mine = load_content(root / "content", root)[0].records
    assert mine["geneva"].type == "place"
    assert mine["geneva"].same_as == ("wikidata:Q71",)
    assert [name.text for name in mine["jane-doe"].weak_aliases] == ["Doe"]


def test_imported_records_that_no_page_names_are_not_shown_to_readers(root):
    give("name,type\nAda Moreau,person\nBob Lee,person\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    record(root, "own", RECORD.format("Eve Own", "person", ""))
    article = "---\ntitle: T\nstatus: published\nentities: [ada-moreau]\n---\nAda Moreau came.\n"
    (root / "content" / "articles").mkdir()
    (root / "content" / "articles" / "t.md").write_text(article, encoding="utf-8")
    content, _ = load_content(root / "content", root)
    assert set(visible(content, drafts=False).records) == {"ada-moreau", "own"}
    record(root, "bob-lee", page(root, "bob-lee").replace("named_only: true\n", ""))
    content, _ = load_content(root / "content", root)
    assert "bob-lee" in visible(content, drafts=False).records


MAPPING = """\
columns: {Bezeichnung: title, Andere: "aliases:de", Notiz: ""}
type: person
types: {Verein: organization}
separator: "/"
lang: de
"""


def test_a_mapping_file_says_what_columns_are(root):
    give(MAPPING, "map.yml")
    give("Bezeichnung,Art,Andere,Notiz\nTalverein,Verein,Verein des Tals/Der Talverein,x\n")
    told = run(root, "authority", "import", "in.csv", *FACTS, "--mapping", "map.yml", "--map", "Art=type")
    assert "not used: Notiz\n" in told
    text = page(root, "talverein")
    assert "type: organization\n" in text
    assert "  - {name: Verein des Tals, lang: de}\n  - {name: Der Talverein, lang: de}\n" in text
    assert "x" not in text.replace("licence", "")[text.index("aliases") :].split("sources")[0]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("columns: [a", "map.yml:1:12: D430 the mapping is not YAML"),
        ("type: person\ntype: place\n", "map.yml:2:1: D103 the key `type` occurs twice (first on line 1)"),
        (
            "colours: {}\n",
            "map.yml:0:0: D430 a mapping has the keys columns, type, types, separator, lang and no others",
        ),
        ("columns: title\n", "map.yml:0:0: D430 `columns` of the mapping is not what it should be"),
    ],
)
def test_a_mapping_file_that_is_none_is_refused(root, text, wrong):
    give(text, "map.yml")
    give("name,type\nAda,person\n")
    assert run(root, "authority", "import", "in.csv", *FACTS, "--mapping", "map.yml", code=1).startswith(
        wrong
    )


def test_the_format_can_be_said(root):
    give('{"id": "a", "schema": "Person", "properties": {"name": ["Ada Moreau"]}}\n', "dump.txt")
    run(root, "authority", "import", "dump.txt", *FACTS, "--format", "ftm")
    assert "title: Ada Moreau\n" in page(root, "ada-moreau")


def test_what_waits_from_an_import_can_be_accepted_as_any_proposal(root):
    record(root, "ada", RECORD.format("Ada Moreau", "person", ""))
    give("name,type,wikidata,label_fr\nAda Moreau,person,Q5,Ada la Moreau\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    assert "sources" not in page(root, "ada"), "nothing of it is the record's yet"
    path, last = "content/entities/ada.md", RecordProposal()
    while open_ := next(open_offers(open_record("ada", path, page(root, "ada")), last), None):
        decided = take(open_record("ada", path, page(root, "ada")), last, open_)
        record(root, "ada", decided.text)
    found = yaml.safe_load(page(root, "ada").split("---")[1])
    assert "proposed" not in found
    assert found["same_as"] == ["wikidata:Q5"]
    assert found["aliases"] == [{"name": "Ada la Moreau", "lang": "fr"}]
    assert "unchanged; 0 conflicts" in run(root, "authority", "import", "in.csv", *FACTS)


def test_a_record_that_was_there_stays_as_visible_as_it_was(root):
    record(root, "ada", RECORD.format("Ada Moreau", "person", 'same_as: ["wikidata:Q5"]\n'))
    give("name,type,wikidata,aliases\nAda Moreau,person,Q5,Ada M. Moreau\n")
    run(root, "authority", "import", "in.csv", *FACTS)
    assert "sources:" in page(root, "ada")
    content, _ = load_content(root / "content", root)
    assert set(visible(content, drafts=False).records) == {"ada"}


def export(folder, *rows):
    """A dossier's export with these records: id, title, type, description, other names."""
    Path(folder).mkdir()
    entities = "".join(f"{id_},{title},{type_},{about}\n" for id_, title, type_, about, _ in rows)
    names = "".join(f"{id_},{name},,alias\n" for id_, *_, names in rows for name in names)
    give(f"id,title,type,description\n{entities}", f"{folder}/entities.csv")
    give(f"entity,name,lang,kind\n{names}", f"{folder}/names.csv")
    return folder


def test_another_dossier_s_export_is_taken_over_again_after_both_have_changed(root):
    """A name that was the title there stays a name; a description that waits is the latest; who is gone there is said."""
    record(root, "ada", RECORD.format("Ada Moreau", "person", ""))
    old = export(
        "old",
        ("ada-moreau", "Ada Moreau", "person", "Chair.", ["A. Moreau"]),
        ("bruno", "Bruno Keller", "person", "", []),
        ("carla", "Carla Osei", "person", "", []),
    )
    assert "no longer in the source" not in run(root, "authority", "import", old, "--source", "Lenn", *FACTS)
    bruno = page(root, "bruno")
    record(root, "bruno", bruno.replace("type:", "description: Ours.\ntype:"))
    new = export(
        "new",
        ("ada-moreau", "Ada Moreau", "person", "Former chair.", ["A. Moreau"]),
        ("bruno", "Bruno B. Keller", "person", "", ["Bruno Keller"]),
    )
    said = run(root, "authority", "import", new, "--source", "Lenn", *FACTS)
    assert "description: Former chair." in page(root, "ada")
    assert "description: Chair." not in page(root, "ada")
    assert "title: Bruno B. Keller\n" in page(root, "bruno")
    assert "aliases:\n  - Bruno Keller\n" in page(root, "bruno")
    assert "description: Ours.\n" in page(root, "bruno")
    assert "content/entities/carla.md: no longer in the source, Carla Osei (person)" in said
    assert said.count("no longer in the source") == 1
    before = written(root)
    run(root, "authority", "import", new, "--source", "Lenn", *FACTS)
    assert written(root) == before
