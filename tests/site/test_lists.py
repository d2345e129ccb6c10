"""Indexes and the pages on the site itself: short lists on one page, long ones split, each thing once."""

from __future__ import annotations

import re

import pytest
from lxml import html

from dossierkit.build.configuration import load, settings
from dossierkit.export.formats import offerable
from dossierkit.export.offer import CRATE
from dossierkit.site.interface import Publication
from dossierkit.site.pages.split_lists import LIMIT, list_parts

OURS = Publication(name="Ours", address="https://o.test/")


def titles(page):
    return re.findall(r'class="dk-card__title"><a[^>]*>([^<]+)</a>', page)


def pages(repository):
    return {page.path: page.body for page in repository.compile().pages}


@pytest.fixture
def many(repository):
    """One article a day in two years, some without a date; entities in two scripts."""
    for number in range(LIMIT + 40):
        month = number % 12 + 1
        date = f"date: {2014 + number % 2}-{month:02d}-{number % 28 + 1:02d}" if number % 50 else "lang: en"
        publisher = "A" if number % 3 else "B"
        repository.write(
            f"articles/2014/a-{number}.md",
            f"---\ntitle: Article {number}\n{date}\nsource: {{publisher: {publisher}}}\nstatus: published\n---\n\nText.\n",
        )
    for number in range(LIMIT + 20):
        name = f"أحمد {number}" if number % 40 == 0 else f"{'Élan' if number % 2 else 'Zoe'} {number}"
        repository.write(
            f"entities/p-{number}.md", f"---\ntitle: {name}\ntype: person\nstatus: reviewed\n---\n"
        )
    return repository


@pytest.mark.parametrize("size", [0, 1, 5, 6, 11, 40])
def test_shelves_hold_every_item_once_and_never_too_many(size):
    items = [f"{number // 20}{number // 7}{number}" for number in range(size)]
    found = list(list_parts(items, (lambda item: item[0], lambda item: item[1]), 5, str))
    assert [item for shelf in found for item in shelf.items] == items
    assert all(0 < len(shelf.items) <= 5 for shelf in found)
    assert len({(shelf.keys, shelf.number) for shelf in found}) == len(found)
    assert all(1 <= shelf.number <= shelf.total for shelf in found)


@pytest.mark.parametrize("size", [LIMIT, LIMIT + 1, 1000, 5000])
def test_an_item_more_touches_few_shelves(size):
    before, changed = set(list_parts(map(str, range(size)), (), name=str)), 0
    for at in range(0, size, size // 20):
        items = [*map(str, range(at)), "new", *map(str, range(at, size))]
        after = list(list_parts(items, (), name=str))
        assert [item for shelf in after for item in shelf.items] == items
        assert max(len(shelf.items) for shelf in after) <= LIMIT
        changed += len(set(after) - before)
    assert changed <= 20 * 2


def test_a_short_index_is_one_page(repository):
    found = pages(repository)
    assert titles(found["articles/index.md"]) == ["Talks open in Geneva"]
    assert not [path for path in found if path.startswith("lists/")]


def test_long_indexes_lead_to_every_page_once(many):
    found = pages(many)
    parts = {path: body for path, body in found.items() if path.startswith("lists/")}
    listed = [
        title for path, body in parts.items() if path.startswith("lists/articles/") for title in titles(body)
    ]
    assert len(listed) == len(set(listed)) == LIMIT + 41
    assert {
        "lists/articles/2014.md",
        "lists/articles/2015.md",
        "lists/articles/2016.md",
        "lists/articles/undated.md",
    } <= parts.keys()
    people = [
        href
        for path, body in parts.items()
        if path.startswith("lists/entities/")
        for href in re.findall(r'href="(?:\.\./)+entities/([^"#]+)/"', body)
        if href
    ]
    assert len(people) == len(set(people)) == LIMIT + 22
    assert {
        "lists/entities/person-e.md",
        "lists/entities/person-u0627.md",
        "lists/entities/place.md",
    } <= parts.keys()
    for path, body in parts.items():
        kind = path.split("/")[1]
        assert f'href="../../../{kind}/"' in body


def test_a_long_index_of_names_begins_with_those_that_most_articles_name(many):
    shelf = re.search(r'<section class="dk-shelf".*?</section>', pages(many)["entities/index.md"])[0]
    names = re.findall(r'<a href="([^"/.]+)/"', shelf)
    assert names[0] == "jane-doe"
    assert len(names) == 12
    assert shelf.index('href="jane-doe/"') < shelf.index("lists/entities/")


def test_every_part_is_reached_from_its_index(many):
    found = pages(many)
    for path in (path for path in found if path.startswith("lists/")):
        _, kind, name = path.removesuffix(".md").split("/")
        assert f'href="../lists/{kind}/{name}/"' in found[f"{kind}/index.md"], path


def test_letters_fold_marks_and_pass_over_the_arabic_article(repository):
    for id_, name in (("a", "Élan"), ("b", "Eden"), ("c", "الأمم"), ("d", "أحمد"), ("e", "1984")):
        repository.write(f"entities/{id_}.md", f"---\ntitle: {name}\ntype: person\nstatus: reviewed\n---\n")
    body = repository.page("entities/index.md").body
    order = re.findall(
        r'<a href="[^"#]+">(?:<bdi[^>]*>)?([^<]+)<',
        body[body.index('id="type-person"') : body.index('id="type-place"')],
    )
    assert order == ["Eden", "Élan", "Jane Doe", "أحمد", "الأمم", "1984"]


def test_sources_say_what_is_known_of_each(repository):
    repository.write(
        "articles/2016/b.md",
        """\
        ---
        title: Other
        date: 2016-03
        source: {publisher: The Paper, url: "https://p.test/", archived: "javascript:alert(1)", reliability: B2, sha256: "00"}
        status: published
        ---

        Text.
        """,
    )
    repository.write("articles/2016/c.md", "---\ntitle: Nobody's\nstatus: published\n---\n\nText.\n")
    body = repository.page("sources/index.md").body
    assert 'id="by-the-paper"' in body
    assert 'id="by-unknown"' in body
    assert "usually reliable source; probably true" in body
    assert "javascript:" not in body
    assert "2 names found only here" in body


def test_latest_changes_are_those_that_the_pages_date(repository):
    repository.write(
        "entities/geneva.md",
        "---\ntitle: Geneva\ntype: place\nstatus: reviewed\ncorrections: [{date: 2017-01-05, what: Moved.}]\n---\n",
    )
    body = repository.page("latest/index.md").body
    assert body.index("January 2017") < body.index("Moved.") < body.index("February 2016")


def test_what_is_new_says_once_a_day_that_articles_were_published(repository):
    talks = repository.content / "articles" / "2016" / "talks.md"
    for name in ("second", "third"):
        talks.with_name(f"{name}.md").write_text(talks.read_text(encoding="utf-8"), encoding="utf-8")
    body = repository.page("latest/index.md").body
    assert body.count("dk-change__title") == 3
    assert body.count("<b>Published</b>") == 1


def test_a_page_may_have_a_lead_of_its_own(repository):
    repository.write("about/index.md", "---\ntitle: Who we are\n---\n\n# Who we are\n\nThree people.\n")
    page = repository.page("about/index.md")
    assert page.body.index("Three people.") < page.body.index("Where each claim comes from")
    assert page.meta["title"] == "Who we are"


def test_the_data_page_offers_every_file_there_is(repository):
    compiled = repository.compile(data=offerable())
    promised = {path for one in compiled.written for path in one.paths if path.startswith("data/")}
    assert CRATE in promised, "it describes the others, and is no download of its own"
    promised -= {CRATE}
    sizes = {path: 1000 * number for number, path in enumerate(promised, 1)}
    body = compiled.last(sizes).body
    assert "The file datapackage.json describes every column." in body
    told = re.findall(r'<a href="([^"]+)" download>.*?</a> <span class="dk-count">(\d+) kB<', body)
    assert {f"data/{name}": 1000 * int(size) for name, size in told} == sizes
    assert promised | {CRATE} == {
        path for path in repository.files(data=offerable()) if path.startswith("data/")
    }
    assert not [path for path in repository.files() if path.startswith("data/")]
    assert "offers no data downloads" in repository.page("data/index.md").body


def test_every_page_counts_entries_alike_and_quotes_beside_them(repository):
    text = (repository.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    told = text.replace("when: on Friday", "when: on Friday, event: talks-open")
    repository.write("articles/2016/talks.md", told)
    repository.write("articles/2016/later.md", told.replace("Talks open in Geneva", "Talks go on"))
    pages = {page.path: re.sub(r"</?b>", "", page.body) for page in repository.compile().pages}
    for path, words in {
        "index.md": "1 event",
        "about/index.md": "1 event",
        "data/index.md": "1 event",
    }.items():
        assert words in pages[path], path
    assert "2 quotes" in pages["about/index.md"]
    assert "2 quotes" in pages["data/index.md"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("true", offerable()), ("false", ()), ("[csv, ics]", ("csv", "ics")), ("", offerable())],
)
def test_a_site_says_which_formats_it_offers(repository, asked, expected):
    extra = f"extra: {{dossier: {{data: {asked}}}}}\n" if asked else ""
    told = f"site_name: x\ndocs_dir: content\ntheme: {{name: mkdocs}}\nplugins: [dossier]\n{extra}"
    (repository.root / "mkdocs.yml").write_text(told, encoding="utf-8")
    assert settings(load(repository.root)).data == expected


def test_a_supporting_sentence_has_a_link_to_itself(repository):
    body = repository.page("articles/2016/talks.md").body
    links = re.findall(r'class="dk-permalink" href="#([^"]+)"', body)
    assert len(links) == 2
    assert all(f'id="{link}"' in body for link in links)


def test_a_citation_has_the_source_its_copy_and_this_page(repository):
    text = (repository.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    source = "{publisher: The Paper, url: 'https://p.test/1', archived: 'https://a.test/2'}"
    repository.write("articles/2016/talks.md", text.replace("{publisher: The Paper}", source))
    body = repository.page("articles/2016/talks.md", publication=OURS).body
    plain = re.search(r'<code dir="ltr">([^<]+)</code>', body)[1]
    assert plain == (
        "“Talks open in Geneva”, The Paper, 1 February 2016. https://p.test/1. Archived: https://a.test/2. "
        "Annotated on Ours: https://o.test/articles/2016/talks/. [accessed …]"
    )
    entity = repository.page("entities/geneva.md", publication=OURS).body
    assert "“Geneva”, Ours. https://o.test/entities/geneva/." in entity


def test_a_relation_stands_on_both_pages(repository):
    text = (repository.content / "entities/jane-doe.md").read_text(encoding="utf-8")
    repository.write(
        "entities/jane-doe.md", text.replace("status:", "relations: [{type: lives in, to: geneva}]\nstatus:")
    )
    assert re.search(r"lives in</span> <a[^>]*>Geneva", repository.page("entities/jane-doe.md").body)
    there = repository.page("entities/geneva.md").body
    assert re.search(r">Jane Doe</a> <span[^>]*>lives in</span> Geneva", there)


def test_a_mention_says_how_many_other_articles_name_it(repository):
    assert "named in" not in repository.page("articles/2016/talks.md").body
    repository.write(
        "articles/2016/b.md", "---\ntitle: B\nstatus: published\nentities: [geneva]\n---\n\nGeneva.\n"
    )
    assert "1 mention here; also in 1 other article" in repository.page("articles/2016/talks.md").body


def test_what_is_copied_from_an_arabic_site_has_no_marks_of_direction(repository):
    text = (repository.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    source = "{publisher: The Paper, url: 'https://p.test/1', archived: 'https://a.test/2'}"
    repository.write("articles/2016/talks.md", text.replace("{publisher: The Paper}", source))
    body = repository.page("articles/2016/talks.md", publication=OURS, language="ar").body
    copied = re.findall(r"<code[^>]*>(.*?)</code>", body)
    assert copied
    assert not re.search("[\u2068\u2069]", "".join(copied))


def test_a_sentence_that_several_articles_print_is_shown_once_among_mentions(repository):
    sentence = "The prosecutor told reporters that all of the officials would be asked in {} about the dams"
    for name, place in (("one", "Geneva"), ("two", "GENEVA"), ("three", "Geneva, the city,")):
        text = sentence.format(place)
        repository.write(
            f"articles/2016/{name}.md",
            f"---\ntitle: {name}\nstatus: published\nentities: [{{id: geneva, also: [GENEVA]}}]\n---\n\n{text}.\n",
        )
    tree = html.fromstring(repository.page("entities/geneva.md").body)
    shown = [
        " ".join(li.text_content().split()) for li in tree.xpath("//*[contains(@class, 'dk-passages')]//li")
    ]
    assert sum(one.startswith("The prosecutor") for one in shown) == 2
    assert shown.count("The same sentence as above") == 1


def test_a_sentence_that_names_somebody_twice_is_listed_once_with_both_names_marked(repository):
    repository.write(
        "entities/jane-doe.md",
        "---\ntitle: Jane Doe\ntype: person\nweak_aliases: [Doe]\nstatus: reviewed\n---\n",
    )
    repository.write(
        "articles/2016/said.md",
        """\
        ---
        title: Said
        date: 2016-05-01
        lang: en
        status: published
        entities: [jane-doe]
        ---
        Jane Doe left, and Doe said so. Doe came back.
        """,
    )
    tree = html.fromstring(repository.page("entities/jane-doe.md").body)
    (listed,) = (
        section
        for section in tree.xpath("//*[contains(@class, 'dk-passages')]/section")
        if "Said" in section.text_content()
    )
    shown = [" ".join(li.text_content().split()) for li in listed.xpath(".//li")]
    assert shown == ["Jane Doe left, and Doe said so.", "Doe came back."]
    assert [link.text for link in listed.xpath(".//li[1]/a")] == ["Jane Doe", "Doe"]
    assert len(set(listed.xpath(".//li/a/@href"))) == 3
