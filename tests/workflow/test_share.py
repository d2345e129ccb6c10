"""`dossier export` and `dossier stats` as they are typed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.export.formats import FORMATS
from dossierkit.store.proposal import load

MKDOCS = "site_name: x\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [dossier]\n"
PROPOSAL = """\
extractor: "dossierkit test"
input: "00"
entities:
  - {key: k1, entity: jane-doe, name: Jane Doe, type: person, known: true, forms: [Jane Doe], mentions: 1, start: 0, end: 8, quote: "Jane Doe", score: 1.0, reason: r}
  - {key: k2, entity: geneva-ohio, name: Geneva, type: place, known: false, forms: [Geneva], mentions: 1, start: 0, end: 8, quote: "Geneva", score: 1.0, reason: r}
timeline:
  - {key: k3, date: "2016-01-29", when: on Friday, text: The talks opened, quote: opened on Friday, start: 0, end: 8, score: 1.0, reason: r}
  - {key: k4, date: "2016-02-01", when: Monday, text: Nothing, quote: never said, start: 0, end: 8, score: 1.0, reason: r}
questions: []
notes: []
"""


@pytest.fixture
def root(repository):
    (repository.root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    return repository.root


def run(root, *arguments):
    return CliRunner().invoke(main, ["-C", str(root), *arguments])


@pytest.mark.parametrize("name", [name for name, of in FORMATS.items() if of.file and not of.binary])
def test_a_text_goes_to_standard_output(root, name):
    done = run(root, "export", name)
    assert done.exit_code == 0
    assert ("names_fts" if name == "datasette" else "Geneva") in done.stdout
    assert "1 article and 2 entities" in done.stderr


def test_a_file_a_folder_and_a_database(root, tmp_path):
    assert run(root, "export", "sqlite", "--out", str(tmp_path / "new" / "d.db")).exit_code == 0
    assert (tmp_path / "new" / "d.db").read_bytes().startswith(b"SQLite format 3")
    assert run(root, "export", "csv", "--out", str(tmp_path / "tables")).exit_code == 0
    assert (tmp_path / "tables" / "articles.csv").read_bytes().startswith(b"\xef\xbb\xbfid,title,date")
    assert run(root, "export", "geojson", "--out", "-").stdout.startswith("{")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["csv"], "name it with --out FOLDER"),
        (["sqlite"], "name its file with --out dossier.db"),
        (["geojson", "--out", "."], "is a folder"),
        (["xml"], "is not one of"),
    ],
)
def test_where_it_cannot_go_is_said(root, arguments, words):
    done = run(root, "export", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_nothing_is_exported_while_anything_is_wrong(root, repository, tmp_path):
    repository.write(
        "articles/2016/bad.md", "---\ntitle: Bad\nentities: [nobody]\nstatus: published\n---\n\nText.\n"
    )
    done = run(root, "export", "csv", "--out", str(tmp_path / "tables"))
    assert done.exit_code == 1
    assert "D301" in done.stderr
    assert not (tmp_path / "tables").exists()


def judged(repository):
    """The article's page over a proposal of which half stands, with one entity that was added by hand."""
    text = (repository.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    repository.write(
        "articles/2016/talks.md",
        text.replace("{publisher: The Paper}", "{publisher: The Paper, file: seeds/a.txt}"),
    )
    (repository.root / "seeds").mkdir()
    (repository.root / "seeds/a.suggested.yml").write_text(PROPOSAL, encoding="utf-8")


def test_who_reads_only_the_first_lines_gets_no_word_about_the_others(root):
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "dossierkit", "export", "jsonld"],
            cwd=root,
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(("form", "why"), [("skos", "File too large"), ("sqlite", "disk I/O error")])
def test_an_export_that_cannot_be_written_whole_is_named_and_the_one_before_it_stays(
    root, tmp_path, form, why
):
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    out = tmp_path / "out.ttl"
    out.write_bytes(b"before")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, limits[1]))
    try:
        done = run(root, "export", form, "--out", str(out))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert done.exit_code == 2
    assert done.stderr == f"dossier: {out}: {why}\n"
    assert out.read_bytes() == b"before"
    assert not list(tmp_path.glob(".*.part"))


def test_an_export_goes_into_a_pipe_and_through_a_link(root, tmp_path):
    (tmp_path / "real.ttl").write_bytes(b"before")
    (tmp_path / "link.ttl").symlink_to(tmp_path / "real.ttl")
    assert run(root, "export", "skos", "--out", str(tmp_path / "link.ttl")).exit_code == 0
    assert (tmp_path / "link.ttl").is_symlink()
    assert b"Geneva" in (tmp_path / "real.ttl").read_bytes()
    assert run(root, "export", "skos", "--out", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_stats_say_what_editors_made_of_the_proposals(root, repository):
    judged(repository)
    done = run(root, "stats", "--format", "json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["articles"] == {"published": 1}
    quality = told["quality"]
    assert quality["pages"] == 1
    assert quality["by_kind"] == {
        "person": {"kept": 1, "edited": 0, "rejected": 0, "added": 0, "precision": 1.0, "recall": 1.0},
        "place": {"kept": 0, "edited": 0, "rejected": 1, "added": 1, "precision": 0.0, "recall": 0.0},
        "timeline": {"kept": 0, "edited": 1, "rejected": 1, "added": 0, "precision": 0.5, "recall": 1.0},
    }
    assert quality["by_source"]["The Paper"]["precision"] == 0.5
    assert run(root, "stats").stdout.count("The Paper") == 1


def test_a_draft_is_backlog_and_not_yet_judged(root, repository):
    judged(repository)
    text = (repository.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    repository.write("articles/2016/talks.md", text.replace("status: published", "status: draft"))
    told = json.loads(run(root, "stats", "--format", "json").stdout)
    assert told["quality"]["pages"] == 0
    assert told["backlog"] == {
        "drafts": 1,
        "draft_records": 0,
        "proposals": 1,
        "conflicts": 0,
        "questions": 0,
        "twins": 1,
    }


def test_likely_twins_are_counted_and_where_to_decide_is_said(root, repository):
    text = (repository.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    named = (
        "entities:\n  - {name: Mohammad Alloush, type: person}\n  - {name: Mohammed Allouche, type: person}\n"
    )
    text = text.replace("entities:\n", named) + "\nMohammad Alloush met Mohammed Allouche.\n"
    repository.write("articles/2016/talks.md", text)
    assert json.loads(run(root, "stats", "--format", "json").stdout)["backlog"]["twins"] == 1
    shown = run(root, "stats").stdout
    assert re.search(r"likely pairs +1 .*dossier review", shown)


def test_stats_read_each_proposal_once(root, repository, calls_of):
    judged(repository)
    with calls_of(load) as calls:
        assert run(root, "stats").exit_code == 0
    assert [call["path"] for call in calls] == ["seeds/a.suggested.yml"]


def test_a_broken_proposal_is_told(root, repository):
    judged(repository)
    (repository.root / "seeds/a.suggested.yml").write_text("no: [", encoding="utf-8")
    done = run(root, "stats")
    assert done.exit_code == 1
    assert "D407" in done.stderr


def test_stats_of_nothing(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    done = run(tmp_path, "stats")
    assert done.exit_code == 0
    assert "What editors made of the proposals: nothing has been decided yet" in done.stdout
