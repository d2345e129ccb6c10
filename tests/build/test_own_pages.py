"""Pages that somebody wrote for the site itself are in the search, if readers may see them, at their own address."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs

from dossierkit.build import mkdocs_build
from dossierkit.build.configuration import load
from dossierkit.engines.engine import ENGINES
from dossierkit.engines.run import BuildOptions
from dossierkit.engines.run import build as engine_build

SETTINGS = {
    "site_name": "S",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False},
    "plugins": ["dossier"],
    "nav": [{"Home": "index.md"}],
    "extra": {"dossier": {"cards": False}},
}
POST = "---\ndate: 2024-01-31\n---\n\n# A post\n\nThe river rose.\n"


def found(repository, build, **more):
    """What results show of pages that are no articles, entities or dossiers, by address."""
    (repository.root / "mkdocs.yml").write_text(json.dumps(SETTINGS | more), encoding="utf-8")
    build(load(repository.root))
    decoder, shown = json.JSONDecoder(), {}
    for file in (repository.root / "site/search/data/pages").iterdir():
        text, at = gzip.decompress(file.read_bytes()[2:]).decode(), 0
        while at < len(text):
            one, at = decoder.raw_decode(text, at)
            if one["type"] == "page":
                shown[one.get("url", "")] = one
    return shown


def fast(config):
    assert mkdocs_build.run(config) == 0


def properdocs(config):
    root = Path(config.config_file_path).parent
    engine_build(root, config, ENGINES["properdocs"], BuildOptions())


@pytest.fixture
def site(repository):
    repository.write("index.md", "# Welcome\n\nThe *lead* of the home page.\n")
    repository.write("about/index.md", "---\ntitle: About us\n---\n\nWe are a newsroom.\n")
    repository.write(
        "contact.md", "# How to `reach` us\n\nWrite a letter. Or call.\n\n## At night\n\nWait.\n"
    )
    repository.write("guide/first-steps.md", "---\nlang: fr\n---\n\nUn mot.\n")
    repository.write("hidden.md", "---\nsearch: {exclude: true}\n---\n\n# Hidden\n\nWords.\n")
    return repository


@pytest.mark.parametrize("build", [mkdocs, fast, properdocs])
def test_every_engine_finds_own_pages_and_the_texts_above_compiled_ones(site, build):
    shown = found(site, build)
    assert sorted(shown) == ["", "about/", "contact/", "guide/first-steps/"]
    assert shown["contact/"]["title"] == "How to reach us"
    assert shown["contact/"]["text"] == ["Write a letter.", "Or call.", "At night", "Wait."]
    assert shown["guide/first-steps/"]["title"] == "First steps"
    assert shown["guide/first-steps/"]["lang"] == "fr"
    assert shown["about/"]["title"] == "About us"
    assert shown[""]["title"] == "Welcome"


@pytest.mark.parametrize("build", [mkdocs, properdocs])
def test_pages_that_are_not_published_are_not_found(site, build):
    assert "contact/" not in found(site, build, exclude_docs="contact.md")


def test_a_post_is_found_at_the_address_that_its_plugin_gave_it(site):
    site.write("blog/index.md", "# Blog\n")
    site.write("blog/posts/one.md", POST)
    shown = found(site, mkdocs, plugins=["dossier", "blog"])
    assert [url for url in shown if url.startswith("blog/")] == ["blog/2024/01/31/a-post/"]


def test_an_edited_page_is_found_by_its_new_words(site):
    found(site, fast)
    site.write("contact.md", "# Contact\n\nThe door is open.\n")
    assert found(site, fast)["contact/"]["text"] == ["The door is open."]
    (site.content / "contact.md").unlink()
    assert "contact/" not in found(site, fast)
