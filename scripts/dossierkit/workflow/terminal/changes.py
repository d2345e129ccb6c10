"""`dossier review --changes`: differences from the last commit, a commit with a message, a new branch. It never pushes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dossierkit.check.changes.show import plain
from dossierkit.store.edit import EditError
from dossierkit.text.number_of import number_of
from dossierkit.workflow.editing import changes, git
from dossierkit.workflow.review.screen import Screen
from dossierkit.workflow.terminal.terminal_session import TerminalSession, open_terminal, walk

_KEYS = (("d", "a file as text"), ("C", "commit"), ("b", "new branch"), ("q", "quit"))


def run(root: Path, screen: Screen | None = None) -> None:
    """Show what changed, and carry out keys. Raises click.UsageError without a terminal."""
    terminal = open_terminal(root, screen)
    walk(terminal, lambda: _step(terminal))


def _step(terminal: TerminalSession) -> bool:
    now = git.state(terminal.session.root)
    if not now.there:
        terminal.screen.say(
            "this is not a git repository: nothing can be compared or committed; run `git init`", "yellow"
        )
        return False
    terminal.screen.head(
        f"changes · {now.branch or 'no branch'}",
        f"{number_of(len(now.changed), 'file')} changed since the last commit",
    )
    terminal.screen.say(plain(changes.in_words(terminal.session, now)))
    terminal.screen.table(
        ("", "", "file"), [(str(at), how, path) for at, (how, path) in enumerate(now.changed, 1)]
    )
    key = terminal.screen.ask(_KEYS)
    paths = [path for _, path in now.changed]
    acts = {
        "d": lambda: _diff(terminal, paths),
        "C": lambda: _commit(terminal, paths),
        "b": lambda: _branch(terminal),
    }
    if key in acts:
        terminal.attempt(acts[key])
    return key != "q"


def _diff(terminal: TerminalSession, paths: Sequence[str]) -> None:
    """Show the differences of chosen files. Raises EditError."""
    for at in terminal.numbers("numbers of the files", len(paths)):
        for line in git.text_diff(terminal.session.root, paths[at]).splitlines():
            terminal.screen.say(
                line, "green" if line.startswith("+") else "red" if line.startswith("-") else ""
            )


def _commit(terminal: TerminalSession, paths: Sequence[str]) -> None:
    """Commit chosen files. Raises EditError."""
    if not paths:
        raise EditError("nothing is selected for the commit")
    places = terminal.numbers("numbers of the files (Enter: all)", len(paths))
    chosen = [paths[at] for at in places] or list(paths)
    done = changes.commit(terminal.session, chosen, terminal.screen.line("message"))
    terminal.screen.say(f"committed: {done}", "green")


def _branch(terminal: TerminalSession) -> None:
    """Create a branch. Raises EditError."""
    name = terminal.screen.line("name of the new branch (Enter: none)")
    if name:
        git.new_branch(terminal.session.root, name)
        terminal.screen.say(f"on the new branch {name}", "green")
