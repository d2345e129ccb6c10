"""Saved pages in the manners of the web (tests/ingest/wild, written for this project, CC0), each with what is right for it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.layer import layer
from dossierkit.ingest.html.byline import shown_day
from dossierkit.ingest.reader import read

WILD = Path(__file__).parent / "wild"
ANSWERS = read_yaml(WILD / "answers.yml")
WORD = re.compile(r"\w+")
NOT_FOUND = {"42-agency-copy": "publisher", "48-custom-elements": "author"}
"""A publisher in the second line of a byline, and an author in an element of the page's own making."""


def words(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_facts_of_a_page(name):
    right = ANSWERS[name]
    found = read("page.html", (WILD / f"{name}.html").read_bytes())
    assert found.title == right["title"]
    assert (found.published or "") == right["date"]
    said = {"author": found.author or "", "publisher": words(found.publisher or "")}
    expected = {"author": right["author"], "publisher": words(right["publisher"])}
    wrong = {field for field in said if said[field] != expected[field]}
    assert wrong == {NOT_FOUND[name]} if name in NOT_FOUND else not wrong, said
    assert (found.lang or "") == right.get("lang", found.lang or "")
    assert {"title", *(["published"] if right["date"] else [])} <= dict(found.origins).keys()


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_the_text_of_a_page(name):
    right = [words(one) for one in ANSWERS[name]["body"]]
    markdown = read("page.html", (WILD / f"{name}.html").read_bytes()).markdown
    found = [words(one) for one in layer(renderer(("tables",), {})(markdown)).text.split("\n") if words(one)]
    missing = Counter(right) - Counter(found)
    added = Counter(found) - Counter(right)
    assert sum(missing.values()) <= 1
    assert sum(len(one.split()) for one in added) <= 16


def test_all_pages_together_are_as_good_as_the_documentation_says():
    said = added = right = 0
    for name, answer in ANSWERS.items():
        markdown = read("page.html", (WILD / f"{name}.html").read_bytes()).markdown
        found = Counter(words(layer(renderer(("tables",), {})(markdown)).text).split())
        wanted = Counter(words(" ".join(answer["body"])).split())
        added, said, right = added + (found & wanted).total(), said + found.total(), right + wanted.total()
    assert added / said > 0.98
    assert added / right > 0.98


@pytest.mark.parametrize(
    ("line", "lang", "day"),
    [
        ("Friday, 13 May 2016", "en", "2016-05-13"),
        ("May 13th, 2016 10:00", "en", "2016-05-13"),
        ("le 1er mai 2016", "fr", "2016-05-01"),
        ("13. Mai 2016", "de", "2016-05-13"),
        ("13 de mayo de 2016", "es", "2016-05-13"),
        ("١٣ أيار/مايو ٢٠١٦", "ar", "2016-05-13"),
        ("13 мая 2016", "ru", "2016-05-13"),
        ("13.05.2016", "de", "2016-05-13"),
        ("2016/05/13", "", "2016-05-13"),
        ("05/13/2016", "en", "2016-05-13"),
        ("05/06/2016", "fr", "2016-06-05"),
        ("05/06/2016", "en", ""),
        ("05/06/2016", "en-US", "2016-05-06"),
        ("31 April 2016", "en", ""),
        ("May 2016", "en", ""),
        ("room 13.05", "en", ""),
    ],
)
def test_days_as_pages_show_them(line, lang, day):
    assert shown_day(line, lang) == day


def test_the_day_of_a_change_is_not_that_of_publication():
    page = (
        "<html><body><h1>Talks open in the old town hall</h1><p>Last updated 9 June 2016</p><p>"
        + "The envoy said that a new round would be called when both sides were ready. " * 4
        + "</p></body></html>"
    )
    assert read("x.html", page.encode()).published is None
