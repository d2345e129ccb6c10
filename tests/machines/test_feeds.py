"""Feeds: valid by the rules of their formats, the same entry known again everywhere, dated by the content alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from textwrap import dedent

import pytest
from lxml import etree

from dossierkit.site.interface import Publication

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = Publication("News & <more>", "All of it.", "https://news.example/sub/")
PAGE = """\
    ---
    title: {title}
    {date}
    source: {{publisher: The Paper, url: "https://paper.example/a?b&c"}}
    status: published
    tags: [one & two]
    entities: [geneva]
    {more}
    ---

    Geneva saw it. {text}
    """


def article(repository, name, *, date="date: 2016-02-02", title="A title", more="", text="More."):
    repository.write(
        f"articles/2016/{name}.md", dedent(PAGE).format(title=title, date=date, more=more, text=text)
    )


@pytest.fixture
def published(repository):
    """Awkward titles, dates and texts, a dossier, and a correction."""
    article(repository, "awkward", title='"<b>A</b> & \\"B\\"  ]]> \\u2028."', text="<b>x</b> & ]]> y.")
    article(repository, "undated", date="# none", title="No date")
    article(repository, "vague", date='date: "2016-03~"', title="Vague")
    article(
        repository,
        "corrected",
        date="date: 2015-01-01",
        more="corrections: [{date: 2017-05-06, what: That.}]",
    )
    repository.write(
        "dossiers/one.md",
        "---\ntitle: One\nstatus: published\nselect: {entities_any: [geneva]}\n---\n\nLead.\n",
    )
    return repository


def checkers(rules):
    return {"feed.xml": rules.atom, "rss.xml": rules.rss, "feed.json": rules.json_feed}


def test_every_feed_is_valid(published, rules):
    files = published.files(publication=SITE)
    for folder in ("", "dossiers/one/", "entities/geneva/", "entities/jane-doe/"):
        for name, broken in checkers(rules).items():
            assert broken(files[folder + name]) == [], folder + name


def test_the_rules_find_what_is_broken(published, rules):
    files = published.files(publication=SITE)
    assert rules.atom(files["feed.xml"].replace("<updated>", "<updated>on "))
    assert rules.atom(files["feed.xml"].replace("<id>urn:uuid:", "<id>"))
    assert rules.rss(files["rss.xml"].replace("https://news.example", ""))
    assert rules.json_feed(files["feed.json"].replace('"content_text"', '"text"'))


def test_text_arrives_as_it_was_written(published):
    files = published.files(publication=SITE)
    title = '<b>A</b> & "B"  ]]> \u2028.'
    feed = etree.fromstring(files["feed.xml"].encode())
    assert title in [node.text for node in feed.iter(f"{ATOM}title")]
    assert title in [item["title"] for item in json.loads(files["feed.json"])["items"]]
    channel = etree.fromstring(files["rss.xml"].encode())
    assert title in [node.text for node in channel.iter("title")]
    assert channel.findtext("channel/title") == "News & <more>"
    # A description of RSS is HTML: what the text says must still be text there.
    (described,) = [node.text for node in channel.iter("description") if "]]" in node.text]
    assert "<" not in described
    assert "&amp; ]]&gt; y." in described


def test_each_author_is_one_of_a_list(repository):
    written = '[{given: Ada, family: "Moreau, the elder", orcid: 0000-0002-1825-0097}, {organization: The Desk and Sons}, Noor]'
    article(repository, "signed", title="Signed", more=f"authors: {written}")
    article(repository, "unsigned", title="Unsigned")
    files, names = repository.files(publication=SITE), ["Ada Moreau, the elder", "The Desk and Sons", "Noor"]
    (told,) = etree.fromstring(files["feed.xml"].encode()).xpath(
        "//a:entry[a:title='Signed']", namespaces={"a": ATOM[1:-1]}
    )
    assert [one.text for one in told.iter(f"{ATOM}name")] == names
    assert [one.text for one in told.iter(f"{ATOM}uri")] == ["https://orcid.org/0000-0002-1825-0097"]
    (item,) = etree.fromstring(files["rss.xml"].encode()).xpath("//item[title='Signed']")
    assert [one.text for one in item.iter("{http://purl.org/dc/elements/1.1/}creator")] == names
    items = {one["title"]: one["authors"] for one in json.loads(files["feed.json"])["items"]}
    assert items["Signed"] == [
        {"name": names[0], "url": "https://orcid.org/0000-0002-1825-0097"}, {"name": names[1]}, {"name": names[2]}
    ]  # fmt: skip
    assert items["Unsigned"] == [{"name": "The Paper"}]


def test_dates_come_from_the_content(published):
    feed = etree.fromstring(published.files(publication=SITE)["feed.xml"].encode())
    told = {
        node.findtext(f"{ATOM}title"): (node.findtext(f"{ATOM}updated"), node.findtext(f"{ATOM}published"))
        for node in feed.iter(f"{ATOM}entry")
    }
    assert next(iter(told)) == "A title"
    assert told["A title"] == ("2017-05-06T00:00:00Z", "2015-01-01T00:00:00Z")
    assert told["Vague"] == ("2016-03-01T00:00:00Z", None)
    assert told["No date"] == ("1970-01-01T00:00:00Z", None)
    assert feed.findtext(f"{ATOM}updated") == "2017-05-06T00:00:00Z"
    items = {
        item["title"]: item for item in json.loads(published.files(publication=SITE)["feed.json"])["items"]
    }
    assert "date_published" not in items["No date"]
    assert items["A title"]["date_modified"] == "2017-05-06T00:00:00Z"


def ids(text):
    return [node.text for node in etree.fromstring(text.encode()).iter(f"{ATOM}id")]


def test_an_entry_has_one_id_everywhere_and_keeps_it_when_the_site_moves(published):
    here = published.files(publication=SITE)
    assert set(ids(here["entities/geneva/feed.xml"])[1:]) <= set(ids(here["feed.xml"])[1:])
    assert {item["id"] for item in json.loads(here["feed.json"])["items"]} == set(ids(here["feed.xml"])[1:])
    moved = Publication("Renamed", "", "https://elsewhere.example/", id="https://news.example/sub/")
    assert ids(published.files(publication=moved)["feed.xml"]) == ids(here["feed.xml"])
    other = Publication("News", "", "https://other.example/")
    assert not set(ids(published.files(publication=other)["feed.xml"])) & set(ids(here["feed.xml"]))


def test_without_an_address_there_is_atom_with_links_that_work(published, rules):
    files = published.files(publication=Publication("News"))
    assert not [path for path in files if path.endswith(("rss.xml", "feed.json"))]
    for folder, root in (("", ""), ("entities/geneva/", "../../")):
        text = files[f"{folder}feed.xml"]
        assert rules.atom(text) == []
        links = {link.get("href") for link in etree.fromstring(text.encode()).iter(f"{ATOM}link")}
        assert f"{root}articles/2016/awkward/" in links


def test_a_feed_holds_the_newest_and_no_more(repository):
    for number in range(60):
        article(
            repository,
            f"n{number}",
            date=f"date: {datetime(2016, 3, 1, tzinfo=UTC).year}-03-{number % 28 + 1:02}",
        )
    files = repository.files(publication=SITE)
    items = json.loads(files["feed.json"])["items"]
    assert len(items) == 50
    assert [item["date_published"] for item in items] == sorted(
        (item["date_published"] for item in items), reverse=True
    )
    assert len(json.loads(files["entities/geneva/feed.json"])["items"]) == 20


def test_pages_lead_to_their_feeds(published):
    page = published.page("entities/geneva.md", publication=SITE)
    for name in ("feed.xml", "rss.xml", "feed.json"):
        assert f'href="https://news.example/sub/entities/geneva/{name}"' in page.meta["dossier_head"]
        assert f'href="{name}"' in page.body
    article_page = published.page("articles/2016/awkward.md", publication=SITE)
    assert (
        'type="application/atom+xml" title="News &amp; &lt;more&gt;" href="https://news.example/sub/feed.xml"'
        in (article_page.meta["dossier_head"])
    )


@pytest.mark.parametrize(
    ("links", "served", "address"),
    [("directory", "directory", "articles/2016/vague/"), ("source", "file", "articles/2016/vague.html")],
)
def test_addresses_are_those_that_readers_are_served(published, links, served, address):
    files = published.files(publication=SITE, links=links, served=served)
    assert f"https://news.example/sub/{address}" in [
        item["url"] for item in json.loads(files["feed.json"])["items"]
    ]


def test_unless_asked_for_only_entities_of_a_cast_have_feeds(repository):
    site = replace(SITE, feeds="cast")
    assert "entities/geneva/feed.xml" not in repository.files(publication=site)
    assert "feeds" not in repository.page("entities/geneva.md", publication=site).body
    repository.write(
        "dossiers/one.md", "---\ntitle: One\nstatus: draft\narticles: [2016/talks]\ncast: [geneva]\n---\n"
    )
    assert "entities/geneva/feed.xml" not in repository.files(publication=site)  # nothing tells of a draft
    repository.write(
        "dossiers/one.md", "---\ntitle: One\nstatus: published\narticles: [2016/talks]\ncast: [geneva]\n---\n"
    )
    files = repository.files(publication=site)
    assert {path for path in files if path.endswith("feed.xml")} == {
        "feed.xml",
        "dossiers/one/feed.xml",
        "entities/geneva/feed.xml",
    }
    assert "feed.xml" in repository.page("entities/geneva.md", publication=site).body
