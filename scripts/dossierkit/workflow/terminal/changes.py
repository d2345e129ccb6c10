"""`dossier review --changes`: differences from the last commit, a commit with a message, a new branch. It never pushes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dossierkit.check.changes.show import plain
from dossierkit.store.edit import EditError
from dossierkit.workflow.editing import changes, git
from dossierkit.workflow.review.screen import Screen
from dossierkit.workflow.terminal.seat import Seat, seated, walk

_KEYS = (("d", "a file as text"), ("C", "commit"), ("b", "new branch"), ("q", "quit"))


def run(root: Path, screen: Screen | None = None) -> None:
    """Show what changed, and carry out keys. Raises click.UsageError without a terminal."""
    seat = seated(root, screen)
    walk(seat, lambda: _step(seat))


def _step(seat: Seat) -> bool:
    now = git.state(seat.session.root)
    if not now.there:
        seat.screen.say(
            "this is not a git repository: nothing can be compared or committed; run `git init`", "yellow"
        )
        return False
    seat.screen.head(
        f"changes · {now.branch or 'no branch'}", f"{len(now.changed)} files changed since the last commit"
    )
    seat.screen.say(plain(changes.in_words(seat.session, now)))
    seat.screen.table(
        ("", "", "file"), [(str(at), how, path) for at, (how, path) in enumerate(now.changed, 1)]
    )
    key = seat.screen.ask(_KEYS)
    paths = [path for _, path in now.changed]
    acts = {"d": lambda: _diff(seat, paths), "C": lambda: _commit(seat, paths), "b": lambda: _branch(seat)}
    if key in acts:
        seat.attempt(acts[key])
    return key != "q"


def _diff(seat: Seat, paths: Sequence[str]) -> None:
    """Show the differences of chosen files. Raises EditError."""
    for at in seat.numbers("numbers of the files", len(paths)):
        for line in git.text_diff(seat.session.root, paths[at]).splitlines():
            seat.screen.say(line, "green" if line.startswith("+") else "red" if line.startswith("-") else "")


def _commit(seat: Seat, paths: Sequence[str]) -> None:
    """Commit chosen files. Raises EditError."""
    if not paths:
        raise EditError("nothing is selected for the commit")
    places = seat.numbers("numbers of the files (Enter: all)", len(paths))
    chosen = [paths[at] for at in places] or list(paths)
    done = changes.commit(seat.session, chosen, seat.screen.line("message"))
    seat.screen.say(f"committed: {done}", "green")


def _branch(seat: Seat) -> None:
    """Create a branch. Raises EditError."""
    name = seat.screen.line("name of the new branch (Enter: none)")
    if name:
        git.new_branch(seat.session.root, name)
        seat.screen.say(f"on the new branch {name}", "green")
