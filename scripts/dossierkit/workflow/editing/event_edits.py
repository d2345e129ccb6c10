"""Joins and separates events by the key `event` of their entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from dossierkit.model.decision import Decision
from dossierkit.store.edit import EditError, Put, apply
from dossierkit.store.schema import ENTRY, before
from dossierkit.text.fold import slug
from dossierkit.workflow.editing.field_edits import checked
from dossierkit.workflow.editing.joined_entries import PlacedEntry, words_used
from dossierkit.workflow.editing.session import EditingSession, digest
from dossierkit.workflow.records.judgements import decide_for_all
from dossierkit.workflow.repository import Repository

_WORDS = 6  # of a heading, in the word that is made from it


def join_entries(session: EditingSession, chosen: Sequence[PlacedEntry], word: str = "") -> str:
    """The word for all the entries. Raises EditError for fewer than two."""
    if len(chosen) < 2:
        raise EditError("choose two entries or more to join")
    word = word.strip() or next((one.entry.event for one in chosen if one.entry.event), "")
    if word:
        return slug(word)
    return _new_word(min(chosen, key=lambda one: one.key), words_used(session.events.all()))


def own_words(session: EditingSession, chosen: Sequence[PlacedEntry]) -> list[str]:
    """A word for each of the entries that no other event has. Raises EditError for none."""
    if not chosen:
        raise EditError("choose an entry to part")
    used, made = set(words_used(session.events.all())), list[str]()
    for entry in chosen:
        made.append(_new_word(entry, used))
        used.add(made[-1])
    return made


def _new_word(entry: PlacedEntry, used: Iterable[str]) -> str:
    """A word made from the heading, with a number if another event has it."""
    first = "-".join(slug(entry.entry.text).split("-")[:_WORDS]) or "event"
    taken, number, word = set(used), 2, first
    while word in taken:
        word, number = f"{first}-{number}", number + 1
    return word


def give_words(session: EditingSession, given: Iterable[tuple[PlacedEntry, str]], words: str) -> None:
    """Write the word of each entry, all as one decision. Raises EditError."""
    listed = tuple(given)

    def change(repository: Repository) -> None:
        for path, text in _texts(repository, listed):
            repository.write(path, text)

    _write(session, [one for one, _ in listed], change, words)


def keep_apart(session: EditingSession, chosen: Sequence[PlacedEntry], words: str) -> None:
    """Decide that entries report different events: they are not offered again while they keep their headings.

    Raises EditError for fewer than two, DiagnosticsError (D410).
    """
    if len(chosen) < 2:
        raise EditError("choose two entries or more to keep apart")

    def change(repository: Repository) -> None:
        for one, other in combinations(sorted(chosen, key=lambda entry: entry.words), 2):
            if not one.entry.event or one.entry.event != other.entry.event:
                decide_for_all(repository, Decision("not_same_event", one.words, other=other.words))

    _write(session, chosen, change, words)


def _write(
    session: EditingSession, shown: Iterable[PlacedEntry], change: Callable[[Repository], None], words: str
) -> None:
    paths = [one.article.path for one in shown]
    before = digest(session.index, paths)

    def changed(repository: Repository) -> bool:
        session.index.refresh()
        for path in paths:
            if article := session.index.articles.get(path):
                repository.digests |= article.files
        return digest(session.index, paths) != before

    session.write(changed, change, words)


def _texts(repository: Repository, given: Iterable[tuple[PlacedEntry, str]]) -> Iterator[tuple[str, str]]:
    for entry, word in given:
        path = entry.article.path
        text = apply(
            repository.page(path), [Put(("timeline", entry.at, "event"), word, before(ENTRY, "event"))]
        )
        yield path, checked(text, path)
