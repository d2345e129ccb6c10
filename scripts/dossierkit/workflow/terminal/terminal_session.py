"""Shared by all views of the terminal: the session, the screen, and carrying out a key."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.system_refusal import refused_by_system
from dossierkit.parallel.fence import trouble
from dossierkit.store.edit import EditError
from dossierkit.workflow.editing.session import EditingSession, NotPublishedError
from dossierkit.workflow.review.screen import Screen, one_of

END = (("u", "undo"), ("q", "quit"))
"""The last keys of every question."""


@dataclass(slots=True)
class TerminalSession:
    """An editing session with its terminal."""

    session: EditingSession
    screen: Screen

    def attempt(self, act: Callable[[], object]) -> bool:
        """Carry out an action; if it fails, print the reason. Returns whether it succeeded."""
        try:
            act()
        except NotPublishedError as error:
            self.screen.say("not published:", "red")
            for problem in (one for made in error.made for one in made.problems):
                self.screen.say(f"  {problem}", "red")
        except EditError as error:
            self.screen.say(f"not done: {error}", "red")
        except DiagnosticsError as error:
            self.screen.say("not done: " + "; ".join(problem.message for problem in error.problems), "red")
        except OSError as error:
            self.screen.say(f"not done: {refused_by_system(error)}", "red")
        except Exception as error:  # noqa: BLE001 -- the review continues after any error
            self.screen.say(f"not done: {trouble('.', error).message}", "red")
        else:
            self.session.index.settle()
            return True
        return False

    def answer(self, key: str, act: Callable[[], object]) -> bool:
        """Carry out a key: `u` undoes, `q` leaves, any other acts. Returns False for the key that leaves."""
        if key == "u":
            self.undo()
        elif key != "q":
            self.attempt(act)
        return key != "q"

    def undo(self) -> None:
        if not self.session.engine.done:
            self.screen.say("nothing to undo", "yellow")
        elif self.attempt(self.session.undo):
            self.screen.say("undone", "green")

    def publish(self, pages: Sequence[str], version: str, *, accept: bool) -> None:
        """Publish pages, and say so. `version`: the digest of the first one's text. Raises EditError, DiagnosticsError."""
        self.session.publish(pages, version, accept=accept)
        self.screen.say(f"published: {', '.join(pages)}", "green")

    def at_the_end(self) -> bool:
        """Say that nothing is left to ask about. Returns whether the editor undid the last decision."""
        self.screen.say("no open name matches the filter", "green")
        if not self.session.engine.done or self.screen.ask(END) != "u":
            return False
        self.undo()
        return True

    def numbers(self, question: str, most: int) -> list[int]:
        """Typed numbers as indices from 0. Raises EditError."""
        return [one_of(typed, most) for typed in self.screen.line(question).replace(",", " ").split()]


def open_terminal(root: Path, screen: Screen | None = None, *, asks: bool = True) -> TerminalSession:
    """A session with everything read and candidates derived. Raises click.UsageError without a terminal, unless `asks` is off."""
    if screen is None and asks and not sys.stdin.isatty():
        raise click.UsageError(
            "a review needs a terminal: without one, decide at `dossier desk`, or in the pages themselves"
        )
    session = EditingSession.open(root)
    session.index.load()
    return TerminalSession(session, screen or Screen())


def walk(
    terminal: TerminalSession, step: Callable[[], bool], open_now: Callable[[], int] | None = None
) -> None:
    """Repeat `step` until it returns False or the editor leaves; then print the number of decisions.

    `open_now`: the number of items that are open, by default in all articles.
    """
    try:
        while step():
            terminal.session.refresh()
            terminal.session.index.settle()
    except (KeyboardInterrupt, EOFError):
        terminal.screen.say("")
    articles = terminal.session.index.articles.values()
    left = open_now() if open_now else sum(len(article.waiting) for article in articles)
    terminal.screen.say(f"{terminal.session.engine.decided} decided, {left} open")


def shortened(words: str, most: int) -> str:
    """At most `most` code points, with an ellipsis if the text is longer."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def keys(*listed: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(one for some in (*listed, END) for one in some)
