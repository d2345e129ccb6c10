"""Commas and quotation marks of lines that are put together are those of the interface's language."""

from __future__ import annotations

import re

import icalendar
import pytest
from lxml import html

from dossierkit.export.dataset import Dataset
from dossierkit.export.formats import FORMATS
from dossierkit.site.interface import Publication
from dossierkit.site.script_words import script
from dossierkit.site.strings import Strings

OURS = Publication(name="The site", address="https://site.test/")
PLACE = """\
    ---
    title: {}
    type: place
    status: reviewed
    ---
    """
ARTICLE = """\
    ---
    title: The road
    date: 2016-05-30
    lang: en
    source: {publisher: The Paper}
    status: published
    entities: [geneva, lausanne, montreux]
    timeline:
      - {date: 2016-05-30, text: The road opens, quote: "road from Geneva to Lausanne and Montreux opened"}
    ---
    The road from Geneva to Lausanne and Montreux opened.
    """
DOSSIER = """\
    ---
    title: Roads
    articles: [2016/road]
    status: published
    ---
    """


@pytest.fixture
def roads(repository):
    for name in ("Lausanne", "Montreux"):
        repository.write(f"entities/{name.lower()}.md", PLACE.format(name))
    repository.write("articles/2016/road.md", ARTICLE)
    repository.write("dossiers/roads.md", DOSSIER)
    located = repository.content / "entities" / "geneva.md"
    text = re.sub(r"\nlocation:.*", "", located.read_text(encoding="utf-8"))
    located.write_text(
        text.replace("type: place", "type: place\nlocation: {lat: 46.2, lon: 6.15, precision: city}"),
        encoding="utf-8",
    )
    return repository


def words(page, path):
    (found,) = html.fromstring(f"<div>{page.body}</div>").xpath(path)
    return " ".join("".join(found.itertext()).split())


@pytest.mark.parametrize(
    ("lang", "cited"),
    [
        ("en", "“The road”, The Paper, 30 May 2016."),
        ("fr", "«\u00a0The road\u00a0», The Paper, 30 mai 2016."),
        ("ar", "«The road»، The Paper، 30 أيار/مايو 2016."),
    ],
)
def test_a_citation_has_the_commas_of_its_language(roads, lang, cited):
    page = roads.page("articles/2016/road.md", publication=OURS, language=lang)
    assert cited.replace("\u00a0", " ") in words(page, "(//*[@class='dk-cite__form'])[1]")


def test_latin_parts_of_an_arabic_citation_keep_their_own_direction_and_the_text_is_as_copied(roads):
    page = roads.page("articles/2016/road.md", publication=OURS, language="ar")
    (code,) = html.fromstring(f"<div>{page.body}</div>").xpath("(//*[@class='dk-cite__form'])[1]//code")
    isolated = ["The road", "The Paper", "The site", "https://site.test/articles/2016/road/"]
    assert code.get("dir") == "rtl"
    assert [one.text for one in code.xpath("./bdi")] == isolated
    assert "The site: https://site.test/articles/2016/road/. [" in code.text_content()


@pytest.mark.parametrize(("lang", "comma"), [("en", ", "), ("fr", ", "), ("ar", "، ")])
def test_a_map_s_places_without_coordinates_are_listed_with_commas_of_its_language(roads, lang, comma):
    page = roads.page("dossiers/roads.md", publication=OURS, language=lang)
    line = words(page, "//*[contains(@class, 'dk-map')]//p[a[contains(@href, 'lausanne')]]")
    assert line.endswith(f"Lausanne{comma}Montreux")


@pytest.mark.parametrize(
    ("lang", "west", "scale"),
    [("en", "°W", "km"), ("fr", "°O", "km"), ("ar", "° غ", "كم")],
)
def test_a_map_has_the_compass_and_the_scale_of_its_language(roads, lang, west, scale):
    geneva = roads.content / "entities" / "geneva.md"
    geneva.write_text(geneva.read_text(encoding="utf-8").replace("lon: 6.15", "lon: -6.15"), encoding="utf-8")
    (drawing,) = html.fromstring(roads.page("dossiers/roads.md", publication=OURS, language=lang).body).xpath(
        "//*[name()='svg' and contains(@class, 'dk-map__svg')]"
    )
    texts = [text.text_content().strip("\u2067\u2069") for text in drawing.xpath(".//*[name()='text']")]
    assert any(text.endswith(west) for text in texts)
    assert any(text.split()[-1:] == [scale] for text in texts)


@pytest.mark.parametrize(("lang", "quote"), [("en", "“{}”"), ("fr", "«\u00a0{}\u00a0»"), ("ar", "«{}»")])
def test_quotes_of_the_calendar_and_of_scripts_have_the_marks_of_the_language(roads, lang, quote):
    compiled = roads.compile(publication=OURS, language=lang)
    (parts,) = FORMATS["ics"].make(Dataset(compiled.frame)).values()
    events = icalendar.Calendar.from_ical("".join(parts)).walk("VEVENT")
    told = "".join(str(event["DESCRIPTION"]) for event in events).replace("\u2068", "").replace("\u2069", "")
    assert quote.format("road from Geneva to Lausanne and Montreux opened") in told
    assert quote.format("{words}") in script(Strings(lang))
