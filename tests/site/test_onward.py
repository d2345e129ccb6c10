"""Where an article leads on: its neighbours, who else reports its events, what is related, and whom to write to."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from lxml import html

from dossierkit.build.options import options
from dossierkit.site.interface import Publication
from dossierkit.store.packaged import packaged_templates

CSS = (packaged_templates() / "assets/dossierkit/parts/tokens.css").read_text(encoding="utf-8")
ARTICLE = """\
    ---
    title: {title}
    date: 2016-02-0{day}
    lang: en
    source: {{publisher: {title} Paper}}
    status: published
    entities: [jane-doe, geneva]
    timeline:
      - {{date: {date}, text: The bridge falls, quote: "{quote}", event: bridge-falls}}
    ---

    Jane Doe came to Geneva. {quote}.
    """


@pytest.fixture
def three(repository):
    """Three articles of one dossier, the first two of which report one event."""
    repository.write(
        "articles/2016/a.md",
        ARTICLE.format(title="First", day=1, date="2016-01-29", quote="The bridge fell and 5 people died"),
    )
    repository.write(
        "articles/2016/b.md",
        ARTICLE.format(
            title="Second", day=2, date="2016-01-30", quote="The bridge collapsed and 7 people died"
        ),
    )
    repository.write("articles/2016/talks.md", PLAIN)
    repository.write(
        "dossiers/bridge.md", "---\ntitle: The bridge\narticles: [2016/a, 2016/b, 2016/talks]\n---\n"
    )
    return repository


PLAIN = """\
    ---
    title: Third
    date: 2016-02-05
    status: published
    entities: [jane-doe]
    ---

    Jane Doe spoke.
    """


def tree(page):
    return html.fromstring(f"<div>{page.body}</div>")


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def test_an_article_leads_to_its_neighbours_in_each_dossier(three):
    middle = tree(three.page("articles/2016/b.md"))
    (nav,) = middle.xpath("//nav[contains(@class, 'dk-onward--dossier')]")
    assert words(nav) == "In the dossier The bridge Previous First Next Third"
    assert [link.get("rel") for link in nav.xpath(".//a[@rel]")] == ["prev", "next"]
    first = tree(three.page("articles/2016/a.md"))
    assert first.xpath("//a[@rel='next']")
    assert not first.xpath("//a[@rel='prev']")


def test_an_entry_says_who_else_reports_its_event_and_leads_to_their_words(three):
    page = tree(three.page("articles/2016/a.md"))
    (also,) = page.xpath("//li[contains(@class, 'dk-entry')]//p[@class='dk-entry__also']")
    assert words(also).startswith("Also reported in Second ( 30 January 2016 )")
    (link, comparison) = also.xpath(".//a")
    assert re.fullmatch(r"\.\./\.\./\.\./articles/2016/b/#t-\w+|\.\./b/#t-\w+", link.get("href"))
    assert link.get("data-quote") == "The bridge collapsed and 7 people died"
    assert "timeline/events/2016-a-" in comparison.get("href")


def test_an_article_that_tells_alone_says_nothing_of_others(three):
    assert not tree(three.page("articles/2016/talks.md")).xpath("//*[@class='dk-entry__also']")


def test_related_articles_say_what_they_have_in_common(three):
    (related,) = tree(three.page("articles/2016/a.md")).xpath("//section[contains(@class, 'dk-related')]//li")
    assert "Second" in words(related)
    assert words(related).endswith("Reports one of the same events · Also names Geneva, Jane Doe")


def test_articles_in_three_scripts_are_related_by_what_records_call_their_names(repository):
    given = {
        "khalifa-haftar": ("Khalifa Haftar", "person", "خليفة حفتر", "Халифа Хафтар"),
        "derna": ("Derna", "place", "درنة", "Дерна"),
    }
    for id_, (title, type_, arabic, russian) in given.items():
        repository.write(
            f"entities/{id_}.md",
            f"---\ntitle: {title}\ntype: {type_}\naliases: [{{name: {arabic}, lang: ar}}, {{name: {russian}, lang: ru}}]\nstatus: published\n---\n",
        )
    texts = {
        "en": "Khalifa Haftar came to Derna.",
        "ar": "زار خليفة حفتر مدينة بدرنة.",
        "ru": "Халифа Хафтар: Дерна ждёт.",
    }
    for lang, text in texts.items():
        repository.write(
            f"articles/2016/{lang}.md",
            f"---\ntitle: In {lang}\nlang: {lang}\ndate: 2016-02-01\nstatus: published\nentities: [khalifa-haftar, derna]\n---\n\n{text}\n",
        )
    for lang in texts:
        page = tree(repository.page(f"articles/2016/{lang}.md"))
        linked = page.xpath("//a[contains(@class, 'dk-mention')]/@href")
        assert {link.rstrip("/").rpartition("/")[2] for link in linked} == set(given)
        related = [words(one) for one in page.xpath("//section[contains(@class, 'dk-related')]//li")]
        others = [f"In {other}" for other in texts if other != lang]
        assert all(any(other in one for one in related) for other in others)


def test_names_in_common_that_nobody_has_decided_on_say_so_once(three):
    for name in ("goma", "kivu"):
        three.write(
            f"entities/{name}.md",
            f"---\ntitle: {name.title()}\ntype: place\nstatus: draft\n---\n\nA place.\n",
        )
        for article in "ab":
            path = three.content / f"articles/2016/{article}.md"
            text = path.read_text(encoding="utf-8").replace("[jane-doe,", f"[jane-doe, {name},")
            path.write_text(text.replace("Jane Doe came", f"{name.title()}: Jane Doe came"), encoding="utf-8")
    (related,) = tree(three.page("articles/2016/a.md", marks=True)).xpath(
        "//section[contains(@class, 'dk-related')]//li"
    )
    assert words(related).count("not reviewed") == 1
    assert "Also names Goma, Kivu (not reviewed)" in words(related)


def test_one_name_in_common_makes_no_article_related(three):
    assert not tree(three.page("articles/2016/talks.md")).xpath("//section[contains(@class, 'dk-related')]")


def reports(repository, report, address="https://site.example/"):
    publication = Publication("Ours", address=address, report=report)
    return tree(repository.page("articles/2016/a.md", publication=publication)).xpath(
        "//a[@class='dk-actions__report']/@href"
    )


def test_an_error_is_reported_by_mail_with_the_page_filled_in(three):
    (href,) = reports(three, "desk@paper.example")
    assert unquote(href) == (
        "mailto:desk@paper.example?subject=Error in: First&body=https://site.example/articles/2016/a/\n\n"
    )


def test_an_error_is_reported_at_an_address_with_the_page_filled_in(three):
    (href,) = reports(three, "https://paper.example/report?page={page}&about={title}&quote={quote}")
    assert href == (
        "https://paper.example/report?page=https%3A%2F%2Fsite.example%2Farticles%2F2016%2Fa%2F&about=First&quote="
    )


def test_nobody_is_written_to_unless_the_site_says_whom(three):
    assert reports(three, "") == []


@pytest.mark.parametrize("said", ["desk@paper.example", "https://paper.example/r?p={page}"])
def test_whom_to_report_to_is_a_setting(said, tmp_path):
    assert (
        options(
            {"dossier": {"report": said}},
            {"mkdocs.yml": f"extra: {{dossier: {{report: '{said}'}}}}"},
            tmp_path,
            CSS,
        ).report
        == said
    )


@pytest.mark.parametrize("said", ["desk", "javascript:alert(1)", "desk@x?cc=y", 5, "https://x/ y"])
def test_what_is_no_address_is_a_problem(said, tmp_path):
    found = options(
        {"dossier": {"report": said}},
        {"mkdocs.yml": f"extra: {{dossier: {{report: '{said}'}}}}"},
        tmp_path,
        CSS,
    )
    assert [problem.code for problem in found.problems] == ["D141"]
    assert found.report == ""


def test_a_name_that_a_page_lists_twice_is_no_reason_to_stop(repository):
    """`dossier check` warns of it (D121)."""
    text = ARTICLE.format(title="Only", day=1, date="2016-01-29", quote="The bridge fell")
    repository.write(
        "articles/2016/talks.md", text.replace("[jane-doe, geneva]", "[jane-doe, geneva, jane-doe]")
    )
    assert not [one for one in repository.compile().problems if one.severity == "error"]
    assert "The bridge falls" in repository.page("articles/2016/talks.md").body
