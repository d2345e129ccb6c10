"""Whatever a page's keys, sources and settings hold, readers see it as it was written, and nothing of it is markup."""

from __future__ import annotations

import json
import re

import lxml.etree
import lxml.html
import pytest
from tests.support.process import dossier
from tests.support.repository import assert_same
from tests.support.sites import as_mkdocs_makes

from dossierkit.build import mkdocs_build
from dossierkit.build.configuration import load, settings
from dossierkit.build.load_site import compiled
from dossierkit.build.preview import Preview
from dossierkit.export.formats import FORMATS

ENGINES = ("mkdocs", "zensical")
"""Engines whose pages differ: those of ProperDocs are those of MkDocs byte for byte."""
ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "{http://www.w3.org/1999/xlink}href"}
ASKED = {"src", "poster", "data", "srcset"}
RUNS = re.compile(r"\s*(javascript|vbscript|data:text)", re.IGNORECASE)
DATA = {"application/json", "application/ld+json"}
BASE = {
    "site_name": "x",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False},
    "plugins": ["dossier"],
    "nav": ["index.md"],
}

pytestmark = pytest.mark.engine


@pytest.fixture(params=ENGINES)
def site(request, attacked):
    return attacked(request.param)


def test_the_pages_of_properdocs_are_those_of_mkdocs(attacked):
    """Byte for byte, with all that they may ask the site for: what is seen of those holds of these, here and in a browser."""
    ours, theirs = as_mkdocs_makes(attacked("mkdocs")), as_mkdocs_makes(attacked("properdocs"))
    assert sum(path.endswith(".html") for path in ours) > 50
    unused = ("assets/javascripts/", "assets/stylesheets/")  # Material's own, which no page asks for
    assert_same(ours, {path: data for path, data in theirs.items() if not path.startswith(unused)})


def pages(site):
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        yield file.relative_to(site).as_posix(), text, lxml.html.document_fromstring(text)


def read(site, address):
    return lxml.html.document_fromstring((site / address / "index.html").read_text(encoding="utf-8"))


def words(element):
    return " ".join("".join(element.itertext()).split())


def markup(page):
    """All that an attack could be."""
    for element in page.iter(lxml.etree.Element):
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {"style", "srcdoc", "autofocus"}:
                yield element.tag, name
            if (name in ADDRESSES and RUNS.match(value)) or (name in ASKED and "//" in value):
                yield element.tag, name, value
        if element.tag == "script" and "src" not in element.attrib and element.get("type") not in DATA:
            yield "script", element.text
        if element.tag in {"style", "iframe", "object", "embed", "c"}:
            yield element.tag
        if element.tag == "base" and dict(element.attrib) != {"target": "_top"}:  # pages in frames have that
            yield element.tag, dict(element.attrib)


def policies(page):
    metas = page.xpath("//meta[@http-equiv]")
    found = [meta for meta in metas if meta.get("http-equiv").lower() == "content-security-policy"]
    assert all(meta.getparent().tag == "head" for meta in found)
    return [meta.get("content") for meta in found]


def test_no_value_becomes_markup(site):
    for path, _, page in pages(site):
        assert list(markup(page)) == [], path


def test_every_page_has_one_strict_policy(site):
    found = {path: policies(page) for path, _, page in pages(site)}
    assert len(found) > 50
    assert {len(one) for one in found.values()} == {1}
    framed = {path: one for path, (one,) in found.items() if path.startswith("embed/")}
    assert len(framed) >= 3
    assert all(one.startswith("default-src 'none';") and "script" not in one for one in framed.values())
    whole = {path: one for path, (one,) in found.items() if path not in framed}
    assert not [path for path, one in whole.items() if "script-src 'self'" not in one]
    assert not [path for path, (one,) in found.items() if "unsafe" in one]


def test_values_read_as_they_were_written(site, hostile):
    for number, payload in enumerate(hostile.PAYLOADS):
        read_as = " ".join(payload.split())
        for place in (
            "articles/2016/p",
            "entities/p",
            "dossiers/p",
            "own/p",
            "articles/2016/w",
            "entities/w",
            "dossiers/w",
        ):
            page = read(site, f"{place}{number}")
            assert read_as in {words(one) for one in page.iter("h1")}, place
            shown = [words(one) for one in page.xpath("//a[contains(@class, 'dk-name')]")]
            assert shown == [" ".join(hostile.TITLE.split())], place
            assert words(page.find(".//title")) == f"{read_as} - {' '.join(hostile.TITLE.split())}", place
            if "/w" not in place:
                assert page.xpath("//meta[@name='description']/@content") == [payload], place
                assert page.xpath("//meta[@name='author']/@content") == [payload], place
            if not place.startswith("own"):
                titles = page.xpath("//meta[@property='og:title']/@content")
                assert titles == [] if "/w" in place else [payload], place


def test_nothing_is_escaped_twice(site):
    for path, text, _ in pages(site):
        whole = re.sub(r'<pre tabindex="0"><code>&lt;iframe [^<]*</code></pre>', "", text)  # HTML as text
        assert not re.search(r"&amp;(amp|lt|gt|quot|#\d+|#x27);", whole), path


def test_the_navigation_and_a_retired_address_read_as_they_were_written(site, hostile):
    home = read(site, "")
    shown = {words(link) for link in home.xpath("//a[contains(@class, 'md-nav__link')]")}
    assert {" ".join(one.split()) for one in hostile.PAYLOADS[:1]} <= shown
    redirect = read(site, "entities/old0")
    assert words(redirect.find(".//title")) == " ".join(hostile.TITLE.split())
    assert redirect.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../p0/"]


def test_feeds_and_exports_hold_text(site, hostile):
    seen = set()
    for file in sorted(site.rglob("*")):
        if file.suffix in {".xml", ".rss", ".atom", ".svg"}:
            root = lxml.etree.parse(str(file)).getroot()
            assert not root.xpath(
                "//*[local-name()='script' or local-name()='img' or local-name()='iframe']"
            ), file
            described = root.xpath("//item/description/text()")  # readers of RSS take it for HTML
            assert not any(
                list(lxml.html.fragment_fromstring(one, create_parent=True)) for one in described
            ), file
            seen |= {one.text for one in root.iter("{http://www.w3.org/2005/Atom}title")}
        elif file.suffix in {".json", ".jsonld", ".geojson"}:
            text = file.read_text(encoding="utf-8")
            for one in text.splitlines() if file.name.endswith(".ftm.json") else (text,):
                json.loads(one)
    assert set(hostile.PAYLOADS[:3]) <= {" ".join(one.split()) if one else "" for one in seen}
    assert len(FORMATS) > 5


def texts(value):
    """All texts in a value of JSON, keys aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def test_json_for_machines_ends_where_it_should(site, hostile):
    for number, payload in enumerate(hostile.PAYLOADS):
        for place in ("articles/2016/p", "entities/p", "dossiers/p"):
            (script,) = read(site, f"{place}{number}").xpath("//script[@type='application/ld+json']")
            assert any(payload in text for text in texts(json.loads(script.text))), place


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("entities/geneva.md", "<script>let a</script>"),
        ("entities/geneva.md", '<p onclick="x()">A town.</p>'),
        ("dossiers/one.md", "[x](javascript:x)"),
        ("index.md", '<p>A <b title="" onmouseover=x()>word</b></p>'),
    ],
)
def test_a_script_in_an_editors_page_stops_the_build_and_says_where(repository, path, body, capfd):
    kind = {"entities": "\ntype: place", "dossiers": "\narticles: [2016/talks]"}.get(path.split("/")[0], "")
    repository.write(path, f"---\ntitle: Geneva{kind}\nstatus: published\n---\n\n{body}\n")
    (repository.root / "mkdocs.yml").write_text(json.dumps(BASE), encoding="utf-8")
    assert mkdocs_build.run(load(repository.root)) == 1
    address = path.removesuffix("index.md").removesuffix(".md")
    assert re.search(rf"{address}(/|)index\.html:\d+:\d+: D150", capfd.readouterr().err)


def test_html_of_editors_stays_as_it_is(repository):
    body = '<p class="a" style="color: red">A <em>town</em>, <a href="mailto:x@y.test">x</a>.</p>'
    repository.write(
        "entities/geneva.md", f"---\ntitle: Geneva\ntype: place\nstatus: published\n---\n\n{body}\n"
    )
    (repository.root / "mkdocs.yml").write_text(json.dumps(BASE), encoding="utf-8")
    assert mkdocs_build.run(load(repository.root)) == 0
    html = (repository.root / "site/entities/geneva/index.html").read_text(encoding="utf-8")
    assert re.search(r'<p class="a dk-s-\w{8}">A <em>town</em>, <a href="mailto:x@y.test">x</a>.</p>', html)


def test_templates_of_a_site_are_its_own_and_escape_what_they_print(repository):
    (repository.root / "templates").mkdir()
    (repository.root / "templates/main.html").write_text(
        '{% extends "frame.html" %}{% block announce %}<b style="top: 0">{{ page.meta.own if page }}</b>'
        "<script>let own = 1</script>{% endblock %}",
        encoding="utf-8",
    )
    (repository.root / "content/extra.html").write_text(
        "<title>{{ config.site_name }}</title><script>let extra = 1</script>", encoding="utf-8"
    )
    article = repository.content / "articles/2016/talks.md"
    article.write_text(
        article.read_text(encoding="utf-8").replace("lang: en", "lang: en\nown: <script>x</script>"),
        encoding="utf-8",
    )
    told = BASE | {"site_name": "A <i> & B", "extra_templates": ["extra.html"]}
    told["theme"] = BASE["theme"] | {"custom_dir": "templates"}
    (repository.root / "mkdocs.yml").write_text(json.dumps(told), encoding="utf-8")
    assert mkdocs_build.run(load(repository.root)) == 0
    site = repository.root / "site"
    html = (site / "articles/2016/talks/index.html").read_text(encoding="utf-8")
    assert re.search(
        r'<b class="dk-s-\w{8}">&lt;script&gt;x&lt;/script&gt;</b><script src="[./]*assets/dossierkit/moved/\w+\.js">',
        html,
    )
    moved = [file.read_text(encoding="utf-8") for file in (site / "assets/dossierkit/moved").iterdir()]
    assert {"let own = 1", "let extra = 1"} <= set(moved)
    extra = (site / "extra.html").read_text(encoding="utf-8")
    assert "<title>A &lt;i&gt; &amp; B</title>" in extra
    assert extra.count("Content-Security-Policy") == 1
    assert not re.search(r"dk[0-9a-f]{24}", "".join([html, extra, *moved]))


def test_no_text_is_markup_in_the_picture_of_a_card(attacked, hostile):
    root = attacked("mkdocs").parent
    cards = compiled(settings(load(root))).cards
    texts = set()
    for compose in cards.values():
        root = lxml.etree.fromstring(compose().encode())
        assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {"svg", "rect", "text"}
        texts |= {word for one in root.iter("{*}text") for word in one.text.strip("\u2066-\u2069").split()}
    assert "<c>" in texts
    assert len(cards) > 5


PLUGIN = """
def on_post_page(output, *, page, config):
    return output.replace("</body>", '<script>let theirs = 1</script><p style="top: 0">x</p></body>')
"""


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_what_another_plugin_adds_is_the_themes(repository, engine):
    """Plugins are trusted; their scripts would not run within the page."""
    (repository.root / "hook.py").write_text(PLUGIN, encoding="utf-8")
    hook = str(repository.root / "hook.py")
    (repository.root / "mkdocs.yml").write_text(json.dumps(BASE | {"hooks": [hook]}), encoding="utf-8")
    done = dossier("build", "--engine", engine, cwd=repository.root)
    assert done.returncode == 0, done.stderr
    site = repository.root / "site"
    page = read(site, "articles/2016/talks")
    assert list(markup(page)) == []
    assert len(policies(page)) == 1
    assert len(page.xpath("//*[@aria-current]")) < 2
    moved = (site / "assets/dossierkit/moved").iterdir()
    assert "let theirs = 1" in {file.read_text(encoding="utf-8") for file in moved}


@pytest.mark.parametrize(
    "extra",
    [
        {"homepage": "javascript:x()"},
        {"alternate": [{"name": "x", "link": " java\tscript:x()", "lang": "en"}]},
        {"homepage": "vbscript:x"},
    ],
)
def test_an_address_in_a_setting_that_would_run_stops_the_build(repository, extra, capfd):
    (repository.root / "mkdocs.yml").write_text(json.dumps(BASE | {"extra": extra}), encoding="utf-8")
    assert mkdocs_build.run(load(repository.root)) == 1
    assert re.search(
        r"index\.html:\d+:\d+: D150 the page holds a `\w+script:` address", capfd.readouterr().err
    )


def test_a_template_that_makes_no_page_is_left_as_it_is_written(repository):
    (repository.root / "templates").mkdir()
    written = (
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><g style="top: 0" onclick="x()"/></svg>'
    )
    (repository.root / "templates/drawing.xml").write_text(written, encoding="utf-8")
    theme = BASE["theme"] | {"custom_dir": "templates", "static_templates": ["drawing.xml"]}
    (repository.root / "mkdocs.yml").write_text(json.dumps(BASE | {"theme": theme}), encoding="utf-8")
    assert mkdocs_build.run(load(repository.root)) == 0
    assert (repository.root / "site/drawing.xml").read_text(encoding="utf-8") == written


def test_scripts_are_told_words_and_not_html(repository):
    """Of the theme's languages some say in quotation marks what its scripts show."""
    told = BASE | {
        "theme": BASE["theme"] | {"language": "cy"},
        "extra": {"dossier": {"shell": "theme"}},
    }
    (repository.root / "mkdocs.yml").write_text(json.dumps(told), encoding="utf-8")
    assert mkdocs_build.run(load(repository.root)) == 0
    (config,) = read(repository.root / "site", "").xpath("//script[@id='__config']/text()")
    words = json.loads(config)["translations"].values()
    assert any("'" in one for one in words)
    assert not any("&" in one for one in words)


def test_a_preview_says_what_is_wrong_with_one_page_and_shows_the_others(repository):
    repository.write(
        "entities/geneva.md",
        "---\ntitle: Geneva\ntype: place\nstatus: published\n---\n\n<script>let a</script>\n",
    )
    (repository.root / "mkdocs.yml").write_text(json.dumps(BASE), encoding="utf-8")
    preview = Preview(repository.root)
    preview.build()
    wrong, right = preview.answer("entities/geneva/"), preview.answer("entities/jane-doe/")
    preview.close()
    assert (wrong.status, right.status) == (500, 200)
    assert "entities/geneva/index.html" in wrong.data.decode()
    assert "D150" in wrong.data.decode()
    for answer in (wrong, right):
        (policy,) = policies(lxml.html.document_fromstring(answer.data.decode()))
        assert "unsafe" not in policy
