"""`dossier review --bulk`: one decision on all names that match a filter, shown before it is made, and undone by one key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dossierkit.text.number_of import number_of
from dossierkit.workflow.editing.names import covered, decide_together, rows_left
from dossierkit.workflow.editing.queue import REST, Filter, Row
from dossierkit.workflow.review.screen import Screen
from dossierkit.workflow.terminal.terminal_session import END, TerminalSession, open_terminal, walk

_KEYS = (
    ("a", "accept all"),
    ("r", "reject all"),
    ("j", "all are junk"),
    ("p", "all but some"),
    ("q", "quit"),
)
_HOW = {"a": "accept", "r": "reject", "j": "junk"}
_SHOWN = 400


def run(root: Path, wanted: Filter, how: str, screen: Screen | None = None, *, asks: bool = True) -> None:
    """Show the names, ask, and decide. `how`: accept | reject | junk, or empty to ask which.

    With `asks` off it decides without asking. Raises click.UsageError without a terminal to ask in.
    """
    terminal = open_terminal(root, screen, asks=asks)
    if not asks:
        rows = rows_left(terminal.session.queue, wanted)
        _show(terminal, wanted, rows)
        _decide(terminal, wanted, rows, how or "accept")
        walk(terminal, lambda: False)
        return
    done = ask(terminal, wanted, how)
    walk(terminal, lambda: done and _may_undo(terminal))


def ask(terminal: TerminalSession, wanted: Filter, how: str = "") -> bool:
    """Show the names and ask; returns whether anything was decided."""
    rows = rows_left(terminal.session.queue, wanted)
    _show(terminal, wanted, rows)
    while rows:
        key = terminal.screen.ask(_only(how) if how else _KEYS)
        if key == "p":
            rows = _without_some(terminal, wanted, rows)
            continue
        return key != "q" and _decide(terminal, wanted, rows, _HOW.get(key, how))
    return False


def _without_some(terminal: TerminalSession, wanted: Filter, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows without those whose numbers the editor types; all of them after a wrong number."""
    left: list[int] = []
    if terminal.attempt(lambda: left.extend(terminal.numbers("numbers of those to leave out", len(rows)))):
        rows = tuple(row for at, row in enumerate(rows) if at not in left)
        _show(terminal, wanted, rows)
    return rows


def _only(how: str) -> tuple[tuple[str, str], ...]:
    letter = next(key for key, name in _HOW.items() if name == how)
    return tuple(one for one in _KEYS if one[0] in (letter, "p", "q"))


def _may_undo(terminal: TerminalSession) -> bool:
    """Offer to undo the decision. Always returns False, which ends the walk."""
    if terminal.screen.ask(END) == "u":
        terminal.undo()
    return False


def _decide(terminal: TerminalSession, wanted: Filter, rows: Sequence[Row], how: str) -> bool:
    chosen = covered(rows, wanted, how)

    def decide() -> None:
        done, why = decide_together(terminal.session, chosen, how, f"{how} {number_of(len(chosen), 'name')}")
        terminal.screen.say(f"{number_of(done, 'time')}: {how}", "green")
        for reason in list(dict.fromkeys(map(str, why)))[:5]:
            terminal.screen.say(f"not done: {reason}", "red")

    if left := len(rows) - len(chosen):
        terminal.screen.say(
            f"{left} in doubt {'stays' if left == 1 else 'stay'} open: decide one by one, or add --kind twin or --kind doubtful",
            "yellow",
        )
    return bool(chosen) and terminal.attempt(decide)


def _show(terminal: TerminalSession, wanted: Filter, rows: Sequence[Row]) -> None:
    if not rows:
        terminal.screen.say("no open name matches the filter", "yellow")
        return
    articles = {item.article.path for row in rows for item in row.waiting}
    places = sum(len(row.waiting) for row in rows)
    terminal.screen.head(
        "many at once",
        f"{number_of(len(rows), 'name')}, in {number_of(places, 'place')} of {number_of(len(articles), 'article')}",
    )
    listed = [_listed(number, row) for number, row in enumerate(rows[:_SHOWN], 1)]
    terminal.screen.table(("", "name", "type", "score", "articles", "in doubt"), listed)
    if len(rows) > _SHOWN:
        terminal.screen.say(f"and {len(rows) - _SHOWN} more", "dim")
    doubtful = sum(row.kind != REST for row in rows)
    if doubtful:
        left = "" if wanted.kind else ", and not accepted together with the rest"
        terminal.screen.say(
            f"{doubtful} of them {'is' if doubtful == 1 else 'are'} doubtful or may be the same as another{left}",
            "yellow",
        )


def _listed(number: int, row: Row) -> tuple[str, ...]:
    why = row.twins[0].reason if row.twins else "" if row.kind == REST else row.kind
    kind = f"{row.type}, record" if row.recorded else row.type
    return str(number), row.name, kind, f"{row.score:.2f}", str(len(row.waiting)), why
