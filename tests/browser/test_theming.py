"""A newsroom makes a new repository its own: name, logo, colours, fonts, labels, a block of the templates."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.support.process import succeeds

from dossierkit.workflow.init import run

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "articles/2016/talks/"
OURS = """
    colors:
      brand: "#7a1f3d"
      person: {light: "#00539f", dark: "#7db8f0"}
      paper: {light: "#ffffff"}
    fonts:
      text: River Serif
      interface: Georgia
      files:
        - {family: River Serif, file: assets/river.woff2, weight: 400 700}
    labels:
      entities: Who and where
      types: {person: {many: Folk}}
      not_found.title: Lost on the river
"""
CONTENT = (
    {
        "articles/2016/talks.md": (
            "---\ntitle: Talks open\ndate: 2016-02-01\nlang: en\nstatus: published\nentities: [jane-doe]\ntimeline: []\n---\n"
            "Jane Doe came to the river.\n"
        ),
        "entities/jane-doe.md": "---\ntitle: Jane Doe\ntype: person\nstatus: reviewed\n---\n",
    }
    | {
        f"articles/2016/long-{number}.md": (
            f"---\ntitle: 00{number}_{'_'.join(['the_council_reopens_the_old_bridge'] * 3)}\ndate: 2016-03-0{number}\nlang: en\n"
            "status: published\nentities: [jane-doe]\n"
            "timeline:\n  - {date: 2016-03-01, text: Jane Doe came back, quote: Jane Doe came back on 1 March 2016.}\n---\n"
            "Jane Doe came back on 1 March 2016.\n"
        )
        for number in (1, 2, 3)
    }
    | {
        "dossiers/bridge.md": (
            "---\ntitle: All that was ever said about the bridge over the river and those who were to repair it\nstatus: published\n"
            "articles: [2016/long-1, 2016/long-2, 2016/long-3]\n---\n"
        ),
    }
)
LONG = "articles/2016/long-2/"
BLOCK = """\
{% extends "frame.html" %}
{% block announce %}<p class="own">Written on the river</p>{% endblock %}
"""


@pytest.fixture(scope="session", params=["mkdocs", "zensical"])
def newsroom(request, tmp_path_factory):
    """The site of a repository as `dossier init` writes it, with the settings above."""
    folder = tmp_path_factory.mktemp("river") / "river"
    run(folder, name="The River Courier")
    for name, text in CONTENT.items():
        page = folder / "content" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    (folder / "content/assets").mkdir()
    shutil.copy(
        ROOT / "templates/assets/dossierkit/fonts/literata-latin.woff2", folder / "content/assets/river.woff2"
    )
    (folder / "content/assets/logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
        encoding="utf-8",
    )
    (folder / "templates/main.html").write_text(BLOCK, encoding="utf-8")
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("  font: false", "  logo: assets/logo.svg\n  font: false", 1)
    (folder / "mkdocs.yml").write_text(config + OURS.removeprefix("\n"), encoding="utf-8")
    succeeds("build", "--strict", "--engine", request.param, cwd=folder)
    return folder / "site"


@pytest.fixture
def river(newsroom, served, windows):
    """`river(path, scheme)` opens a page of it."""
    with served(newsroom) as address:

        def read(path, scheme="light"):
            page = windows.tab()
            page.emulate_media(color_scheme=scheme)
            page.goto(address + path)
            return page

        yield read
        windows.clear(address)


def style(locator, name):
    return locator.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def test_colours_fonts_labels_logo_name_and_blocks_are_the_newsrooms(river):
    page = river(ARTICLE)
    label = page.locator(".dk-group__label")
    assert label.inner_text().startswith("Folk")
    assert style(label, "color") == "rgb(0, 83, 159)"
    assert style(page.locator("body"), "backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".dk-panel--entities h2").inner_text() == "Who and where"
    assert style(page.locator(".dk-text"), "fontFamily").startswith('"River Serif"')
    assert style(page.locator("body"), "fontFamily").startswith("Georgia")
    assert page.evaluate("document.fonts.load('16px River Serif').then(found => found.length)") == 1
    assert page.locator(".md-logo img").first.evaluate("image => image.complete && image.naturalWidth > 0")
    assert "The River Courier" in page.title()
    assert page.locator(".own").inner_text() == "Written on the river"


def test_each_scheme_has_its_colours(river):
    page = river(ARTICLE, "dark")
    assert style(page.locator(".dk-group__label"), "color") == "rgb(125, 184, 240)"
    assert style(page.locator("body"), "backgroundColor") == "rgb(22, 25, 27)"


def test_links_have_the_colour_of_the_brand(river):
    page = river("404.html")
    assert page.locator("h1").inner_text() == "Lost on the river"
    assert style(page.locator(".dk-lost .dk-jump a").first, "color") == "rgb(122, 31, 61)"


@pytest.mark.parametrize("path", [LONG, "dossiers/bridge/", "embed/dossiers/bridge/timeline/"])
@pytest.mark.parametrize("width", [320, 1024])
def test_titles_that_are_the_names_of_files_do_not_make_a_page_wider(river, path, width):
    page = river(path)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_line_over_a_title_breaks_within_the_name_of_a_dossier(river):
    page = river(LONG)
    page.set_viewport_size({"width": 390, "height": 800})
    tops = "link => link.getClientRects()[0].top"
    first, second = page.locator(".dk-head .dk-kind a").all()
    assert second.evaluate(tops) == first.evaluate(tops)
