"""The terminal of `dossier review`: output, keys and typed lines."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Protocol, cast

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dossierkit.model.record import Record
from dossierkit.store.edit import EditError
from dossierkit.text.match import Matcher
from dossierkit.text.printable import printable, printable_lines, signs
from dossierkit.text.quote import fold_spaces, locate
from dossierkit.workflow.editing.marked_text import sentence_around

_QUOTE = "black on yellow"
_NUMBER = re.compile(r"\d{1,6}")
_AROUND = 400  # most code points of context on either side of a quote

Span = tuple[int, int]


class _LineEditor(Protocol):
    """What is used of the module `readline`."""

    def set_startup_hook(self, function: Callable[[], object] | None = None, /) -> None: ...
    def insert_text(self, string: str, /) -> None: ...


class Screen:
    """Writes to standard output, reads keys and lines from the terminal."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, soft_wrap=False)

    def head(self, place: str, title: str) -> None:
        self.console.print()
        self.console.rule(Text(printable(place), style="dim"), align="left")
        self.console.print(Text(printable(title), style="bold"))

    def say(self, words: str, style: str = "") -> None:
        self.console.print(Text(printable_lines(words), style=style))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print rows with a header; nothing without rows."""
        if not rows:
            return
        table = Table(box=None, pad_edge=False, header_style="dim")
        for name in head:
            table.add_column(name, justify="right" if not name else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(printable(value)) for value in row))
        self.console.print(table)

    def sentence(self, text: str, span: Span | None, lang: str) -> None:
        """Print the sentences that contain a span of a text, with the span marked."""
        if span is None:
            self.say("(its words were not found in the page's text)", "yellow")
            return
        start, end = _around(text, span, lang)
        shown = Text("\n".join(map(signs, text[start:end].split("\n"))))
        shown.stylize(_QUOTE, span[0] - start, span[1] - start)
        self.console.print(shown)

    def ask(self, keys: Sequence[tuple[str, str]]) -> str:
        """The key that was pressed; other keys are ignored. Raises KeyboardInterrupt, EOFError."""
        known = dict(keys)
        with _unbuffered() as pressed:
            self.console.print(self._keys(keys), no_wrap=True)
            while (key := pressed()) not in known:
                pass
        return key

    def _keys(self, keys: Sequence[tuple[str, str]]) -> Text:
        """Keys with their meaning; a key and its words stay on one line."""
        text, used = Text(), 0
        for key, words in keys:
            size = len(key) + len(words) + 5
            if used and used + size > self.console.width:
                text.append("\n")
                used = 0
            text.append(f" {key} ", style="reverse")
            text.append(f" {words}  ")
            used += size
        return text

    def line(self, question: str, default: str = "") -> str:
        """A typed line, or the default for an empty one. The default can be edited where the terminal has a line editor."""
        editor = _line_editor() if default and default.isprintable() else None
        self.say(f"{question}:" if editor or not default else f"{question} [{default}]:")
        if editor is None:
            return self.console.input("> ").strip() or default
        editor.set_startup_hook(lambda: editor.insert_text(default))
        try:
            return input("> ").strip() or default
        finally:
            editor.set_startup_hook()

    def checked(self, question: str, default: str, refuse: Callable[[str], None]) -> str:
        """A line that `refuse` raises no EditError for, or the default; a refused one is asked for again, to be mended."""
        shown = default
        while True:
            typed = self.line(question, shown)
            if typed == default:
                return typed
            try:
                refuse(typed)
            except EditError as error:
                self.say(f"not done: {error}", "red")
                shown = default if shown == typed else typed
            else:
                return typed

    def record(self, question: str, find: Callable[[str], Sequence[Record]]) -> Record | None:
        """A record that the editor chooses by number, id or part of a name; None for an empty line."""
        found = find("")
        while True:
            for number, record in enumerate(found, 1):
                self.say(f"  {number}  {record.title} ({record.type}) {record.id}")
            typed = self.line(f"{question} (number, id or part of a name; Enter: none)")
            if not typed:
                return None
            if (at := index_of(typed, len(found))) is not None:
                return found[at]
            found = find(typed)
            exact = [record for record in found if record.id == typed]
            if exact:
                return exact[0]
            if not found:
                self.say(f"no record has a name like “{typed}”", "yellow")


def _line_editor() -> _LineEditor | None:
    """GNU readline, if a person types; libedit, which shows no inserted text, and Windows have none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    with suppress(ImportError):
        readline = import_module("readline")
        return None if "libedit" in (readline.__doc__ or "") else cast("_LineEditor", readline)
    return None


def index_of(typed: str, most: int) -> int | None:
    """The index from 0 for a typed number from 1 to `most`; None for anything else."""
    number = int(typed) if _NUMBER.fullmatch(typed) else 0
    return number - 1 if 0 < number <= most else None


def one_of(typed: str, most: int) -> int:
    """`index_of`, or an error. Raises EditError."""
    if (at := index_of(typed, most)) is None:
        raise EditError("give numbers from 1 to {number}", number=most)
    return at


if sys.platform == "win32":

    @contextmanager
    def _unbuffered() -> Iterator[Callable[[], str]]:
        yield click.getchar

else:
    import termios
    import tty

    @contextmanager
    def _unbuffered() -> Iterator[Callable[[], str]]:
        """Single keys without echo. Keys typed ahead are read too; click.getchar would drop them.

        Ctrl-C is read as a key: its signal, if it came just before `read`, would wait until another key is pressed.
        """
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        try:
            tty.setcbreak(descriptor, termios.TCSADRAIN)
            mode = termios.tcgetattr(descriptor)
            mode[tty.CC][termios.VINTR] = bytes([os.fpathconf(descriptor, "PC_VDISABLE")])
            termios.tcsetattr(descriptor, termios.TCSADRAIN, mode)
            yield lambda: _byte(descriptor)
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _byte(descriptor: int) -> str:
    pressed = os.read(descriptor, 1)
    if pressed in {b"", b"\x04"}:
        raise EOFError
    if pressed == b"\x03":
        raise KeyboardInterrupt
    return pressed.decode("latin-1")


def quote_span(text: str, quote: str, prefix: str, suffix: str) -> Span | None:
    """The span of an entry's quote in the text, the first of several; None if it does not occur."""
    found = locate(fold_spaces(text), quote, prefix, suffix) or locate(fold_spaces(text), quote)
    return found[0] if found else None


def form_span(text: str, forms: Sequence[str], others: Iterable[str] = ()) -> Span | None:
    """The first span where one of the forms occurs, if possible outside the names of others; None if none does."""
    own = dict.fromkeys(forms, True)
    found = Matcher((dict.fromkeys(others, False) | own).items()).find(text)
    alone = next(((start, end) for start, end, is_own in found if is_own), None)
    return alone or (form_span(text, forms) if others else None)


def _around(text: str, span: Span, lang: str) -> Span:
    low, high = sentence_around(text, *span, lang)
    return max(low, span[0] - _AROUND), min(high, span[1] + _AROUND)
