"""Timelines on compiled pages: one entry an event, its sources and what they disagree on, and pages that grow."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urljoin

import pytest
from tests.support.repository import Repository

from dossierkit.site.entry_items import within
from dossierkit.site.pages import timeline_pages
from dossierkit.site.pages.split_lists import LIMIT
from dossierkit.site.urls import Urls

ARTICLE = """\
    ---
    title: {title}
    date: 2019-03-0{day}
    lang: {lang}
    source: {{publisher: {publisher}}}
    status: published
    entities: [{{id: homs, also: [حمص]}}]
    timeline:
      - {{date: {date}, text: "{text}", quote: "{quote}"{event}}}
    ---

    {body}
    """
HOMS = """\
    ---
    title: Homs
    type: place
    status: reviewed
    ---
    """
ONE = {"text": "Bomb kills 33 in Homs", "quote": "a bomb in Homs killed at least 33 people"}
OTHER = {"text": "Bomb in Homs kills 27", "quote": "the bomb in Homs killed 27 people"}


def write(repository, name, *, day=5, lang="en", date="2019-03-04", event="", **said):
    body = f"{said['quote']}."
    values = {"title": name.title(), "publisher": f"Paper {name}", "event": event and f", event: {event}"}
    page = ARTICLE.format(**values, day=day, lang=lang, date=date, body=body, **said)
    repository.write(f"articles/2019/{name}.md", page)


def entries(html):
    return re.findall(r'<li class="dk-entry .*?(?=<li class="dk-entry |</ol>)', html)


@pytest.fixture
def told(empty):
    """Two articles that tell of one event."""
    empty.write("entities/homs.md", HOMS)
    write(empty, "a", **ONE)
    write(empty, "b", day=6, **OTHER)
    return empty


@pytest.mark.parametrize("path", ["timeline/index.md", "entities/homs.md"])
def test_an_event_of_two_articles_is_one_entry_with_both_quotes_and_both_links(told, path):
    (entry,) = entries(told.page(path).body)
    assert "Reported in 2 articles" in entry
    for name, said in (("a", ONE), ("b", OTHER)):
        assert said["quote"] in entry
        assert re.search(rf'href="[./]+articles/2019/{name}/#t-\w+"', entry)
    assert entry.index("Paper a") < entry.index("Paper b")


def test_sources_that_print_one_text_share_its_quote(empty):
    empty.write("entities/homs.md", HOMS)
    wire = "a bomb in the old market of Homs killed at least 33 people on Monday afternoon"
    for day, name in enumerate("abc", 4):
        write(
            empty,
            name,
            day=day,
            text="Bomb kills 33 in Homs",
            quote=wire if name != "b" else OTHER["quote"],
            event="bomb",
        )
    (entry,) = entries(empty.page("timeline/index.md").body)
    assert entry.count("<blockquote") == 2
    assert re.findall(r">(Paper .)<", entry) == ["Paper a", "Paper c", "Paper b"]
    assert "Reported in 3 articles, 2 of them in nearly the same words" in entry


def test_figures_that_differ_are_shown_as_they_stand(told):
    (entry,) = entries(told.page("timeline/index.md").body)
    assert "“killed at least 33 people”" in entry
    write(told, "a", text=ONE["text"], quote="in Homs at least 33 were killed")
    write(told, "b", text=OTHER["text"], quote="27 people were killed in Homs")
    (entry,) = entries(told.page("timeline/index.md").body)
    assert "Sources disagree on the figures" in entry
    assert "“at least 33 were killed”" in entry
    assert "“27 people were killed”" in entry


def test_dates_that_differ_are_shown_where_an_editor_joined_them(told):
    write(told, "a", event="market-bomb", **ONE)
    write(told, "b", date="2019-03-05", event="market-bomb", **OTHER)
    (entry,) = entries(told.page("timeline/index.md").body)
    assert "Sources disagree on the date" in entry
    assert entry.count("4 March 2019") >= 2
    assert "dated 5 March 2019" in entry


def test_a_word_of_its_own_keeps_an_entry_apart(told):
    write(told, "b", day=6, event="another-bomb", **OTHER)
    assert len(entries(told.page("timeline/index.md").body)) == 2


def test_a_vaguer_date_is_no_disagreement(told):
    write(told, "b", date="2019-03", **OTHER)
    (entry,) = entries(told.page("timeline/index.md").body)
    assert "Sources disagree on the date" not in entry
    assert "dated March 2019" in entry


def test_another_language_is_joined_by_an_editor_only_and_the_sites_own_is_shown(told):
    arabic = {"text": "تفجير في حمص", "quote": "قتل تفجير في حمص ثلاثين شخصا"}
    write(told, "a", lang="ar", **arabic)
    assert len(entries(told.page("timeline/index.md").body)) == 2
    write(told, "a", lang="ar", event="bomb", **arabic)
    write(told, "b", day=6, event="bomb", **OTHER)
    (entry,) = entries(told.page("timeline/index.md").body)
    assert re.search(r'dk-entry__text"><a [^>]*>Bomb in Homs kills 27', entry)
    assert 'lang="ar" dir="rtl"><p>قتل' in entry


def test_a_dossier_shows_only_what_its_articles_tell(told):
    told.write("dossiers/d.md", "---\ntitle: D\narticles: [2019/b]\n---\n")
    (entry,) = entries(told.page("dossiers/d.md").body)
    assert "Reported in" not in entry
    assert ONE["quote"] not in entry


def test_the_record_of_an_event_is_led_to(told):
    told.write("entities/bomb.md", "---\ntitle: The bomb of Homs\ntype: event\nstatus: reviewed\n---\n")
    write(told, "a", event="bomb", **ONE)
    assert 'href="../entities/bomb/">The bomb of Homs' in told.page("timeline/index.md").body


def test_the_word_may_not_be_the_id_of_a_place(told):
    write(told, "a", event="homs", **ONE)
    (problem,) = told.compile().problems
    assert (problem.code, problem.path, problem.line) == ("D313", "content/articles/2019/a.md", 9)


def test_an_articles_own_timeline_is_as_it_was(told):
    html = told.page("articles/2019/a.md").body
    assert ONE["text"] in html
    assert "Reported in" not in html
    assert "dk-chart" not in html


def grown(repository, number):
    repository.write("entities/homs.md", HOMS)
    for name in ("a", "b"):
        sentences = [f"Homs {'sees' if name == 'a' else 'fears'} thing{n}" for n in range(number // 2)]
        lines = "".join(
            f'\n  - {{date: {2000 + n % 3}-{1 + n % 12:02d}-{1 + n % 28:02d}, text: "{said}", quote: "{said} here"}}'
            for n, said in enumerate(sentences)
        )
        head = f"---\ntitle: {name}\ndate: 2019-03-05\nlang: en\nstatus: published\nentities: [homs]\ntimeline:{lines}\n---\n\n"
        repository.write(
            f"articles/2019/{name}.md", head + " ".join(f"{said} here." for said in sentences) + "\n"
        )


def test_a_timeline_that_has_grown_has_a_page_for_each_year(empty):
    grown(empty, LIMIT + 10)
    pages = {page.path: page.body for page in empty.compile().pages if page.path.startswith("timeline/")}
    assert sorted(pages) == ["timeline/2000.md", "timeline/2001.md", "timeline/2002.md", "timeline/index.md"]
    assert sum(len(entries(body)) for body in pages.values()) == LIMIT + 10
    overview = pages["timeline/index.md"]
    assert not entries(overview)
    for path, anchor in re.findall(r'href="(\d{4})/#([\w-]+)"', overview):
        assert f'id="{anchor}"' in pages[f"timeline/{path}.md"]
    assert '<a rel="prev" href="../2000/">2000</a>' in pages["timeline/2001.md"]


def crowded(repository, number):
    """So many events of one year: of three one in June, or some time in the year, the others in two months."""
    repository.write("entities/homs.md", HOMS)
    dates = ["2001-06-{:02d}", "2001-07-{:02d}", "2001-02-{:02d}"]
    said = [
        (dates[n % 3].format(1 + n % 28) if n % 9 else "2001", f"Homs sees thing{n}") for n in range(number)
    ]
    lines = "".join(f'\n  - {{date: {date}, text: "{text}", quote: "{text} here"}}' for date, text in said)
    head = f"---\ntitle: A\ndate: 2019-03-05\nlang: en\nstatus: published\nentities: [homs]\ntimeline:{lines}\n---\n\n"
    repository.write("articles/2019/a.md", head + " ".join(f"{text} here." for _, text in said) + "\n")


USUAL = timeline_pages._BY_DAY


@pytest.fixture(scope="module")
def crowd(tmp_path_factory, templates):
    """`crowd(by_day)`: all pages of such a site by path, where a month of more than so many entries has pages for its days."""
    root = tmp_path_factory.mktemp("crowd")
    repository = Repository(root, templates)
    crowded(repository, 3 * LIMIT + 60)

    @cache
    def pages(by_day):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timeline_pages, "_BY_DAY", by_day)
            return {page.path: page.body for page in repository.compile().pages}

    return pages


def timeline(pages):
    return {path: body for path, body in pages.items() if path.startswith("timeline/")}


def linked(pages):
    """Each link between the pages of a timeline as (from, to, anchor)."""
    for path, body in pages.items():
        here = Urls().of(path)
        for href in re.findall(r'href="([^"]*)"', body):
            address, _, anchor = urljoin(f"/{here}", href).partition("#")
            if address.startswith("/timeline/"):
                yield path, address.removeprefix("/"), anchor


def test_a_year_that_has_grown_has_pages_for_its_months_and_a_month_several(crowd):
    pages = timeline(crowd(USUAL))
    names = ["2001-02", "2001-02-2", "2001-06", "2001-07", "2001-07-2", "2001-other", "2001", "index"]
    assert sorted(pages) == sorted(f"timeline/{name}.md" for name in names)
    assert all(len(entries(body)) <= LIMIT for body in pages.values())
    ids = [
        (path, id_) for path, body in pages.items() for id_ in re.findall(r'<li [^>]*id="(e-[^"]+)"', body)
    ]
    assert len({id_ for _, id_ in ids}) == 3 * LIMIT + 60


@pytest.mark.parametrize("by_day", [LIMIT, USUAL])
def test_every_link_between_the_pages_of_a_timeline_leads_to_something_there(crowd, by_day):
    pages = timeline(crowd(by_day))
    by_address = {Urls().of(path): body for path, body in pages.items()}
    found = list(linked(pages))
    for path, address, anchor in found:
        assert address in by_address, (path, address)
        assert not anchor or f'id="{anchor}"' in by_address[address], (path, address, anchor)
    for overview in ("timeline/index.md", "timeline/2001.md"):
        assert not entries(pages[overview])
        assert any(path == overview and anchor.startswith("e-") for path, _, anchor in found)


def test_the_pages_of_a_timeline_are_read_one_after_the_other(crowd):
    pages = timeline(crowd(USUAL))
    read, path = [], "timeline/2001-other.md"
    while path:
        read.append(path)
        after = re.search(r'rel="next" href="([^"]+)"', pages[path])
        path = after and urljoin(f"/{Urls().of(path)}", after[1])[1:-1] + ".md"
    assert read == [f"timeline/2001-{name}.md" for name in ("other", "02", "02-2", "06", "07", "07-2")]


def test_a_month_that_has_grown_still_more_has_pages_for_its_days(crowd):
    pages = crowd(LIMIT)
    assert "2001-07-05" in pages["timeline/2001-07-05.md"]
    assert len(entries(pages["timeline/2001-07-05.md"])) == 12
    assert '<h2 class="dk-year__label" id="y-2001-07-05">' in pages["timeline/2001-07-05.md"]
    assert "timeline/2001-07.md" not in pages
    assert "timeline/2001-06.md" in pages


@pytest.mark.parametrize("number", [4, 60, 240])
def test_every_link_of_a_timeline_leads_to_something_on_its_page(empty, number):
    grown(empty, number)
    html = empty.page("timeline/index.md").body
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert html.count('class="dk-chart__drawing"') == 1
    assert ("timeline.js" in html) == (number >= 8)
    assert " style=" not in html


def test_entries_of_one_day_stand_in_the_order_of_the_text_and_then_by_the_hour(empty):
    """However the page lists them, and whatever they say: never by an id."""
    days = [f"In Homs case {word} was heard" for word in ("nine", "two", "seven", "four", "one")]
    hours = [("T18:30", "In Homs they left"), ("T08:00", "In Homs they rose")]
    claims = [("", one) for one in days] + hours
    listed = [
        f'  - {{date: "2019-03-04{hour}", text: "{text}", quote: "{text}", entities: [homs]}}'
        for hour, text in reversed(claims)
    ]
    head = [
        "---",
        "title: A day",
        "date: 2019-03-05",
        "lang: en",
        "status: published",
        "entities: [homs]",
        "timeline:",
    ]
    body = [". ".join(text for _, text in claims) + "."]
    empty.write("entities/homs.md", HOMS)
    empty.write("articles/2019/day.md", "\n".join([*head, *listed, "---", "", *body, ""]))
    wanted = [*days, "In Homs they rose", "In Homs they left"]
    for path in ("timeline/index.md", "entities/homs.md", "articles/2019/day.md"):
        body = empty.page(path).body
        shown = "".join(entries(body)) or body[body.index("<ol") :]
        assert sorted(wanted, key=shown.index) == wanted, path


@pytest.mark.parametrize(
    ("heading", "quote", "parts"),
    [
        ("The talks opened on Friday", "The talks opened on Friday.", ("", "The talks opened on Friday", ".")),
        ("Talks opened on Friday.", "On it, talks opened on Friday in Geneva", ("On it, ", "talks opened on Friday", " in Geneva")),
        ("It opened", "It opened.", ("", "It opened", ".")),
        ("It opened", "They say it opened on Friday", None),
        ("Talks begin", "The talks opened on Friday.", None),
        ("会談が始まった", "会談が始まった。", ("", "会談が始まった", "。")),
        ("会談が始まった", "金曜日に会談が始まった。", ("金曜日に", "会談が始まった", "。")),
        ("会談", "金曜日に会談が始まった。", None),
        ("ውይይቱ ተጀመረ", "ውይይቱ ተጀመረ፡፡", ("", "ውይይቱ ተጀመረ", "፡፡")),
        ("वार्ता शुरू", "वार्ता शुरू।", ("", "वार्ता शुरू", "।")),
        ("…", "…", None),
    ],
)  # fmt: skip
def test_a_heading_that_repeats_its_quote_is_found_in_it(heading, quote, parts):
    assert within(heading, quote) == parts


def test_a_heading_that_repeats_its_quote_is_shown_once_and_in_bold(repository):
    file = repository.content / "articles/2016/talks.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("text: Talks open", "text: The talks opened on Friday").replace(
            "quote: opened on Friday", "quote: The talks opened on Friday."
        ),
        encoding="utf-8",
    )
    body = repository.page("timeline/index.md").body
    assert body.count("The talks opened on Friday") - body.count('aria-label="') <= 1
    assert re.search(
        r'<p><b class="dk-entry__text"><a href="[^"]*">The talks opened on Friday</a></b>\.</p>', body
    )


@pytest.mark.parametrize("papers", [7, 8])
def test_sources_are_a_filter_only_where_one_has_several_entries(empty, papers):
    """Each entry bears what the filters read, and nothing else."""
    for day in range(1, 9):
        told = {"text": f"Event {day}", "quote": f"it was event {day}", "date": f"2019-03-0{day}"}
        page = ARTICLE.format(
            title=day,
            publisher=f"Paper {day % papers}",
            day=day,
            lang="en",
            event="",
            body=f"{told['quote']}.",
            **told,
        )
        empty.write(f"articles/2019/a{day}.md", page)
    body = empty.page("timeline/index.md").body
    assert ('name="source"' in body) == (papers < 8)
    assert len(re.findall(r'<li class="dk-entry [^>]* data-source="', body)) == (8 if papers < 8 else 0)
    assert 'name="words"' in body
    assert "data-certainty" not in body, "all are exact"
