"""The faster way to build: every file is, byte for byte, what `mkdocs build` makes of the same repository."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from textwrap import dedent

import markdown
import mkdocs.commands.build
import pytest
import yaml
from tests.support.repository import assert_same, contents
from tests.support.sites import copy_demo

from dossierkit.build import builder, mkdocs_build
from dossierkit.build.configuration import load
from dossierkit.build.finished_bodies import finished
from dossierkit.build.preview import Preview
from dossierkit.export import offer
from dossierkit.export.formats import FORMATS
from dossierkit.parallel import fork

CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")
ARTICLE = "---\ntitle: Talks open in Geneva\ndate: 2016-02-01\nstatus: published\nentities: [geneva]\n---\n\nThey came to Geneva.\n"
BASE = {
    "site_name": "x & y",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False},
    "plugins": ["dossier"],
    "nav": ["index.md", "articles/index.md", "timeline/index.md"],
    "not_in_nav": "/**",
    "markdown_extensions": ["attr_list", "admonition", "footnotes", "tables"],
    "extra": {"dossier": {"cards": False}},  # drawing them takes longer than all else
}
OVERRIDE = """\
    {% extends "base.html" %}
    {% block extrahead %}
      {% if page and page.meta.flag %}<meta name="flag" content="{{ page.meta.flag }}">{% endif %}
      {% if page and "geneva" in page.content %}<meta name="geneva">{% endif %}
    {% endblock %}
    {% block announce %}<a href="{{ 'articles/2016/talks/' | url }}">{{ page.title }}</a>{% endblock %}
    """

pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")
    monkeypatch.setenv("DOSSIER_NOW", "2026-01-01T00:00:00Z")
    monkeypatch.setattr(fork, "_FEWEST", 3)


@pytest.fixture
def varied(repository):
    """Pages that differ in all that a theme's page shows of them."""
    for number in range(12):
        title = f"“More” it's é {number}" if number % 2 else f'More "straight" > {number}'
        repository.write(
            f"articles/2016/more{number}.md", ARTICLE.replace("Talks open in Geneva", json.dumps(title))
        )
    article = (repository.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    keys = {
        "described": "description: What “they” said & did",
        "tagged": "tags: [a, b]\ndescription: Plain words",
        "quoted": "description: 'What \"they\" said > meant'",
        "hidden": "robots: noindex",
        "flagged": "flag: 'one & two'",
        "dated": "seen: 2016-02-03",
    }
    for name, more in keys.items():
        repository.write(f"articles/2015/{name}.md", article.replace("lang: en", f"lang: en\n{more}"))
    repository.write("articles/2015/amp.md", article.replace("Talks open", "Talks &amp; <b>more</b> open"))
    repository.write(
        "entities/curated.md",
        "---\ntitle: Curated\ntype: person\nstatus: reviewed\nredirects: [older]\n---\n\n# A heading\n\n"
        "Known from [the talks](../articles/2016/talks.md#nowhere) and [more](more.md).[^1]\n\n[^1]: A note.\n",
    )
    repository.write(
        "entities/plain.md", "---\ntitle: Plain\ntype: person\nstatus: reviewed\n---\n\nPlain words.\n"
    )
    repository.write(
        "articles/index.md", "---\ntitle: All of them\n---\n\nA lead with a [link](../entities/geneva.md).\n"
    )
    repository.write("office.md", "# About\n\nA page of the site's own: [talks](articles/2016/talks.md).\n")
    return repository


def config(root, **changes):
    (root / "mkdocs.yml").write_text(yaml.safe_dump({**BASE, **changes}), encoding="utf-8")
    return load(root)


def both(root, **changes):
    """What the faster way makes, and what MkDocs makes."""
    told = config(root, **changes)
    assert mkdocs_build.applies(told)
    assert mkdocs_build.run(told) == 0
    ours = contents(root / "site")
    told = load(root)
    mkdocs.commands.build.build(told)
    return ours, contents(root / "site")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {
            "use_directory_urls": False,
            "site_url": "https://news.example/sub/",
            "repo_url": "https://x.test/r",
        },
        {
            "edit_uri": "edit/",
            "repo_url": "https://x.test/r",
            "site_description": "All",
            "nav": ["index.md", {"T": "articles/2016/talks.md"}],
        },
    ],
    ids=["plain", "addresses", "editable"],
)
def test_every_file_is_what_mkdocs_makes(varied, changes):
    ours, theirs = both(varied.root, extra={}, **changes)
    assert_same(ours, theirs)
    assert any(path.endswith(".png") and "cards" in path for path in ours)


def test_files_beside_the_pages_are_those_that_mkdocs_finds(varied):
    varied.write("articles/2016/picture.svg", "<svg/>")
    varied.write("guide/b.md", "# B\n")
    varied.write("guide/a/index.md", "# A\n")
    varied.write("guide/.hidden.md", "# Hidden\n")
    (varied.content / "linked").symlink_to("guide")
    ours, theirs = both(varied.root)
    assert_same(ours, theirs)
    assert {
        "articles/2016/picture.svg",
        "guide/a/index.html",
        "linked/b/index.html",
    } <= ours.keys()


def test_of_two_pages_with_one_address_mkdocs_says_which_stays(varied, capfd):
    varied.write("guide/index.md", "# Index\n")
    varied.write("guide/README.md", "# Read me\n")
    assert_same(*both(varied.root))
    assert "conflicts with 'guide/index.md'" in capfd.readouterr().err


def test_a_template_of_the_sites_own_has_its_say(varied):
    (varied.root / "theme").mkdir()
    (varied.root / "theme" / "main.html").write_text(dedent(OVERRIDE), encoding="utf-8")
    assert_same(*both(varied.root, theme={"name": "material", "font": False, "custom_dir": "theme"}))


@pytest.mark.parametrize(
    "line",
    [
        "{{ page.url }}",
        "{{ page.file.src_uri }}",
        "{{ page.content | length }}",
        "{{ page.meta.items() | list | length }}",
        "{{ page.title | truncate(5) }}",
    ],
)
def test_what_a_template_asks_beyond_is_answered_for_each_page(varied, line):
    (varied.root / "theme").mkdir()
    text = '{% extends "base.html" %}{% block extrahead %}{% if page %}' + line + "{% endif %}{% endblock %}"
    (varied.root / "theme" / "main.html").write_text(text, encoding="utf-8")
    assert_same(*both(varied.root, theme={"name": "material", "font": False, "custom_dir": "theme"}))


def test_what_a_template_asks_of_all_pages_is_answered(varied):
    (varied.root / "theme").mkdir()
    asked = "{{ file.url }} {{ file.page.meta.robots }} {{ file.page.meta.dossier_head }} {{ file.page.meta.keys() | list }}"
    text = "{% for file in pages %}" + asked + "\n{% endfor %}"
    (varied.root / "theme" / "sitemap.xml").write_text(text, encoding="utf-8")
    assert_same(*both(varied.root, theme={"name": "material", "font": False, "custom_dir": "theme"}))


def test_the_demo_is_what_mkdocs_makes(demo, tmp_path, monkeypatch):
    copy_demo(tmp_path)
    monkeypatch.setenv("SITE_URL", "https://x.test/")
    told = load(tmp_path)
    assert mkdocs_build.applies(told)
    mkdocs.commands.build.build(told)
    assert_same(contents(demo("mkdocs")), contents(tmp_path / "site"))


@pytest.mark.parametrize(
    "changes",
    [
        {"plugins": ["search", "dossier"]},
        {"nav": None},
        {"markdown_extensions": ["md_in_html"]},
        {"exclude_docs": "a.md"},
        {"plugins": []},
    ],
)
def test_where_pages_may_come_out_otherwise_all_is_left_to_mkdocs(repository, changes):
    assert not mkdocs_build.applies(config(repository.root, **changes))


def test_a_second_build_touches_what_changed_and_takes_away_what_is_gone(varied):
    assert mkdocs_build.run(config(varied.root)) == 0
    site = varied.root / "site"
    page, other = site / "articles/2016/talks/index.html", site / "articles/2016/more1/index.html"
    copied, generated = site / "assets/dossierkit/dossier.css", site / "robots.txt"
    for file in (page, other, copied, generated):
        os.utime(file, (1, 1))
    (site / "left" / "over").mkdir(parents=True)
    (site / "left" / "over" / "index.html").write_text("x", encoding="utf-8")
    file = varied.content / "articles/2016/talks.md"
    file.write_text(file.read_text(encoding="utf-8").replace("spoke", "spoke again"), encoding="utf-8")
    assert mkdocs_build.run(load(varied.root)) == 0
    assert page.stat().st_mtime != 1
    assert [file.stat().st_mtime for file in (other, copied, generated)] == [1, 1, 1]
    assert not (site / "left").exists()


def test_a_warning_in_a_process_of_its_own_stops_a_strict_build(varied):
    told = config(varied.root, strict=True, validation={"anchors": "warn"})
    assert mkdocs_build.run(told) == 1


def test_any_number_of_processes_makes_the_same_site(varied, monkeypatch):
    made = []
    for number in (1, 2, 3):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, number=number: set(range(number)))
        shutil.rmtree(varied.root / "site", ignore_errors=True)
        assert mkdocs_build.run(config(varied.root, site_url="https://news.example/")) == 0
        made.append(contents(varied.root / "site"))
    assert_same(made[1], made[0])
    assert_same(made[2], made[0])


@pytest.mark.parametrize("broken", [KeyboardInterrupt, ValueError])
def test_a_build_that_is_broken_off_leaves_no_process_and_no_half_of_a_file(varied, monkeypatch, broken):
    half = varied.root / "site" / "data" / ".annotations.jsonld.part"

    def breaks(*_):
        while os.getpid() != here or not half.exists():
            assert time.monotonic() < end, "no export was begun"
            time.sleep(0.01)
        raise broken

    def annotations(_):
        """An export that goes no further than the middle."""
        yield "half" * 10_000
        breaks()

    end = time.monotonic() + 300
    here, before = os.getpid(), CHILDREN.read_text(encoding="ascii")
    export = FORMATS["webannotation"]._replace(make=lambda data: {"annotations.jsonld": annotations(data)})
    monkeypatch.setattr(offer, "formats", lambda: {**FORMATS, "webannotation": export})
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(builder.Builder, "write_later", breaks)
    with pytest.raises(broken):
        mkdocs_build.run(config(varied.root))
    assert not half.exists()
    assert CHILDREN.read_text(encoding="ascii") == before


def test_a_build_takes_nothing_of_a_preview_in_the_same_process(varied):
    told = config(varied.root)
    preview = Preview(varied.root)
    preview.build()
    preview.close()
    assert mkdocs_build.run(told) == 0
    assert (varied.root / "site" / "data" / "site.jsonld").is_file()


def test_what_an_earlier_build_could_not_finish_goes(varied):
    part = varied.root / "site" / "data" / ".other.part"
    assert mkdocs_build.run(config(varied.root)) == 0
    part.touch()
    assert mkdocs_build.run(config(varied.root)) == 0
    assert not part.exists()


@pytest.mark.parametrize(
    "body",
    [
        "<div>a</div> b <div>c</div>",
        "<div>a\nb</div>",
        "<span>a</span>",
        "<div>a</div>\nb",
        "# a",
        "<div><!-- a --></div>",
        "<div>a</div></div>",
        "<div>a</div> ",
        "<div>a</div ><div>b</div>",
        "<div>a</div> <span>b</span>",
    ],
)
def test_what_is_not_finished_is_left_to_the_parser(body):
    assert finished(body) is None


@pytest.mark.parametrize(
    "body",
    [
        "<header><p>a</p></header> <div>b</div>",
        '<nav>a</nav><script src="a.js" defer></script><section><section>b</section></section>',
        "<h1>a</h1>\n\n<p>b</p>  <div></div>\n\nc",
    ],
)
def test_whole_elements_in_a_row_are_as_the_parser_leaves_them(body):
    assert finished(body) == markdown.markdown(body)
