"""What a preview leaves for the next one: the same pages, without reading again what did not change."""

from __future__ import annotations

import os

import pytest
import yaml
from mkdocs.commands.build import build

from dossierkit.build.configuration import load
from dossierkit.build.preview import Preview
from dossierkit.cache.archive import BLOBS
from dossierkit.site import pipeline
from dossierkit.store.state import CACHE, cache_folder

SETTINGS = {
    "site_name": "x",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False},
    "plugins": ["dossier"],
    "nav": [{"Home": "index.md"}, {"Articles": "articles/index.md"}],
    "not_in_nav": "/**",
}
TALKS, DOE = "articles/2016/talks.md", "entities/jane-doe.md"
PAGES = ("", "articles/2016/talks/", "entities/jane-doe/", "entities/geneva/", "timeline/", "data/")

pytestmark = pytest.mark.engine


@pytest.fixture
def look(repository, monkeypatch):
    """What a preview that begins now sends; with a cache of its own unless it is to have that of the others."""
    (repository.root / "mkdocs.yml").write_text(yaml.safe_dump(SETTINGS), encoding="utf-8")

    def seen(cache=None):
        with monkeypatch.context() as patch:
            if cache:
                patch.setenv(CACHE, str(cache))
            preview = Preview(repository.root)
            preview.build()
            answers = {address: preview.answer(address) for address in PAGES}
            preview.close()
        return answers

    return seen


@pytest.fixture
def gathered(monkeypatch):
    """The articles whose evidence was gathered."""
    ids = []
    known = pipeline.gather
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})  # in this process
    monkeypatch.setattr(pipeline, "gather", lambda page, *rest: [ids.append(page.id), known(page, *rest)][1])
    return ids


def change(repository, path, old, new):
    file = repository.content / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_next_preview_gathers_nothing_again(look, gathered):
    first = look()
    assert gathered == ["2016/talks"]
    assert all(answer.status == 200 for answer in first.values())
    assert look() == first
    assert gathered == ["2016/talks"]


@pytest.mark.parametrize(
    "edit",
    [
        (TALKS, "published", "draft"),
        (TALKS, "date: 2016-02-01", "date: 2016-02-03"),
        (DOE, "title: Jane Doe", "title: J. Doe\naliases: [Jane Doe]"),
    ],
)
def test_after_an_edit_it_sends_what_one_without_a_cache_sends(look, repository, tmp_path, edit):
    first = look()
    change(repository, *edit)
    after = look()
    assert after != first
    assert after == look(tmp_path / "other")


def test_a_cache_that_is_damaged_is_made_again(look, repository, gathered):
    first = look()
    file = cache_folder(repository.root) / "preview" / BLOBS
    file.write_bytes(bytes(file.stat().st_size))
    assert look() == first
    assert set(gathered) == {"2016/talks"}


def test_a_page_that_cannot_be_read_keeps_nothing_from_the_next_look(look, repository):
    first = look()
    change(repository, TALKS, "title:", "titel:")
    assert look() != first
    change(repository, TALKS, "titel:", "title:")
    assert look() == first


def test_of_two_previews_at_once_the_second_leaves_the_first_ones_cache_alone(look, repository, gathered):
    first = Preview(repository.root)
    first.build()
    assert look()[""].status == 200
    first.close()
    assert gathered == ["2016/talks"] * 2


def test_a_closed_preview_leaves_nothing_to_the_next_build_of_its_process(repository, look):
    look()
    build(load(repository.root))
    assert (repository.root / "site/feed.xml").is_file()
    assert (repository.root / "site/.well-known/dossier.json").is_file()
