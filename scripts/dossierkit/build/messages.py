"""Prints the messages of MkDocs on standard error, on a terminal in the form that its own command gives them.

MkDocs' module for that is not imported, because it searches all installed packages for themes.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from dossierkit.text.printable import printable_lines

_COLOURS = {"CRITICAL": "red", "ERROR": "red", "WARNING": "yellow", "DEBUG": "blue"}
_LEVEL = 8
_INDENT = " " * (_LEVEL + 3)
"""Indentation of the second and further lines of a message."""


def in_colour(stream: TextIO) -> bool:
    """Whether to print in colour: on a terminal, unless `NO_COLOR` is set (https://no-color.org/)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class _Formatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__()
        self._colour, self._wraps = in_colour(sys.stderr), sys.stderr.isatty()

    def format(self, record: logging.LogRecord) -> str:
        message, level = printable_lines(super().format(record)), f"{record.levelname:<{_LEVEL}}-  "
        colour = _COLOURS.get(record.levelname)
        label = click.style(level, fg=colour) if colour and self._colour else level
        width = shutil.get_terminal_size(fallback=(0, 0)).columns if self._wraps else 0
        return label + (_wrapped(message, width) if width else message)


def _wrapped(message: str, width: int) -> str:
    wrapper = textwrap.TextWrapper(
        width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(map(wrapper.fill, message.splitlines())).removeprefix(_INDENT)


@contextmanager
def messages() -> Iterator[logging.Logger]:
    """MkDocs' logger, printing to standard error while the block runs."""
    logger, stream = logging.getLogger("mkdocs"), logging.StreamHandler()
    logger.setLevel(logging.INFO)
    logger.propagate = False
    stream.setFormatter(_Formatter())
    logger.addHandler(stream)
    try:
        yield logger
    finally:
        logger.removeHandler(stream)


@contextmanager
def collected(level: int) -> Iterator[list[tuple[int, str]]]:
    """Levels and texts of the messages of MkDocs' logger that are of this level or above, while the block runs."""
    logger, collector = logging.getLogger("mkdocs"), _Collector(level)
    logger.addHandler(collector)
    try:
        yield collector.said
    finally:
        logger.removeHandler(collector)


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((record.levelno, record.getMessage()))
