"""The output of commands: every line passes through here, so that no text of a source can control the terminal or a log."""

from __future__ import annotations

from collections.abc import Iterable

import click

from dossierkit.text.printable import printable, printable_lines


class CommandError(Exception):
    """What was asked for cannot be done; the message says why. It ends a command with exit code 1."""


def say(line: str, *, err: bool = False) -> None:
    r"""Print one line on standard output or, with `err`, on standard error; line breaks in it are shown as `\n`."""
    click.echo(printable(line), err=err)


def say_all(lines: Iterable[str]) -> None:
    """Print lines on standard output, each like `say`."""
    for line in lines:
        say(line)


def say_text(text: str, *, err: bool = False) -> None:
    """Print several lines; parts that others wrote must have been made printable already."""
    click.echo(printable_lines(text), err=err)


def printable_error(error: click.ClickException) -> click.ClickException:
    """The same error, with a printable message."""
    vars(error)["message"] = printable_lines(error.message)
    return error
