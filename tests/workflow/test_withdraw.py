"""A page withdrawn: what goes from which file, what stays, what is told, and what is left alone."""

from __future__ import annotations

import hashlib
from textwrap import dedent

import pytest
from click.testing import CliRunner
from tests.support.process import dossier

from dossierkit.cli import main
from dossierkit.store import proposal as proposals
from dossierkit.store.edit import front_matter_values
from dossierkit.store.state import cache_folder, state_folder

TEXT = "Jane Doe came to Geneva. The talks opened on Friday.\n"
ARTICLE = """\
    ---
    # The informant is Secret Name.
    title: Talks open
    date: 2016-02-01
    lang: en
    source: {{publisher: The Paper, url: "https://paper.test/", file: seeds/talks.txt, sha256: {sha256}}}
    description: Jane Doe speaks.
    status: published
    tags: [talks]
    entities: [jane-doe, geneva]
    timeline:
      - {{date: 2016-01-29, text: Talks open, quote: opened on Friday, entities: [jane-doe]}}
    corrections:
      - {{date: 2016-02-02, what: Jane Doe's age.}}
    secret_key: secret value
    ---

    Jane Doe came to Geneva. The talks opened on Friday. ![her](jane.png) ![town](town.png)
    """
JANE = """\
    ---
    title: Jane Doe
    type: person
    status: reviewed
    relations:
      - {type: visited, to: geneva, article: 2016/talks, quote: came to Geneva}
    ---
    """


@pytest.fixture
def paper(empty, pixel):
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    empty.write("articles/2016/talks.md", ARTICLE.format(sha256=sha256))
    empty.write(
        "articles/2016/other.md",
        "---\ntitle: Other\nstatus: published\nentities: [geneva]\n---\n\nGeneva. ![town](town.png)\n",
    )
    empty.write("entities/jane-doe.md", JANE)
    empty.write("entities/geneva.md", "---\ntitle: Geneva\ntype: place\nstatus: reviewed\n---\n")
    empty.write(
        "dossiers/one.md",
        "---\ntitle: One\nstatus: published\narticles: [2016/talks, 2016/other]\ncast: [jane-doe]\n---\n\nLead.\n",
    )
    empty.write("index.md", "# Home\n")
    (empty.root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (empty.root / "seeds").mkdir()
    for name, text in {"talks.txt": TEXT, "talks.yml": "publisher: The Paper\n"}.items():
        (empty.root / "seeds" / name).write_text(text, encoding="utf-8")
    made = proposals.Proposal("x 1", "abc", notes=("Jane Doe was found.",))
    (empty.root / "seeds" / "talks.suggested.yml").write_text(proposals.dump(made), encoding="utf-8")
    for name in ("jane.png", "town.png"):
        (empty.content / "articles/2016" / name).write_bytes(pixel)
    return empty


def run(paper, *arguments, answer=None):
    command = ["-C", str(paper.root), "withdraw", *arguments]
    return CliRunner().invoke(main, command, input=answer, catch_exceptions=False)


def tree(root):
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }


def test_a_tombstone_stays_and_nothing_of_the_text(paper):
    before = tree(paper.root)
    done = run(
        paper,
        "2016/talks",
        "--reason",
        "The interviewee  withdrew consent: all of it.",
        "--date",
        "2016-03-01",
        "--yes",
    )
    assert done.exit_code == 0
    after = tree(paper.root)
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    assert after.pop("content/articles/2016/talks.md").decode() == dedent(f"""\
        ---
        title: Talks open
        date: 2016-02-01
        source: {{file: seeds/talks.txt, sha256: {held_sha(sha256)}}}
        lang: en
        status: withdrawn
        withdrawn:
          date: 2016-03-01
          reason: "The interviewee withdrew consent: all of it."
        ---
        """)
    stub = proposals.load(after.pop("seeds/talks.suggested.yml").decode())
    assert stub == proposals.Proposal("", "", notes=("The page was withdrawn: nothing is proposed.",))
    gone = {"content/articles/2016/talks.md", "seeds/talks.suggested.yml", "content/articles/2016/jane.png"}
    assert after == {path: data for path, data in before.items() if path not in gone}


def held_sha(sha256):
    """As the front matter has it: quoted where a YAML reader could take it for a number."""
    return sha256 if sha256[0].isalpha() else f'"{sha256}"'


def test_the_source_goes_too_on_request(paper):
    assert (
        run(
            paper,
            "content/articles/2016/talks.md",
            "--reason",
            "R.",
            "--title",
            "An article",
            "--source",
            "--yes",
        ).exit_code
        == 0
    )
    assert [path for path in tree(paper.root) if path.startswith("seeds/")] == []
    values = front_matter_values((paper.content / "articles/2016/talks.md").read_text(encoding="utf-8"))
    assert values["title"] == "An article"
    assert values["source"].keys() == {"sha256"}


def test_without_a_tombstone_nothing_of_the_page_or_its_name_is_left(paper):
    done = run(paper, "content/entities/jane-doe.md", "--no-tombstone", "--yes")
    assert done.exit_code == 0
    assert not (paper.content / "entities/jane-doe.md").exists()
    assert "everything is removed; readers find nothing at its address" in done.stdout
    assert "content/dossiers/one.md:5: lists it: remove it too, or a build stops there" in done.stdout
    assert "put the copy back" not in done.stdout
    done = run(paper, "2016/talks", "--no-tombstone", "--yes")
    assert done.exit_code == 0
    left = tree(paper.root)
    assert not [path for path in left if "talks" in path]
    assert not [path for path, data in left.items() if b"Talks open" in data]


def test_a_tombstone_can_go_later(paper):
    assert run(paper, "2016/talks", "--reason", "R.", "--yes").exit_code == 0
    assert run(paper, "2016/talks", "--no-tombstone", "--yes").exit_code == 0
    assert not [path for path in tree(paper.root) if "talks" in path]


def test_the_question_says_that_the_address_stays(paper):
    done = run(paper, "2016/talks", "--reason", "R.", "--title", "A page", answer="n\n")
    before, _, _ = done.stdout.partition("Withdraw it?")
    assert "its address stays too, with the words in it: articles/2016/talks/" in before
    assert "--no-tombstone" in before


def test_no_cache_has_the_text_or_the_name_afterwards(paper):
    settings = "site_name: x\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [dossier]\nnav: [index.md]\n"
    (paper.root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert dossier("build", cwd=paper.root).returncode == 0
    folder = cache_folder(paper.root)
    assert any(b"Talks open" in data for data in tree(folder).values())
    done = run(paper, "2016/talks", "--reason", "R.", "--title", "A page", "--yes")
    assert not folder.exists()
    assert "gh cache delete --all" in done.stdout


def test_a_journal_that_was_set_aside_is_named(paper):
    """It has the whole text of pages, and perhaps the only copy of what somebody wrote: it is for a person to delete."""
    journal = state_folder(paper.root) / "pending-1.json"
    journal.write_text("{}", encoding="utf-8")
    done = run(paper, "2016/talks", "--reason", "R.", "--yes")
    assert f"warning: delete {journal}" in done.stdout
    assert journal.is_file()


def test_the_built_page_says_why_and_is_nowhere_else(paper):
    run(paper, "2016/talks", "--reason", "Consent was withdrawn.", "--date", "2016-03-01", "--yes")
    compiled = paper.compile(drafts=True)
    assert [problem.code for problem in compiled.problems] == []
    pages = {page.path: page for page in compiled.pages}
    stone = pages.pop("articles/2016/talks.md")
    assert "Consent was withdrawn." in stone.body
    assert "old links lead to this note" in stone.body
    assert stone.meta["robots"] == "noindex"
    assert stone.meta["search"] == {"exclude": True}
    assert "description" not in stone.meta
    everything = "".join(f"{page.body}{page.meta}" for page in pages.values())
    for words in ("Talks open", "came to Geneva", "opened on Friday", "Jane Doe's age", "2016/talks"):
        assert words not in everything


def test_a_record_and_a_dossier_can_be_withdrawn(paper):
    done = run(
        paper, "entities/jane-doe", "--reason", "R.", "--title", "A person", "--date", "2016-03", "--yes"
    )
    assert done.exit_code == 0
    assert "content/articles/2016/talks.md:10: names it" in done.output
    assert (paper.content / "entities/jane-doe.md").read_text(encoding="utf-8") == (
        "---\ntitle: A person\ntype: person\nstatus: withdrawn\nwithdrawn:\n  date: 2016-03\n  reason: R.\n"
        "  named_as:\n    - jane-doe-person\n---\n"
    )
    assert run(paper, "content/dossiers/one.md", "--reason", "R.", "--yes").exit_code == 0
    pages = {page.path: f"{page.body}{page.meta}" for page in paper.compile().pages}
    assert "entities/jane-doe/" not in pages["articles/2016/talks.md"]
    assert "A person" in pages["entities/jane-doe.md"]
    assert "Lead." not in pages["dossiers/one.md"]


NAMING = """\
---
title: More
status: published
entities:
  - {name: Jane Doe, type: person}
  - {name: Ms. Jane Doe, type: person}
  - {name: Geneva, type: place}
---

Jane Doe spoke. Ms. Jane Doe left. Geneva.
"""


def test_a_withdrawn_name_that_articles_write_out_gets_no_page_again(paper):
    paper.write("articles/2016/more.md", NAMING)
    assert not paper.compile().problems
    done = run(paper, "entities/jane-doe", "--reason", "R.", "--title", "A person", "--yes")
    assert "content/articles/2016/more.md:5: names it: no mention is marked any more" in done.output
    paper.write("articles/2016/later.md", NAMING.replace("More", "Later"))
    built = paper.compile()
    shown = {page.path: page.body for page in built.pages}
    assert not [path for path in shown if "jane-doe" in path and path != "entities/jane-doe.md"]
    assert "Jane Doe" not in shown["entities/jane-doe.md"] + shown["entities/index.md"]
    assert "entities/jane-doe" not in shown["articles/2016/more.md"] + shown["articles/2016/later.md"]


def test_an_update_proposes_no_name_of_a_withdrawn_record_again(paper):
    record = paper.content / "entities/jane-doe.md"
    record.write_text(
        record.read_text(encoding="utf-8").replace("status:", "aliases: [Joan Doe]\nstatus:"),
        encoding="utf-8",
    )
    text = "Paul Lenn met the banker Joan Doe in Geneva on Friday.\n"
    source = paper.root.parent / "joan.txt"
    source.write_text(f"A meeting\n\n{text}", encoding="utf-8")
    for arguments in (
        ["add", str(source), "--date", "2016-02-01", "--lang", "en"],
        ["withdraw", "entities/jane-doe", "--reason", "R.", "--title", "A person", "--yes"],
        ["update", "content/articles/2016/a-meeting.md"],
    ):
        assert CliRunner().invoke(main, ["-C", str(paper.root), *arguments]).exit_code == 0
    page = (paper.content / "articles/2016/a-meeting.md").read_text(encoding="utf-8")
    assert "name: Paul Lenn" in page
    assert "name: Joan Doe" not in page


def test_without_a_tombstone_each_line_that_would_bring_the_name_back_is_told(paper):
    paper.write("articles/2016/more.md", NAMING)
    paper.write("articles/2016/linking.md", "---\ntitle: L\n---\n\n[her](../../entities/jane-doe.md)\n")
    output = run(paper, "entities/jane-doe", "--no-tombstone", "--yes").output
    assert (
        "content/articles/2016/talks.md:10: names it: remove the item too, or a build stops there" in output
    )
    for line in (5, 6):
        assert f"more.md:{line}: names it: remove the item too, or the name gets its own page" in output
    assert "linking.md:5: links to it: readers find nothing there" in output


def test_without_a_tombstone_the_lists_that_would_bring_a_record_back_are_told(paper):
    listed = paper.root / "list.csv"
    listed.write_text("name,type\nEve Ash,person\n", encoding="utf-8")
    import_ = ["-C", str(paper.root), "authority", "import", str(listed), "--source", "The list"]
    assert CliRunner().invoke(main, import_).exit_code == 0
    output = run(paper, "entities/eve-ash", "--no-tombstone", "--yes").output
    assert "it has facts of “The list”: take it out of that list or pack" in output


def test_other_prints_of_a_withdrawn_text_are_named(paper):
    words = " ".join(f"word{number}" for number in range(60))
    for name, text in {"one": words, "two": f"{words} and more", "three": "Something else entirely."}.items():
        paper.write(f"articles/2016/{name}.md", f"---\ntitle: {name}\nstatus: published\n---\n\n{text}\n")
    output = run(paper, "2016/one", "--reason", "R.", "--yes").output
    assert "content/articles/2016/two.md: has 100% of its text too, and stays" in output
    assert "three.md" not in output


def test_what_still_tells_of_the_page_is_told(paper):
    output = run(paper, "2016/talks", "--reason", "R.", "--yes").output
    assert "content/entities/jane-doe.md:6: a relation rests on it, and quotes it" in output
    assert "content/dossiers/one.md:4: lists it" in output
    assert "content/entities/jane-doe.md: no other article names it" in output
    assert "content/entities/geneva.md: no other" not in output
    assert "git filter-repo --invert-paths --path content/articles/2016/talks.md" in output
    assert "Git history still has what was there" in output


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_nothing_is_written_without_a_yes(paper, answer):
    before = tree(paper.root)
    run(paper, "2016/talks", "--reason", "R.", answer=answer)
    assert tree(paper.root) == before
    assert run(paper, "2016/talks", "--reason", "R.", answer="y\n").exit_code == 0
    assert tree(paper.root) != before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("2016/none", "--reason", "R."), "no page `2016/none`"),
        (("2016/talks", "--reason", " "), "--reason: say"),
        (("2016/talks", "--reason", "R.", "--date", "soon"), "--date:"),
    ],
)
def test_what_cannot_be_done_is_said(paper, arguments, words):
    before = tree(paper.root)
    done = run(paper, *arguments, "--yes")
    assert (done.exit_code, words in " ".join(done.output.split())) == (2, True), done.output
    assert tree(paper.root) == before


def test_another_page_that_cannot_be_read_does_not_stand_in_the_way(paper):
    paper.write("articles/2016/broken.md", "no front matter\n")
    assert run(paper, "2016/broken", "--reason", "R.", "--yes").exit_code == 1
    assert run(paper, "2016/talks", "--reason", "R.", "--yes").exit_code == 0


def test_nothing_outside_of_seeds_is_removed(paper):
    outside = paper.root / "kept.txt"
    outside.write_text("kept", encoding="utf-8")
    text = (paper.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    paper.write("articles/2016/talks.md", text.replace("seeds/talks.txt", "seeds/../kept.txt"))
    before = tree(paper.root)
    done = run(paper, "2016/talks", "--reason", "R.", "--source", "--yes")
    assert (done.exit_code, "D602" in done.output) == (1, True), done.output
    assert outside.read_text(encoding="utf-8") == "kept"
    assert tree(paper.root) == before


def test_the_day_is_the_builds_own(paper, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1456790400")
    run(paper, "2016/talks", "--reason", "R.", "--yes")
    text = (paper.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    assert front_matter_values(text)["withdrawn"] == {"date": "2016-03-01", "reason": "R."}


def test_the_source_that_stays_is_told_and_goes_when_asked(paper):
    told = run(
        paper, "2016/talks", "--reason", "Consent was withdrawn.", "--date", "2026-01-02", "--yes"
    ).output
    assert "seeds/talks.txt and seeds/talks.yml are still in the repository" in told
    assert "dossier withdraw content/articles/2016/talks.md --source" in told
    assert "These steps leave seeds/talks.txt and seeds/talks.yml in history" in told
    assert (paper.root / "seeds/talks.txt").exists()
    done = run(paper, "content/articles/2016/talks.md", "--source", "--yes")
    assert done.exit_code == 0, done.output
    assert "still in the repository" not in done.output
    assert "These steps leave" not in done.output
    assert not any(
        (paper.root / "seeds" / f"talks{end}").exists() for end in (".txt", ".yml", ".suggested.yml")
    )
    page = front_matter_values((paper.content / "articles/2016/talks.md").read_text(encoding="utf-8"))
    assert page["withdrawn"] == {"date": "2026-01-02", "reason": "Consent was withdrawn."}
    assert "file" not in page["source"]
    assert "--path seeds/talks.txt" in done.output, "git history still has it"


def test_a_page_that_stands_needs_a_reason(paper):
    before = tree(paper.root)
    done = run(paper, "2016/talks", "--yes")
    assert done.exit_code == 2
    assert "--reason" in done.output
    assert tree(paper.root) == before


def test_a_withdrawn_record_is_not_imported_again_and_nothing_imported_is_left(
    paper, tmp_path_factory, monkeypatch
):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    (elsewhere / "in.csv").write_text(
        "name,type,aliases,wikidata\nEve Ash,person,Eva Ash,Q9\n", encoding="utf-8"
    )
    import_ = ["-C", str(paper.root), "authority", "import", "in.csv", "--date", "2026", "--licence", "own"]
    assert CliRunner().invoke(main, import_).exit_code == 0
    done = run(paper, "entities/eve-ash.md", "--reason", "At her request.", "--title", "A person", "--yes")
    assert done.exit_code == 0, done.output
    left = b"".join(data for path, data in tree(paper.root).items() if ".dossier" not in path)
    assert not any(words in left for words in (b"Eva", b"Q9", b"Eve Ash"))
    again = CliRunner().invoke(main, import_)
    assert "was withdrawn: nothing is imported into it" in again.output
    assert sorted(file.name for file in (paper.content / "entities").iterdir()) == [
        "eve-ash.md",
        "geneva.md",
        "jane-doe.md",
    ]
    assert run(paper, "entities/eve-ash.md", "--no-tombstone", "--yes").exit_code == 0
    assert not list(paper.root.glob("seeds/**/eve-ash*"))


def test_media_that_only_the_page_shows_go_with_it(paper, pixel):
    article = paper.content / "articles/2016/talks.md"
    shown = "image: {src: media/her.png, alt: Her}\nmedia:\n  - {src: media/town.png, alt: Town}\nstatus: published\n"
    text = article.read_text(encoding="utf-8").replace("status: published\n", shown)
    article.write_text(f"{text}\n![both](../../media/figure.png)\n", encoding="utf-8")
    other = paper.content / "articles/2016/other.md"
    text = other.read_text(encoding="utf-8")
    other.write_text(
        text.replace("status:", "image: {src: media/town.png, alt: Town}\nstatus:"), encoding="utf-8"
    )
    (paper.content / "media").mkdir()
    for name in ("her.png", "town.png", "figure.png", "nobody.png"):
        (paper.content / "media" / name).write_bytes(pixel)
    told = run(paper, "2016/talks", "--reason", "She asked.", "--yes").output
    assert "content/media/her.png: removed" in told
    left = {file.name for file in (paper.content / "media").iterdir()}
    assert left == {"town.png", "nobody.png"}


def test_links_in_the_text_of_other_pages_are_told_and_checked(paper):
    for path in ("dossiers/one.md", "index.md"):
        file = paper.content / path
        up = "../" if "/" in path else ""
        file.write_text(
            f"{file.read_text()}\nSee [the talks]({up}articles/2016/talks.md#s2).\n", encoding="utf-8"
        )
    said = run(paper, "2016/talks", "--reason", "Gone.", "--yes").output
    assert "note: content/dossiers/one.md:10: links to it" in said
    assert "note: content/index.md:3: links to it" in said
    settings = "site_name: x\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [dossier]\n"
    (paper.root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    checked = CliRunner().invoke(main, ["-C", str(paper.root), "check"]).output
    assert "content/dossiers/one.md:10:17: D306 the text links to `articles/2016/talks.md`" in checked
    assert "content/index.md:0:0: D306" in checked


def test_a_source_without_a_suffix_in_a_folder_with_a_dot_goes_with_the_files_beside_it(paper):
    folder = paper.root / "seeds/press.2016"
    folder.mkdir()
    for name in ("talks", "talks.yml", "talks.suggested.yml"):
        (folder / name).write_text("notes: []\n", encoding="utf-8")
    page = paper.root / "content/articles/2016/talks.md"
    text = page.read_text(encoding="utf-8").replace("seeds/talks.txt", "seeds/press.2016/talks")
    page.write_text(text, encoding="utf-8")
    assert run(paper, "2016/talks", "--reason", "Asked for.", "--source", "--yes").exit_code == 0
    assert not list(folder.iterdir())
