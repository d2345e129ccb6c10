"""Records that an editor keeps apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossierkit.store.content import load_records
from dossierkit.workflow.records.judgements import keep_apart
from dossierkit.workflow.repository import Repository


@pytest.mark.parametrize("known", ["", "not_same_as: paul-lenn\n", "not_same_as: [paul-lenn]\n"])
def test_two_records_state_that_they_are_not_the_same_however_that_is_written(tmp_path, known):
    folder: Path = tmp_path / "content/entities"
    folder.mkdir(parents=True)
    for id_, text in (("ada-moreau", known), ("ada-moreau-judge", ""), ("paul-lenn", "")):
        page = f"---\ntitle: {id_}\ntype: person\n{text}---\n"
        (folder / f"{id_}.md").write_text(page, encoding="utf-8")
    repository = Repository(tmp_path)
    keep_apart(repository, "ada-moreau", "ada-moreau-judge", load_records(folder))
    repository.commit()
    records = load_records(folder)
    assert records["ada-moreau"].not_same_as[-1] == "ada-moreau-judge"
    assert len(records["ada-moreau"].not_same_as) == (2 if known else 1)
    assert records["ada-moreau-judge"].not_same_as == ("ada-moreau",)
