"""What a search finds, and the files that it is found in."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.repository import searched

from dossierkit.model.plain import digest, dumps
from dossierkit.model.searched import Findable, SearchEvent, SearchRecord, SearchSentence
from dossierkit.site.search import index as index_files
from dossierkit.site.search import packing, segments, slips
from dossierkit.site.search.date_terms import of_event
from dossierkit.site.search.index import index
from dossierkit.site.search.packing import shards, varints
from dossierkit.site.search.piece import OWN

DOSSIER = """\
    ---
    title: The talks
    description: How they began.
    articles: [2016/talks]
    cast: [jane-doe]
    ---

    A lead about **Montreux**.
    """


def by_path(repository, **settings):
    return {record.path: record for record in searched(repository.compile(**settings))}


def findable(records):
    """Each with a digest that tells it from all others."""
    return [Findable(one.path, partial(lambda record: record, one), digest(dumps(one))) for one in records]


def read(files):
    """Each file unpacked; of `pages/`, as it is: a browser reads a part of it."""
    return {
        path.removeprefix("search/data/"): data if "/pages/" in path else gzip.decompress(data)
        for path, data in files
    }


def every_page(files):
    """What results show of each page."""
    places = b"".join(data for path, data in files.items() if path.startswith("places/"))
    rows = {places[at : at + 10] for at in range(0, len(places), 12)}
    return [page_at(files, row) for row in sorted(rows)]


def page_at(files, row):
    number, start, length = (int.from_bytes(row[at:to]) for at, to in ((0, 2), (2, 6), (6, 10)))
    return json.loads(gzip.decompress(files[f"pages/{number}.dks"][start : start + length]))


def indexed(records):
    return read(index(findable(records), {}))


def found(records, term):
    """Level by address of the page."""
    files = indexed(records)
    stretches = (data for path, data in files.items() if path.startswith("terms/"))
    terms = {term: pairs for data in stretches for term, pairs in unpacked(data).items()}
    pages = ((shown(files, page), level) for page, level in terms.get(term, ()))
    return {page["url"]: level for page, level in pages if "event" not in page}


def found_events(records, term):
    """Level by heading of the event."""
    files = indexed(records)
    stretches = (data for path, data in files.items() if path.startswith("terms/"))
    terms = {term: pairs for data in stretches for term, pairs in unpacked(data).items()}
    pages = ((shown(files, page), level) for page, level in terms.get(term, ()))
    return {page["event"][0]: level for page, level in pages if "event" in page}


def shown(files, page):
    """What a result shows of a page, by its number."""
    places = json.loads(files["index.dks"])["places"]
    row = files[f"places/{page // places}.dks"][page % places * 12 :][:12]
    part, page = int.from_bytes(row[10:]), page_at(files, row)
    return page if not part else {"url": page["url"], "event": page["events"][part - 1]}


def test_an_article_has_its_sentences_with_their_anchors(repository):
    record = by_path(repository)["articles/2016/talks.md"]
    page = repository.page("articles/2016/talks.md").body
    assert [sentence.text for sentence in record.sentences] == [
        "The talks opened on Friday.",
        "Jane Doe came to Geneva & spoke.",
    ]
    assert all(f'id="{sentence.id}"' in page for sentence in record.sentences)
    assert (record.url, record.type, record.year, record.source, record.lang) == (
        "articles/2016/talks/", "article", "2016", "The Paper", "en",
    )  # fmt: skip
    assert record.named == (("jane-doe", 1), ("geneva", 1))
    assert record.note == "1 February 2016 · The Paper"


def test_every_page_that_readers_may_see_is_there_and_no_other(repository):
    repository.write("dossiers/talks.md", DOSSIER)
    repository.write("articles/2016/kept.md", "---\ntitle: Kept\nstatus: draft\n---\n\nText.\n")
    repository.write(
        "articles/2016/soon.md",
        "---\ntitle: Soon\nstatus: published\nembargo: 2030-01-01T00:00Z\n---\n\nText.\n",
    )
    repository.write("articles/2016/gone.md", "---\ntitle: Gone\nstatus: withdrawn\n---\n")
    assert list(by_path(repository, now="2026-01-01T00:00:00Z")) == [
        "articles/2016/talks.md",
        "dossiers/talks.md",
        "entities/geneva.md",
        "entities/jane-doe.md",
    ]
    assert "articles/2016/kept.md" in by_path(repository, drafts=True)


def test_a_page_may_be_left_out(repository):
    file = repository.content / "entities/geneva.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("type: place", "type: place\nsearch: {exclude: true}"), encoding="utf-8")
    assert "entities/geneva.md" not in by_path(repository)


def test_a_tag_finds_its_pages(repository):
    file = repository.content / "articles/2016/talks.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("lang: en", "lang: en\ntags: [ceasefire]"), encoding="utf-8")
    assert found(searched(repository.compile()), "ceasefire").keys() == {"articles/2016/talks/"}


def test_a_dossier_is_found_by_its_lead_and_counts_its_articles(repository):
    repository.write("dossiers/talks.md", DOSSIER)
    records = by_path(repository)
    assert records["articles/2016/talks.md"].dossiers == ("talks",)
    assert found(records.values(), "montreux").keys() == {"dossiers/talks/"}
    facets = json.loads(indexed(records.values())["index.dks"])
    assert facets["dossiers"] == [["talks", "The talks"]]
    assert sum(facets["groups"][0]) == len(records) + 1, "and one event"


@pytest.mark.parametrize("name", ["jane doe", "doe"])
def test_a_name_finds_the_entity_first_and_then_who_names_it(repository, name):
    levels = found(searched(repository.compile()), name)
    assert levels["entities/jane-doe/"] == OWN
    assert 0 < levels["articles/2016/talks/"] < OWN


def test_an_alias_finds_what_was_written_under_another_name(repository):
    assert found(searched(repository.compile()), "جنيف").keys() == {
        "entities/geneva/",
        "articles/2016/talks/",
    }
    assert found(searched(repository.compile()), "@geneva").keys() == {
        "entities/geneva/",
        "articles/2016/talks/",
    }


def test_an_alias_in_cyrillic_finds_the_entity_and_who_names_it(repository):
    path = repository.content / "entities/geneva.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("lang: ar}]", "lang: ar}, {name: Женева, lang: ru}]"),
        encoding="utf-8",
    )
    assert found(searched(repository.compile()), "женева").keys() == {
        "entities/geneva/",
        "articles/2016/talks/",
    }


def test_an_entity_without_a_record_is_found_by_every_name_that_articles_give_it(repository):
    petro = "---\ntitle: {}\nlang: en\nstatus: published\nentities:\n  - {{name: {}, type: organization{}}}\n---\n\n{}\n"
    long, short = "Northern Petroleum Union", "NPU"
    repository.write(
        "articles/2016/long.md", petro.format("One", long, f", also: [{short}]", f"The {long} ({short}) met.")
    )
    repository.write("articles/2016/short.md", petro.format("Two", short, "", f"The {short} left."))
    pages = {"articles/2016/long/", "articles/2016/short/"}
    for name in (long, short):
        levels = found(searched(repository.compile()), name.lower())
        entity = (levels.keys() - pages).pop()
        assert levels[entity] == OWN
        assert pages < levels.keys()


def test_the_page_and_the_data_of_an_entity_without_a_record_have_its_other_names_but_no_part_of_its_name(
    repository,
):
    page = "---\ntitle: {}\nlang: en\nstatus: published\nentities:\n  - {{name: Ada Moreau, type: person, also: [{}]}}\n---\n\nAda Moreau, {}.\n"
    repository.write("articles/2016/one.md", page.format("One", "Moreau", "Moreau"))
    repository.write("articles/2016/two.md", page.format("Two", "The Architect", "The Architect"))
    own = repository.page("entities/ada-moreau-person.md")
    known = own.body.partition("Also known as")[2].partition("</ul>")[0]
    assert re.findall(r"<bdi[^>]*>([^<]*)", known) == ["The Architect"]
    assert '"alternateName":["The Architect"]' in own.meta["dossier_head"]
    compiled = repository.compile()
    for name in ("moreau", "the architect"):
        assert "entities/ada-moreau-person/" in found(searched(compiled), name)


def test_a_hidden_article_gives_an_entity_no_name(repository):
    page = "---\ntitle: {}\nlang: en\nstatus: {}\nentities:\n  - {{name: Zed Union, type: organization, also: [{}]}}\n---\n\nThe Zed Union, {}.\n"
    repository.write("articles/2016/seen.md", page.format("One", "published", "ZU", "ZU"))
    repository.write("articles/2016/kept.md", page.format("Two", "draft", "Zeddies", "Zeddies"))
    assert found(searched(repository.compile()), "zu")
    assert not found(searched(repository.compile()), "zeddies")


def test_a_name_of_two_records_is_the_name_of_neither(repository):
    record = "---\ntitle: {}\ntype: organization\naliases: [Zed Union]\n---\n"
    for name in ("Zed Union of Mars", "Zed Union of Venus"):
        repository.write(f"entities/{name.lower().replace(' ', '-')}.md", record.format(name))
    repository.write(
        "articles/2016/seen.md",
        "---\ntitle: One\nstatus: reviewed\nentities:\n  - {name: Zed Union, type: organization, also: [ZU]}\n---\n\nThe Zed Union, ZU.\n",
    )
    assert found(searched(repository.compile()), "zu").keys() == {"articles/2016/seen/"}


def test_an_event_is_found_by_its_words_its_names_and_its_date(repository):
    records = searched(repository.compile())
    heading = "Talks open"
    (event,) = records[0].events
    assert (event.text, event.date, event.year, event.articles) == (heading, "2016-01-29", "2016", 1)
    assert records[0].sentences[event.sentence].text == "The talks opened on Friday."
    for term in ("open", "friday", "#2016", "#2016-01", "#2016-01-29", "#01-29"):
        assert heading in found_events(records, term), term
    assert found_events(records, "#2016-02") == {}


@pytest.mark.parametrize(
    ("date", "terms"),
    [
        ("2016-05-29", {"#2016": 6, "#2016-05": 6, "#2016-05-29": 6, "#05-29": 6}),
        ("2016", {"#2016": 6}),
        ("2016-05-30/2016-06-01", {"#2016": 6, "#2016-05": 3, "#2016-06": 3, "#2016-05-30": 3, "#2016-05-31": 3, "#2016-06-01": 3}),
        ("2011/2013", {"#2011": 3, "#2012": 3, "#2013": 3}),
        ("2012/..", {"#2012": 6, "#2012-01": 6, "#2012-01-01": 6, "#01-01": 6}),
        ("XXXX-04", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_date_has_a_term_for_each_time_it_may_lie_in(date, terms):
    assert of_event(date) == terms


@pytest.mark.parametrize(
    ("date", "months", "days"),
    [
        ("2016-01-01/2016-07-03", 7, 0),  # 184 days after the first: the longest half of a year
        ("2016-01-01/2016-07-04", 0, 0),
        ("2015-07-01/2016-01-01", 7, 0),
        ("2015-07-01/2016-01-02", 0, 0),
        ("2016-05-01/2016-05-31", 1, 31),
        ("2016-05-01/2016-06-01", 2, 0),
        ("2016-05-15/2016-06-14", 2, 31),
    ],
)
def test_a_long_time_has_terms_for_its_years_alone(date, months, days):
    found = [term.count("-") for term in of_event(date)]
    assert (found.count(1), found.count(2)) == (months, days)


def test_terms_of_centuries_end():
    assert len(of_event("1800/1950")) == len(of_event("1800/1900")) == 101
    assert len(of_event("1800/1899")) == 100


@pytest.mark.parametrize(
    ("word", "kept"),
    [("bay", False), ("bays", True), ("x" * 24, True), ("x" * 25, False), ("b4ys", False)],
)
def test_slips_are_of_words_of_four_to_twenty_four_letters(word, kept):
    found = slips.slips({word: b"\x00\x00"}, ())
    assert set(found) == (set(slips.forms(word)) if kept else set())


@pytest.mark.parametrize("coded", [b"\x08", b"\xff\xff\xff\xff\xff\xff\xff\x01"])
def test_a_word_of_one_page_is_nobodys_slip(coded):
    assert slips.slips({"bays": coded}, ()) == {}


@pytest.mark.parametrize(
    ("last", "term", "first"),
    [
        ("abcd", "abce", "abce"),
        ("abcd", "b", "b"),
        ("abcd", "bcde", "b"),
        ("abcd", "acde", "ac"),
        ("ab", "abcd", "abc"),  # the one before is its beginning
    ],
)
def test_a_stretch_begins_with_what_tells_its_first_term_from_the_one_before(monkeypatch, last, term, first):
    monkeypatch.setattr(packing, "_SHARD", 1)
    assert [shard.first for shard in shards({last: b"\x00", term: b"\x00"})] == ["", first]


def test_nothing_but_its_first_day_is_known_of_what_has_an_open_end():
    assert of_event("2012-05/..") == of_event("2012-05-01")


@pytest.mark.parametrize(
    ("word", "forms"),
    [("geneva", ["=gnv", "-eneva"]), ("allepo", ["=lp", "-lepo"]), ("aleppo", ["=lp", "-lepo"]), ("eau", ["=eau", "-au"])],
)  # fmt: skip
def test_slips_leave_a_word_in_one_of_its_forms(word, forms):
    assert list(slips.forms(word)) == forms


def test_words_of_names_are_put_right_as_they_are_written(repository):
    files = indexed(searched(repository.compile()))
    known = {}
    for path, data in files.items():
        if path.startswith("slips/"):
            known.update(unpacked_text(data))
    assert "Geneva" in known["=gnv"].split()
    assert "Geneva" in known["-eneva"].split()


def test_a_word_of_the_title_weighs_more_than_one_of_the_text(repository):
    levels = {
        term: found(searched(repository.compile()), term)["articles/2016/talks/"]
        for term in ("open", "spoke")
    }
    assert levels["open"] > levels["spoke"]


def test_the_same_pages_give_the_same_bytes(repository):
    records = searched(repository.compile())
    assert dict(index(findable(records), {})) == dict(index(findable(reversed(records)), {}))


def test_the_index_does_not_depend_on_the_order_of_sets(tmp_path):
    code = (
        "import hashlib; from dossierkit.site.search.index import index;"
        "from dossierkit.model.searched import Findable as F, SearchRecord as R;"
        "rows = [R(f'entities/{n}.md', f'{n}/', 'person', f'Name {n}', names=(f'N{n}', 'Same'), named=((str(n), 1),)) for n in range(50)];"
        "print(hashlib.sha256(b''.join(data for _, data in index([F(row.path, lambda row=row: row) for row in rows], {}))).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_another_build_has_another_version(repository):
    versions = []
    for text in ("came", "went"):
        file = repository.content / "articles/2016/talks.md"
        file.write_text(file.read_text(encoding="utf-8").replace("came", text), encoding="utf-8")
        versions.append(json.loads(indexed(searched(repository.compile()))["index.dks"])["version"])
    assert versions[0] != versions[1]


def test_a_result_shows_no_more_than_it_needs(repository):
    files = indexed(searched(repository.compile()))
    assert {
        "url": "entities/jane-doe/",
        "type": "person",
        "title": "Jane Doe",
        "note": "Person",
        "id": "jane-doe",
        "names": ["Doe"],
    } in every_page(files)


def test_an_empty_site_has_an_index(empty):
    assert json.loads(indexed(searched(empty.compile()))["index.dks"])["pages"] == 0


def unpacked_text(data):
    """A stretch whose entries are words."""
    return {form: bytes_.decode() for form, bytes_ in entries(data)}


def unpacked(data):
    """What reading.js does, in Python: the terms of a stretch with (page, level) pairs."""
    return {term: list(pairs(coded)) for term, coded in entries(data)}


def pairs(coded):
    at, page = 0, -1
    while at < len(coded):
        value, at = number(coded, at)
        page += (value >> 3) + 1
        yield page, value & 7


def number(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def entries(data):
    """The terms of a stretch, each with its bytes."""
    at, name = 0, b""
    while at < len(data):
        shared, at = number(data, at)
        length, at = number(data, at)
        name = name[:shared] + data[at : at + length]
        size, at = number(data, at + length)
        yield name.decode(), data[at : at + size]
        at += size


def units(term):
    """As JavaScript compares strings."""
    return term.encode("utf-16-be")


def gaps(pairs):
    """Postings as they are coded."""
    after = 0
    for page, level in pairs:
        yield varints((page - after << 3 | level,))
        after = page + 1


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
        st.dictionaries(st.integers(0, 100_000), st.integers(1, 7), min_size=1),
        max_size=40,
    )
)
def test_what_is_packed_is_read_back(terms):
    coded = {term: b"".join(gaps(sorted(pages.items()))) for term, pages in terms.items()}
    read_back = {}
    for shard in shards(coded):
        part = unpacked(shard.data)
        assert next(iter(part)).startswith(shard.first)
        assert all(units(term) < units(shard.first) for term in read_back)
        read_back.update(part)
    assert read_back == {term: sorted(pages.items()) for term, pages in terms.items()}
    assert list(read_back) == sorted(read_back, key=units)


def test_stretches_are_of_one_size_however_many_pages_there_are():
    for number in (100, 5000):
        rows = [SearchRecord(f"articles/{n}.md", f"{n}/", "article", f"T{n}") for n in range(number)]
        files = indexed(rows)
        assert max(len(data) for path, data in files.items() if path.startswith("terms/")) < 13_000


def test_the_first_file_does_not_grow_with_the_dictionary(monkeypatch):
    """Where there are many stretches, their beginnings are read by the block."""
    monkeypatch.setattr(packing, "_SHARD", 200)
    monkeypatch.setattr(index_files, "_FEW", 6)
    monkeypatch.setattr(index_files, "_EVERY", 4)
    rows = [
        SearchRecord(
            f"articles/{n}.md", f"{n}/", "article", " ".join(f"w{n * 37 + at:07x}" for at in range(37))
        )
        for n in range(30)
    ]
    files = indexed(rows)
    table = json.loads(files["index.dks"])["terms"]
    count = sum(path.startswith("terms/") for path in files)
    assert table["count"] == count > 6
    assert (table["every"], len(table["firsts"])) == (4, -(-count // 4))
    blocks = [json.loads(files[f"terms-firsts/{number}.dks"]) for number in range(len(table["firsts"]))]
    assert [block[0] for block in blocks] == table["firsts"]
    firsts = [first for block in blocks for first in block]
    for number, first in enumerate(firsts):
        assert next(iter(unpacked(files[f"terms/{number}.dks"]))).startswith(first)


def test_numbers_are_written_in_sevens():
    assert varints((0, 127, 128, 300)) == b"\x00\x7f\x80\x01\xac\x02"


WORDS = st.lists(
    st.sampled_from("talks opened in Geneva Doe spoke جنيف the UN of 2016".split()), max_size=12
).map(" ".join)
FEW = st.sampled_from(["", "a", "b"])
NUMBERS = st.integers(0, 4)


DATES = st.sampled_from(["", "2016-05-29", "2016-05", "2015-11/2016-02", "2012/..", "XXXX-04"])


@st.composite
def an_event(draw):
    return SearchEvent(
        id="t-1",
        text=draw(WORDS),
        date=draw(DATES),
        words="",
        year=draw(FEW),
        sentence=-1,
        articles=draw(NUMBERS),
        named=tuple(draw(st.sets(NUMBERS.map(str), max_size=2).map(sorted))),
        unreviewed=draw(st.booleans()),
    )


@st.composite
def a_page(draw):
    """A page of an article, an entity or a dossier, one of five paths each: most changes meet a page that others name."""
    kind, number = draw(st.sampled_from(["articles", "entities", "dossiers"])), draw(NUMBERS)
    own = ((str(number), 1),) if kind == "entities" else ()
    named = draw(st.dictionaries(NUMBERS.map(str), st.integers(1, 9), max_size=3))
    return SearchRecord(
        path=f"{kind}/{number}.md",
        url=f"{kind}/{number}/",
        type={"articles": "article", "entities": "person", "dossiers": "dossier"}[kind],
        title=draw(WORDS),
        lang=draw(FEW),
        year=draw(FEW),
        source=draw(FEW),
        sort=draw(DATES) if kind == "articles" else "",
        events=tuple(draw(st.lists(an_event(), max_size=2))) if kind == "articles" else (),
        description=draw(WORDS),
        dossiers=(str(number),) if kind == "dossiers" else tuple(filter(None, (draw(FEW),))),
        names=tuple(draw(st.lists(WORDS, max_size=2))) if own else (),
        named=own or tuple(named.items()),
        sentences=tuple(SearchSentence(f"s-{n}", text) for n, text in enumerate(draw(st.lists(WORDS, max_size=3)))),
    )  # fmt: skip


class Shelf:
    """What lies on it outlives an index, as its files do."""

    def __init__(self):
        self.blobs, self.files = {}, {}

    def take(self, name):
        return self.blobs.get(name)

    def put(self, name, blob):
        self.blobs[name] = blob

    def file(self, name):
        return self.files[name]


CHANGES = st.lists(st.tuples(st.booleans(), a_page()), min_size=1, max_size=8)


@settings(deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=5), st.integers(1, 4), st.integers(1, 4))
def test_an_index_made_of_an_earlier_one_is_that_of_a_clean_build(rounds, pages, pack):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_files, "_PACK", pack)
        patch.setattr(segments, "_PAGES", pages)
        site, shelf = {}, Shelf()
        for changes in rounds:
            for goes, record in changes:
                site.pop(record.path, None)
                if not goes:
                    site[record.path] = record
            shelf.files.update(index(findable(site.values()), {}, shelf))
            clean = dict(index(findable(site.values()), {}))
            assert {path: shelf.files[path] for path in clean} == clean


class Foreign(Shelf):
    """Another build has written the files since it was asked whether they are there."""

    def file(self, name):
        return b""


def test_pages_of_a_file_that_became_another_are_made_again():
    one, two = (SearchRecord(f"{name}.md", f"{name}/", "article", name) for name in "ab")
    shelf = Foreign()
    shelf.files.update(index(findable([one, two]), {}, shelf))
    edited = replace(two, title="c")
    assert dict(index(findable([one, edited]), {}, shelf)) == dict(index(findable([one, edited]), {}))


def test_the_postings_of_what_is_found_by_the_same_terms_stay(monkeypatch):
    monkeypatch.setattr(segments, "_PAGES", 1)
    closed, rain = SearchSentence("s1", "The bridge was closed."), SearchSentence("s2", "Rain fell.")
    event = SearchEvent("e1", "Bridge closed", "2016", "2016", "2016", 0, 1)
    page = SearchRecord("a.md", "a/", "article", "Flood", sentences=(closed, rain), events=(event,))
    shelf = Shelf()
    shelf.files.update(index(findable([page]), {}, shelf))
    before = dict(shelf.blobs)
    edited = replace(page, sentences=(closed, SearchSentence("s2", "Snow fell.")))
    shelf.files.update(index(findable([edited]), {}, shelf))
    stays = {name: shelf.blobs[name] == before[name] for name in shelf.blobs if name.startswith("segment ")}
    assert stays == {"segment a.md": False, "segment a.md#1": True}


def test_a_new_name_of_an_entity_finds_pages_that_are_as_they_were(repository):
    shelf = Shelf()
    shelf.files.update(index(findable(searched(repository.compile())), {}, shelf))
    file = repository.content / "entities/geneva.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("aliases: [", "aliases: [Genf, "), encoding="utf-8"
    )
    records = findable(searched(repository.compile()))
    files = read(
        index(
            [one if "entities" in one.path else replace(one, make=pytest.fail) for one in records], {}, shelf
        )
    )
    stretches = [unpacked(data) for path, data in files.items() if path.startswith("terms/")]
    assert [len(terms["genf"]) for terms in stretches if "genf" in terms] == [2]


def test_a_page_as_it_was_is_not_looked_at(repository):
    records = searched(repository.compile())
    shelf = Shelf()
    files = dict(index(findable(records), {}, shelf))
    unmade = [replace(one, make=pytest.fail) for one in findable(records)]
    again = dict(index(unmade, {}, shelf))
    assert again == {path: data for path, data in files.items() if "/pages/" not in path}


def test_what_may_have_changed_is_made_anew(repository):
    shelf = Shelf()
    for _ in range(2):
        untold = [replace(one, rests="") for one in findable(searched(repository.compile()))]
        assert sum("/pages/" in path for path, _ in index(untold, {}, shelf)) == 1
    assert not any("/pages/" in name for name in shelf.blobs)


def test_one_page_more_touches_one_file_of_others():
    rows = [
        SearchRecord(f"articles/{n}.md", f"articles/{n}/", "article", f"T{n}", named=()) for n in range(300)
    ]
    before, after = (dict(index(findable(some), {})) for some in (rows[1:], rows))
    pages = {path for path in after if "/pages/" in path}
    assert len({path for path in pages if before.get(path) != after[path]}) == 1
