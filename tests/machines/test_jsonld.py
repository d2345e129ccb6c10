"""JSON-LD: every page's nodes against the vocabulary of schema.org; events say what EDTF says and no more."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import urljoin

import pytest

from dossierkit.site.interface import Publication
from dossierkit.site.jsonld.event import bounds
from dossierkit.site.publisher import publisher

SITE = Publication("News", "All of it.", "https://news.example/")


def data(page):
    return json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', page.meta["dossier_head"])[1]
    )


def graph(page):
    return data(page)["@graph"]


@pytest.fixture
def full(repository):
    """Every type of entity, and everything that an article or a record can say."""
    for type_ in ("organization", "document", "event"):
        repository.write(
            f"entities/the-{type_}.md",
            f"---\ntitle: The {type_.title()}\ntype: {type_}\naliases: [{{name: X{type_}, lang: fr}}, Y{type_}]\n"
            "description: What it is.\nstatus: reviewed\n---\n",
        )
    repository.write(
        "articles/2016/talks.md",
        """\
        ---
        title: Talks
        date: 2016-02-01
        source: {publisher: The Paper, author: A. Author, url: "https://paper.example/", archived: "https://web.example/1"}
        status: published
        tags: [talks]
        description: What it says.
        entities: [jane-doe, geneva, the-organization, the-document, the-event]
        timeline:
          - {date: 2016-01-29, text: Talks open, quote: opened on Friday}
          - {date: 2016-01-18/2016-01-24, text: A week, quote: a week before}
          - {date: 2012/.., text: Since, quote: since 2012}
          - {date: "2011~", text: About, quote: about 2011}
          - {text: Undated, quote: once, claim_review: {claim: It was, by: [Ann], rating: "no", reviewer: [{organization: Us}], url: "https://us.example/1"}}
        corrections:
          - {date: 2016-02-03, what: A name., why: A reader wrote.}
        ---

        The talks opened on Friday, a week before, since 2012, about 2011, once. Jane Doe came to Geneva with The
        Organization, The Document and The Event.
        """,
    )
    repository.write(
        "dossiers/one.md",
        "---\ntitle: One\ndescription: It.\nstatus: published\narticles: [2016/talks]\ncast: [jane-doe]\n---\n\nLead.\n",
    )
    return repository


@pytest.mark.parametrize("site", [SITE, Publication("News")], ids=["published", "nowhere yet"])
def test_every_page_says_what_schema_org_knows(full, rules, site):
    compiled = full.compile(publication=site)
    assert compiled.problems == ()
    for page in compiled.pages:
        nodes = graph(page)
        assert nodes, page.path
        assert [problem for node in nodes for problem in rules.schema_org(node)] == [], page.path


def test_the_rules_find_what_is_broken(rules):
    assert rules.schema_org({"@type": "Person", "geo": {"@type": "GeoCoordinates", "latitude": 1}})
    assert rules.schema_org({"@type": "Human"})
    assert rules.schema_org({"@type": "Event", "startDate": "2016~"})
    assert rules.schema_org({"@type": "NewsArticle", "author": {"@type": "Place", "name": "X"}})


def test_events_carry_their_words_and_their_dates(full):
    page = full.page("articles/2016/talks.md", publication=SITE)
    nodes, base = graph(page), data(page)["@context"][1]["@base"]
    assert base == "https://news.example/articles/2016/talks/"
    events = {node["name"]: node for node in nodes if node["@type"] == "Event"}
    opened = events["Talks open"]
    assert (opened["startDate"], "endDate" in opened) == ("2016-01-29", False)
    assert opened["dcterms:date"] == "2016-01-29"
    assert opened["subjectOf"]["text"] == "opened on Friday"
    assert urljoin(base, opened["@id"]).startswith("https://news.example/articles/2016/talks/#t-")
    assert urljoin(base, opened["subjectOf"]["isPartOf"]["@id"]) == base
    assert "startDate" not in events["A week"]
    assert events["A week"]["dcterms:date"] == "2016-01-18/2016-01-24"
    assert (events["Since"]["startDate"], "endDate" in events["Since"]) == ("2012", False)
    assert "startDate" not in events["About"]
    assert "dcterms:date" not in events["Undated"]


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2016", "2016", "2016"),
        ("2016-05", "2016-05", "2016-05"),
        ("2016-01-01/2016-03-31", "2016-01-01", "2016-03-31"),
        ("2016-01~/2016-12", "", ""),
        ("../2016", "", "2016"),
        ("2016?", "", ""),
        ("201X", "", ""),
        ("XXXX-04", "", ""),
        ("[2016-01-01..2016-01-03]", "", ""),
        ("2016-21", "", ""),
        ("", "", ""),
    ],
)
def test_iso_says_no_more_than_edtf(edtf, start, end):
    first, last = bounds(edtf)
    if edtf == "2016-01~/2016-12":
        assert first == ""
    else:
        assert (first, last) == (start, end)


@pytest.mark.parametrize(
    ("precision", "geo"),
    [("exact", (46.204, 6.143)), ("city", (46.2, 6.14)), ("region", None), ("country", None)],
)
def test_a_place_is_no_more_precise_than_its_record(repository, precision, geo):
    repository.write(
        "entities/geneva.md",
        f"---\ntitle: Geneva\ntype: place\nlocation: {{lat: 46.20439, lon: 6.14316, precision: {precision}}}\n"
        "status: reviewed\n---\n",
    )
    place = graph(repository.page("entities/geneva.md"))[0]["mainEntity"]
    point = place.get("geo")
    assert (point and (point["latitude"], point["longitude"])) == geo


def test_a_name_says_its_language(repository):
    place = graph(repository.page("entities/geneva.md"))[0]["mainEntity"]
    assert place["alternateName"] == [{"@value": "جنيف", "@language": "ar"}]
    assert place["sameAs"] == ["https://www.wikidata.org/entity/Q71"]


BEHIND = {
    "legal_name": "News e. V.",
    "founded": 2016,
    "contact": "desk@news.example",
    "masthead": "about/team.md",
    "ownership": "Its <40> members.",
    "funding": "https://news.example/funding/",
    "corrections": "Within a day.",
}


def test_who_is_behind_a_site_is_told_to_readers_and_to_machines(full, rules):
    full.write("about/team.md", "# Team\n")
    site = replace(SITE, publisher=publisher(BEHIND))
    about = full.page("about/index.md", publication=site)
    (node,) = graph(about)
    told = {
        "@type": "NewsMediaOrganization",
        "name": "News",
        "legalName": "News e. V.",
        "foundingDate": "2016",
        "contactPoint": {"@type": "ContactPoint", "email": "desk@news.example"},
        "masthead": "https://news.example/about/team/",
        "ownershipFundingInfo": ["https://news.example/about/#ownership", "https://news.example/funding/"],
        "correctionsPolicy": "https://news.example/about/#corrections",
    }
    assert (node["@type"], node["publisher"]) == ("AboutPage", told)
    (home,) = graph(full.page("index.md", publication=site))
    assert home["publisher"] == told
    assert rules.schema_org(node) == rules.schema_org(home) == []
    for words in (
        '<div id="ownership"><dt>Ownership</dt><dd dir="auto">Its &lt;40&gt; members.</dd>',
        '<dd dir="auto"><a href="team/">Read</a></dd>',
        'href="mailto:desk@news.example"',
    ):
        assert words in about.body


def test_nothing_is_said_in_the_name_of_a_publisher_who_says_nothing(full):
    about = full.page("about/index.md", publication=SITE)
    assert "publisher" not in graph(about)[0]
    assert "Who is behind this site" not in about.body
