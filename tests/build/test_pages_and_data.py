"""Pages, reduced to text, links and ids, have all that the data files of the same build have: markup is never saved at a reader's cost."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

SITE = "https://x.test/"
VOID = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
ADDRESSES = {"a": "href", "area": "href", "img": "src", "link": "href", "script": "src", "source": "src"}

pytestmark = pytest.mark.engine


class Reduced(HTMLParser):
    """A page without its markup.

    `text`: what it shows, `body`: the article's own text without figures, `at`: where in that the element with an id begins,
    `links`: whole addresses, `of`: those of elements with an id, `data`: its JSON-LD.
    """

    def __init__(self, address: str, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.open, self.heading = address, [], ""
        self.text = self.body = self.code = ""
        self.at, self.of, self.ids, self.days, self.links = {}, {}, set(), set(), set()
        self.shown: list[str] = []
        self.feed(html)
        self.close()
        self.text = " ".join("".join(self.shown).split())
        known = json.loads(self.code) if self.code else {"@context": "", "@graph": []}
        self.context, self.data = known["@context"], known["@graph"]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if id_ := given.get("id"):
            self.ids.add(id_)
            self.at[id_] = len(self.body)
        if target := given.get(ADDRESSES.get(tag, "")):
            link = urljoin(self.address, target)
            self.links.add(link)
            self.of[id_] = link
        if tag == "time":
            self.days.add(given.get("datetime"))
        if tag not in VOID:
            self.open.append((tag, given.get("itemprop") or given.get("type")))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            last = self.open.pop()[0]
            assert last == tag, f"{self.address}: <{last}> is ended by </{tag}>"

    def handle_data(self, data):
        inside = {word for words in self.open for word in words}
        if "application/ld+json" in inside:
            self.code += data
        elif not {"script", "style"} & inside:
            self.shown.append(data)
            self.body += data if "articleBody" in inside and "figure" not in inside else ""
            self.heading += data if "h1" in inside else ""


@pytest.fixture(scope="module")
def pages(demo):
    site = demo("mkdocs")
    files = {
        SITE + file.relative_to(site).as_posix().removesuffix("index.html"): file
        for file in site.rglob("*.html")
    }
    return {address: Reduced(address, file.read_text(encoding="utf-8")) for address, file in files.items()}


@pytest.fixture(scope="module")
def table(demo):
    """`table(name)`: the rows of a table of the exported database."""
    with closing(sqlite3.connect(demo("mkdocs") / "data/dossier.db")) as database:
        database.row_factory = sqlite3.Row
        yield lambda name: database.execute(f"select * from {name}").fetchall()  # noqa: S608 - names are below


def anchor(row):
    return row["id"].partition("#")[2]


def test_an_article_has_its_text_and_every_mention_and_quote_at_its_place(pages, table):
    entities = {row["id"]: row["page"] for row in table("entities")}
    shown = {row["id"]: pages[row["page"]] for row in table("articles")}
    assert len(shown) > 10
    for row in table("articles"):
        page = shown[row["id"]]
        assert (page.heading.strip(), page.body) == (row["title"], row["text"])
        assert {row["url"], row["archived"]} - {None, ""} <= page.links
        assert row["description"] in page.text
    for row in table("mentions"):
        page = shown[row["article"]]
        assert page.at[anchor(row)] == row["start"], row["id"]
        assert page.of[anchor(row)] == entities[row["entity"]]
        assert page.body[row["start"] : row["end"]] == row["form"]
    for row in table("events"):
        page, id_ = shown[row["article"]], anchor(row)
        assert " ".join(row["text"].split()) in page.text
        assert row["waived"] or (page.at[id_], page.body[row["start"] : row["end"]]) == (
            row["start"],
            row["quote"],
        )
        assert row["waived"] or f"{page.address}#{id_}" in page.links
        assert id_.replace("t-", "e-", 1) in page.ids
        assert row["certainty"] != "exact" or row["date"] in page.days


def test_the_page_of_an_entity_leads_to_every_mention_and_every_event_and_says_its_names(pages, table):
    named, events = defaultdict(set), {row["id"]: row["page"] for row in table("events")}
    for row in table("mentions"):
        named[row["entity"]].add(row["page"])
    for row in table("entities"):
        page = pages[row["page"]]
        assert row["title"] in page.heading
        assert {link for link in page.links if f"#m-{row['id']}-" in link} == named[row["id"]]
    own = {row["id"]: pages[row["page"]] for row in table("entities")}
    for row in table("names"):
        assert row["name"] in own[row["entity"]].text
    for row in table("event_entities"):
        assert events[row["event"]] in own[row["entity"]].links


def test_for_programs_an_article_names_whom_its_page_names_and_what_its_page_dates(pages, table):
    named, told = defaultdict(set), defaultdict(set)
    entities = {row["id"]: row["page"] for row in table("entities")}
    for row in table("mentions"):
        named[row["article"]].add(entities[row["entity"]])
    for row in table("events"):
        told[row["article"]].add(row["page"])
    for row in table("articles"):
        page = pages[row["page"]]
        base = page.context[1]["@base"]
        assert base == page.address
        nodes = page.data
        article = next(node for node in nodes if "headline" in node)
        assert {urljoin(base, one["@id"]) for one in article.get("mentions", ())} >= named[row["id"]]
        assert {urljoin(base, node["@id"]) for node in nodes if "subjectOf" in node} == told[row["id"]]


def test_lists_lead_to_every_page_and_every_event(pages, table):
    below = defaultdict(set)
    for address, page in pages.items():
        below[address.removeprefix(SITE).removeprefix("lists/").partition("/")[0]] |= page.links
    assert {row["page"] for row in table("articles")} <= below["articles"]
    assert {row["page"] for row in table("entities")} <= below["entities"]
    assert {row["page"] for row in table("events") if row["date"]} <= below["timeline"]


def test_every_link_within_the_site_leads_to_a_file_and_an_id_that_are_there(pages, demo):
    site = demo("mkdocs")
    lost = set()
    for page in pages.values():
        for link in page.links:
            address, _, id_ = link.partition("#")
            if not address.startswith(SITE) or urlsplit(address).query:
                continue
            there = address in pages or (site / address.removeprefix(SITE)).is_file()
            if not there or (id_ and address in pages and id_ not in pages[address].ids):
                lost.add((page.address, link))
    assert not lost
