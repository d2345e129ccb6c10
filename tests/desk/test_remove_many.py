"""Many names rejected or thrown out at once: the same files as one after another, in a fraction of the work."""

from __future__ import annotations

import pytest
from tests.desk.conftest import text
from tests.support.repository import snapshot

from dossierkit.store import decisions
from dossierkit.store.decisions import all_added, load
from dossierkit.workflow.editing.session import digest
from dossierkit.workflow.repository import Repository, known_records
from dossierkit.workflow.review.engine import DecisionTarget, carry_out_all
from dossierkit.workflow.review.item_decisions import Junk, Reject

JUNK = "- {decision: junk, name: Friday}\n"


def targets_of(desk, decision, *, entries):
    return [
        DecisionTarget(path, open_.mark, decision)
        for path, article in sorted(desk.index.articles.items())
        for open_ in article.waiting
        if open_.entity or entries
    ]


def carried_out(root, desk, groups):
    """The files after groups of decisions, and how many decisions were left."""
    repository = Repository(root)
    none = lambda path, records: None  # noqa: E731
    left = [
        one
        for group in groups
        for one in carry_out_all(repository, group, known_records(root), lambda: desk.index.found, none)
    ]
    return repository.pending, len(left)


@pytest.mark.parametrize("decision", [Reject(), Junk()], ids=["reject", "junk"])
@pytest.mark.parametrize("status", ["draft", "reviewed"])
def test_together_writes_the_same_files_as_one_after_another(browser, root, decision, status):
    for path in list(browser.desk.index.articles):
        page = text(root, path).replace("status: draft", f"status: {status}")
        (root / path).write_text(page, encoding="utf-8")
    browser.desk.refresh()
    targets = targets_of(browser.desk, decision, entries=isinstance(decision, Reject))
    assert len(targets) > 9
    together, left = carried_out(root, browser.desk, [targets])
    singly, alone = carried_out(root, browser.desk, [[one] for one in targets])
    assert (left, alone) == (0, 0)
    assert set(together) == set(singly)
    for path, data in singly.items():
        assert together[path].decode() == data.decode()


def test_a_page_is_read_once_however_many_of_its_names_are_rejected(browser, root, monkeypatch):
    read = list[str]()
    real = Repository.page
    monkeypatch.setattr(Repository, "page", lambda self, path: read.append(path) or real(self, path))
    targets = targets_of(browser.desk, Reject(), entries=True)
    carried_out(root, browser.desk, [targets])
    articles = [path for path in read if path.startswith("content/articles/")]
    assert sorted(articles) == sorted({target.page for target in targets})


def test_what_cannot_be_thrown_out_is_left_and_the_rest_is_done(browser, root):
    desk, before = browser.desk, snapshot(root)
    targets = targets_of(desk, Junk(), entries=True)
    entries = [one for one in targets if one.mark[0] == "timeline"]
    shown = list(desk.index.articles)
    left = desk.decide(targets, shown, digest(desk.index, shown))
    assert {target.mark for target, _ in left} == {one.mark for one in entries}
    assert not any(open_.entity for article in desk.index.articles.values() for open_ in article.waiting)
    desk.undo()
    assert snapshot(root) == before


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# Ours.\n",
        f"# Ours.\n{JUNK}",
        f"# Ours.\n\n# why\n{JUNK}- {{decision: same, name: Ada, other: Ada Moreau}}",
        "[]\n",
        f"{JUNK}- {{decision: heading, begins: Also}}\n",
    ],
)
def test_several_decisions_are_added_as_one_after_another(before):
    names = ["Secretary", "Also", "Friday", "Zeal", "Alone"]
    new = [decisions.Decision("junk", name) for name in names]
    singly = before
    for one in new:
        singly = decisions.added(singly, one)
    assert all_added(before, new) == singly
    assert {one.name for one in load(singly) if one.kind == "junk"} >= set(names)
