"""From a quote to its words on the picture of its page: without scripts, under the policy, from right to left, in print."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from dossierkit.cli import main

FILE = Path(__file__).resolve().parents[1] / "ingest/files/turned.pdf"
SETTINGS = """\
site_name: News
docs_dir: content
theme: {{name: material, font: false, language: {}}}
plugins: [dossier]
nav: [index.md]
not_in_nav: /**
"""
TIMELINE = """\
timeline:
  - {text: The flow stops, quote: The office of the mayor confirmed that the flow had stopped on 3 March 2016}
  - {text: The report is printed, quote: The report was printed in June 2017}
"""
ARTICLE = "articles/2016/minutes/"
WORDS = {"en": "Page 2 of the original", "ar": "الصفحة 2 من الأصل"}


@pytest.fixture(scope="module", params=["en", "ar"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def address(tmp_path_factory, served, language):
    root = tmp_path_factory.mktemp("facsimiles")
    (root / "content").mkdir()
    (root / "mkdocs.yml").write_text(SETTINGS.format(language), encoding="utf-8")
    (root / "content/index.md").write_text("# News\n", encoding="utf-8")
    shutil.copy(FILE, root / "minutes.pdf")
    run = CliRunner().invoke
    assert (
        run(
            main, ["-C", str(root), "add", str(root / "minutes.pdf"), "--lang", "en", "--date", "2016-05-14"]
        ).exit_code
        == 0
    )
    (drafted,) = (root / "content/articles").rglob("*.md")
    head, body = drafted.read_text(encoding="utf-8").removeprefix("---\n").split("---\n", 1)
    head = re.sub(r"^(?:entities|timeline):.*\n(?:[ -].*\n)*", "", head, flags=re.MULTILINE)
    head = head.replace("status: draft", "status: published").replace(
        "  pages:", "  publish: facsimiles\n  pages:"
    )
    drafted.write_text(f"---\n{head}{TIMELINE}---\n{body}", encoding="utf-8")
    drafted.rename(drafted.with_name("minutes.md"))
    built = run(main, ["-C", str(root), "build"])
    assert built.exit_code == 0, built.output
    with served(root / "site") as found:
        yield found


@pytest.mark.parametrize(("width", "scripts"), [(1280, False), (1280, True), (390, False)])
def test_a_reader_reaches_the_words_of_a_quote_on_its_page(read, in_view, language, width, scripts):
    page = read(ARTICLE, width, scripts=scripts)
    if width < 800:
        page.locator(".dk-panel--timeline > summary").click()
    page.get_by_role("link", name=WORDS[language]).click()
    page.wait_for_url("**/facsimiles/**")
    marked = page.locator("g:target")
    assert marked.get_attribute("aria-label") == "The report was printed in June 2017"
    assert in_view(marked)
    picture = page.locator("section:has(g:target) img")
    picture.evaluate("image => image.decode()")
    shown, across = picture.bounding_box(), page.viewport_size["width"]
    assert shown["width"] <= across
    assert (shown["width"] / shown["height"]) == pytest.approx(1.414, rel=0.01)
    box = marked.bounding_box()
    seen = Image.open(
        io.BytesIO(page.screenshot(clip=dict(zip(("x", "y", "width", "height"), box.values(), strict=True))))
    )
    red, green, blue = (band.getextrema() for band in seen.convert("RGB").split()[:3])
    assert red[1] > 200 > blue[1], "the ground is marked in yellow"
    assert min(red[0], green[0], blue[0]) < 110, "the words are seen through the mark"


def test_axe_finds_nothing_and_the_page_fits(read, violations, language):
    page = read("sources/facsimiles/2016/minutes/", 390, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


def test_the_pictures_are_printed(read):
    page = read("sources/facsimiles/2016/minutes/")
    page.emulate_media(media="print")
    page.wait_for_function("matchMedia('print').matches")
    pictures = page.locator(".dk-facsimile__page img").all()
    assert len(pictures) == 2
    for picture in pictures:  # a browser waits for them before it prints; here they come when they are near
        picture.evaluate("image => image.decode()")
        picture.wait_for()
