"""Joins and separates events by the key `event` of their entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dossierkit.store.edit import EditError, Put, apply
from dossierkit.text.fold import slug
from dossierkit.workflow.editing.field_edits import check
from dossierkit.workflow.editing.joined_entries import PlacedEntry, words_used
from dossierkit.workflow.editing.session import EditingSession, digest
from dossierkit.workflow.repository import Repository

_KEYS = ("date", "when", "text", "quote", "prefix", "suffix", "entities")
_WORDS = 6  # of a heading, in the word that is made from it


def join_entries(session: EditingSession, chosen: Sequence[PlacedEntry], word: str = "") -> str:
    """The word that the entries now have in common. Raises EditError for fewer than two."""
    if len(chosen) < 2:
        raise EditError("choose two entries or more to join")
    word = word.strip() or next((entry.entry.event for entry in chosen if entry.entry.event), "")
    return slug(word) or _new_word(chosen[0], words_used(session.events.all()))


def own_words(session: EditingSession, chosen: Sequence[PlacedEntry]) -> list[str]:
    """A word for each of the entries, that no other event has. Raises EditError for none."""
    if not chosen:
        raise EditError("choose an entry to part")
    used, made = set(words_used(session.events.all())), list[str]()
    for entry in chosen:
        made.append(_new_word(entry, used))
        used.add(made[-1])
    return made


def _new_word(entry: PlacedEntry, used: Iterable[str]) -> str:
    """From the heading, with a number where another event has it."""
    first = "-".join(slug(entry.entry.text).split("-")[:_WORDS]) or "event"
    taken, number, word = set(used), 2, first
    while word in taken:
        word, number = f"{first}-{number}", number + 1
    return word


def give_words(session: EditingSession, given: Iterable[tuple[PlacedEntry, str]], words: str) -> None:
    """Write the word of each entry, all as one decision. Raises EditError."""
    listed = tuple(given)
    paths = [entry.article.path for entry, _ in listed]
    before = digest(session.index, paths)

    def changed() -> bool:
        session.index.refresh()
        return digest(session.index, paths) != before

    def change(repository: Repository) -> None:
        for path, text in _texts(repository, listed):
            repository.write(path, text)

    session.write(changed, change, words)


def _texts(repository: Repository, given: Iterable[tuple[PlacedEntry, str]]) -> Iterator[tuple[str, str]]:
    for entry, word in given:
        path = entry.article.path
        text = apply(repository.page(path), [Put(("timeline", entry.at, "event"), word, _KEYS)])
        check(text, path)
        yield path, text
