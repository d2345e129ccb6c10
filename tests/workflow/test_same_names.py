"""Two names of one entity, decided to be the same over the whole site: which of the two stands."""

from __future__ import annotations

import shutil
from itertools import pairwise, permutations

import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.extract.propose import item_key
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.proposal import load
from dossierkit.text.fold import name_id
from dossierkit.workflow.editing.names import RowDecision, called_in_the_end, decide
from dossierkit.workflow.editing.session import EditingSession, digest
from dossierkit.workflow.review.item_decisions import Accept, SameAs

TEXT = "{0} at the port\n\nThe judge {1} was heard in Geneva on Friday. Then {1} left.\n"


def dossier(root, *words):
    assert CliRunner().invoke(main, ["-C", str(root), *words]).exit_code == 0


def session(root):
    made = EditingSession.open(root)
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
    assert act(made, at, SameAs(id_)) == ("Fadi Sawwan", "Fadi Sawan")
    decisions = (root / DECISIONS).read_text(encoding="utf-8")
    assert "- {decision: same, name: Fadi Sawwan, other: Fadi Sawan}" in decisions


SPELLINGS = ("Al-Siddiq Al-Sour", "al-Siddiq al-Sur", "al-Sediq al-Sour", "al-Sidiq al-Sour")
"""The first in two articles, each other one in one."""


@pytest.fixture(scope="module")
def spelt(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spelt") / "repository"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    for number, name in enumerate((SPELLINGS[0], *SPELLINGS)):
        file = folder.parent / f"{number}.txt"
        text = f"Day {number} at the port\n\nThe prosecutor {name} spoke on Friday. Then {name} left.\n"
        file.write_text(text, encoding="utf-8")
        dossier(folder, "add", str(file), "--date", "2020-05-30", "--lang", "en")
    return folder


def spelt_again(tmp_path, spelt, orders):
    """Decisions, pages, and the name of each spelling's candidate, after each order of (row, twin)."""
    for at, order in enumerate(orders):
        root = shutil.copytree(spelt, tmp_path / f"{at}")
        made = session(root)
        for pair in order:
            # A name that another stands for by now is asked about there.
            found = made.index.found
            name, other = (found.by_id[found.ids[name_id(one, "person")]].name for one in pair)
            twins = {made.index.found.by_id[one.id].name: one.id for one in row(made, name).twins}
            act(made, name, SameAs(twins[other]))
            still = next((one for one in made.queue.rows() if one.name == name), None)
            assert still is None or twins[other] not in {one.id for one in still.twins}
            made.index.settle()
        dossier(root, "update")
        made.refresh()
        made.index.settle()
        pages = [one.read_text(encoding="utf-8") for one in sorted((root / "content").rglob("*.md"))]
        names = {
            one.name for one in made.index.found.by_id.values() if "our" in one.name or "Sur" in one.name
        }
        yield (root / DECISIONS).read_text(encoding="utf-8"), pages, names


def test_names_that_are_the_same_are_so_everywhere_in_any_order(tmp_path, spelt):
    first, *others = SPELLINGS
    orders = [[(first, other) for other in order] for order in permutations(others)]
    orders += [[(other, first) for other in order] for order in permutations(others)]
    expected, *rest = spelt_again(tmp_path, spelt, orders)
    assert expected[0].count("decision: same") == len(others)
    assert expected[0].count(f"other: {first}") == len(others)
    assert expected[2] == {first}
    assert all(one == expected for one in rest)


def test_a_twin_that_is_decided_is_not_asked_about_while_candidates_are_derived(root, monkeypatch):
    made = session(root)
    monkeypatch.setattr(made.index, "derive_soon", lambda: None)
    other = row(made, "Fadi Sawwan").id
    act(made, "Fadi Sawan", SameAs(other))
    naming = made.index.naming

    def derived_meanwhile(id_):
        made.index.derive()  # as the thread does
        return naming(id_)

    monkeypatch.setattr(made.index, "naming", derived_meanwhile)
    still = row(made, "Fadi Sawan")
    assert other not in {one.id for one in still.twins}


def test_chains_of_names_end_at_one_name_in_any_order(tmp_path, spelt):
    chain = list(pairwise(SPELLINGS))
    expected, *rest = spelt_again(tmp_path, spelt, permutations(chain))
    assert expected[2] == {SPELLINGS[0]}
    assert all(one[1:] == expected[1:] for one in rest)


@pytest.mark.parametrize("accepted", [False, True])
def test_a_name_that_two_records_have_for_a_while_is_never_rejected(root, accepted):
    if accepted:
        act(session(root), "Fadi Sawan", Accept())
    for name in ("sawan", "sawan-judge"):
        other = root / f"content/entities/{name}.md"
        other.parent.mkdir(exist_ok=True)
        other.write_text("---\ntitle: Fadi Sawan\ntype: person\nstatus: reviewed\n---\n", encoding="utf-8")
        dossier(root, "update")
    other.unlink()
    dossier(root, "update")
    proposal = load((root / "seeds/0.suggested.yml").read_text(encoding="utf-8"))
    assert proposal.rejected == ()
    assert (item_key("entity", "sawan") in proposal.accepted) is accepted
    first = min((root / "content/articles/2020").iterdir())
    named = first.read_text(encoding="utf-8").split("---\n")[1]
    assert "name: Fadi Sawan" in named or "- sawan\n" in named
