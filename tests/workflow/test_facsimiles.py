"""`source: publish: facsimiles`: pictures of the pages on which quotes stand, with the quoted words marked."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from dossierkit.cli import main
from dossierkit.ingest.pdf import process
from dossierkit.store.state import working_folder

FILES = Path(__file__).resolve().parents[1] / "ingest/files"
SETTINGS = "site_name: News\nsite_url: https://news.example/\ndocs_dir: content\ntheme: {name: material}\nplugins: [dossier]\nnav: [index.md]\n"
PAGE = "content/articles/2016/minutes.md"
QUOTES = {
    "hyphens": "the internationalization of the water treatment programme",
    "ligatures": "The office of the mayor confirmed that the flow had stopped",
    "columns": "which was public from the beginning.\n\nThe engineer Bob Lee",
    "pages": "before the public left the building in silence on 13 May 2016",
    "lying": "The report was printed in June 2017",
}
SHEET = re.compile(r'<section class="dk-section dk-facsimile" id="page-(\d+)">(.*?)</section>', re.DOTALL)

pytestmark = pytest.mark.engine


def dossier(root, *arguments):
    return CliRunner().invoke(main, ["-C", str(root), *map(str, arguments)])


def repository(root, name, quotes, publish="facsimiles"):
    (root / "content").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (root / "content/index.md").write_text("# News\n", encoding="utf-8")
    added = dossier(root, "add", FILES / name, "--lang", "en", "--date", "2016-05-14")
    assert added.exit_code == 0, added.output
    (drafted,) = (root / "content/articles").rglob("*.md")
    entries = "".join(f"  - {{text: {about}, quote: {quote!r}}}\n" for about, quote in quotes.items())
    text = drafted.read_text(encoding="utf-8").replace("status: draft", "status: published")
    text = text.replace("  pages:", f"  publish: {publish}\n  pages:")
    head, _, body = text.partition("---\n")[2].partition("---\n")
    head = re.sub(r"^(?:entities|timeline):.*\n(?:[ -].*\n)*", "", head, flags=re.MULTILINE)
    (root / PAGE).parent.mkdir(parents=True, exist_ok=True)
    drafted.unlink()
    (root / PAGE).write_text(f"---\n{head}timeline:\n{entries}---\n{body}", encoding="utf-8")
    return root


def edit(root, old, new):
    text = (root / PAGE).read_text(encoding="utf-8")
    assert old in text
    (root / PAGE).write_text(text.replace(old, new), encoding="utf-8")


def digest(root):
    return hashlib.sha256(next((root / "seeds").glob("*.pdf")).read_bytes()).hexdigest()


def shown(root):
    """By page: what it shows, and by entry the boxes."""
    html = (root / "site/sources/facsimiles/2016/minutes/index.html").read_text(encoding="utf-8")
    return {int(number): (sheet, boxes(sheet)) for number, sheet in SHEET.findall(html)}


def boxes(sheet):
    marks = re.findall(r'<g class="dk-facsimile__words"[^>]*aria-label="([^"]*)">(.*?)</g>', sheet)
    numbers = r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)">'
    return {quote: [tuple(map(int, one)) for one in re.findall(numbers, inner)] for quote, inner in marks}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    quotes = {about: quote for about, quote in QUOTES.items() if about != "columns"}
    root = repository(tmp_path_factory.mktemp("facsimiles"), "turned.pdf", quotes, "both")
    done = dossier(root, "build")
    assert done.exit_code == 0, done.output
    return root


@pytest.fixture
def own(built, tmp_path):
    return shutil.copytree(built, tmp_path / "own", symlinks=True)


def test_quotes_are_marked_where_their_words_stand(built):
    """Every box holds ink, and outside of all boxes of a quote no letter of it is left."""
    document = pypdfium2.PdfDocument((FILES / "turned.pdf").read_bytes())
    expected = {
        1: {"hyphens": 3, "ligatures": 2, "pages": 1},
        2: {"pages": 1, "lying": 1},
    }
    sheets = shown(built)
    for number, counts in expected.items():
        sheet, found = sheets[number]
        assert {about: len(found[QUOTES[about]]) for about in counts} == counts
        width, height = map(int, re.search(r'width="(\d+)" height="(\d+)" alt', sheet).groups())
        page = document[number - 1]
        text, (across, down) = page.get_textpage(), page.get_size()
        assert (width / height) == pytest.approx(across / down, rel=0.01)
        for about in counts:
            read = " ".join(
                words_in(page, text, [value * across / width for value in box])
                for box in found[QUOTES[about]]
            )
            words = [word for word in re.findall(r"\w+", read) if len(word) > 3]
            assert words
            assert all(word in "".join(QUOTES[about].split()) for word in words), (about, read)


def words_in(page, text, box):
    """The words that PDFium has in a box of the page as it is seen, in points."""
    left, top, width, height = box
    down = page.get_height()
    if page.get_rotation() == 90:
        return text.get_text_bounded(left=top, bottom=left, right=top + height, top=left + width)
    return text.get_text_bounded(left=left, bottom=down - top - height, right=left + width, top=down - top)


def test_pictures_are_small_and_of_the_size_that_is_reserved(built):
    for number, (sheet, _) in shown(built).items():
        name = f"facsimiles/{digest(built)}-{number}.webp"
        assert f'src="../../../../{name}"' in sheet
        data = (built / "site" / name).read_bytes()
        assert len(data) < 300_000
        with Image.open(io.BytesIO(data)) as picture:
            assert f'width="{picture.width}" height="{picture.height}"' in sheet
            assert max(picture.size) <= 1600
        assert f'alt="Page {number} of the original of “Minutes of May”"' in sheet


def test_entries_lead_to_their_words_on_the_picture_and_it_leads_on(built):
    article = (built / "site/articles/2016/minutes/index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a class="dk-original" href="([^"#]+)#([^"]+)"', article)
    html = (built / "site/sources/facsimiles/2016/minutes/index.html").read_text(encoding="utf-8")
    assert len(links) == len(QUOTES) - 1
    for page, anchor in links:
        assert page == "../../../sources/facsimiles/2016/minutes/"
        assert html.count(f' id="{anchor}"') == 1
    assert f'href="../../../../originals/{digest(built)}.pdf#page=2"' in html
    assert 'href="../../../../articles/2016/minutes/#t-' in html
    twin = (built / "site/llms-full.txt").read_text(encoding="utf-8")
    assert "(https://news.example/sources/facsimiles/2016/minutes/#f-t-" in twin


def test_without_the_file_only_pictures_go_out(own):
    edit(own, "publish: both", "publish: facsimiles")
    assert dossier(own, "build").exit_code == 0
    assert not list((own / "site").rglob("*.pdf"))
    assert len(list((own / "site/facsimiles").glob("*.webp"))) == 2
    assert "D862" not in dossier(own, "check").stdout


def test_another_build_gives_the_same_bytes_with_and_without_what_was_kept(own, tmp_path, monkeypatch):
    def files():
        return {path: path.read_bytes() for path in sorted((own / "site").rglob("*")) if path.is_file()}

    before = files()
    assert dossier(own, "build").exit_code == 0
    assert files() == before
    monkeypatch.setenv("DOSSIERKIT_CACHE", str(tmp_path / "empty"))
    shutil.rmtree(own / "site")
    assert dossier(own, "build").exit_code == 0
    assert files() == before


def test_whoever_takes_the_word_back_has_them_off_the_site(own):
    withdrawn = dossier(own, "withdraw", PAGE, "--reason", "Wrong", "--yes")
    assert f"its facsimiles facsimiles/{digest(own)}-*.webp were published" in withdrawn.output
    told = dossier(own, "verify")
    assert told.exit_code == 1
    assert f"{digest(own)}-1.webp:0:0: D608 no visible page publishes this picture" in told.stdout
    assert dossier(own, "build").exit_code == 0
    assert not list((own / "site").rglob("*.webp"))
    assert not (own / "site/sources/facsimiles").exists()
    assert dossier(own, "verify").exit_code == 0


def test_an_edit_of_a_quote_moves_its_mark_in_the_next_build(own):
    edit(own, QUOTES["lying"], "printed in June 2017 by the council")
    assert dossier(own, "build").exit_code == 0
    assert "printed in June 2017 by the council" in shown(own)[2][1]
    assert QUOTES["lying"] not in shown(own)[2][1]


def test_what_is_not_found_in_the_original_is_said_and_the_rest_is_shown(own):
    edit(own, "The report was printed", "The study was printed")
    told = dossier(own, "check").stdout
    assert "D863" in told
    assert "its words were not found on page 2 of the original" in told
    built = dossier(own, "build")
    assert built.exit_code == 0
    assert list(shown(own)) == [1, 2]
    edit(own, 'pages: "1@0', 'pages: "x@0')
    assert "it is not known on which page it stands" in dossier(own, "check").stdout


def test_what_has_no_pages_is_refused(own):
    text = (own / PAGE).read_text(encoding="utf-8")
    seed = own / "seeds/note.txt"
    seed.write_text("Text.\n", encoding="utf-8")
    text = re.sub(r"file: .*", "file: seeds/note.txt", text)
    text = re.sub(r"sha256: .*", f'sha256: "{hashlib.sha256(seed.read_bytes()).hexdigest()}"', text)
    (own / PAGE).write_text(text, encoding="utf-8")
    told = dossier(own, "check").stdout
    assert "D861" in told
    assert "has no pages that could be drawn" in told


@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")
def test_of_a_scan_the_words_are_marked_that_were_recognised(tmp_path):
    root = repository(tmp_path, "scan.pdf", {"scan": "signed the water contract"})
    assert dossier(root, "build").exit_code == 0
    ((left, top, width, height),) = shown(root)[1][1]["signed the water contract"]
    with Image.open(next((root / "site/facsimiles").glob("*.webp"))) as picture:
        grey = picture.convert("L")
        assert grey.crop((left, top, left + width, top + height)).getextrema()[0] < 100
        below = grey.crop((left, top + height + 3, left + width, top + 2 * height))  # it is the last line
        assert below.getextrema()[0] > 200


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_a_page_that_cannot_be_drawn_ends_the_build_with_its_name(own, monkeypatch, engine):
    """The program that draws answers without the page."""
    shutil.rmtree(working_folder(own) / "facsimiles", ignore_errors=True)
    asked = process.asked
    monkeypatch.setattr(process, "asked", lambda question, *rest: {**asked(question, *rest), "pictures": {}})
    done = dossier(own, "build", "--engine", engine)
    assert isinstance(done.exception, SystemExit)
    assert "seeds/turned.pdf cannot be drawn: take `publish` out" in done.output
