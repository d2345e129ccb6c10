"""Cards: lines that fit, no character that cannot be drawn, PNGs drawn once."""

from __future__ import annotations

import struct
import zlib
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierkit.build import card_images
from dossierkit.build.card_images import keep_only, picture
from dossierkit.site.cards.picture import Card, drawable, fit, svg, width
from dossierkit.site.interface import Publication

SITE = Publication("News", "All of it.", "https://news.example/", cards=1)
SIZES = ((84, 2), (60, 4), (46, 6))


def card(title="A title", direction="ltr", **more):
    return Card(title, direction, "Article", ("The Paper", "1 May 2016"), "News", more or {"person": 1})


@given(st.text(alphabet="abcdefgh ijklmé وقفالأعم-", min_size=1, max_size=400).filter(str.strip))
@settings(deadline=None)
def test_lines_fit_and_say_the_title(title):
    fitted = fit(title, 1040, SIZES)
    most = dict(SIZES)[fitted.size]
    assert 1 <= len(fitted.lines) <= most
    assert all(width(line) * fitted.size <= 1040 * 1000 + fitted.size * 1000 for line in fitted.lines)
    said = "".join("".join(fitted.lines).split())
    assert "".join(title.split()).startswith(said.removesuffix("…"))


def test_lines_are_of_like_length():
    fitted = fit("MESOP Syria Daily: Lead Opposition-Rebel Negotiator Alloush Quits", 1040, ((72, 3),))
    lengths = [width(line) for line in fitted.lines]
    assert min(lengths) > max(lengths) * 0.5


@pytest.mark.parametrize(
    ("title", "can"),
    [
        ("Zürich – “1945”", True),
        ("وقف الأعمال العدائية", True),
        ("Москва", True),
        ("東京", False),
        ("A 🙂", False),
    ],
)
def test_only_what_the_font_has_is_drawn(title, can):
    assert drawable(title) is can


def test_what_is_written_is_text():
    root = ET.fromstring(svg(card("<b>A & B</b>")))
    said = [
        "".join(node.itertext()).strip("\u2066\u2067\u2069")
        for node in root.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert "<b>A & B</b>" in said


def test_arabic_begins_at_the_right():
    root = ET.fromstring(svg(card("وقف الأعمال", "rtl")))
    title = next(node for node in root.iter("{http://www.w3.org/2000/svg}text") if "وقف" in node.text)
    assert (title.get("text-anchor"), title.get("x")) == ("end", "1120")
    assert title.text[0] == "\u2067"


def measures(png):
    """Width and height of a PNG."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


@pytest.fixture
def drawn(monkeypatch):
    """How often a card was drawn since it was looked at last."""
    calls = []
    real = card_images._draw
    monkeypatch.setattr(card_images, "_draw", lambda svg: calls.append(svg) or real(svg))

    def since():
        found = len(calls)
        calls.clear()
        return found

    return since


def test_a_picture_is_drawn_once_and_again_when_it_shows_something_else(tmp_path, drawn):
    one, two = svg(card("One")), svg(card("Two"))
    first = picture(tmp_path, "cards/a.png", one)
    assert measures(first) == (1200, 630)
    assert drawn() == 1
    assert (picture(tmp_path, "cards/a.png", one), drawn()) == (first, 0)
    assert picture(tmp_path, "cards/a.png", two) != first
    assert drawn() == 1


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: b"", lambda data: data[:40] + b"x" + data[41:]]
)
def test_a_kept_picture_that_is_damaged_is_drawn_again(tmp_path, drawn, spoil):
    first = picture(tmp_path, "cards/a.png", svg(card("One")))
    (file,) = tmp_path.iterdir()
    file.write_bytes(spoil(file.read_bytes()))
    drawn()
    assert (picture(tmp_path, "cards/a.png", svg(card("One"))), drawn()) == (first, 1)


def test_pictures_of_pages_that_are_gone_are_not_kept(tmp_path):
    for path in ("cards/a.png", "cards/b.png"):
        picture(tmp_path, path, svg(card("One")))
    keep_only(tmp_path, ["cards/b.png"])
    assert len(list(tmp_path.iterdir())) == 1


WORD = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="60"><rect width="160" height="60" fill="#fff"/>'
    '<text x="10" y="40" font-family="Dossier Card" font-weight="600" font-size="24">{}</text></svg>'
)


def test_arabic_letters_join(tmp_path):
    """Joined letters are narrower than the same ones kept apart, and none of them is the box of a missing one."""
    words = {"joined": "سلام", "apart": "س\u200cل\u200cا\u200cم", "boxes": "東東東東"}
    inked = {name: columns(picture(tmp_path, name, WORD.format(word))) for name, word in words.items()}
    assert 10 < inked["joined"] < inked["apart"]
    assert len(set(inked.values())) == 3


def columns(png):
    """How many columns of a picture in RGBA have dark pixels."""
    data, place = b"", 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        data += png[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += length + 12
    wide, high = measures(png)
    raw, stride = zlib.decompress(data), wide * 4
    previous, dark = bytes(stride), bytearray(wide)
    for y in range(high):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        for i in range(stride):
            left, corner = (line[i - 4], previous[i - 4]) if i >= 4 else (0, 0)
            up = previous[i]
            line[i] = (line[i] + (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]) & 255
        previous = bytes(line)
        for x in range(wide):
            dark[x] |= line[x * 4] < 128
    return sum(dark)


def paeth(a, b, c):
    p = a + b - c
    return min((a, b, c), key=lambda value: (abs(p - value), (a, b, c).index(value)))


def test_pages_have_a_card_or_the_home_page_s(repository):
    article = repository.page("articles/2016/talks.md", publication=SITE).meta["dossier_head"]
    assert 'property="og:image" content="https://news.example/cards/articles/2016/talks.png"' in article
    entity = repository.page("entities/geneva.md", publication=SITE).meta["dossier_head"]
    assert 'property="og:image" content="https://news.example/cards/index.png"' in entity
    assert set(repository.compile(publication=SITE).cards) == {
        "cards/index.png",
        "cards/articles/2016/talks.png",
    }
    without = repository.compile(publication=Publication("News"))
    assert without.cards == {}
    assert not any("og:image" in page.meta["dossier_head"] for page in without.pages)


def test_as_many_of_the_newest_articles_have_a_card_as_the_site_asks_for(repository):
    text = (repository.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    for day, title in (("2016-02-05", "Newer"), ("2016-02-09", "東京")):
        page = text.replace("2016-02-01", day).replace("Talks open in Geneva", title)
        repository.write(f"articles/2016/{day}.md", page)
    cards = repository.compile(publication=Publication("News", cards=2)).cards
    assert set(cards) == {"cards/index.png", "cards/articles/2016/2016-02-05.png"}
    page = repository.page("articles/2016/2016-02-09.md", publication=Publication("News", cards=2))
    assert 'content="../../../cards/index.png"' in page.meta["dossier_head"]


def test_no_card_says_what_is_kept_back(repository):
    hidden = "---\ntitle: Zqtitle\ndate: 2016-02-02\nsource: {publisher: Zqpublisher}\n%s\nentities: [geneva]\n---\n\nGeneva.\n"
    for name, state in {
        "zqdraft": "status: draft",
        "zqembargo": "status: published\nembargo: 2030-01-01T00:00Z",
        "zqgone": "status: withdrawn\nwithdrawn: {reason: R.}",
    }.items():
        repository.write(f"articles/2016/{name}.md", hidden % state)
    repository.write(
        "dossiers/zqdossier.md", "---\ntitle: Zqdossier\nstatus: draft\narticles: []\n---\n\nLead.\n"
    )
    cards = repository.compile(publication=Publication("News", cards=100), now="2026-01-01T00:00:00Z").cards
    assert "cards/articles/2016/talks.png" in cards
    assert "zq" not in "".join((*cards, *(compose() for compose in cards.values()))).lower()
