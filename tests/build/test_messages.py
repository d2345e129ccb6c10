"""What a build says looks as it does from MkDocs' own command."""

from __future__ import annotations

import logging
import sys

import mkdocs.__main__
import pytest

from dossierkit.build.messages import messages

SAID = [
    (logging.INFO, "a short line"),
    (logging.WARNING, "two lines,\nof which the second is long: " + "word " * 30),
    (
        logging.ERROR,
        "content/articles/2016/a-name-that-is-longer-than-the-terminal-is-wide.md:12:3: D304 broken",
    ),
    (logging.INFO, ""),
]


def _said(logger):
    for level, message in SAID:
        logger.log(level, message)


@pytest.mark.parametrize("columns", ["0", "40", "100"])
def test_messages_are_set_as_mkdocs_sets_them(monkeypatch, capsys, columns):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(
        mkdocs.__main__.ColorFormatter.text_wrapper, "width", int(columns), raising=True
    )  # it looks at the terminal once, when it is loaded
    with messages() as logger:
        _said(logger)
    ours = capsys.readouterr().err
    state = mkdocs.__main__.State()
    _said(state.logger)
    state.logger.removeHandler(state.stream)
    assert ours == capsys.readouterr().err


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        (True, {"NO_COLOR": "", "TERM": "xterm"}, True),
        (True, {"NO_COLOR": "1", "TERM": "xterm"}, False),
        (True, {"NO_COLOR": "", "TERM": "dumb"}, False),
        (False, {"NO_COLOR": "", "TERM": "xterm"}, False),
    ],
)
def test_there_are_colours_on_a_terminal_only_and_not_if_nobody_wants_them(
    monkeypatch, capsys, terminal, environment, coloured
):
    for name, value in {"COLUMNS": "40", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with messages() as logger:
        _said(logger)
    said = capsys.readouterr().err
    assert ("\x1b" in said) == coloured
    assert (SAID[2][1] in said.splitlines()[-2]) == (not terminal)


def test_nothing_is_heard_twice_or_afterwards(capsys):
    with messages() as logger:
        logger.warning("once")
    logging.getLogger("mkdocs").warning("afterwards")
    said = capsys.readouterr().err
    assert said.count("once") == 1
    assert "afterwards" not in said
