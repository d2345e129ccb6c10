"""What was extracted is kept, and what is kept is what would be extracted now."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierkit.cache.extractions import FOLDER, ExtractionCache, keep, records_digest
from dossierkit.extract.authority import build
from dossierkit.extract.pipeline import extract
from dossierkit.model.finding import Extraction
from dossierkit.model.record import Name, Record
from dossierkit.model.source import Article

TEXT = (
    "Ada Vance left Geneva on Sunday. “Since 2012 the Orchard Growers Council (OGC) has waited,” Vance said."
)
ARTICLE = Article("2016/a", TEXT, title="Vance leaves", published="2016-05-30")
VANCE = Record("vance", "Ada Vance", "person", aliases=(Name("A. Vance"),))


class Counting:
    """An extractor that counts its calls."""

    def __init__(self, *records: Record) -> None:
        self.authority = build(records)
        self.calls = 0

    def __call__(self, article: Article) -> Extraction:
        self.calls += 1
        return extract(article, self.authority)


def kept(root: Path, fresh: Counting, *records: Record, basis: str = "1") -> Extraction:
    return ExtractionCache(root / FOLDER, basis).extracted(records, fresh)(ARTICLE)


def files(root: Path) -> list[Path]:
    return sorted(path for path in (root / FOLDER).rglob("*") if path.is_file())


def test_the_second_time_nothing_is_extracted(tmp_path: Path) -> None:
    fresh = Counting()
    assert kept(tmp_path, fresh) == kept(tmp_path, fresh) == extract(ARTICLE, build())
    assert fresh.calls == 1
    assert len(files(tmp_path)) == 1


PIECES = st.sampled_from(
    [
        "Ada Vance", "Staffan de Mistura", " met ", " said on Friday", "in April 2016", "من آذار", ". ", "\n\n", "\ud800",
        "the OGC", "(OGC)", "\x00", "yesterday", "🙂", "1 and 2 May ", "Resolution 2254 of the Security Council",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join),
    title=st.text(max_size=12),
    published=st.sampled_from([None, "2016", "2016-05", "2016-05-30"]),
    lang=st.sampled_from(["en", "fr", "ar", "xx", "en-GB"]),
)
def test_what_is_kept_is_what_would_be_extracted(
    tmp_path_factory: pytest.TempPathFactory, text: str, title: str, published: str | None, lang: str
) -> None:
    root = tmp_path_factory.mktemp("findings")
    article, fresh = Article("a", text, title, published, lang), Counting(VANCE)
    read = [ExtractionCache(root / FOLDER, "1").extracted([VANCE], fresh)(article) for _ in range(2)]
    assert fresh.calls == 1
    assert read == [extract(article, fresh.authority)] * 2
    assert repr(read[0]) == repr(read[1])


@pytest.mark.parametrize(
    "changed",
    [
        {"text": TEXT + " "},
        {"title": "Vance stays"},
        {"published": None},
        {"published": "2016-05-31"},
        {"lang": "fr"},
    ],
)
def test_another_article_is_extracted_anew(tmp_path: Path, changed: dict[str, str | None]) -> None:
    fresh = Counting()
    kept(tmp_path, fresh)
    other = replace(ARTICLE, **changed)
    assert ExtractionCache(tmp_path / FOLDER, "1").extracted((), fresh)(other) == extract(other, build())
    assert fresh.calls == 2


def test_an_article_under_another_id_is_not_extracted_again(tmp_path: Path) -> None:
    fresh = Counting()
    kept(tmp_path, fresh)
    assert (
        ExtractionCache(tmp_path / FOLDER, "1").extracted((), fresh)(replace(ARTICLE, id="2016/b")).id
        == "2016/b"
    )
    assert fresh.calls == 1


@pytest.mark.parametrize(
    "record",
    [
        replace(VANCE, id="ada"),
        replace(VANCE, title="Ada M. Vance"),
        replace(VANCE, type="place"),
        replace(VANCE, aliases=()),
        replace(VANCE, weak_aliases=(Name("Vance"),)),
        replace(VANCE, not_same_as=("other",)),
        replace(VANCE, status="withdrawn"),
    ],
)
def test_what_a_record_says_counts(tmp_path: Path, record: Record) -> None:
    fresh = Counting()
    kept(tmp_path, fresh, VANCE)
    kept(tmp_path, fresh, record)
    assert fresh.calls == 2


def test_the_order_and_the_prose_of_records_do_not_count() -> None:
    other = Record("geneva", "Geneva", "place")
    assert records_digest([VANCE, other]) == records_digest([other, replace(VANCE, body="Born in Bern.")])


def test_another_basis_counts(tmp_path: Path) -> None:
    fresh = Counting()
    kept(tmp_path, fresh)
    kept(tmp_path, fresh, basis="2")
    assert fresh.calls == 2


def other_format(data: bytes) -> bytes:
    return data.replace(b"findings 2", b"findings 1")


def not_an_extraction(_data: bytes) -> bytes:
    return b"[1]"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-5],
        lambda data: data.replace(b"Ada Vance", b"Ada Vanse"),
        lambda data: b"\xff\x00" + data,
        other_format,
        not_an_extraction,
    ],
)
def test_what_is_broken_or_foreign_is_passed_over_and_written_anew(tmp_path: Path, damage) -> None:
    fresh = Counting()
    first = kept(tmp_path, fresh)
    (file,) = files(tmp_path)
    good = file.read_bytes()
    file.write_bytes(damage(good))
    assert kept(tmp_path, fresh) == first
    assert fresh.calls == 2
    assert file.read_bytes() == good


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_folder_that_cannot_be_made_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder should be", encoding="utf-8")
    fresh = Counting()
    assert kept(tmp_path, fresh) == kept(tmp_path, fresh)
    assert fresh.calls == 2


class Finder:
    """Finds one name, and counts."""

    def __init__(self) -> None:
        self.calls = 0

    def reads(self, lang: str) -> bool:
        return True

    def find(self, text: str, sentences: object) -> list[tuple[int, int, str, float]]:
        self.calls += 1
        return [(0, 9, "person", 0.9137)]


def test_a_new_record_does_not_make_the_model_read_again(tmp_path: Path) -> None:
    finder = Finder()
    for records in ((), (VANCE,), (VANCE, Record("geneva", "Geneva", "place"))):
        findings = ExtractionCache(tmp_path / FOLDER, "1")
        names, authority = findings.named(finder), build(records)
        found = findings.extracted(records, lambda one, a=authority, n=names: extract(one, a, n))(ARTICLE)
        assert found == extract(ARTICLE, authority, Finder())
    assert finder.calls == 1


def test_a_changed_text_is_read_by_the_model_again(tmp_path: Path) -> None:
    finder = Finder()
    names = ExtractionCache(tmp_path / FOLDER, "1").named(finder)
    names.find(TEXT, [(0, 32)])
    names.find(TEXT, [(0, 33)])
    names.find(TEXT + ".", [(0, 32)])
    assert finder.calls == 3


def test_what_was_not_used_can_be_forgotten(tmp_path: Path) -> None:
    fresh = Counting()
    kept(tmp_path, fresh, basis="old")
    findings = ExtractionCache(tmp_path / FOLDER, "new")
    findings.extracted((), fresh)(ARTICLE)
    assert findings.forget_unused() == 1
    kept(tmp_path, fresh, basis="new")
    assert fresh.calls == 2
    assert len(files(tmp_path)) == 1


def test_what_the_model_found_outlives_a_run_in_which_nothing_changed(tmp_path: Path) -> None:
    finder = Finder()
    for records in ((), (), (VANCE,)):
        findings = ExtractionCache(tmp_path / FOLDER, "1")
        names, authority = findings.named(finder), build(records)
        findings.extracted(records, lambda one, a=authority, n=names: extract(one, a, n))(ARTICLE)
        findings.forget_unused()
    assert finder.calls == 1


def test_what_was_found_elsewhere_is_read_here_and_nothing_else_is_written(tmp_path: Path) -> None:
    there, here, fresh = tmp_path / "there", tmp_path / "here", Counting()
    kept(there, fresh)
    made = {file.relative_to(there / FOLDER).as_posix(): file.read_bytes() for file in files(there)}
    keep(
        here / FOLDER,
        made | {"../../escaped": b"x", "ab/../../../escaped": b"x", "ab/short": b"x"},
    )
    assert {file.relative_to(here / FOLDER).as_posix(): file.read_bytes() for file in files(here)} == made
    assert not list(tmp_path.rglob("escaped*"))
    kept(here, fresh)
    assert fresh.calls == 1
