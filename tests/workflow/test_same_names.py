"""Two names of one entity, decided to be the same over the whole site: which of the two stands."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.workflow.editing.names import RowDecision, called_in_the_end, decide
from dossierkit.workflow.editing.session import digest, open_session
from dossierkit.workflow.review.item_decisions import Accept, SameAs

TEXT = "{0} at the port\n\nThe judge {1} was heard in Geneva on Friday. Then {1} left.\n"


def dossier(root, *words):
    assert CliRunner().invoke(main, ["-C", str(root), *words]).exit_code == 0


def session(root):
    made = open_session(root)
    made.index.load()
    return made


def row(made, name):
    return next(one for one in made.queue.rows() if one.name == name)


def act(made, name, decision):
    asked = row(made, name)
    title = called_in_the_end(made.queue, asked, decision)
    seen = digest(made.index, [one.article.path for one in asked.waiting])
    decide(made, RowDecision(asked, asked.waiting, decision, seen), name)
    return title


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    for number, name in enumerate(("Fadi Sawan", "Fadi Sawan", "Fadi Sawwan")):
        file = tmp_path / f"{number}.txt"
        file.write_text(TEXT.format(f"Day {number}", name), encoding="utf-8")
        dossier(folder, "add", str(file), "--date", "2020-05-30", "--lang", "en")
    return folder


@pytest.mark.parametrize(("at", "other"), [("Fadi Sawan", "Fadi Sawwan"), ("Fadi Sawwan", "Fadi Sawan")])
@pytest.mark.parametrize("accepted", [False, True])
def test_the_name_that_more_articles_use_stands(root, at, other, accepted):
    made = session(root)
    id_ = row(made, other).id
    if accepted:
        act(made, other, Accept())
    assert act(made, at, SameAs(id_)) == "Fadi Sawan"
    decisions = (root / DECISIONS).read_text(encoding="utf-8")
    assert "- {decision: same, name: Fadi Sawwan, other: Fadi Sawan}" in decisions
