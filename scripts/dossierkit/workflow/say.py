"""The output of commands: every line passes here, so that no text of a source can act on the terminal or in a log."""

from __future__ import annotations

import click

from dossierkit.text.printable import printable, printable_lines


def say(line: str, *, err: bool = False) -> None:
    r"""One line on standard output or, with `err`, on standard error: line breaks in it are shown as `\n`."""
    click.echo(printable(line), err=err)


def say_text(text: str, *, err: bool = False) -> None:
    """A text of several lines, each of which was made printable where it holds what others wrote."""
    click.echo(printable_lines(text), err=err)


def printable_error(error: click.ClickException) -> click.ClickException:
    """The same error, with a message that may be shown."""
    vars(error)["message"] = printable_lines(error.message)
    return error
