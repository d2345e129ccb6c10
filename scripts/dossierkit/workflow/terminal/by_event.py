"""`dossier review --events`: joins and separates entries that report one event, and asks about entries that may be one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dossierkit.text.number_of import number_of
from dossierkit.workflow.editing import event_edits
from dossierkit.workflow.editing.joined_entries import EventEntries, PlacedEntry
from dossierkit.workflow.review.screen import Screen
from dossierkit.workflow.terminal.terminal_session import (
    TerminalSession,
    keys,
    open_terminal,
    shortened,
    walk,
)

_KEYS = (
    ("J", "join"),
    ("B", "part"),
    ("w", "all entries, or those of several articles"),
    ("o", "of one date: the same event?"),
    ("/", "filter by words"),
)
_OFFERED = (("y", "one event"), ("n", "different events"), ("s", "later"))
_MORE, _PAGE = ("l", "more"), 40
_HEADING = 70  # code points


@dataclass(slots=True)
class _Events:
    terminal: TerminalSession
    words: str = ""
    every: bool = True
    start: int = 0
    passed: int | None = None
    """The number of offers that were postponed, while offers are shown; None otherwise."""


def run(root: Path, words: str = "", screen: Screen | None = None) -> None:
    """Show events and join or separate their entries. Raises click.UsageError without a terminal."""
    events = _Events(open_terminal(root, screen), words)
    walk(events.terminal, lambda: _step(events))


def _step(events: _Events) -> bool:
    offers = events.terminal.session.events.offers()
    if events.passed is not None and events.passed < len(offers):
        return _offer(events, offers[events.passed], len(offers) - events.passed)
    events.passed = None
    found = [one for one in events.terminal.session.events.all() if _is_shown(events, one)]
    shown = found[events.start : events.start + _PAGE]
    entries = [entry for event in shown for entry in event.entries]
    _show(events, "all entries" if events.every else "reported by several articles", shown, len(found))
    more = (_MORE,) if len(found) > _PAGE else ()
    key = events.terminal.screen.ask(keys(_KEYS, more))
    match key:
        case "q":
            return False
        case "u":
            events.terminal.undo()
        case "w":
            events.every, events.start = not events.every, 0
        case "o":
            events.passed = 0
            if not offers:
                events.terminal.screen.say("no entries of one date wait for an answer", "yellow")
        case "l":
            events.start = events.start + _PAGE if events.start + _PAGE < len(found) else 0
        case "/":
            events.words, events.start = events.terminal.screen.line("words (Enter: all)"), 0
        case "J":
            events.terminal.attempt(lambda: _join(events.terminal, entries))
        case _:
            events.terminal.attempt(lambda: _part(events.terminal, entries))
    return True


def _offer(events: _Events, offer: EventEntries, left: int) -> bool:
    """Ask whether entries of one date report one event."""
    terminal, chosen = events.terminal, offer.entries
    _show(events, "of one date: the same event?", [offer], left)
    match terminal.screen.ask(keys(_OFFERED)):
        case "q":
            return False
        case "u":
            terminal.undo()
        case "y":
            word = event_edits.join_entries(terminal.session, chosen)
            terminal.attempt(
                lambda: event_edits.give_words(terminal.session, [(one, word) for one in chosen], word)
            )
        case "n":
            terminal.attempt(lambda: event_edits.keep_apart(terminal.session, chosen, chosen[0].entry.text))
        case _:
            events.passed = (events.passed or 0) + 1
    return True


def _is_shown(events: _Events, event: EventEntries) -> bool:
    return (events.every or len(event.entries) > 1) and event.says(events.words.casefold())


def _show(events: _Events, which: str, shown: list[EventEntries], total: int) -> None:
    events.terminal.screen.head(f"events · {which}", number_of(total, "event"))
    listed, number = list[tuple[str, ...]](), 0
    for event in shown:
        for at, entry in enumerate(event.entries):
            number += 1
            word = event.word if not at else "″"
            heading = shortened(entry.entry.text, _HEADING)
            listed.append((str(number), entry.entry.date or "undated", heading, entry.article.id, word))
    events.terminal.screen.table(("", "date", "entry", "article", "word"), listed)


def _join(terminal: TerminalSession, entries: list[PlacedEntry]) -> None:
    """Ask for entries to join. Raises EditError."""
    chosen = [entries[at] for at in terminal.numbers("numbers of the entries to join", len(entries))]
    word = event_edits.join_entries(
        terminal.session, chosen, terminal.screen.line("word for the event (Enter: from the heading)")
    )
    event_edits.give_words(terminal.session, [(entry, word) for entry in chosen], word)


def _part(terminal: TerminalSession, entries: list[PlacedEntry]) -> None:
    """Ask for entries to separate. Raises EditError."""
    chosen = [entries[at] for at in terminal.numbers("numbers of the entries to part", len(entries))]
    words = event_edits.own_words(terminal.session, chosen)
    event_edits.give_words(terminal.session, zip(chosen, words, strict=True), chosen[0].entry.text)
