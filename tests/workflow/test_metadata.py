"""A table of what is known of many sources: with `add`, and with `update` for pages that are there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml
from tests.support.runner import printed as run

from dossierkit.store.seeds import Knowledge
from dossierkit.workflow.adding.source_table import SourceTable, TableRow

TEXT = "{}\n\nAda Moreau opened the bridge on Friday.\n"
PAGE = "content/articles/2016/{}.md"


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
    (tmp_path / "in").mkdir()
    for name in ("one", "two"):
        (tmp_path / "in" / f"{name}.txt").write_text(TEXT.format(f"Title {name}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def table(text, name="in/sources.csv"):
    Path(name).write_text(text, encoding="utf-8")
    return name


def front(root, path):
    return yaml.safe_load((root / path).read_text(encoding="utf-8").split("---")[1])


def files(root):
    return {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


ROWS = """\
file,date,publisher,url,author,lang,title
one.txt,2016-05-30,"The Lenn Courier, Ltd",https://courier.example/1,Bob Lee,en,
in/two.txt,2016-05,,,,fr,Another title
"""


def test_add_takes_what_a_table_says_of_each_source(root):
    run(root, "add", "in", "--metadata", table(ROWS))  # the table lies in the folder, and is no source
    one = front(root, PAGE.format("title-one"))
    assert str(one["date"]) == "2016-05-30"
    assert one["source"]["publisher"] == "The Lenn Courier, Ltd"
    assert one["source"]["url"] == "https://courier.example/1"
    assert one["source"]["author"] == "Bob Lee"
    two = front(root, PAGE.format("another-title"))
    assert (str(two["date"]), two["lang"]) == ("2016-05", "fr")
    known = (root / "seeds" / "two.yml").read_text(encoding="utf-8")
    assert known == "title: Another title\ndate: 2016-05\nlang: fr\n"


def test_columns_may_have_usual_names_and_capitals(root):
    text = (
        "File Name;Headline;Date published;Newspaper;Link;Language\n"
        "one.txt;First;2016-05-30;Lenn Courier;https://courier.example/1;en\n"
    )
    run(root, "add", "in/one.txt", "--metadata", table(text))
    one = front(root, PAGE.format("first"))
    assert (str(one["date"]), one["lang"], one["source"]["publisher"]) == ("2016-05-30", "en", "Lenn Courier")
    assert one["source"]["url"] == "https://courier.example/1"


def test_options_win_and_a_curators_file_keeps_its_comments(root):
    Path("in/one.yml").write_text("rights: ours  # by letter\ndate: 2015\n", encoding="utf-8")
    run(root, "add", "in/one.txt", "--metadata", table(ROWS), "--publisher", "Another Paper")
    assert front(root, PAGE.format("title-one"))["source"]["publisher"] == "Another Paper"
    known = (root / "seeds" / "one.yml").read_text(encoding="utf-8")
    assert "rights: ours  # by letter\n" in known
    assert "date: 2016-05-30\n" in known


def test_a_table_may_tell_of_more_than_is_added_now(root):
    run(root, "add", "in/one.txt", "--metadata", table(ROWS))
    assert not (root / "seeds" / "two.txt").exists()
    run(root, "add", "in/two.txt", "--metadata", "in/sources.csv")
    assert (root / PAGE.format("another-title")).exists()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("file,date,when\none.txt,2016,x\n", ["1:11: D434 the column `when` means nothing here: use file, title, date, lang, publisher, author, url, archived, rights, reliability, tags, encoding"]),
        ("file,Date,published\none.txt,2016,2015\n", ["1:11: D434 the columns `Date` and `published` both mean `date`: keep one"]),
        ("date\n2016\n", ["1:1: D434 the column `file` is missing: it names the source that a row is about"]),
        ("file,date\n", ["1:1: D430 the table has no rows: give each source one"]),
        ("file,date,url,lang\none.txt,May,ftp://x,English!\n,2016,,\none.txt,,,\n", ["2:9: D435 date: 'May' is not an EDTF date", "2:13: D435 url: `ftp://x` is not a web address", "2:21: D435 lang: `English!` is not a language tag", "3:1: D435 the row names no file", "4:1: D435 `one.txt` is already in line 2"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_said_at_once_and_nothing_is_written(root, text, wrong):
    name = table(text)
    told = run(root, "add", "in/one.txt", "--metadata", name, code=1).splitlines()
    assert len(told) == len(wrong) + 1
    for line, expected in zip(told, wrong, strict=False):
        assert line.startswith(f"{name}:{expected}")
    assert not (root / "seeds").exists()


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"file,title\none.txt,Caf\xe9\n", "D430 byte 22 is not UTF-8: save the file as UTF-8 (in Excel: “CSV UTF-8”)"),
        (b"PK\x03\x04\x14\x00\xe9", "D430 is a spreadsheet: save it as CSV in UTF-8"),
        (b"\xd0\xcf\x11\xe0", "D430 is a spreadsheet: save it as CSV in UTF-8"),
    ],
)  # fmt: skip
def test_a_table_that_is_no_text_in_utf_8_says_how_to_save_it(root, data, wrong):
    Path("in/sources.csv").write_bytes(data)
    assert wrong in run(root, "add", "in/one.txt", "--metadata", "in/sources.csv", code=1)


REGISTER = "file,date\nthree.txt,2016\none.txt,2016\nnor.txt,\n"


def test_rows_of_sources_that_are_not_given_are_mentioned_and_stop_nothing(root):
    name = table(REGISTER)
    told = run(root, "add", "in/one.txt", "--metadata", name)
    assert f"{name}: rows of sources that are not given: three.txt (line 2), nor.txt (line 4)\n" in told
    assert str(front(root, PAGE.format("title-one"))["date"]) == "2016"


def calls(rows, missing):
    """How many functions are called to find which of so many files each row means."""
    names = [f"page-{number}.txt" for number in range(rows)]
    listed = SourceTable(
        "in/sources.csv",
        tuple(TableRow(f"{missing}{name}", Knowledge(), 2, 1) for name in names),
    )
    count = 0

    def called(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        listed.of([Path("in", name) for name in names], keep_going=True)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("missing", ["", "not-"])
def test_the_cost_of_a_table_grows_as_its_rows(missing):
    """The square would be sixteen times as much: two thousand sources with a table kept `add` busy for ten minutes."""
    calls(10, missing)
    assert calls(400, missing) < 5 * calls(100, missing)


def test_all_or_none_needs_a_source_for_each_row(root):
    name = table(REGISTER)
    told = run(root, "add", "in/one.txt", "--all-or-none", "--metadata", name, code=1).splitlines()
    assert [line.partition(": name a file")[0] for line in told[:2]] == [
        f"{name}:2:1: D436 no source `three.txt`", f"{name}:4:1: D436 no source `nor.txt`",
    ]  # fmt: skip
    assert not (root / "seeds").exists()


def test_a_misspelt_name_is_told_and_its_file_waits_for_the_corrected_row(root):
    Path("in/bridge-2.txt").write_text(TEXT.format("Bridge"), encoding="utf-8")
    text = "file,date\nin/birdge-2.txt,2016\none.txt,2016\nbridge-3.txt,2016\n"
    told = run(root, "add", "in/one.txt", "in/bridge-2.txt", "--metadata", table(text), code=1)
    assert ":2:1: D436 no source `in/birdge-2.txt`: did you mean `bridge-2.txt`? Correct the name" in told
    assert "rows of sources that are not given: bridge-3.txt (line 4)" in told
    assert sorted(file.name for file in (root / "seeds").glob("*.txt")) == ["one.txt"]
    run(root, "add", "in/bridge-2.txt", "--metadata", table(text.replace("birdge", "bridge")))
    assert str(front(root, PAGE.format("bridge"))["date"]) == "2016"


def test_update_writes_what_a_table_says_and_dates_the_page(root):
    run(root, "add", "in/one.txt", "in/two.txt")
    page = "content/articles/undated/title-one.md"
    assert "date" not in front(root, page)
    told = run(root, "update", "--metadata", table("file,date,publisher\none.txt,2016-05-30,The Paper\n"))
    assert "seeds/one.yml: written" in told
    after = front(root, page)
    assert str(after["date"]) == "2016-05-30"
    assert after["source"]["publisher"] == "The Paper"
    assert "2016-05-27" in (root / page).read_text(encoding="utf-8"), (
        "Friday is counted from the date that is known now"
    )
    assert "date" not in front(root, "content/articles/undated/title-two.md")
    before = files(root)
    run(root, "update", "--metadata", "in/sources.csv")
    assert files(root) == before


def test_update_does_not_undo_what_an_editor_wrote_in_the_page(root):
    run(root, "add", "in/one.txt", "--publisher", "The Paper")
    page = root / "content/articles/undated/title-one.md"
    page.write_text(page.read_text(encoding="utf-8").replace("The Paper", "The Real Paper"), encoding="utf-8")
    told = run(root, "update", "--metadata", table("file,publisher\none.txt,A Third Paper\n"), code=1)
    assert "  ! source.publisher" in told
    assert front(root, page.relative_to(root))["source"]["publisher"] == "The Real Paper"


def test_update_says_which_sources_are_not_there(root):
    run(root, "add", "in/one.txt")
    before = files(root)
    name = table("file,date\none.txt,2016\ntwo.txt,2016\n")
    told = run(root, "update", "--metadata", name, code=1)
    assert told.startswith(f"{name}:3:1: D436 no source `two.txt` in seeds/")
    assert files(root) == before


def test_a_table_cannot_write_outside_of_seeds(root):
    run(root, "add", "in/one.txt")
    told = run(
        root, "update", "--metadata", table("file,date\n../../etc/one.txt,2016\n../mkdocs.yml,2016\n"), code=1
    )
    assert "D436 no source `../mkdocs.yml`" in told
    assert sorted(file.name for file in root.iterdir()) == ["content", "mkdocs.yml", "seeds"]


@pytest.mark.parametrize(
    "written", ["23/01/2023", "1/23/2023", "23.1.2023", "2023-01-23 00:00:00", "2023-01-23T08:30:11.120Z"]
)
def test_a_day_as_a_spreadsheet_writes_it_is_read_where_it_can_only_be_one(root, written):
    run(root, "add", "in/one.txt", "--metadata", table(f"file,date\none.txt,{written}\n"))
    assert str(front(root, "content/articles/2023/title-one.md")["date"]) == "2023-01-23"
    run(root, "add", "in/two.txt", "--date", written)
    assert str(front(root, "content/articles/2023/title-two.md")["date"]) == "2023-01-23"


def test_a_day_that_may_be_two_is_refused_with_both(root):
    said = run(root, "add", "in/one.txt", "--metadata", table("file,date\none.txt,11/12/2016\n"), code=1)
    assert "D435 date: `11/12/2016` may be 2016-12-11 or 2016-11-12: write the one that is meant" in said


def test_an_article_that_gets_its_date_is_offered_its_address(root):
    run(root, "add", "in/one.txt")
    said = run(root, "update", "--metadata", table("file,date\none.txt,2016-05-30\n"))
    assert (
        "note: its address still says that it has no date: `dossier rename undated/title-one 2016/title-one`"
        in said
    )
    run(root, "rename", "undated/title-one", "2016/title-one")
    assert front(root, PAGE.format("title-one"))["title"] == "Title one"
    assert run(root, "update") == "1 page unchanged\n"
