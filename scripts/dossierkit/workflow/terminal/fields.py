"""Fields of a page at the terminal: a table of them, and a question for the new value of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import click

from dossierkit.store.edit import EditError
from dossierkit.workflow.editing.dossier_edits import moved
from dossierkit.workflow.editing.value_checks import refuse_wrong
from dossierkit.workflow.review.screen import Screen, index_of
from dossierkit.workflow.terminal.terminal_session import shortened

_LONGEST = 70  # code points of a value in the table
_LONG = "body"
"""The field that is edited in a text editor."""


def show(screen: Screen, fields: Mapping[str, str]) -> None:
    listed = [
        (str(number), name, shortened(value.replace("\n", "; "), _LONGEST))
        for number, (name, value) in enumerate(fields.items(), 1)
    ]
    screen.table(("", "field", "now"), listed)


def choose_field(screen: Screen, fields: Mapping[str, str]) -> str:
    """The name of a field, typed as number or name; empty for an empty line. Raises EditError."""
    typed = screen.line("field (number or name; Enter: none)")
    if not typed:
        return ""
    names = list(fields)
    if (at := index_of(typed, len(names))) is not None:
        return names[at]
    if typed not in names:
        raise EditError("there is no field `{name}`: use {listed}", name=typed, listed=", ".join(names))
    return typed


def asked(screen: Screen, name: str, value: str, lists: Collection[str]) -> str:
    """The new value of a field. Raises EditError for an invalid date."""
    if name == _LONG:
        return _written(value)
    if name in lists:
        return "\n".join(_listed(screen, name, [line for line in value.split("\n") if line]))
    given = screen.line(f"{name} (- for none)", value)
    given = "" if given == "-" else given
    if name in ("date", "dates"):
        refuse_wrong("date", given)
    return given


def _written(value: str) -> str:
    """A long text, edited in the user's text editor ($VISUAL, $EDITOR)."""
    given = click.edit(value, extension=".md")
    return value if given is None else given


def _listed(screen: Screen, name: str, values: Sequence[str]) -> list[str]:
    """A list, changed step by step until an empty line. Raises EditError."""
    found = list(values)
    while True:
        for number, value in enumerate(found, 1):
            screen.say(f"  {number:2}  {value}")
        typed = screen.line(
            f"{name}: + and a value, or a number with -, up or down, such as 2 up (Enter: done)"
        )
        if not typed:
            return found
        found = _changed(found, typed)


def _changed(values: list[str], typed: str) -> list[str]:
    """The list after one typed change. Raises EditError."""
    if typed.startswith("+") and typed[1:].strip():
        return [*values, typed[1:].strip()]
    number, _, what = typed.partition(" ")
    what = {"-": "drop", "up": "up", "down": "down"}.get(what.strip(), "")
    at = index_of(number, len(values))
    if not what or at is None:
        raise EditError("“{typed}” changes nothing: type + and a value, or 2 -, 2 up, 2 down", typed=typed)
    return moved(values, what, at)
