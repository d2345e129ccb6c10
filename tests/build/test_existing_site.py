"""A site of MkDocs that others made, and to which somebody adds dossiers: nothing of it is lost, and nothing is left out unsaid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from tests.support.process import dossier

from dossierkit.build.configuration import load, settings
from dossierkit.workflow.adding.without_plugin import hint

HOW_TO = (Path(__file__).parents[2] / "docs/how-to/add-to-an-mkdocs-site.md").read_text(encoding="utf-8")
OURS, NAV = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", HOW_TO, re.DOTALL))
BEFORE = {"site_name": "River Watch", "site_url": "https://river.test/", "hooks": ["dates.py"]}
DATES = """\
def on_page_markdown(markdown, page, **_):
    page.meta["git_revision_date_localized"] = '<span class="d" title="UTC" onclick="x()">May 3</span>'
"""


@pytest.fixture(scope="module")
def repository(tmp_path_factory, furnish):
    repository = furnish(tmp_path_factory.mktemp("existing"))
    repository.write("index.md", "# River Watch\n\nWelcome.\n")
    for number in range(9):
        repository.write(f"guide/part-{number}.md", f"# Part {number}\n\nText.\n")
    repository.write("guide/deep/more.md", "# More\n\nText.\n")
    (repository.root / "dates.py").write_text(DATES, encoding="utf-8")
    return repository


def site(repository, folder, **given):
    """The folder of the site that MkDocs makes with the settings of the how-to guide and these."""
    text = yaml.safe_dump(BEFORE | OURS | given)
    (repository.root / "mkdocs.yml").write_text(text, encoding="utf-8")
    config = load(repository.root)
    config.site_dir = str(folder)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return folder


@pytest.fixture(scope="module")
def theme(repository, tmp_path_factory):
    """In Material's shell, with fonts that nobody turned off."""
    return site(repository, tmp_path_factory.mktemp("theme"), theme={"name": "material"})


@pytest.fixture(scope="module")
def own(repository, tmp_path_factory):
    return site(repository, tmp_path_factory.mktemp("own"), extra={})


def links(html, start, end):
    part = html[html.index(start) : html.index(end, html.index(start))]
    return [re.sub(r"<[^>]*>", "", one).strip() for one in re.findall(r"<a [^>]*>.*?</a>", part, re.DOTALL)]


def test_without_nav_the_menu_has_the_sites_own_pages_then_the_lists_and_no_single_article(own):
    html = (own / "index.html").read_text(encoding="utf-8")
    assert links(html, '<nav class="dk-nav"', "</nav>") == [
        *["Home", *(f"Part {number}" for number in range(9)), "More"],
        *["Articles", "Names", "Timeline", "Sources"],
        *["About this site", "What’s new", "Corrections", "Data"],
    ]


def test_the_foot_of_a_page_has_no_long_section(own):
    foot = links((own / "index.html").read_text(encoding="utf-8"), '<nav class="dk-footer', "</nav>")
    assert foot == [
        *["Home", "Articles", "Names", "Timeline", "Sources"],
        *["About this site", "What’s new", "Corrections", "Data"],
    ]


def test_a_stated_nav_is_the_menu(repository, tmp_path):
    made = site(repository, tmp_path, extra={}, **NAV)
    menu = links((made / "index.html").read_text(encoding="utf-8"), '<nav class="dk-nav"', "</nav>")
    assert menu[:5] == ["Home", "Articles", "Names", "Timeline", "Sources"]


def test_own_pages_and_articles_are_built(own, theme):
    for made in (own, theme):
        assert "Welcome." in (made / "index.html").read_text(encoding="utf-8")
        assert (made / "guide/deep/more/index.html").is_file()
        assert (made / "articles/2016/talks/index.html").is_file()


def test_no_page_asks_another_host_for_fonts(theme):
    pages = [file.read_text(encoding="utf-8") for file in theme.rglob("*.html")]
    assert not [page for page in pages if re.search(r"fonts\.g(oogleapis|static)\.com", page)]


def test_the_date_that_a_plugin_writes_as_html_is_no_text(theme):
    page = (theme / "guide/part-1/index.html").read_text(encoding="utf-8")
    assert ">May 3</span>" in page
    assert "&lt;span" not in page
    assert "onclick" not in page


def problems(root, command):
    done = dossier("-C", root, command)
    assert done.returncode == 1
    return [line for line in (done.stdout + done.stderr).splitlines() if re.search(r": D(113|146) ", line)]


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"docs_dir": "docs"}, "move your pages there (`git mv docs/* content/`)"),
        ({"plugins": ["search"]}, "add `- dossier`"),
    ],
)
def test_a_setting_that_would_leave_the_articles_out_is_an_error(repository, command, given, words):
    (repository.root / "docs").mkdir(exist_ok=True)
    text = yaml.safe_dump(BEFORE | OURS | given, sort_keys=False)
    (repository.root / "mkdocs.yml").write_text(text, encoding="utf-8")
    [told] = problems(repository.root, command)
    line = text[: text.index(next(iter(given)))].count("\n") + 1
    assert told.startswith(f"mkdocs.yml:{line}:1: D146 ")
    assert words in told


def test_a_site_that_another_engine_builds_needs_no_plugin(repository):
    """Zensical, which knows none of ours, gets finished pages; a site that only it builds says so to the check."""
    given = BEFORE | OURS | {"plugins": ["search"]}
    given |= {"extra": {"dossier": {"check": {"ignore": {"D146": "built with Zensical alone"}}}}}
    (repository.root / "mkdocs.yml").write_text(yaml.safe_dump(given), encoding="utf-8")
    assert settings(load(repository.root)).options.problems == ()
    done = dossier("-C", repository.root, "check")
    assert "D146" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("settings_text", "lacking"),
    [
        ("site_name: River Watch\n", True),
        ("plugins: [search]\n", True),
        ("plugins:\nnav:\n  - dossier.md\n", True),
        ("plugins:\n  - search\n  - dossier\n", False),
        ("plugins:\n  - dossier:\n      drafts: 'yes'\n", False),
        ("plugins: {search: {}, dossier: {}}\n", False),
        ("INHERIT: base.yml\nsite_name: River Watch\n", False),
        (
            "plugins: [search]\nextra: {dossier: {check: {ignore: {D146: built with Zensical alone}}}}\n",
            False,
        ),
        ("plugins: [search\n", False),
    ],
)
def test_settings_that_lack_the_plugin_are_told_of_when_something_is_added(tmp_path, settings_text, lacking):
    (tmp_path / "base.yml").write_text("plugins: [dossier]\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(settings_text, encoding="utf-8")
    assert [("add `- dossier`" in line) for line in hint(tmp_path)] == [True] * lacking


def test_adding_to_a_site_without_the_plugin_says_that_no_page_will_show_it(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: River Watch\n", encoding="utf-8")
    (tmp_path / "flood.txt").write_text("Flood in Tarn\n\nThe river rose by two metres.\n", encoding="utf-8")
    done = dossier("-C", tmp_path, "add", tmp_path / "flood.txt", "--date", "2016-05-30")
    assert done.returncode == 0
    assert "`plugins` in mkdocs.yml lacks `dossier`" in done.stderr


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("about.md", "about/index.md"),
        ("timeline.markdown", "timeline/index.md"),
        ("sources/README.md", "sources/index.md"),
    ],
)
def test_a_page_that_one_of_the_sites_would_replace_is_an_error(repository, name, made):
    (repository.root / "mkdocs.yml").write_text(yaml.safe_dump(BEFORE | OURS), encoding="utf-8")
    repository.write(name, "# Ours\n")
    [told] = problems(repository.root, "check")
    (repository.content / name).unlink()
    assert told.startswith(f"content/{name}:0:0: D113 the site makes {made} ")
