"""What to do about front matter that is not YAML, and where: by the message of libyaml."""

from __future__ import annotations

import yaml

_TABS = "indent with spaces, not with tabs"
_QUOTE = "quote values that hold `: ` or `#`"
_OPENED = (
    ("expected ',' or '}'", "the `{` here is not closed, or a comma is missing after it"),
    ("expected ',' or ']'", "the `[` here is not closed, or a comma is missing after it"),
    ("unexpected end of stream", "the quotation mark here is not closed"),
    ("could not find expected ':'", "write `key: value`, with a space after the colon"),
)
"""Messages about something that began earlier: the mistake is where it began."""
_HERE = (
    ("tab character", _TABS),
    ("mapping values", "quote a value that holds `: `, or indent the key like those beside it"),
    ("'-' indicator", "indent the lines of one item alike"),
    ("cannot start any token", "quote a value that begins with this character"),
    ("undefined alias", "quote a value that begins with this character"),
    ("expected key", "quote the whole value, or indent the line like those beside it"),
)


def remedy(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int, str]:
    """Line and column (from 1) of the mistake in `text`, and what to do about it."""
    problem = error.problem or ""
    for words, what in _OPENED:
        if words in problem and error.context_mark:
            return (*_place(error.context_mark), what)
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1, _QUOTE
    if text[mark.index : mark.index + 1] == "\t":
        return (*_place(mark), _TABS)
    return (*_place(mark), next((what for words, what in _HERE if words in problem), _QUOTE))


def _place(mark: yaml.Mark) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1
