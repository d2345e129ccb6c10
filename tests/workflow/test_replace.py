"""`dossier add FILE --replaces PAGE`: an article that was corrected at its source."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from tests.support.terminal import Terminal

from dossierkit.cli import main

OLD = """\
Dam breaks near Lenn

The dam above Lenn broke on 4 May 2016, killing more than 215 people and injuring over 6,500.

Ada Moreau, who leads the inquiry, heard Bob Lee on 12 May 2016. He denied everything.

Nobody had read the gauges.
"""
NEW = OLD.replace("killing more than 215 people", "killing at least 218 people").replace(
    "Nobody had read the gauges.",
    "Nobody had read the gauges.\n\nCorrection: an earlier version gave a wrong toll.",
)
PAGE = "content/articles/2016/dam-breaks-near-lenn.md"
COLUMNS = Path(__file__).resolve().parents[1] / "ingest/files/columns.pdf"


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("added")
    assert dossier("init", folder / "repository").exit_code == 0
    source = folder / "dam.txt"
    source.write_text(OLD, encoding="utf-8")
    source.with_suffix(".yml").write_text("publisher: The Lenn Courier\n", encoding="utf-8")
    assert dossier("-C", folder / "repository", "add", source, "--date", "2016-05-20").exit_code == 0
    return folder


@pytest.fixture
def root(tmp_path, added) -> Path:
    shutil.copytree(added, tmp_path, dirs_exist_ok=True)
    return tmp_path / "repository"


def dossier(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def corrected(tmp_path, text=NEW, name="dam.txt") -> Path:
    file = tmp_path / "corrected" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def replaced(root, file, *more):
    return dossier("-C", root, "add", file, "--replaces", PAGE, *more)


def edit(root, old, new):
    page = root / PAGE
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")


def without(root, name):
    """The page without an entity, as an editor takes it out."""
    page = root / PAGE
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    assert any(name in line for line in lines if line.startswith("  - {name"))
    page.write_text(
        "".join(one for one in lines if not (one.startswith("  - {name") and name in one)), encoding="utf-8"
    )


def test_the_corrected_edition_takes_the_place_of_the_old_one_which_stays(root, tmp_path):
    result = replaced(root, corrected(tmp_path))
    page = (root / PAGE).read_text(encoding="utf-8")
    (new,) = (root / "seeds").glob("dam-*.txt")
    assert "killing at least 218 people" in page.partition("\n---\n")[2]
    assert "more than 215" not in page
    assert f"file: seeds/{new.name}" in page
    assert new.read_text(encoding="utf-8") == NEW
    assert (root / "seeds/dam.txt").read_text(encoding="utf-8") == OLD
    assert new.with_suffix(".yml").read_text(encoding="utf-8") == "publisher: The Lenn Courier\n"
    assert not (root / "seeds/dam.suggested.yml").exists()
    assert (
        "“…May 2016, killing more than 215 people and injuring…” → “…May 2016, killing at least 218 people and injuring…”"
        in result.output
    )
    assert len(list((root / "content/articles").rglob("*.md"))) == 1


def test_a_repository_with_a_replaced_source_is_in_order(root, tmp_path):
    replaced(root, corrected(tmp_path))
    assert not {"D601", "D602", "D501"} & set(dossier("-C", root, "check").output.split())
    assert "1 page unchanged" in dossier("-C", root, "update").output
    assert "was added already" in dossier("-C", root, "add", tmp_path / "dam.txt").output
    (root / "seeds/dam.txt").write_text("other\n", encoding="utf-8")
    assert "seeds/dam.txt is not what was added" in dossier("-C", root, "check").output


def test_decisions_stay(root, tmp_path):
    without(root, "Bob Lee")
    edit(root, "Nobody had read the gauges.", "Nobody had read the gauges, the inquiry found.")
    dossier("-C", root, "update")
    replaced(root, corrected(tmp_path, NEW.replace("heard Bob Lee", "heard Bob Lee at noon")))
    page = (root / PAGE).read_text(encoding="utf-8")
    assert "name: Bob Lee" not in page
    assert "the inquiry found" in page
    assert "heard Bob Lee at noon" in page


def test_what_both_changed_stays_as_the_editor_has_it_and_is_said(root, tmp_path):
    edit(root, "killing more than 215 people", "killing over 215 people")
    result = replaced(root, corrected(tmp_path))
    assert "killing over 215 people" in (root / PAGE).read_text(encoding="utf-8")
    assert "! text: edited in the page, and changed in the source" in result.output
    assert result.exit_code == 1


def test_what_the_editor_corrected_already_is_no_conflict(root, tmp_path):
    edit(root, "killing more than 215 people", "killing at least 218 people")
    result = replaced(root, corrected(tmp_path))
    assert "! text" not in result.output
    assert result.exit_code == 0


def test_a_quote_that_went_is_said(root, tmp_path):
    edit(
        root,
        "timeline:\n",
        "timeline:\n  - {date: 2016-05-04, text: 215 people die, quote: killing more than 215 people}\n",
    )
    shorter = NEW.partition("\n\nNobody had read")[0]
    result = replaced(root, corrected(tmp_path, f"{shorter}\n"))
    assert "  - text: “Nobody had read the gauges.”\n" in result.output
    assert (
        "! the quote “killing more than 215 people” is no longer in the text; most similar is “"
        in result.output
    )
    assert "killing at least 218 people" in result.output.partition("most similar is")[2]
    assert result.exit_code == 1


def test_a_published_page_is_asked_for_its_correction(root, tmp_path):
    edit(root, "status: draft", "status: published")
    assert "--correction" in replaced(root, corrected(tmp_path)).output
    assert "corrections:" not in (root / PAGE).read_text(encoding="utf-8")


def test_the_correction_can_be_given(root, tmp_path):
    edit(root, "status: draft", "status: published")
    result = replaced(root, corrected(tmp_path), "--correction", "218 people died, not 215: as reported.")
    assert "say what was wrong" not in result.output
    page = (root / PAGE).read_text(encoding="utf-8")
    assert 'what: "218 people died, not 215: as reported."' in page


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--slug", "x"), "--replaces"),
        (("--date", "2016"), "--replaces"),
        (("other.txt",), "one file"),
    ],
)
def test_options_that_do_not_go_together(root, tmp_path, more, says):
    result = replaced(root, corrected(tmp_path), *more)
    assert result.exit_code == 2
    assert says in result.output


def test_a_folder_of_several_files_is_refused(root, tmp_path):
    corrected(tmp_path)
    result = replaced(root, tmp_path)
    assert result.exit_code == 2
    assert "one file" in result.output


def test_an_address_is_refused(root):
    assert "save what it has" in replaced(root, "https://courier.example/dam").output


def test_a_correction_needs_what_it_replaces(root, tmp_path):
    assert "--replaces" in dossier("-C", root, "add", corrected(tmp_path), "--correction", "x").output


def test_the_same_bytes_and_a_page_without_source_are_refused(root, tmp_path):
    assert "D402" in replaced(root, tmp_path / "dam.txt").output
    edit(root, "file: seeds/dam.txt", "url: https://courier.example/dam")
    assert "no source" in replaced(root, corrected(tmp_path)).output


def test_nothing_is_written_where_the_page_cannot_be_edited(root, tmp_path):
    edit(root, "source:\n", "source: &origin\n")
    edit(root, "tags:", "copied: *origin\ntags:")
    before = (root / PAGE).read_bytes(), sorted((root / "seeds").iterdir())
    assert replaced(root, corrected(tmp_path)).exit_code == 1
    assert ((root / PAGE).read_bytes(), sorted((root / "seeds").iterdir())) == before


def test_refusals_name_the_way(root, tmp_path):
    command = f"dossier add {tmp_path / 'corrected/dam.txt'} --replaces {PAGE}"
    assert command in dossier("-C", root, "add", corrected(tmp_path)).output
    other = corrected(tmp_path, name="dam-corrected.txt")
    assert (
        f"dossier add {other} --replaces {PAGE}"
        in dossier("-C", root, "add", other, "--date", "2016-05-20").output
    )
    (root / "seeds/dam.txt").write_text(NEW, encoding="utf-8")
    for command in ("check", "update"):
        assert "--replaces" in dossier("-C", root, command).output


def test_a_withdrawn_page_takes_its_earlier_editions_with_it(root, tmp_path):
    replaced(root, corrected(tmp_path))
    result = dossier("-C", root, "withdraw", PAGE, "--reason", "Wrong.", "--source", "--yes")
    assert result.exit_code == 0
    assert not list((root / "seeds").glob("dam*"))


def test_the_tombstone_names_the_copies_that_stay(root, tmp_path):
    replaced(root, corrected(tmp_path))
    result = dossier("-C", root, "withdraw", PAGE, "--reason", "Wrong.", "--yes")
    assert "seeds/dam.txt and seeds/dam.yml are still in the repository" in result.output
    assert "D604" not in dossier("-C", root, "check").output


@pytest.fixture
def curated(root) -> Path:
    """A published page, whose entry about the dam has a person's heading, and is a key moment with a place in its day."""
    heading = of_the_dam(root)["text"]
    mine = "text: The inquiry's dam\n    key: true\n    order: 3"
    edit(root, f"text: {heading}\n", f"{mine}\n")
    dossier("-C", root, "review", "--bulk", "accept", "--kind", "doubtful", "--yes")
    published = dossier("-C", root, "publish", PAGE, "--accept")
    assert published.exit_code == 0, published.output
    return root


def timeline(root):
    return yaml.safe_load((root / PAGE).read_text(encoding="utf-8").split("---\n")[1])["timeline"]


def of_the_dam(root):
    (entry,) = (one for one in timeline(root) if str(one["date"]) == "2016-05-04")
    return entry


def test_other_words_in_a_quote_are_one_question_and_what_a_person_wrote_stays(curated, tmp_path):
    result = replaced(curated, corrected(tmp_path))
    assert "the quote changed: “" in result.output
    assert "no longer" not in result.output
    assert "more than 215" in of_the_dam(curated)["quote"]
    terminal = Terminal(curated, PAGE)
    assert "at least 218" in terminal.press("a")
    terminal.wait("0 open")
    entry = of_the_dam(curated)
    assert "at least 218" in entry["quote"]
    assert (entry["text"], entry["key"]) == ("The inquiry's dam", True)
    assert entry["order"] == 3
    before = (curated / PAGE).read_bytes()
    assert "1 page unchanged" in dossier("-C", curated, "update").output
    assert (curated / PAGE).read_bytes() == before


def test_an_entry_that_went_and_the_one_that_came_are_shown_with_each_other(curated, tmp_path):
    sentence = OLD.split("\n\n")[1]
    again = "On 4 May 2016 Bob Lee was fired near Lenn."
    replaced(curated, corrected(tmp_path, OLD.replace(sentence, again)))
    terminal = Terminal(curated, PAGE)
    came, went = terminal.press("s"), terminal.press("a")
    assert "may be instead of the entry whose words are gone: 2016-05-04 The inquiry's dam" in spaced(came)
    assert "in the page: 2016-05-04 The inquiry's dam, a key moment: “The dam above Lenn broke" in spaced(
        went
    )
    assert f"“{again}”" in spaced(went)
    assert "a  take it out of the page" in went


def spaced(shown):
    return " ".join(shown.split())


def test_an_entry_is_on_the_page_of_the_edition_that_is_shown(root, tmp_path):
    """Only an original with pages has them; that of the earlier edition would lead readers astray."""
    paged = tmp_path / "dam.pdf"
    shutil.copy(COLUMNS, paged)
    edit(root, f"  sha256: {note_of(root)['sha256']}\n", "")
    replaced(root, paged)
    assert note_of(root)["earlier"] == [{"file": "seeds/dam.txt"}]
    assert note_of(root)["pages"].startswith("1@0 2@")
    replaced(root, corrected(tmp_path))
    assert "pages" not in note_of(root)


def note_of(root):
    return yaml.safe_load((root / PAGE).read_text(encoding="utf-8").split("---\n")[1])["source"]
