"""The demo site through every engine: the same panels, marks, anchors and links on the same pages."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from tests.support.process import dossier
from tests.support.repository import assert_same
from tests.support.sites import as_mkdocs_makes, copy_demo

ENGINES = ("mkdocs", "properdocs", "zensical")
DIFFERENT = ("mkdocs", "zensical")
"""Engines whose files differ: what holds of those of MkDocs holds of those of ProperDocs, which are the same byte for byte."""

ADDRESS = "https://x.test/"
SETTINGS = "site_name: x\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [dossier]\n"

pytestmark = pytest.mark.engine


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checkout")
    copy_demo(folder)
    return folder


def build(folder, engine):
    """With another seed of hashing than `demo` has."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SITE_URL": ADDRESS}
    command = [sys.executable, "-m", "dossierkit", "build", "--strict", "--engine", engine]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def sites(checkout):
    """The folder of the built site, by engine whose files differ."""
    built = {}
    for engine in DIFFERENT:
        done = build(checkout, engine)
        assert done.returncode == 0, done.stderr
        built[engine] = checkout / f"site-{engine}"
        shutil.move(checkout / "site", built[engine])
    return built


class Page(HTMLParser):
    """What our part of a page says: elements of the classes `dk-*` with ids, links and text, in order."""

    def __init__(self, file, address):
        super().__init__(convert_charrefs=True)
        self.address, self.depth, self.data, self.ids, self.links = address, 0, [], [], []
        self.feed(file.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(values["id"])
        files = [values.get("src"), values.get("poster")]
        files += (one.split()[0] for one in (values.get("srcset") or "").split(",") if one)
        links = [values.get("href") if tag == "a" else None, *files]
        self.links += (urljoin(self.address, link) for link in links if link)
        if "dk-" in (values.get("class") or "") or self.depth:
            href = urljoin(self.address, values["href"]) if values.get("href") else ""
            self.data.append(
                (tag, values.get("id"), values.get("class"), href, values.get("lang"), values.get("dir"))
            )
            self.depth += tag not in {"br", "hr", "img", "input"}

    def handle_endtag(self, _tag):
        self.depth -= bool(self.depth)

    def handle_data(self, data):
        if self.depth and data.strip():
            self.data.append(" ".join(data.split()))


@cache
def pages(site):
    return {
        file.relative_to(site).as_posix(): Page(
            file, "https://x.test/" + file.relative_to(site).as_posix().removesuffix("index.html")
        )
        for file in sorted(site.rglob("*.html"))
        if file.name != "404.html"
    }


def test_properdocs_makes_the_files_of_mkdocs(demo, sites):
    """In another folder, and with another seed of hashing."""
    assert_same(as_mkdocs_makes(demo("properdocs")), as_mkdocs_makes(sites["mkdocs"]))


def paths(site):
    """Of all files of a site."""
    return {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}


def test_zensical_makes_the_pages_of_mkdocs(sites):
    ours, theirs = pages(sites["mkdocs"]), pages(sites["zensical"])
    assert ours.keys() == theirs.keys()
    for path, page in ours.items():
        assert page.data == theirs[path].data, path


@pytest.mark.parametrize("engine", DIFFERENT)
def test_every_link_of_the_site_leads_somewhere(sites, engine):
    found = {
        f"https://x.test/{path.removesuffix('index.html')}": page
        for path, page in pages(sites[engine]).items()
    }
    for page in found.values():
        for link in page.links:
            parts = urlsplit(link)
            if parts.netloc == "x.test":
                target = link.partition("#")[0]
                assert target in found or (sites[engine] / parts.path.lstrip("/")).is_file(), (
                    f"{page.address} -> {link}"
                )
                if parts.fragment and target in found:
                    assert parts.fragment in found[target].ids, f"{page.address} -> {link}"


@pytest.mark.parametrize("engine", DIFFERENT)
def test_no_id_stands_twice_on_a_page(sites, engine):
    for path, page in pages(sites[engine]).items():
        assert len(page.ids) == len(set(page.ids)), path


@pytest.mark.parametrize("engine", DIFFERENT)
def test_no_page_asks_another_host_for_anything(sites, engine):
    for file in sites[engine].rglob("*.html"):
        for address in Resources(file).addresses:
            assert not urlsplit(address).netloc, f"{file} loads {address}"


class Resources(HTMLParser):
    """Everything a browser would load by itself."""

    def __init__(self, file):
        super().__init__()
        self.addresses = []
        self.feed(file.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in {"script", "img", "iframe", "source", "video", "audio"} and values.get("src"):
            self.addresses.append(values["src"])
        if tag == "link" and values.get("rel") in {
            "stylesheet",
            "preconnect",
            "preload",
            "icon",
            "dns-prefetch",
        }:
            self.addresses.append(values["href"])


@pytest.mark.parametrize("engine", DIFFERENT)
def test_building_twice_gives_the_same_bytes(demo, sites, engine):
    """In another folder, and with another seed of hashing."""
    again = demo(engine)
    names = paths(again)
    assert names == paths(sites[engine])
    _, mismatch, errors = filecmp.cmpfiles(again, sites[engine], names, shallow=False)
    assert not mismatch
    assert not errors


@pytest.mark.parametrize("engine", DIFFERENT)
def test_the_day_of_the_build_stands_nowhere(sites, engine):
    today = datetime.now(tz=UTC).date().isoformat().encode()
    for file in sites[engine].rglob("*"):
        if file.suffix in {".html", ".xml", ".json"}:
            assert today not in file.read_bytes(), file
        if file.suffix == ".gz":
            assert int.from_bytes(file.read_bytes()[4:8], "little") == 315532800


@pytest.mark.parametrize("engine", ENGINES)
def test_a_claim_without_its_quote_is_not_built(repository, engine):
    folder = repository.root
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    page = folder / "content/articles/2016/talks.md"
    page.write_text(page.read_text(encoding="utf-8").replace("quote: opened", "quote: closed"), "utf-8")
    done = dossier("build", "--engine", engine, cwd=folder)
    assert done.returncode == 1
    assert "D201" in done.stderr + done.stdout
    assert not (folder / "site").exists() or not any((folder / "site").rglob("*.html"))


def test_a_hook_beside_mkdocs_yml_runs_and_a_hidden_file_that_it_writes_is_no_hindrance(repository):
    """ProperDocs reads another mkdocs.yml, in another folder."""
    hook = "from pathlib import Path\n\ndef on_post_build(config):\n    Path(config.site_dir, '.nojekyll').touch()\n"
    (repository.root / "own.py").write_text(hook, encoding="utf-8")
    (repository.root / "mkdocs.yml").write_text(f"{SETTINGS}hooks: [own.py]\n", encoding="utf-8")
    for _ in range(2):
        done = dossier("build", "--engine", "properdocs", cwd=repository.root)
        assert done.returncode == 0, done.stderr
        assert (repository.root / "site/.nojekyll").is_file()


def heads(site):
    """The head of every page that may be listed, parsed, by the page's path."""
    for file in sorted(site.rglob("*.html")):
        head = lxml.html.parse(file).getroot().find("head")
        if file.name != "404.html" and not head.xpath("meta[@name='robots']"):
            yield file.relative_to(site).as_posix(), head


def at(site, address):
    """The file of the site at an absolute address."""
    assert address.startswith(ADDRESS), address
    return site / address.removeprefix(ADDRESS)


@pytest.mark.parametrize("engine", DIFFERENT)
def test_every_head_tells_machines_what_the_page_is(sites, engine):
    site = sites[engine]
    for path, head in heads(site):
        assert len(head.xpath("meta[@name='description'][string(@content)]")) == 1, path
        (canonical,) = head.xpath("link[@rel='canonical']/@href")
        assert canonical == ADDRESS + path.removesuffix("index.html")
        assert head.xpath("meta[@property='og:url']/@content") == [canonical]
        (picture,) = head.xpath("meta[@property='og:image']/@content")
        assert at(site, picture).read_bytes().startswith(b"\x89PNG"), path
        (told,) = head.xpath("script[@type='application/ld+json']/text()")
        assert json.loads(told)["@graph"], path
        feeds = head.xpath("link[@rel='alternate'][@type]")
        assert feeds, path
        for link in (*feeds, *head.xpath("link[@rel='search']")):
            assert at(site, link.get("href")).is_file(), f"{path} -> {link.get('href')}"


@pytest.mark.parametrize("engine", DIFFERENT)
def test_a_reference_manager_reads_the_source_of_an_article(sites, engine):
    path = "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/index.html"
    head = dict(heads(sites[engine]))[path]
    told = {meta.get("name"): meta.get("content") for meta in head.findall("meta")}
    assert told["DC.type"] == "newspaperArticle"
    assert told["citation_title"] == "MESOP Syria Daily: Lead Opposition-Rebel Negotiator Alloush Quits"
    assert (told["prism.publicationName"], told["DC.date"]) == ("MESOP", "2016-05-30")
    assert "citation_public_url" not in told  # the demo does not know where it stood


def test_zensical_publishes_the_files_of_mkdocs(sites):
    ours, theirs = sites["mkdocs"], sites["zensical"]
    names = [
        file.relative_to(ours).as_posix()
        for pattern in (
            "cards/**/*.png",
            "**/feed.xml",
            "**/rss.xml",
            "**/feed.json",
            "*.txt",
            "opensearch.xml",
        )
        for file in sorted(ours.glob(pattern))
    ]
    assert len(names) > 50
    assert filecmp.cmpfiles(ours, theirs, names, shallow=False)[1:] == ([], [])
