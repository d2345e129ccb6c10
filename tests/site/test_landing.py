"""The home page and dossiers as landing pages: what a reader sees first, and where it leads."""

from __future__ import annotations

import re

import pytest
from lxml import html

from dossierkit.site.interface import Publication
from dossierkit.site.pages import home

DOSSIER = """\
    ---
    title: The talks
    description: Talks in Geneva.
    finding: They failed.
    articles: [2016/talks, 2016/second]
    cast: [jane-doe]
    ---

    The **lead**.
    """
SECOND = """\
    ---
    title: Second
    date: 2016-03-01
    status: published
    entities: [geneva]
    timeline:
      - {date: 2016-02-29, text: Talks stop, quote: stopped on Monday, key: true}
      - {date: 2016-03-05, text: Talks may go on, quote: may go on on Saturday}
    ---

    The talks in Geneva stopped on Monday. They may go on on Saturday.
    """
SITE = Publication("Our <site>", "What it is about.")


@pytest.fixture
def dossier(repository):
    repository.write("articles/2016/second.md", SECOND)
    repository.write("dossiers/talks.md", DOSSIER)
    return repository


def parsed(page):
    return html.fromstring(f"<div>{page.body}</div>")


def words(element):
    shown = element.xpath(".//text()[not(ancestor::template)]")
    return " ".join(" ".join(shown).split())


def all_words(page, path):
    return [words(one) for one in parsed(page).xpath(path)]


def test_a_dossier_begins_with_its_finding_and_counts_that_lead_to_sections_of_the_page(dossier):
    page = dossier.page("dossiers/talks.md")
    assert all_words(page, "//*[@class='dk-finding']") == ["They failed."]
    tree = parsed(page)
    hrefs = tree.xpath("//*[@class='dk-tally']//a/@href")
    assert hrefs == ["#articles", "#timeline"]
    assert all(tree.xpath("//*[@id=$id]", id=href[1:]) for href in hrefs)


def test_the_bar_names_the_sections_of_the_page_in_their_order(dossier):
    tree = parsed(dossier.page("dossiers/talks.md"))
    anchors = [href[1:] for href in tree.xpath("//nav[contains(@class, 'dk-bar')]//a/@href")]
    assert anchors[:4] == ["moments", "cast", "articles", "timeline"]
    standing = [id_ for id_ in tree.xpath("//@id") if id_ in anchors]
    assert standing == anchors


def test_key_moments_are_those_that_an_editor_marked(dossier):
    page = dossier.page("dossiers/talks.md")
    moments = parsed(page).xpath("//*[@id='moments']//li")
    assert [words(one) for one in moments] == ["29 February 2016 Talks stop"]
    assert re.fullmatch(r"\.\./\.\./articles/2016/second/#t-\w+", moments[0].xpath(".//a/@href")[0])


def test_an_event_is_key_when_any_of_its_tellings_is(dossier):
    dossier.write(
        "articles/2016/third.md",
        SECOND.replace("title: Second", "title: Third")
        .replace(", key: true", "")
        .replace("text: Talks stop", "text: It ends"),
    )
    dossier.write("dossiers/talks.md", DOSSIER.replace("2016/second]", "2016/second, 2016/third]"))
    moments = parsed(dossier.page("dossiers/talks.md")).xpath("//*[@id='moments']//li")
    assert len(moments) == 1


@pytest.mark.parametrize(
    ("marked", "folded", "linked"),
    [(12, [], []), (15, ["3 earlier key moments"], []), (40, [], ["#timeline"])],
)
def test_more_key_moments_than_are_taken_in_at_once_are_folded_and_very_many_left_to_the_timeline(
    dossier, marked, folded, linked
):
    days = [
        f"  - {{date: 2016-0{1 + day // 28}-{1 + day % 28:02}, text: Day {day}, quote: Day {day} came, key: true}}"
        for day in range(marked)
    ]
    text = " ".join(f"Day {day} came." for day in range(marked))
    many = "\n".join(("---", "title: Long", "status: published", "timeline:", *days, "---", "", text, ""))
    dossier.write("articles/2016/second.md", many)
    section = parsed(dossier.page("dossiers/talks.md")).xpath("//*[@id='moments']")[0]
    assert [words(one) for one in section.xpath("./details/summary")] == folded
    assert section.xpath("./p[1][contains(., 'earlier')]/a/@href") == linked
    shown = [
        words(one.xpath("./p[contains(@class, 'dk-entry__text')]")[0]) for one in section.xpath("./ol/li")
    ]
    assert shown == [f"Day {day}" for day in range(marked - 12, marked)]


def test_a_dossier_without_key_moments_has_its_cast_beside_the_lead(dossier):
    dossier.write("articles/2016/second.md", SECOND.replace(", key: true", ""))
    tree = parsed(dossier.page("dossiers/talks.md"))
    assert not tree.xpath("//*[@id='moments']")
    assert tree.xpath("//*[@id='cast' and contains(@class, 'dk-beside')]")


@pytest.mark.parametrize(
    ("year", "folded"), [(2015, ["2015 20", "2016 11"]), (2016, ["January 2016 21", "March 2016 10"])]
)
def test_a_long_timeline_is_folded_by_year_or_month_and_a_short_one_is_not(dossier, year, folded):
    assert not parsed(dossier.page("dossiers/talks.md")).xpath("//details[contains(@class, 'dk-fold')]")
    days = [
        f"  - {{date: {f'{year}-01' if day <= 20 else '2016-03'}-{day:02}, text: Day {day}, quote: Day {day} came}}"
        for day in range(1, 31)
    ]
    text = " ".join(f"Day {day} came." for day in range(1, 31))
    long = "\n".join(("---", "title: Long", "status: published", "timeline:", *days, "---", "", text, ""))
    dossier.write("articles/2016/second.md", long)
    tree = parsed(dossier.page("dossiers/talks.md"))
    periods = tree.xpath("//details[contains(@class, 'dk-fold')]")
    assert [words(period.xpath("./summary")[0]) for period in periods] == folded
    assert len(tree.xpath("//details[contains(@class, 'dk-fold')]//li[@id]")) == 31


def test_years_of_few_entries_are_open_until_a_dozen_entries_are(dossier):
    days = [f"{year}-01-{day:02}" for year in range(2001, 2011) for day in range(1, 3 if year < 2009 else 7)]
    entries = [f"  - {{date: {day}, text: 'Day {day}', quote: On {day} it came}}" for day in days]
    text = " ".join(f"On {day} it came." for day in days)
    dossier.write(
        "articles/2016/second.md",
        "\n".join(("---", "title: Long", "status: published", "timeline:", *entries, "---", "", text, "")),
    )
    years = parsed(dossier.page("dossiers/talks.md")).xpath("//details[@data-period]")
    opened = [one.get("data-anchor") for one in years if one.get("open") is not None]
    assert opened == [f"y-{year}" for year in range(2001, 2007)]
    assert [one.get("data-anchor") for one in years][:3] == ["y-2001", "y-2002", "y-2003"]


def test_a_timeline_of_many_years_is_folded_by_decade(dossier):
    years = [*range(1931, 1957), 2001]
    entries = [f"  - {{date: '{year}', text: 'Year {year}', quote: In {year} it came}}" for year in years]
    text = " ".join(f"In {year} it came." for year in years)
    dossier.write(
        "articles/2016/second.md",
        "\n".join(("---", "title: Long", "status: published", "timeline:", *entries, "---", "", text, "")),
    )
    tree = parsed(dossier.page("dossiers/talks.md"))
    folded = [words(one) for one in tree.xpath("//details[contains(@class, 'dk-fold')]/summary")]
    assert folded == ["The 1930s 9", "The 1940s 10", "The 1950s 7", "2001 1", "2016 1"]
    opened = [words(one) for one in tree.xpath("//details[contains(@class, 'dk-fold') and @open]/summary")]
    assert opened == ["2001 1", "2016 1"]
    within = tree.xpath("//details[@data-anchor='y-193X']//section/@data-anchor")
    assert within == [f"y-{year}" for year in range(1931, 1940)]


def test_home_bears_the_name_and_description_of_the_site(dossier):
    page = dossier.page("index.md", publication=SITE)
    assert all_words(page, "//h1") == ["Our <site>"]
    assert all_words(page, "//header//*[@class='dk-standfirst']") == ["What it is about."]
    assert all_words(page, "//*[@id='moments']//li") == ["29 February 2016 Talks stop"]
    assert all_words(page, "//*[@id='cast']//li") == ["Jane Doe"]


def test_what_there_is_none_of_is_not_counted(empty):
    assert not parsed(empty.page("index.md", publication=SITE)).xpath("//*[@class='dk-tally']")
    empty.write("articles/2016/fog.md", "---\ntitle: Fog\nstatus: published\n---\n\nNothing was seen.\n")
    empty.write("dossiers/fog.md", "---\ntitle: The fog\narticles: [2016/fog]\nstatus: published\n---\n")
    page = empty.page("index.md", publication=SITE)
    assert all_words(page, "//*[@class='dk-tally']//li") == ["1 article"]
    assert all_words(page, "//*[@class='dk-card__counts']") == ["1 article"]


def test_a_title_of_the_lead_stays_the_only_one(dossier):
    dossier.write("index.md", "---\nfinding: We found it.\n---\n\n# Our matter\n\nThe lead.\n")
    body = dossier.page("index.md", publication=SITE).body
    assert body.startswith("# Our matter\n")
    assert "<h1>" not in body
    assert body.index("We found it.") < body.index("The lead.")


def test_without_a_dossier_home_shows_whom_most_articles_name(repository):
    repository.write("articles/2016/second.md", SECOND)
    page = repository.page("index.md", publication=SITE)
    assert all_words(page, "//*[@id='cast']//li") == ["Geneva"]


def test_without_a_dossier_home_begins_with_what_several_articles_report(repository):
    repository.write("articles/2016/second.md", SECOND)
    assert not parsed(repository.page("index.md", publication=SITE)).xpath("//*[@id='moments']")
    repository.write("articles/2016/third.md", SECOND.replace("title: Second", "title: Third"))
    page = repository.page("index.md", publication=SITE)
    assert all_words(page, "//*[@id='moments']//h2") == ["Most reported"]
    assert all_words(page, "//*[@id='moments']//*[@class='dk-entry__text']/a") == ["Talks stop"]
    sections = ["moments", "articles", "cast"]
    assert parsed(page).xpath("//section[@id]/@id") == sections
    assert parsed(page).xpath("//*[@class='dk-bar']//a/@href") == [f"#{one}" for one in sections]


def test_beside_a_dossier_without_key_moments_home_shows_several_events_that_articles_report(dossier):
    """One alone would say little of what the dossiers are about."""
    told = {"stop": "Talks stop", "open": "Talks open", "close": "Talks close"}
    for name in ("second", "third"):
        dossier.write(f"articles/2016/{name}.md", _of_three(name, told))
    assert all_words(dossier.page("index.md", publication=SITE), "//*[@id='moments']//h2") == [
        "Most reported"
    ]
    for name in ("second", "third"):
        dossier.write(f"articles/2016/{name}.md", _of_three(name, dict([*told.items()][:2])))
    assert not parsed(dossier.page("index.md", publication=SITE)).xpath("//*[@id='moments']")


def _of_three(name, told):
    dates = {"stop": "2016-02-03", "open": "2016-01-29", "close": "2016-04-27"}
    entries = "".join(
        f"  - {{date: {dates[key]}, text: {text}, quote: {text} in Geneva, entities: [geneva]}}\n"
        for key, text in told.items()
    )
    words = " ".join(f"{text} in Geneva." for text in told.values())
    return f"---\ntitle: {name}\ndate: 2016-05-01\nstatus: published\nentities: [geneva]\ntimeline:\n{entries}---\n\n{words}\n"


def test_the_newest_articles_on_home_say_how_they_begin_where_nobody_described_them(repository):
    repository.write("articles/2016/fog.md", "---\ntitle: Fog\nstatus: published\n---\n\nNothing was seen.\n")
    assert "Nothing was seen." in all_words(
        repository.page("index.md", publication=SITE), "//*[@class='dk-card__text']"
    )
    repository.write(
        "articles/2016/fog.md",
        "---\ntitle: Fog\ndescription: Of fog.\nstatus: published\n---\n\nNothing was seen.\n",
    )
    assert "Of fog." in all_words(
        repository.page("index.md", publication=SITE), "//*[@class='dk-card__text']"
    )


WIRE = "Eight officials were detained over the collapse of two dams that flooded the old town of Geneva"


def _reports(repository, name, quote, *, lang="en", text="Eight officials detained"):
    repository.write(
        f"articles/2016/{name}.md",
        f"""\
    ---
    title: {name}
    date: 2016-03-02
    lang: {lang}
    status: published
    entities: [geneva]
    timeline:
      - {{date: 2016-03-01, text: {text}, quote: {quote}, event: detained-{lang}}}
    ---

    {quote}. Geneva.
    """,
    )


def _moments(repository):
    page = repository.page("index.md", publication=SITE)
    return all_words(page, "//*[@id='moments']//*[@class='dk-entry__text']/a")


def test_articles_that_print_one_text_are_one_report_of_an_event(repository, monkeypatch):
    for name in ("one", "two", "three"):
        _reports(repository, name, WIRE)
    assert _moments(repository) == ["Eight officials detained"]
    for name in ("more", "most"):
        repository.write(f"articles/2016/{name}.md", SECOND.replace("title: Second", f"title: {name}"))
    monkeypatch.setattr(home, "_MOST_REPORTED", 1)
    assert _moments(repository) == ["Talks stop"]


def test_home_shows_events_in_its_own_language_and_others_only_where_it_has_none(repository):
    _reports(repository, "un", "Huit personnes sont en prison", lang="fr", text="Huit personnes en prison")
    _reports(repository, "deux", "Le procureur en a fait arrêter huit", lang="fr", text="Le procureur agit")
    assert _moments(repository) == ["Le procureur agit"]
    _reports(repository, "four", "The prosecutor ordered eight people held")
    _reports(repository, "five", "Eight officials were taken to prison")
    assert _moments(repository) == ["Eight officials detained"]


def test_a_name_begins_with_a_capital_as_a_heading_and_stays_as_it_is_in_a_sentence(repository):
    repository.write(
        "entities/jane-doe.md",
        "---\ntitle: al-Sidiq Doe\ntype: person\nstatus: reviewed\naliases: [Jane Doe]\n---\n",
    )
    page = repository.page("entities/jane-doe.md", publication=SITE)
    assert all_words(page, "//h1") == ["Al-Sidiq Doe"]
    assert page.meta["title"] == "al-Sidiq Doe"


def test_with_a_dossier_home_shows_key_moments_alone(dossier):
    dossier.write("articles/2016/twin.md", SECOND.replace(", key: true", ""))
    page = dossier.page("index.md", publication=SITE)
    assert all_words(page, "//*[@id='moments']//h2") == ["Key moments"]


def test_a_dossier_without_a_cast_shows_beside_its_lead_whom_most_of_its_articles_name(dossier):
    dossier.write("articles/2016/second.md", SECOND.replace(", key: true", ""))
    dossier.write("dossiers/talks.md", DOSSIER.replace("[jane-doe]", "[]"))
    (beside,) = parsed(dossier.page("dossiers/talks.md")).xpath(
        "//*[@id='cast' and contains(@class, 'dk-beside')]"
    )
    assert words(beside) == "Named most often Geneva"


def test_home_without_key_moments_has_its_cast_before_the_dossiers_in_page_and_bar(dossier):
    dossier.write("articles/2016/second.md", SECOND.replace(", key: true", ""))
    tree = parsed(dossier.page("index.md", publication=SITE))
    anchors = [href[1:] for href in tree.xpath("//nav[contains(@class, 'dk-bar')]//a/@href")]
    assert anchors == ["cast", "dossiers", "articles"]
    assert [id_ for id_ in tree.xpath("//@id") if id_ in anchors] == anchors


@pytest.mark.parametrize(("number", "folded"), [(13, None), (30, "23 more articles")])
def test_of_many_articles_a_dossier_folds_the_later_ones(dossier, number, folded):
    ids = [f"2016/a{index:02}" for index in range(number)]
    for id_ in ids:
        dossier.write(f"articles/{id_}.md", f"---\ntitle: Article {id_}\nstatus: published\n---\n\nText.\n")
    dossier.write(
        "dossiers/talks.md", DOSSIER.replace("2016/second]", ", ".join(["2016/second", *ids]) + "]")
    )
    section = parsed(dossier.page("dossiers/talks.md")).xpath("//*[@id='articles']")[0]
    assert len(section.xpath(".//article")) == number + 2
    assert [words(one) for one in section.xpath("./details/summary")] == ([folded] if folded else [])


def test_the_table_of_a_network_has_what_is_drawn_and_the_names_with_most_mentions(dossier):
    names = [f"Person N{index:02}" for index in range(80)]
    entities = ", ".join(f"{{name: {name}, type: person}}" for name in names)
    text = " ".join(f"{name} spoke with Jane Doe and {name}." for name in names)
    dossier.write(
        "articles/2016/second.md",
        f"---\ntitle: Long\nstatus: published\nentities: [{entities}, jane-doe]\n---\n\n{text}\n",
    )
    (network,) = parsed(dossier.page("dossiers/talks.md")).xpath("//*[@id='network']")
    rows = network.xpath(".//details[1]//tbody/tr")
    drawn = set(network.xpath(".//svg[1]//a/@href"))
    listed = {href for row in rows for href in row.xpath("./th/a/@href")}
    assert drawn <= listed
    assert len(rows) == 60
    assert "82" in words(network.xpath(".//figcaption/p")[0])
