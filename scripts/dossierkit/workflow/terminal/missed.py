"""Adds to an article at the terminal what was missed: a name, an entry, a key moment, and values of its own fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.workflow.editing.article_edits import (
    NewEntry,
    draft_records,
    fields_of,
    with_entry,
    with_key_moment,
    with_name,
    with_own_fields,
)
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.value_checks import refuse_wrong
from dossierkit.workflow.review.prompts import type_of
from dossierkit.workflow.review.screen import Screen, one_of
from dossierkit.workflow.terminal import fields
from dossierkit.workflow.terminal.terminal_session import TerminalSession

KEYS = (
    ("+", "add a name"),
    ("*", "add an entry"),
    ("k", "key moment"),
    ("i", "source and description"),
    ("P", "publish"),
)
Make = Callable[[str], str]
"""Makes a page's new text from its text."""


def carry_out(terminal: TerminalSession, article: ArticleState, key: str, version: str) -> None:
    """Carry out a key of KEYS. `version`: the digest of the page's text that the editor saw. Raises EditError, DiagnosticsError."""
    session = terminal.session
    if key == "P":
        drafts = (record.path for record in draft_records(article, session.index.records))
        terminal.publish([article.path, *drafts], version, accept=True)
    elif make := _make_of(terminal.screen, article, session.index.records, key):
        session.edit(article.path, version, make)


def _make_of(screen: Screen, article: ArticleState, records: Mapping[str, Record], key: str) -> Make | None:
    """The edit that follows from a key and the answers to its questions; None if the editor cancels. Raises EditError."""
    match key:
        case "+":
            return _name(screen, article, records)
        case "*":
            return _entry(screen, article)
        case "k":
            return _key_moment(screen, article)
        case _:
            return _field(screen, article)


def _name(screen: Screen, article: ArticleState, records: Mapping[str, Record]) -> Make | None:
    words = screen.line("words, as in the text (Enter: none)")
    if not words:
        return None
    type_ = type_of(screen, ENTITY_TYPES[0])
    return partial(with_name, article=article, words=words, type_=type_, records=records)


def _entry(screen: Screen, article: ArticleState) -> Make | None:
    quote = screen.checked(
        "quote, exactly as in the text (Enter: none)", "", lambda typed: refuse_wrong("quote", typed, article)
    )
    if not quote:
        return None
    date = screen.checked("date (Enter: none)", "", lambda typed: refuse_wrong("date", typed))
    heading = screen.line("heading", quote)
    return partial(with_entry, article=article, entry=NewEntry(date, heading, quote))


def _key_moment(screen: Screen, article: ArticleState) -> Make | None:
    timeline = article.page.article.timeline
    listed = [
        (str(number), one.date, one.text, "key" if one.key else "") for number, one in enumerate(timeline, 1)
    ]
    screen.table(("", "date", "entry", ""), listed)
    typed = screen.line("number of the entry that is a key moment, or no longer one (Enter: none)")
    if not typed:
        return None
    one = timeline[one_of(typed, len(timeline))]
    return partial(with_key_moment, article=article, mark=("timeline", one.date, one.text, one.quote))


def _field(screen: Screen, article: ArticleState) -> Make | None:
    known = fields_of(article.page.article)
    fields.show(screen, known)
    name = fields.choose_field(screen, known)
    if not name:
        return None
    value = fields.asked(screen, name, known[name], ())
    return partial(with_own_fields, article=article, given={name: value})
