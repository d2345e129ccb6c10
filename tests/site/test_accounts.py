"""The accounts of one event compared: what all say, what they say differently, what only some say."""

from __future__ import annotations

import pytest
from lxml import html

from dossierkit.site.interface import Publication

ACCOUNT = """\
    ---
    title: {title}
    date: 2016-02-0{day}
    lang: en
    source: {{publisher: {publisher}}}
    status: published
    entities: [{names}]
    timeline:
      - {{date: {date}, text: The bridge falls, quote: "{quote}", event: bridge-falls}}
    ---

    {quote}.
    """


def account(repository, id_, quote, *, date="2016-01-29", publisher="Paper", names="geneva"):
    text = ACCOUNT.format(title=id_.title(), day=1, publisher=publisher, names=names, date=date, quote=quote)
    repository.write(f"articles/2016/{id_}.md", text)


@pytest.fixture
def told(repository):
    account(repository, "alpha", "The bridge in Geneva fell and 5 people died", publisher="One")
    account(
        repository,
        "beta",
        "The bridge in Geneva fell, Jane Doe said, and 7 people died",
        publisher="Two",
        names="geneva, jane-doe",
    )
    return repository


def pages(repository):
    return {
        page.path: page for page in repository.compile().pages if page.path.startswith("timeline/events/")
    }


def sections(page):
    """The words of each section's facts, by its heading."""
    tree = html.fromstring(f"<div>{page.body}</div>")
    return {
        words(section.xpath("./h2")[0]): [words(one) for one in section.xpath(".//dl/div")]
        for section in tree.xpath("//section")
    }


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def test_an_event_of_several_articles_has_a_page_and_others_have_none(told):
    assert [path.rpartition("-")[0] for path in pages(told)] == ["timeline/events/2016-alpha"]


def test_facts_are_the_same_differ_or_stand_in_some_only(told):
    (page,) = pages(told).values()
    found = sections(page)
    assert found["The same in all accounts"] == ["Date 29 January 2016", "Named Geneva"]
    assert found["Where they disagree"] == ["Figures 5 people died One 7 people died Two"]
    assert found["Only in some accounts"] == ["Named Jane Doe Two"]


def test_dates_that_differ_say_whose_they_are(told):
    account(told, "beta", "The bridge in Geneva fell on Saturday", date="2016-01-30", publisher="Two")
    (page,) = pages(told).values()
    assert "Date 29 January 2016 One 30 January 2016 Two" in sections(page)["Where they disagree"]


def test_figures_and_dates_that_may_all_be_right_are_no_disagreement(told):
    account(told, "alpha", "The bridge in Geneva fell and at least 5 people died", publisher="One")
    quote = "The bridge in Geneva fell and more than 7 people died"
    account(told, "beta", quote, date="2016-01", publisher="Two")
    (page,) = pages(told).values()
    found = sections(page)
    assert "Where they disagree" not in found
    assert "Figures at least 5 people died One more than 7 people died Two" in found["Only in some accounts"]
    assert "Date 29 January 2016 One January 2016 Two" in found["Only in some accounts"]


def test_accounts_of_one_publisher_go_by_their_titles(told):
    account(told, "beta", "The bridge in Geneva fell and 7 people died", publisher="One")
    (page,) = pages(told).values()
    assert sections(page)["Where they disagree"] == ["Figures 5 people died Alpha 7 people died Beta"]


def test_every_account_leads_to_its_words(told):
    (page,) = pages(told).values()
    tree = html.fromstring(f"<div>{page.body}</div>")
    hrefs = tree.xpath("//article[@class='dk-account']//h3/a/@href")
    assert [href.split("#")[0] for href in hrefs] == [
        "../../../articles/2016/alpha/",
        "../../../articles/2016/beta/",
    ]
    assert all("#t-" in href for href in hrefs)


def test_timelines_lead_to_the_comparison_also_where_some_accounts_are_elsewhere(told):
    account(told, "gamma", "The bridge in Geneva fell and 7 people were hurt", publisher="Three")
    told.write("dossiers/d.md", "---\ntitle: D\narticles: [2016/beta, 2016/gamma]\n---\n")
    (path,) = pages(told)
    body = told.page("dossiers/d.md").body
    assert f"../../{path.removesuffix('.md')}/" in body


def test_a_dossier_counts_the_same_events_in_its_card_its_description_and_its_list(told):
    told.write(
        "dossiers/bridge.md",
        "---\ntitle: Bridge\narticles: [2016/alpha, 2016/beta]\nstatus: published\n---\n",
    )
    compiled = told.compile(publication=Publication("News", cards=1))
    listed = next(page for page in compiled.pages if page.path == "dossiers/index.md")
    described = next(page for page in compiled.pages if page.path == "dossiers/bridge.md").meta["description"]
    (card,) = (make() for path, make in compiled.cards.items() if "bridge" in path)
    assert "2 articles · 1 event<" in "".join(listed.body)
    assert described == "Bridge: 2 articles · 1 event"
    assert "2 articles · 1 event" in card
    assert "2 events" not in card
