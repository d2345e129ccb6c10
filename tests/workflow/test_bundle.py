"""`dossier bundle`: one dossier and nothing else, read from a disk, the same bytes each time, verified by itself."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import PurePosixPath
from posixpath import normpath

import pytest
from click.testing import CliRunner

from dossierkit.cli import main

SETTINGS = """\
site_name: News
site_url: https://news.example/
docs_dir: content
theme: {name: material, font: false}
plugins: [dossier]
nav: [index.md, dossiers/index.md]
not_in_nav: /**
extra: {dossier: {data: [csl, csv]}}
"""
OTHER = """\
    ---
    title: Zqother
    date: 2017-01-01
    status: published
    entities: [geneva, zqperson]
    timeline:
      - {date: 2017-01-01, text: Zqclaim, quote: zqquote}
    ---

    Zqperson in Geneva: zqquote. More of [the talks](../2016/talks.md).
    """
RECEIVED = b"As received.\n"
LINK = re.compile(r'(?:href|src)="([^"#?:]+)(?:[#?][^"]*)?"')
OTHERS = re.compile(rb"zq(?:other|person|claim|quote|two)", re.IGNORECASE)

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def root(once, furnish):
    def make(folder):
        repository = furnish(folder)
        (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
        article = (folder / "content/articles/2016/talks.md").read_text(encoding="utf-8")
        recorded = f"file: seeds/sub/talks.txt, sha256: {hashlib.sha256(RECEIVED).hexdigest()}"
        source = f"source: {{publisher: The Paper, {recorded}}}"
        repository.write("articles/2016/talks.md", article.replace("source: {publisher: The Paper}", source))
        lost = "---\ntitle: Lost\nstatus: published\nsource: {publisher: The Paper}\n---\n\nText.\n"
        repository.write("articles/2016/lost.md", lost)
        (folder / "seeds/sub").mkdir(parents=True)
        (folder / "seeds/sub/talks.txt").write_bytes(RECEIVED)
        (folder / "seeds/zq.txt").write_text("zq\n", encoding="utf-8")
        repository.write("articles/2017/other.md", OTHER)
        repository.write(
            "entities/zqperson.md", "---\ntitle: Zqperson\ntype: person\nstatus: reviewed\n---\n"
        )
        for name, articles in (("one", "2016/talks, 2016/lost"), ("empty", ""), ("zqtwo", "2017/other")):
            text = f"---\ntitle: {name.title()}\nstatus: published\narticles: [{articles}]\n---\n\nA lead.\n"
            repository.write(f"dossiers/{name}.md", text)

    return once("bundled", make)


def bundle(root, out, *options, dossier="one"):
    return CliRunner().invoke(main, ["-C", str(root), "bundle", dossier, "--out", str(out), *options])


@pytest.fixture(scope="module")
def packed(root, tmp_path_factory):
    out = tmp_path_factory.mktemp("bundle") / "one.zip"
    result = bundle(root, out, "--originals")
    assert result.exit_code == 0, result.output
    assert "2016/lost" in result.stderr
    assert "2016/talks" not in result.stderr
    return out


@pytest.fixture(scope="module")
def files(packed):
    with zipfile.ZipFile(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_bundle_holds_the_dossier_its_articles_and_names_and_nothing_of_others(files):
    assert {
        "index.html",
        "dossiers/one.html",
        "articles/2016/talks.html",
        "entities/jane-doe.html",
    } <= files.keys()
    assert [name for name, data in files.items() if OTHERS.search(name.encode() + b"\n" + data)] == []


def test_every_link_of_a_page_leads_to_a_file_of_the_bundle(files):
    pages = [name for name in files if name.endswith(".html") and name != "404.html"]
    lost = {
        (page, link)
        for page in pages
        for link in LINK.findall(files[page].decode())
        if normpath(str(PurePosixPath(page).parent / link)) not in files
    }
    assert lost == set()


def test_a_bundle_has_originals_where_they_are_asked_for_and_where_each_claim_comes_from(
    files, root, tmp_path
):
    originals = {name: data for name, data in files.items() if name.startswith("originals/")}
    assert originals == {"originals/sub/talks.txt": RECEIVED}
    told = json.loads(files["provenance.json"])
    (claim,) = (one for one in told["entity"].values() if one["prov:type"] == "dossier:claim")
    assert (claim["prov:value"], claim["dossier:sentence"]) == (
        "opened on Friday",
        "The talks opened on Friday.",
    )
    assert b"dossier verify --site" in files["README.txt"]
    assert bundle(root, tmp_path / "plain.zip").exit_code == 0
    with zipfile.ZipFile(tmp_path / "plain.zip") as archive:
        assert not any(name.startswith("originals/") for name in archive.namelist())


def test_a_bundle_is_the_same_each_time_and_verifies_itself(packed, root, tmp_path):
    elsewhere = shutil.copytree(root, tmp_path / "elsewhere")
    assert bundle(elsewhere, tmp_path / "again.zip", "--originals").exit_code == 0
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "verify", "--site", str(packed)])
    assert (result.exit_code, result.stdout) == (0, "")


def test_an_original_that_is_not_what_was_added_is_not_handed_on(root, tmp_path):
    elsewhere = shutil.copytree(root, tmp_path / "elsewhere")
    (elsewhere / "seeds/sub/talks.txt").write_text("As somebody left it.\n", encoding="utf-8")
    result = bundle(elsewhere, tmp_path / "x.zip", "--originals")
    assert result.exit_code == 1
    assert "seeds/sub/talks.txt is not what was added" in result.output
    assert "dossier verify" in result.output
    assert not (tmp_path / "x.zip").exists()


def test_the_files_of_a_bundle_can_be_checked_without_dossierkit(packed, files, tmp_path):
    """With the line that its README gives, in a folder to which it was unpacked."""
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path)
    (line,) = (line for line in files["README.txt"].decode().splitlines() if "sha256sum" in line)

    def check():
        return subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)

    count = len(json.loads(files[".well-known/dossier.json"])["files"]) - len(["SHA256SUMS"])
    done = check()
    assert (done.returncode, done.stdout.count(": OK\n")) == (0, count), done.stdout + done.stderr
    (tmp_path / "provenance.json").write_text("{}", encoding="utf-8")
    done = check()
    assert done.returncode == 1
    assert "provenance.json: FAILED\n" in done.stdout


@pytest.mark.parametrize("dossier", ["none", "../one"])
def test_a_dossier_that_readers_do_not_see_is_not_bundled(root, tmp_path, dossier):
    result = bundle(root, tmp_path / "x.zip", dossier=dossier)
    assert (result.exit_code, "dossiers of this site: empty, one, zqtwo" in result.output) == (1, True)
    assert not (tmp_path / "x.zip").exists()


def test_what_the_same_process_builds_next_is_whole(root, tmp_path):
    shutil.copytree(root, tmp_path / "repo")
    for words in (("bundle", "one", "--out", str(tmp_path / "one.zip")), ("build",)):
        done = CliRunner().invoke(main, ["-C", str(tmp_path / "repo"), *words])
        assert done.exit_code == 0, done.output
    assert (tmp_path / "repo/site/articles/2017/other/index.html").is_file()


def test_a_dossier_without_articles_takes_the_claims_of_no_others_along(root, tmp_path):
    out = tmp_path / "empty.zip"
    assert bundle(root, out, dossier="empty").exit_code == 0
    with zipfile.ZipFile(out) as archive:
        assert not OTHERS.search(archive.read("provenance.json"))
        assert "entity" not in json.loads(archive.read("provenance.json"))
