"""`source: publish: original`: the file that a text was taken from goes to readers as it came, and nothing else of seeds/ does."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from tests.support.runner import dossier

from dossierkit.engines.engine import ENGINES
from dossierkit.engines.materialised_tree import TreeOrigin, materialise
from dossierkit.workflow.verify_site import Proof
from dossierkit.workflow.verify_site import run as verify_site

FILES = Path(__file__).resolve().parents[1] / "ingest/files"
SETTINGS = "site_name: News\ndocs_dir: content\nplugins: [dossier]\nnav: [index.md]\n"
MINUTES = (FILES / "columns.pdf").read_bytes()
NAME = f"originals/{hashlib.sha256(MINUTES).hexdigest()}.pdf"
PAGE = "content/articles/2016/minutes.md"
SITE = "articles/2016/minutes/index.html"
LINK = re.compile(r'href="([^"]*originals/[^"]*)"')

pytestmark = pytest.mark.engine


def edit(root, *pairs):
    text = (root / PAGE).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (root / PAGE).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def root(minutes):
    return minutes


@pytest.fixture
def own(root, tmp_path):
    """A copy of that repository, with its site."""
    return shutil.copytree(root, tmp_path / "own", symlinks=True)


def originals(site):
    return sorted(path.relative_to(site).as_posix() for path in (site / "originals").rglob("*"))


def test_readers_get_the_bytes_that_were_added_and_of_what_they_may_see_alone(root):
    assert originals(root / "site") == [NAME]
    assert (root / "site" / NAME).read_bytes() == MINUTES
    everything = b"".join(path.read_bytes() for path in (root / "site").rglob("*") if path.is_file())
    assert b"zqsecret" not in everything
    assert b"seeds/minutes" not in everything


def test_each_quote_leads_to_its_page(root):
    for page in (SITE, "timeline/index.html", "dossiers/water/index.html"):
        html = (root / "site" / page).read_text(encoding="utf-8")
        pages = [
            (os.path.normpath(Path(page).parent / link), words)
            for link, words in re.findall(r'<a class="dk-original" href="([^"]+)"[^>]*>([^<]+)', html)
        ]
        expected = [(f"{NAME}#page={number}", f"Page {number} of the original") for number in (1, 2)]
        assert pages == expected, page
    twin = (root / "site" / SITE).with_suffix(".md").read_text(encoding="utf-8")
    assert f"[Page 2 of the original](https://news.example/{NAME}#page=2)" in twin
    assert "PDF, 3 kB" in (root / "site" / SITE).read_text(encoding="utf-8")


def test_the_manifest_has_the_original_under_the_hash_that_its_name_says(own):
    assert verify_site(Proof(str(own / "site"))) == 0
    (own / "site" / NAME).write_bytes(MINUTES + b"\n")
    assert verify_site(Proof(str(own / "site"))) == 1


def test_a_bundle_has_the_published_original_once(root, tmp_path):
    out = tmp_path / "one.zip"
    assert dossier(root, "bundle", "water", "--out", out, "--originals").exit_code == 0
    with zipfile.ZipFile(out) as archive:
        assert [name for name in archive.namelist() if "originals/" in name] == [NAME]
        assert f'href="../../{NAME}#page=2"' in archive.read("articles/2016/minutes.html").decode()


def test_check_says_what_goes_out_with_it_until_somebody_has_looked(own):
    told = [line for line in dossier(own, "check").stdout.splitlines() if "D862" in line and PAGE in line]
    assert len(told) == 1
    assert "who made it, with what and when" in told[0]
    edit(own, ("publish: original", "publish: original  # dossier: ignore D862 -- metadata looked at by Ada"))
    assert f"{PAGE}:" not in dossier(own, "check").stdout


def test_a_withdrawal_takes_it_from_the_site_and_verify_says_while_it_is_still_there(own):
    assert dossier(own, "verify").exit_code == 0
    withdrawn = dossier(own, "withdraw", PAGE, "--reason", "Wrong", "--yes")
    assert f"its original {NAME.removesuffix('.pdf')} was published: build" in withdrawn.output
    told = dossier(own, "verify")
    assert told.exit_code == 1
    assert f"site/{NAME}:0:0: D608 no visible page publishes this original" in told.stdout
    assert dossier(own, "build").exit_code == 0
    assert originals(own / "site") == []
    assert dossier(own, "verify").exit_code == 0


@pytest.mark.parametrize("old", ["  publish: original\n", "status: published"])
def test_who_takes_the_word_back_has_it_off_the_site_and_off_every_page(own, old):
    assert dossier(own, "build").exit_code == 0  # what the next build can take over
    edit(own, (old, "" if "publish" in old[:9] else "status: draft"))
    assert " D608 no visible page publishes this original" in dossier(own, "verify").stdout
    assert dossier(own, "build").exit_code == 0
    assert originals(own / "site") == []
    left = [path for path in (own / "site").rglob("*.html") if NAME in path.read_text(encoding="utf-8")]
    assert left == []


def test_verify_holds_the_published_file_against_its_seed(own):
    (own / "site" / NAME).write_bytes(b"%PDF-1.7 another")
    told = dossier(own, "verify")
    assert told.exit_code == 1
    assert f"site/{NAME}:0:0: D608 the file is not the one that was added" in told.stdout


def test_verify_says_where_a_page_number_is_wrong(own):
    edit(own, ("2@4218", "2@9000"))
    told = dossier(own, "verify")
    assert "D607 the quote “Paragraph number 14 begins here” is on page 2" in told.stdout
    assert told.stdout.count("D607") == 1
    assert told.exit_code == 0


def test_a_preview_with_drafts_hands_out_none_of_theirs(own):
    settings = (own / "mkdocs.yml").read_text(encoding="utf-8")
    (own / "mkdocs.yml").write_text(
        settings.replace("[dossier]", "[dossier: {drafts: always}]"), encoding="utf-8"
    )
    assert dossier(own, "build").exit_code == 0
    assert (own / "site/articles/2016/draft/index.html").is_file()
    assert originals(own / "site") == [NAME]


def test_what_the_last_build_left_makes_no_difference(own):
    def built(*options):
        assert dossier(own, "build", *options).exit_code == 0
        files = (path for path in (own / "site").rglob("*") if path.is_file())
        return {path.relative_to(own).as_posix(): path.read_bytes() for path in files}

    first = built()
    edit(own, ("2@4218", "2@9000"))
    moved = built()
    assert {path for path in first if first[path] != moved[path]} >= {
        f"site/{SITE}",
        "site/timeline/index.html",
    }
    assert moved == built("--no-cache")
    edit(own, ("  publish: original\n", ""))
    assert built() == built("--no-cache")


@pytest.mark.parametrize("pages", ["2@" + "9" * 5000, "@5 x@ 1@-1 @@ ٣@٤", "iv@0", "2@4218 1@0"])
def test_page_numbers_that_are_none_lead_nowhere(own, pages):
    edit(own, ('"1@0 2@4218"', f'"{pages}"'))
    built = dossier(own, "build")
    assert built.exit_code == 0, built.output
    html = (own / "site" / SITE).read_text(encoding="utf-8")
    assert re.findall(r"#page=(\d+)", html) == (["1", "2"] if pages.startswith("2@4218") else [])


# What must not go out. Each writes a file below seeds/, and the page names it with the right hash.


def article(repository, seed, data, *, sha256=None):
    digest = sha256 if sha256 is not None else hashlib.sha256(data).hexdigest()
    source = f'{{file: "{seed}", sha256: "{digest}", publish: original}}'
    repository.write("articles/a.md", f"---\ntitle: A\nstatus: published\nsource: {source}\n---\n\nText.\n")


def refused(repository):
    built = repository.compile()
    assert not built.originals
    return [one.message for one in built.problems if one.code == "D861"]


def photograph():
    made, out = Image.Exif(), io.BytesIO()
    made.get_ifd(0x8825).update({1: "N", 3: "E"})
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=made.tobytes())
    return out.getvalue()


HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("page.html", HTML, "could act in their browser"),
        ("page.xhtml", HTML, "could act in their browser"),
        ("drawing.svg", SVG, "could act in their browser"),
        ("letter.docx", b"PK\3\4", "could act in their browser"),
        ("bare", HTML, "could act in their browser"),
        ("page.pdf", HTML, "does not begin as one"),
        ("late.pdf", b"<script>alert(1)</script>%PDF-1.7", "does not begin as one"),
        ("page.png", HTML, "no PNG picture"),
        ("drawing.jpg", SVG, "no JPEG picture"),
        ("text.txt", b"MZ\0\0", "bytes that no text has"),
        ("huge.txt", b"x" * 2_000_001, "expected at most 2,000,000"),
    ],
)
def test_what_could_act_or_is_not_what_it_says_is_refused(empty, name, data, words):
    (empty.root / "seeds").mkdir()
    (empty.root / "seeds" / name).write_bytes(data)
    article(empty, f"seeds/{name}", data)
    (message,) = refused(empty)
    assert words in message


def test_a_huge_file_is_refused_before_it_is_read(empty):
    (empty.root / "seeds").mkdir()
    with (empty.root / "seeds/huge.pdf").open("wb") as file:
        file.truncate(10**13)
    article(empty, "seeds/huge.pdf", b"")
    (message,) = refused(empty)
    assert "10,000,000,000,000 bytes: expected at most 100,000,000" in message


@pytest.mark.parametrize(
    "target",
    ["outside.pdf", "repository/content/secret.pdf", "repository/.git/x.pdf", "repository/seeds/.git/x.pdf"],
)
def test_no_link_leads_out_of_seeds(empty, tmp_path_factory, target):
    outside = tmp_path_factory.mktemp("outside")
    place = outside / target if target == "outside.pdf" else empty.root / target.removeprefix("repository/")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"%PDF-1.7 secret")
    (empty.root / "seeds").mkdir(exist_ok=True)
    (empty.root / "seeds/x.pdf").symlink_to(place)
    article(empty, "seeds/x.pdf", b"%PDF-1.7 secret")
    (message,) = refused(empty)
    assert "is a link out of it" in message
    (empty.root / "seeds/x.pdf").unlink()
    (empty.root / "seeds/folder").symlink_to(place.parent)
    article(empty, f"seeds/folder/{place.name}", b"%PDF-1.7 secret")
    assert "is a link out of it" in refused(empty)[0]


@pytest.mark.parametrize(
    "seed", ["seeds/../content/x.pdf", "/etc/passwd", "content/x.pdf", "seeds/..\\x.pdf"]
)
def test_a_path_out_of_seeds_is_no_page_of_the_site(empty, seed):
    (empty.content / "x.pdf").write_bytes(b"%PDF-1.7")
    article(empty, seed.replace("\\", "\\\\"), b"%PDF-1.7")
    built = empty.compile()
    assert not built.originals
    assert "D602" in {one.code for one in built.problems if one.severity == "error"}


@pytest.mark.parametrize(
    ("sha256", "words"),
    [("", "no `sha256` is recorded"), ("0" * 64, "is not what was added"), (None, "is not there")],
)
def test_only_what_was_added_goes_out(empty, sha256, words):
    (empty.root / "seeds").mkdir()
    if sha256 is not None:
        (empty.root / "seeds/x.pdf").write_bytes(b"%PDF-1.7")
    article(empty, "seeds/x.pdf", b"%PDF-1.7", sha256=sha256)
    (message,) = refused(empty)
    assert words in message


def test_pictures_and_text_go_out_as_they_came_with_every_engine(empty, tmp_path):
    (empty.root / "seeds").mkdir()
    (empty.root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    for name, data, published in (("Photo.JPEG", photograph(), "jpg"), ("note.md", b"# A\n<script>", "txt")):
        (empty.root / "seeds" / name).write_bytes(data)
        article(empty, f"seeds/{name}", data)
        built = empty.compile()
        path = f"originals/{hashlib.sha256(data).hexdigest()}.{published}"
        assert built.originals == {path: f"seeds/{name}"}
        told = dossier(empty.root, "check").stdout
        assert ("found: the place" in told) == (published == "jpg")
        for hooks in (True, False):
            origin = TreeOrigin(
                empty.content, (), empty.root / "mkdocs.yml", replace(ENGINES["properdocs"], hooks=hooks)
            )
            materialise(built, origin, tmp_path / "tree")
            assert (tmp_path / "tree/docs" / path).read_bytes() == data
