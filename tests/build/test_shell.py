"""What pages stand in: our own shell, or the base of the theme where a site asks for it."""

from __future__ import annotations

import json
import re

import pytest
from mkdocs.commands.build import build

from dossierkit.build import mkdocs_build
from dossierkit.build.configuration import load
from dossierkit.store.packaged import packaged_templates

BASE = {
    "site_name": "x",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False},
    "plugins": ["dossier"],
    "nav": [{"Home": "index.md"}, {"Articles": "articles/index.md"}, {"About": [{"Data": "data/index.md"}]}],
    "extra": {"dossier": {"cards": False}},
}


def built(repository, **more):
    repository.write("index.md", "---\ntitle: Home\n---\n\nThe lead.\n")
    (repository.root / "mkdocs.yml").write_text(json.dumps(BASE | more), encoding="utf-8")
    assert mkdocs_build.run(load(repository.root)) == 0
    return (repository.root / "site/articles/2016/talks/index.html").read_text(encoding="utf-8")


def test_in_our_shell_no_page_asks_for_the_themes_style_or_script(repository):
    html = built(repository)
    assert not re.search(r"assets/(?:stylesheets|javascripts)/", html)
    assert "assets/dossierkit/shell.css" in html
    assert not [*(repository.root / "site/assets").glob("javascripts/*")]
    assert not [*(repository.root / "site/assets").glob("stylesheets/*")]
    icon = repository.root / "site/assets/images/favicon.png"
    assert icon.read_bytes() == (packaged_templates() / "assets/images/favicon.png").read_bytes()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("landing.html", '{% extends "base.html" %}'),
        ("partials/more.html", "<link href=\"{{ 'assets/stylesheets/palette.css' | url }}\">"),
    ],
)
def test_a_template_that_builds_on_the_theme_keeps_its_files(repository, file, text):
    (repository.root / "templates" / file).parent.mkdir(parents=True)
    (repository.root / "templates" / file).write_text(text, encoding="utf-8")
    built(repository, theme=BASE["theme"] | {"custom_dir": "templates"})
    assert [*(repository.root / "site/assets").glob("javascripts/bundle.*")]
    assert [*(repository.root / "site/assets").glob("stylesheets/main.*")]


def test_a_site_keeps_its_own_files_of_these_names(repository):
    repository.write("assets/stylesheets/own.css", "p { color: red }")
    built(repository)
    assert (repository.root / "site/assets/stylesheets/own.css").is_file()


def test_a_sites_own_script_takes_the_place_of_ours_in_the_one_that_pages_load(repository):
    own = repository.root / "templates/assets/dossierkit/cite.js"
    own.parent.mkdir(parents=True)
    own.write_text("/* ours */ window.own = true;\n", encoding="utf-8")
    html = built(repository, theme=BASE["theme"] | {"custom_dir": "templates"})
    assert "assets/dossierkit/page.js" in html
    script = (repository.root / "site/assets/dossierkit/page.js").read_text(encoding="utf-8")
    assert "@import" not in script
    assert "window.own = true;" in script
    assert "dk-cite__form" not in script
    assert "dk-stepper" in script
    assert "dk-card-of" in script


def test_a_site_may_keep_the_base_of_the_theme(repository):
    html = built(repository, extra={"dossier": {"shell": "theme"}})
    assert "assets/stylesheets/main." in html
    assert "assets/javascripts/bundle." in html
    assert "assets/dossierkit/shell.css" not in html
    assert "assets/dossierkit/dossier.css" in html


def test_the_navigation_has_groups_and_says_where_a_page_is(repository):
    html = built(repository)
    assert re.search(
        r'<a href="[./]*articles/|<a href="../../" class="md-nav__link md-nav__link--active"', html
    )
    assert "<summary>About</summary>" in html
    assert re.search(r'class="md-nav__link md-nav__link--active" aria-current="true">Articles<', html)


INDEXES = [
    {"Home": "index.md"},
    {"Case": [{"Dossiers": "dossiers/index.md"}]},
    {"Names": "entities/index.md"},
]
DOSSIER = "---\ntitle: Water\nstatus: published\narticles: [2016/talks]\n---\n"


@pytest.mark.parametrize("shell", ["own", "theme"])
def test_no_menu_leads_to_an_index_that_lists_nothing(repository, shell):
    html = built(repository, nav=INDEXES, extra={"dossier": {"shell": shell}})
    assert "Names" in html
    assert "Dossiers" not in html
    assert ">Case<" not in html
    repository.write("dossiers/water.md", DOSSIER)
    assert "Dossiers" in built(repository, nav=INDEXES, extra={"dossier": {"shell": shell}})


def test_an_index_with_a_text_of_its_own_is_in_the_menu(repository):
    repository.write("dossiers/index.md", "---\ntitle: Dossiers\n---\n\nOur first comes in May.\n")
    assert "Dossiers" in built(repository, nav=INDEXES)


def test_styles_scripts_and_blocks_of_a_site_stand_in_our_shell(repository):
    (repository.root / "templates").mkdir()
    (repository.root / "templates/main.html").write_text(
        '{% extends "frame.html" %}{% block announce %}<p class="own">Hello</p>{% endblock %}',
        encoding="utf-8",
    )
    repository.write("assets/own.css", "p { color: red }")
    repository.write("assets/own.js", "let a = 1")
    html = built(
        repository,
        theme=BASE["theme"] | {"custom_dir": "templates", "palette": {"scheme": "slate"}},
        extra_css=["assets/own.css"],
        extra_javascript=["assets/own.js"],
    )
    assert '<p class="own">Hello</p>' in html
    assert "assets/own.css" in html
    assert "assets/own.js" in html
    assert 'data-md-color-scheme="slate"' in html
    assert 'class="dk-scheme"' not in html, "one scheme has no switch"


@pytest.mark.parametrize("shell", ["own", "theme"])
def test_every_page_has_one_title_and_a_way_past_the_navigation(repository, shell):
    html = built(repository, extra={"dossier": {"shell": shell}})
    assert html.count("<h1") == 1
    assert 'href="#dk-main"' in html
    assert html.count('id="dk-main"') == 1


def test_the_navigation_shows_every_level_with_its_titles(repository):
    for name in ("a", "b", "c", "d"):
        repository.write(f"guide/{name}.md", f"# Page {name}\n")
    deep = {"Guide": [{"First": "guide/a.md"}, {"Deeper": [{"Second": "guide/b.md"}, {"Deepest": [
        {"Third": "guide/c.md"}, {"End": [{"Fourth": "guide/d.md"}]}]}]}]}  # fmt: skip
    html = built(repository, nav=[{"Home": "index.md"}, deep])
    top, _, foot = html.partition("<main")
    assert re.findall(r"<summary>(\w+)<", top) == ["Guide"]
    assert re.findall(r'class="dk-nav__title">(\w+)<', top) == ["Deeper", "Deepest", "End"]
    pages = ["Home", "First", "Second", "Third", "Fourth"]
    assert re.findall(r'class="md-nav__link[^>]*>(\w+)<', top) == pages
    assert re.findall(r">(\w+)</a></li>", foot.partition("<footer")[2]) == ["Home", "First"]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("# One\n\nWords.\n", None),
        ("# One\n\n## Two\n\n### Three\n\n#### Four\n\n## Five\n", ["Two", "Three", "Four", "Five"]),
        ("## Two\n\nWords.\n", ["Two"]),
    ],
)
def test_a_page_lists_its_headings_if_it_has_some_below_its_title(repository, text, listed):
    repository.write("guide.md", text)
    built(repository, markdown_extensions=["toc"])
    html = (repository.root / "site/guide/index.html").read_text(encoding="utf-8")
    nav = re.search(r'<nav class="dk-toc".*?</nav>', html, re.DOTALL)
    assert (nav and re.findall(r'<a href="#[^>]*>(\w+)<', nav[0])) == listed


def test_no_compiled_page_is_missed_in_the_navigation(repository, caplog):
    repository.write("index.md", "# Home\n")
    repository.write("loose.md", "# Loose\n")
    (repository.root / "mkdocs.yml").write_text(json.dumps(BASE), encoding="utf-8")
    caplog.set_level("INFO", "mkdocs")
    build(load(repository.root))
    [said] = [one.message for one in caplog.records if "not included in the" in one.message]
    named = {line.strip(" -") for line in said.splitlines()[1:]}
    assert "loose.md" in named
    assert not [path for path in named if path.startswith(("articles/", "entities/", "search/", "verify/"))]


def test_the_base_of_the_theme_keeps_its_footer_beside_ours(repository):
    (repository.root / "templates/partials").mkdir(parents=True)
    (repository.root / "templates/partials/copyright.html").write_text("<p>Our rights</p>", encoding="utf-8")
    html = built(
        repository,
        theme=BASE["theme"] | {"custom_dir": "templates", "features": ["navigation.footer"]},
        extra={"dossier": {"shell": "theme"}, "social": [{"icon": "material/rss", "link": "https://x.test"}]},
    )
    assert html.count('<footer class="md-footer">') == 1
    assert "<p>Our rights</p>" in html
    assert 'href="https://x.test"' in html
    assert ">Data</a></li>" in html.partition("dk-footer__inner")[2]
    home = (repository.root / "site/index.html").read_text(encoding="utf-8")
    assert "md-footer__link--next" in home
