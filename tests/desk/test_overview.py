"""The overview and the list of articles at the desk."""

from __future__ import annotations

import re

from click.testing import CliRunner
from tests.desk.conftest import opened

from dossierkit.cli import main

run = CliRunner().invoke


def test_an_empty_repository_says_what_to_do_first(tmp_path):
    run(main, ["init", str(tmp_path / "lenn")])
    desk = opened(tmp_path / "lenn")
    for view in ("/", "/articles"):
        shown = desk.get(view).text
        assert "There are no articles yet." in shown
        assert "dossier add article.txt" in shown
    assert "See what changed" not in desk.get("/").text
    assert "dossier authority pack" in desk.get("/records").text
    assert "There are no events yet." in desk.get("/events").text
    assert "Decide on all 0" not in desk.get("/names/all").text
    assert "Nothing found." in opened_with_articles(desk, tmp_path)


def opened_with_articles(desk, tmp_path):
    """The list for a word that no title has, where there are articles."""
    source = tmp_path / "talks.txt"
    source.write_text("Talks open in Geneva\n\nAda Moreau opened the talks.\n", encoding="utf-8")
    run(main, ["-C", str(tmp_path / "lenn"), "add", str(source), "--lang", "en"])
    return desk.get("/articles?words=nowhere").text


def test_a_value_that_waits_in_a_record_is_shown_in_its_sentence(root):
    record = root / "content/entities/geneva.md"
    record.write_text(
        "---\ntitle: Geneva\ntype: place\nproposed:\n  aliases: [Lenn]\nstatus: reviewed\n---\n"
    )
    memory = root / "seeds/entities/geneva.suggested.yml"
    memory.parent.mkdir(exist_ok=True)
    memory.write_text(
        'offers:\n  - {field: aliases, value: Lenn, article: "2016/agency-warns-of-low-water"}\n'
    )
    shown = opened(root).get("/record/geneva").text.partition('class="offers"')[2].partition("</section>")[0]
    assert "<bdi>Agency warns of low water</bdi>" in shown
    assert "that the river <mark>Lenn</mark> was low" in shown


def test_articles_with_the_same_title_are_told_apart_by_day_and_publisher(root):
    given = {"agency-warns-of-low-water": "Lenn Courier", "chair-of-the-council-resigns": "Valley Voice"}
    for name, publisher in given.items():
        page = root / f"content/articles/2016/{name}.md"
        titled = re.sub(r"(?m)^title: .*$", "title: Minutes", page.read_text(encoding="utf-8"))
        page.write_text(titled.replace("source:\n", f"source:\n  publisher: {publisher}\n"), encoding="utf-8")
    desk = opened(root)
    for view in ("/", "/articles"):
        listed = desk.get(view).text
        assert listed.count("<bdi>Minutes</bdi>") == 2
        assert "<bdi>Lenn Courier</bdi>" in listed
        assert "<bdi>Valley Voice</bdi>" in listed
    assert '<bdi dir="ltr">2016-06-12</bdi> · <bdi>Valley Voice</bdi>' in desk.get("/").text
