"""What somebody saves with a text editor, which takes no lock, just when the desk writes: the desk never writes over it."""

from __future__ import annotations

from functools import partial

import pytest
from tests.desk.conftest import text

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.workflow.editing import session as sessions
from dossierkit.workflow.editing.event_edits import give_words
from dossierkit.workflow.editing.session import digest, text_digest
from dossierkit.workflow.publish import prepare
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.engine import DecisionTarget
from dossierkit.workflow.review.item_decisions import Accept, Reject

CHAIR = "content/articles/2016/chair-of-the-council-resigns.md"
WORDS = "An editor's own sentence."


@pytest.fixture
def desk(browser):
    return browser.desk


def save(root, path=CHAIR):
    file = root / path
    if WORDS not in file.read_text("utf-8"):
        file.write_text(f"{file.read_text('utf-8')}\n{WORDS}\n", encoding="utf-8")


def saves_after(root, act):
    """The function, after which somebody saves the page: the desk has just looked whether it changed."""

    def acts(*given, **named):
        found = act(*given, **named)
        save(root)
        return found

    return acts


@pytest.mark.parametrize("decision", [Accept(), Reject()], ids=["accept", "reject"])
def test_a_decision_on_a_page_read_before_it_was_saved_writes_nothing(desk, root, monkeypatch, decision):
    article = desk.index.articles[CHAIR]
    targets = [DecisionTarget(CHAIR, open_.mark, decision) for _, open_ in article.names]
    shown = digest(desk.index, [CHAIR])
    monkeypatch.setattr(type(desk), "_now", saves_after(root, type(desk)._now))
    before = text(root, CHAIR)
    with pytest.raises(DiagnosticsError, match="D511"):
        desk.decide(targets, [CHAIR], shown)
    assert text(root, CHAIR) == f"{before}\n{WORDS}\n"
    assert desk.engine.done == []
    monkeypatch.undo()
    assert desk.decide(targets, [CHAIR], digest(desk.index, [CHAIR])) == ()
    assert text(root, CHAIR).endswith(f"\n{WORDS}\n")


@pytest.mark.parametrize("act", ["edit", "publish", "write"])
def test_a_form_is_not_written_over_what_was_saved_after_the_last_look(desk, root, monkeypatch, act):
    shown = text_digest(Repository(root), CHAIR)
    monkeypatch.setattr(sessions, "text_digest", saves_after(root, sessions.text_digest))
    acts = {
        "edit": partial(desk.edit, CHAIR, shown, lambda page: page.replace("Chair of", "The chair of")),
        "publish": partial(desk.publish, [CHAIR], shown, accept=True),
        "write": partial(
            desk.write,
            lambda repository: sessions.text_digest(repository, CHAIR) != shown,
            lambda repository: prepare(repository, [CHAIR], accept=True),
            "",
        ),
    }
    before = text(root, CHAIR)
    with pytest.raises(DiagnosticsError, match="D511"):
        acts[act]()
    assert text(root, CHAIR) == f"{before}\n{WORDS}\n"


def test_a_word_of_an_event_is_not_written_into_a_page_that_was_saved_after_the_last_look(
    desk, root, monkeypatch
):
    entry = next(one for event in desk.events.all() for one in event.entries if one.article.path == CHAIR)
    real = type(desk.index).refresh
    monkeypatch.setattr(type(desk.index), "refresh", saves_after(root, real))
    before = text(root, CHAIR)
    with pytest.raises(DiagnosticsError, match="D511"):
        give_words(desk, [(entry, "resignation")], "")
    assert text(root, CHAIR) == f"{before}\n{WORDS}\n"
