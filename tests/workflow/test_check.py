"""`dossier check` as it is typed."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tests.support.runner import dossier

from dossierkit.cli import main
from dossierkit.store.state import cache_folder

MKDOCS = "site_name: x\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [dossier]\n"
PAGE = """\
---
title: no
entities: [jane]
timeline:
  - {text: Opens, quote: nowhere}
---

Jane, call +41 22 555 01 23.
"""


@pytest.fixture
def root(tmp_path):
    for path, text in {
        "mkdocs.yml": MKDOCS,
        "content/index.md": "# Home\n",
        "content/articles/2016/a.md": PAGE,
        "content/articles/2015/b.md": "---\ntitle: B\ntags: [x, x]\n---\nText.\n",
        "content/entities/jane.md": "---\ntitle: Jane\ntype: person\n---\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def codes(result):
    return [
        line.split(" ")[1] for line in result.stdout.splitlines() if line.startswith(("content", "seeds"))
    ]


def test_problems_go_to_standard_output_and_their_number_to_standard_error(root):
    result = dossier(root, "check")
    assert result.exit_code == 1
    assert codes(result) == ["D121", "D120", "D201", "D703"]
    assert "content/articles/2016/a.md:5:26: D201 the quote “nowhere”" in result.stdout
    assert result.stderr == "1 error, 3 warnings; `dossier check --fix` mends 2\n"


def test_what_is_known_of_a_source_is_checked_too(root):
    write_source(root, "lang: english\npublsher: The Paper\ndate: 30 May 2016\n")
    result = dossier(root, "check", "seeds")
    assert result.exit_code == 1
    assert "seeds/b.yml:3:7: D107 `date`: '30 May 2016' is not an EDTF date" in result.stdout
    assert (
        "seeds/b.yml:2:1: D406 the key `publsher` means nothing here: did you mean `publisher`?"
        in result.stdout
    )
    write_source(root, "lang: english\n")
    assert (
        "seeds/b.yml:0:0: D406 lang: `english` is not a language tag"
        in dossier(root, "check", "seeds").stdout
    )
    write_source(root, "rights: All: mine\n")
    assert "seeds/b.yml:1:12: D102 the file is not YAML" in dossier(root, "check", "seeds").stdout
    write_source(root, "lang: en\n")
    assert dossier(root, "check", "seeds").exit_code == 0


def write_source(root, known):
    (root / "seeds").mkdir(exist_ok=True)
    (root / "seeds" / "b.txt").write_text("B\n\nText.\n", encoding="utf-8")
    (root / "seeds" / "b.yml").write_text(known, encoding="utf-8")
    page = root / "content" / "articles" / "2015" / "b.md"
    page.write_text("---\ntitle: B\nsource: {file: seeds/b.txt}\n---\nText.\n", encoding="utf-8")


def test_warnings_alone_do_not_fail(root):
    assert dossier(root, "check", "content/articles/2015").exit_code == 0
    assert dossier(root, "check", "--strict", "content/articles/2015").exit_code == 1
    assert dossier(root, "check", "--strict", "--ignore", "D121", "content/articles/2015").exit_code == 0


def test_an_unknown_id_leads_to_the_record_that_is_meant(root):
    for id_, words in {
        "jane-person": "the record `jane` has this name, write its id",
        "janne": "did you mean `jane`? Otherwise write content/entities/janne.md",
        "other": "write content/entities/other.md, or correct the id",
    }.items():
        text = PAGE.replace("[jane]", f"[{id_}]")
        (root / "content/articles/2016/a.md").write_text(text, encoding="utf-8")
        assert f"no authority record `{id_}`: {words}" in dossier(root, "check", "--select", "D301").stdout


def test_paths_limit_what_is_shown(root):
    assert codes(dossier(root, "check", "content/articles/2015")) == ["D121"]
    assert codes(dossier(root, "check", root / "content" / "articles" / "2015" / "b.md")) == ["D121"]
    assert codes(dossier(root, "check", "content/articles/20")) == []
    missing = dossier(root, "check", "content/none.md")
    assert (missing.exit_code, "content/none.md is not in this repository" in missing.stderr) == (2, True)


def test_rules_are_chosen_by_their_codes(root):
    assert codes(dossier(root, "check", "--select", "D2,D703")) == ["D201", "D703"]
    assert codes(dossier(root, "check", "--ignore", "D1,D7")) == ["D201"]
    assert "D311" not in codes(dossier(root, "check"))
    refused = dossier(root, "check", "--ignore", "D201")
    assert (refused.exit_code, "at the claim itself" in refused.stderr) == (2, True)
    assert dossier(root, "check", "--select", "D999").exit_code == 2


def test_notes_are_shown_when_asked_for(root):
    (root / "content" / "entities" / "unused.md").write_text(
        "---\ntitle: U\ntype: place\n---\n", encoding="utf-8"
    )
    assert codes(dossier(root, "check", "--notes")).count("D311") == 1
    assert codes(dossier(root, "check", "--select", "D311")) == ["D311"]


def test_a_note_that_is_let_pass_with_a_reason_is_there_without_notes_too(root):
    (root / "content" / "entities" / "unused.md").write_text(
        "---\n# dossier: ignore-file D311 -- an article on it is being written\ntitle: U\ntype: place\n---\n",
        encoding="utf-8",
    )
    assert "D131" not in codes(dossier(root, "check"))
    assert "D131" not in codes(dossier(root, "check", "--notes"))


def test_fix_mends_and_checks_again(root):
    result = dossier(root, "check", "--fix")
    assert "2 mended" in result.stderr
    assert codes(result) == ["D201", "D703"]
    assert (root / "content/articles/2015/b.md").read_text(
        encoding="utf-8"
    ) == "---\ntitle: B\ntags: [x]\n---\nText.\n"


def test_fix_keeps_to_the_paths(root):
    dossier(root, "check", "--fix", "content/articles/2015")
    assert (root / "content/articles/2016/a.md").read_text(encoding="utf-8") == PAGE


@pytest.mark.parametrize("form", ["gitlab", "json", "sarif"])
def test_formats_for_programs_are_the_whole_standard_output(root, form):
    result = dossier(root, "check", "--format", form)
    assert result.exit_code == 1
    json.loads(result.stdout)


def test_the_same_bytes_whatever_the_hash_seed(root):
    outputs = set()
    for seed in ("0", "1"):
        command = [sys.executable, "-m", "dossierkit", "-C", str(root), "check", "--notes", "--no-cache"]
        done = subprocess.run(
            command, capture_output=True, env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}, check=False
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert outputs.pop()


def test_no_cache_leaves_nothing_behind(root):
    dossier(root, "check", "--no-cache")
    assert not (cache_folder(root) / "checks").exists()
    dossier(root, "check")
    assert (cache_folder(root) / "checks").is_file()
    assert not (root / ".dossier").exists()


def test_a_published_site_without_a_description_is_warned(tmp_path):
    root = tmp_path / "new"
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0

    def found():
        return CliRunner().invoke(main, ["-C", str(root), "check", "--select", "D143"]).output

    assert "D143" not in found()
    page = root / "content/articles/2016/talks.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: Talks\nlang: en\nstatus: published\n---\nText.\n", encoding="utf-8")
    assert "mkdocs.yml:4:1: D143" in found()
    settings = root / "mkdocs.yml"
    own = re.sub(
        r"(?m)^site_description:.*$", "site_description: The talks.", settings.read_text(encoding="utf-8")
    )
    settings.write_text(own, encoding="utf-8")
    assert "D143" not in found()


def test_a_wrong_setting_is_reported_in_the_file_that_has_it(root):
    """A file that mkdocs.yml inherits from, and one that this inherits from; a line is at least 1, as SARIF demands."""
    own = (root / "mkdocs.yml").read_text(encoding="utf-8")
    check = "check: {ignore: {D999: no such rule}}"
    for path, text in {
        "mkdocs.yml": f"INHERIT: shared/base.yml\n{own}",
        "shared/base.yml": f"INHERIT: ../far.yml\nextra:\n  dossier:\n    cards: many\n    {check}\n",
        "far.yml": "extra: {dossier: {zzz: 1, cards: 1}}\n",
    }.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    said = dossier(root, "check", "--select", "D1").output
    assert "shared/base.yml:4:5: D141" in said
    assert "shared/base.yml:5:22: D130" in said
    assert "far.yml:1:19: D140" in said
