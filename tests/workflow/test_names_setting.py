"""What finds names is the site's to choose, and what was found is kept."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from dossierkit.cache.extractions import FOLDER
from dossierkit.model.source import Article
from dossierkit.store.state import cache_folder
from dossierkit.workflow.proposing import Proposer, setting

ARTICLE = Article("2016/a", "Ada Vance left Geneva on 3 March 2016.", published="2016-03-05")


def site(root: Path, extra: str) -> Path:
    (root / "mkdocs.yml").write_text(f"site_url: !ENV [SITE_URL, '']\n{extra}", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("extra", "value"),
    [
        ("extra:\n  dossier:\n    names: spacy:xx_ent_wiki_sm\n", "spacy:xx_ent_wiki_sm"),
        ("extra: {dossier: {names: none}}\nx: !!python/name:material.emoji.twemoji\n", "none"),
        ("extra: {generator: false}\n", ""),
        ("extra: [1]\n", ""),
        ("extra: {dossier: {admin: github}}\n", ""),
        ("", ""),
    ],
)
def test_the_setting_is_read_whatever_else_stands_there(tmp_path: Path, extra: str, value: str) -> None:
    assert setting(site(tmp_path, extra), "extra", "dossier", "names") == value


def test_what_is_chosen_finds_the_names(tmp_path: Path) -> None:
    proposal = Proposer(site(tmp_path, "extra: {dossier: {names: none}}\n"))({})(ARTICLE)
    assert any("without the name model" in note for note in proposal.notes)


def test_an_unknown_choice_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match=r"mkdocs.yml: `names: flair`"):
        Proposer(site(tmp_path, "extra: {dossier: {names: flair}}\n"))({})


def test_a_second_proposal_comes_from_what_was_kept(tmp_path: Path) -> None:
    root = site(tmp_path, "")
    first = Proposer(root)({})(ARTICLE)
    kept = cache_folder(root) / FOLDER
    written = {file: file.stat().st_mtime_ns for file in kept.glob("*/*")}
    assert len(written) == 2
    assert Proposer(root)({})(ARTICLE) == first
    assert {file: file.stat().st_mtime_ns for file in kept.glob("*/*")} == written
