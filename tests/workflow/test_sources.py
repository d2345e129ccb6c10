"""Sources of all kinds through `add`: folders, lists, containers, duplicates; the same bytes however many processes work."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.parallel.executor import in_this_process
from dossierkit.store import seeds
from dossierkit.workflow.adding.add import AddOptions
from dossierkit.workflow.adding.add import run as add
from dossierkit.workflow.verify import run as verify

pytestmark = pytest.mark.usefixtures("copies")

FILES = Path(__file__).parents[1] / "ingest" / "files"
TEXT = "{}\n\nAda Moreau opened the bridge over the Lenn on Friday, and the council of the valley paid for the flowers.\n"


MODEL = "site_name: T\ndocs_dir: content\n"


@pytest.fixture
def repo(tmp_path) -> Path:
    """Without the name model, which takes longer than all else here."""
    root = tmp_path / "repo"
    for name in ("seeds", "content/articles", "content/entities"):
        (root / name).mkdir(parents=True)
    (root / "mkdocs.yml").write_text(f"{MODEL}extra: {{dossier: {{names: none}}}}\n", encoding="utf-8")
    return root


def dossier(repo: Path, *words: object, given: str | None = None):
    return CliRunner().invoke(main, ["-C", str(repo), *map(str, words)], input=given)


def written(repo: Path) -> dict[str, bytes]:
    return {
        file.relative_to(repo).as_posix(): file.read_bytes()
        for part in ("seeds", "content")
        for file in sorted((repo / part).rglob("*"))
        if file.is_file()
    }


def page_of(repo: Path, title: str) -> str:
    texts = (file.read_text("utf-8") for file in sorted((repo / "content" / "articles").rglob("*.md")))
    return next(text for text in texts if f"title: {title}" in text or f'title: "{title}"' in text)


def front(text: str) -> dict:
    return yaml.safe_load(text.split("---\n")[1])


def test_a_folder_of_every_kind_is_added_and_a_second_time_passed_over(repo, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)  # no OCR
    first = dossier(repo, "add", FILES)
    assert first.exit_code == 1  # the scan, the lock, the script
    problems = [line for line in first.output.splitlines() if ": D4" in line or " D4" in line]
    assert all(
        any(name in line for name in ("scan.pdf", "locked.pdf", "make.py", "libreoffice."))
        for line in problems
    )
    before = written(repo)
    second = dossier(repo, "add", FILES)
    assert written(repo) == before
    assert "was added already" in second.output


def test_seeds_are_the_bytes_that_were_given(repo):
    dossier(repo, "add", FILES / "contract.docx", FILES / "columns.pdf", FILES / "reply.eml")
    for name in ("contract.docx", "columns.pdf", "reply.eml"):
        assert (repo / "seeds" / name).read_bytes() == (FILES / name).read_bytes()
    for file in (repo / "content" / "articles").rglob("*.md"):
        source = front(file.read_text("utf-8"))["source"]
        assert seeds.digest((repo / source["file"]).read_bytes()) == source["sha256"]
    assert verify(repo) == 0


def test_an_attachment_is_tied_to_its_mail(repo):
    dossier(repo, "add", FILES / "reply.eml")
    mail, attached = (
        front(page_of(repo, "Re: the contract")),
        front(page_of(repo, "Council signs water contract")),
    )
    assert attached["source"]["part_of"] == "seeds/reply.eml" == mail["source"]["file"]
    assert (repo / attached["source"]["file"]).read_bytes() == (FILES / "contract.docx").read_bytes()


def test_the_pages_of_a_pdf_stand_beside_its_source(repo):
    dossier(repo, "add", FILES / "columns.pdf")
    source = front(page_of(repo, "Report on the water contract of the valley"))["source"]
    pages = [one.split("@") for one in source["pages"].split()]
    assert [label for label, _ in pages] == ["1", "2"]


def test_a_mailbox_that_grew_brings_only_what_is_new(repo, tmp_path):
    box = tmp_path / "inbox.mbox"
    whole = (FILES / "inbox.mbox").read_bytes()
    third = whole.index(b"Subject: Minutes", whole.index(b"<m2@"))
    cut = whole.rindex(b"From ", 0, third)
    box.write_bytes(whole[:cut])
    assert dossier(repo, "add", box).exit_code == 0
    before = written(repo)
    box.write_bytes(whole)
    assert dossier(repo, "add", box).exit_code == 0
    after = written(repo)
    assert {path: after[path] for path in before} == before
    assert len([path for path in after if path.endswith(".eml")]) == 5
    part = front((repo / "content/articles/2016/minutes.md").read_text("utf-8"))["source"]
    assert part["part_of"] == "inbox.mbox, message 1"


def test_a_feed_read_again_skips_what_is_known_by_its_id(repo, tmp_path):
    feed = tmp_path / "feed.xml"
    item = "<item><title>Story {0}</title><guid>g{0}</guid><description>Words of story {0}, told by Ada Moreau in the valley.{1}</description></item>"
    feed.write_text(f"<rss><channel><title>C</title>{item.format(1, '')}</channel></rss>", encoding="utf-8")
    dossier(repo, "add", feed)
    changed = item.format(1, " Changed.") + item.format(2, "")
    feed.write_text(f"<rss><channel><title>C</title>{changed}</channel></rss>", encoding="utf-8")
    done = dossier(repo, "add", feed)
    assert "#item 1: was added already" in done.output
    assert sorted(file.stem for file in (repo / "content" / "articles").rglob("*.md")) == [
        "story-1",
        "story-2",
    ]


def test_the_same_bytes_whoever_works(repo, tmp_path):
    """With the name model, here and in two processes."""
    (repo / "mkdocs.yml").write_text(MODEL, encoding="utf-8")
    records = "\n".join(
        json.dumps(
            {"title": f"Story {n % 4}", "text": TEXT.format(n), "id": n, "url": f"https://s.example/{n}"}
        )
        for n in range(12)
    )
    (tmp_path / "many.jsonl").write_text(records, encoding="utf-8")
    other = tmp_path / "other"
    shutil.copytree(repo, other)
    sources = [FILES / "inbox.mbox", tmp_path / "many.jsonl", FILES / "contract.docx", FILES / "columns.pdf"]
    add(repo, sources, add_options=AddOptions(executor=in_this_process(None)))
    assert dossier(other, "add", "--jobs", 2, *sources).exit_code == 0
    assert written(repo) == written(other)
    assert len([path for path in written(repo) if path.endswith(".md")]) == 5 + 12 + 2


def test_names_come_on_standard_input_and_from_a_list(repo, tmp_path):
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(f"Story {name}"), encoding="utf-8")
    assert dossier(repo, "add", "-", given=f"{tmp_path / 'one.txt'}\n{tmp_path / 'two.txt'}\n").exit_code == 0
    listed = tmp_path / "list"
    listed.write_text(f"# names\n{tmp_path / 'three.txt'}\n", encoding="utf-8")
    assert dossier(repo, "add", "--list", listed).exit_code == 0
    assert sorted(file.stem for file in (repo / "seeds").glob("*.txt")) == ["one", "three", "two"]


def test_a_pattern_that_no_shell_filled_in_means_its_files(repo, tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(f"Story {name}"), encoding="utf-8")
    assert dossier(repo, "add", tmp_path / "*.txt").exit_code == 0
    assert dossier(repo, "add", tmp_path / "*.md").exit_code == 2


def test_hidden_files_and_what_a_curator_knows_are_no_sources(repo, tmp_path):
    folder = tmp_path / "in"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "x.txt").write_text("no", encoding="utf-8")
    (folder / "one.txt").write_text(TEXT.format("Story"), encoding="utf-8")
    (folder / "one.yml").write_text("publisher: The Paper\n", encoding="utf-8")
    assert dossier(repo, "add", folder).exit_code == 0
    assert front(page_of(repo, "Story"))["source"]["publisher"] == "The Paper"


def test_of_the_folder_of_another_system_only_what_it_published_is_added(repo, tmp_path):
    folder = tmp_path / "site"
    for name, text in {
        "content/talks/index.md": "+++\ntitle = 'Talks'\n+++\nThe talks began.\n",
        "content/secret.md": "---\ntitle: Secret\ndraft: true\n---\nNobody knows.\n",
        "content/talks/bridge.jpg": "x",
        "content/_index.fr.md": "+++\ntitle = 'Nos dossiers'\n+++\n",
        "content/case_files/one.md": "# Case one\n\nIt was heard.\n",
        "_drafts/half.md": "# Half\n\nNot yet.\n",
        "Talks_files/frame.html": "<p>Buy</p>",
        "Talks.html": "<p>Talks, as saved by a browser, with some words more.</p>",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "Talks.yml").write_text("title: Saved talks\n", encoding="utf-8")
    done = dossier(repo, "add", folder)
    assert done.exit_code == 0, done.output
    assert sorted(page.stem for page in (repo / "content/articles").rglob("*.md")) == [
        "case-one",
        "saved-talks",
        "talks",
    ]
    assert (
        "1 source left out, not published where it comes from (`draft: true`): name a file itself to add it"
        in done.output
    )
    assert (
        "4 files passed over, which by their names hold no articles: 1 `.jpg`, 1 `_index.fr.md`, 1 in `_drafts/`, 1 of saved pages"
        in done.output
    )
    again = dossier(repo, "add", folder / "content/secret.md")
    assert "note: not published where it comes from: `draft: true`" in again.output
    assert page_of(repo, "Secret")


def test_the_same_text_in_another_frame_is_said(repo, tmp_path):
    words = "The council of the valley opened the bridge over the Lenn on Friday, after two years in which the ferry was the only way."
    (tmp_path / "one.txt").write_text(f"Bridge opens\n\n{words}\n", encoding="utf-8")
    page = f"<html><body><nav>Home</nav><article><h1>Bridge opens again</h1><p>{words}</p></article><footer>All rights</footer></body></html>"
    (tmp_path / "two.html").write_text(page, encoding="utf-8")
    done = dossier(repo, "add", tmp_path / "one.txt", tmp_path / "two.html")
    assert "the same text as content/articles/undated/bridge-opens.md" in done.output
    (tmp_path / "three.txt").write_text(f"Bridge open\n\n{words}\n", encoding="utf-8")
    assert "the same text as" in dossier(repo, "add", tmp_path / "three.txt").output


def test_a_part_of_another_text_is_called_a_part(repo, tmp_path):
    paragraphs = [
        "The council of the valley heard a report on the dam of Lenn, which two engineers had written in the winter before.",
        "Its spillway is too narrow for the water of a wet spring, they found, and nobody has looked at the gates since 1998.",
        "Repairs would cost four million, of which the region offers half if the work begins before the end of the year.",
        "Members asked why the mill below was never told, and the chair promised a letter to every house by Monday.",
    ]
    others = [
        "The bridge over the gorge was painted in the same week, in a blue that the school had chosen by a show of hands.",
        "Drivers waited for an hour on the first morning because the only light had been set for the traffic of Sunday.",
    ]
    texts = {"one": paragraphs[:1], "four": paragraphs, "other": [*others, paragraphs[2]], "same": paragraphs}
    told = {}
    for name, lines in texts.items():
        (tmp_path / f"{name}.txt").write_text("\n\n".join([f"About {name}", *lines]) + "\n", encoding="utf-8")
        told[name] = dossier(repo, "add", tmp_path / f"{name}.txt").output
    assert "it has all the text of content/articles/undated/about-one.md, and more" in told["four"]
    assert "of its text" not in told["other"]
    assert "all the text" not in told["other"]
    assert "the same text as content/articles/undated/about-four.md" in told["same"]


def test_one_report_in_two_papers_is_recognised_though_each_changed_words(repo, tmp_path):
    report = (
        "Two neighbourhoods below the dam were flooded on Friday night. Rescuers brought {} people to the school on the hill, "
        "said Ada Moreau, who chairs the council of the valley. The gates had not been looked at since 1998, {} to a report that "
        "the council heard in March. Repairs would have cost four million, of which the region had offered half."
    )
    for name, words in (
        ("courier", ("120", "according")),
        ("herald", ("about 120", "says an engineer, referring")),
    ):
        text = report.format(*words).replace(
            "neighbourhoods", "neighborhoods" if name == "herald" else "neighbourhoods"
        )
        (tmp_path / f"{name}.txt").write_text(f"Flood, says the {name}\n\n{text}\n", encoding="utf-8")
    done = dossier(repo, "add", tmp_path / "courier.txt", tmp_path / "herald.txt").output
    assert "of its text in common with content/articles/undated/flood-says-the-courier.md" in done


def test_an_empty_file_and_what_editors_leave_behind(repo, tmp_path):
    (repo / "seeds").mkdir(exist_ok=True)
    (repo / "seeds/.gitkeep").write_bytes(b"")
    folder = tmp_path / "given"
    folder.mkdir()
    for name, data in {
        "empty.html": b"",
        "~$memo.docx": b"\x05Varga",
        "Thumbs.db": b"\xd0\xcf",
        ".DS_Store": b"\0",
    }.items():
        (folder / name).write_bytes(data)
    done = dossier(repo, "add", folder)
    (line,) = [line for line in done.output.splitlines() if ": D4" in line or " D4" in line]
    assert "empty.html" in line
    assert "D401 is empty" in line


def test_a_table_gives_rights_and_tags_and_later_changes_them_three_way(repo, tmp_path):
    (tmp_path / "one.txt").write_text(TEXT.format("Story"), encoding="utf-8")
    table = tmp_path / "sources.csv"
    table.write_text('file,rights,tags\none.txt,The Paper,"bridge, council"\n', encoding="utf-8")
    assert dossier(repo, "add", tmp_path / "one.txt", "--metadata", table).exit_code == 0
    assert front(page_of(repo, "Story"))["tags"] == ["bridge", "council"]
    table.write_text('file,rights,tags\none.txt,The Paper,"bridge, flowers"\n', encoding="utf-8")
    assert dossier(repo, "update", "--metadata", table).exit_code == 0
    assert front(page_of(repo, "Story"))["tags"] == ["bridge", "flowers"]
    page = next((repo / "content" / "articles").rglob("*.md"))
    page.write_text(page.read_text("utf-8").replace("[bridge, flowers]", "[mine]"), encoding="utf-8")
    table.write_text('file,rights,tags\none.txt,The Paper,"bridge, water"\n', encoding="utf-8")
    done = dossier(repo, "update", "--metadata", table)
    assert done.exit_code == 1
    assert "tags: the page says “mine”, now proposed is “bridge, water”" in done.output
    assert front(page_of(repo, "Story"))["tags"] == ["mine"]


def test_one_bad_part_stops_no_other_and_has_one_line(repo, tmp_path):
    box = tmp_path / "inbox.mbox"
    bad = b"From x Mon Feb  1 09:00:00 2016\nFrom: a@b.example\nSubject: locked\nContent-Type: multipart/encrypted\n\nxxx\n\n"
    box.write_bytes(bad + (FILES / "inbox.mbox").read_bytes())
    done = dossier(repo, "add", box)
    assert done.exit_code == 1
    assert sum("D401" in line and "inbox.mbox#message 1" in line for line in done.output.splitlines()) == 1
    assert len(list((repo / "seeds").glob("*.eml"))) == 5


def test_what_a_missing_extra_needs_is_said(repo, monkeypatch):
    import sys  # noqa: PLC0415 -- only here

    monkeypatch.setitem(sys.modules, "mammoth", None)
    done = dossier(repo, "add", FILES / "contract.docx")
    assert "pip install 'dossierkit[office]'" in done.output


def test_files_of_one_name_in_a_folder_get_names_of_their_own(repo, tmp_path):
    for name, title in (("a", "Story"), ("b", "Story"), ("c", "Other")):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "report.txt").write_text(TEXT.format(title) + name, encoding="utf-8")
    (tmp_path / "in" / "copy.txt").write_text(TEXT.format("Other") + "c", encoding="utf-8")
    done = dossier(repo, "add", tmp_path / "in")
    assert done.exit_code == 0, done.output
    assert "has the same bytes as" in done.output
    names = sorted(file.name for file in (repo / "seeds").glob("*.txt"))
    assert len(names) == 3
    assert "report.txt" in names
    assert all(name.startswith("report") for name in names)
    assert len(list((repo / "content" / "articles").rglob("*.md"))) == 3


def test_an_attachment_is_tied_to_a_mail_that_got_another_name(repo, tmp_path):
    for name in ("a", "b"):
        (tmp_path / "in" / name).mkdir(parents=True)
        mail = (
            (FILES / "reply.eml")
            .read_bytes()
            .replace(b"<1@lenn", f"<{name}@lenn".encode())
            .replace(b"Subject: Re:", f"Subject: {name}:".encode())
        )
        (tmp_path / "in" / name / "mail.eml").write_bytes(
            mail if name == "b" else mail.split(b"Content-Type: application/vnd")[0]
        )
    dossier(repo, "add", tmp_path / "in")
    attached = front(page_of(repo, "Council signs water contract"))["source"]
    second = front(page_of(repo, "b: the contract"))["source"]
    assert attached["part_of"] == second["file"] != "seeds/mail.eml"
