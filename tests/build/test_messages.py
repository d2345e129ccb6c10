"""What a build says looks as it does from MkDocs' own command."""

from __future__ import annotations

import logging

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


def test_nothing_is_heard_twice_or_afterwards(capsys):
    with messages() as logger:
        logger.warning("once")
    logging.getLogger("mkdocs").warning("afterwards")
    said = capsys.readouterr().err
    assert said.count("once") == 1
    assert "afterwards" not in said
