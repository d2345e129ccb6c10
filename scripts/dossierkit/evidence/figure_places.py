"""Take figures out of an article's Markdown while its text is read, so that captions do not count as its words.

In the HTML an empty paragraph marks each figure's place with its Markdown; texts cannot contain one, since nh3 removes the
attribute.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from dossierkit.model.media import Medium
from dossierkit.text.figures import figures

NAME = "data-dk-figure"
_SIGN = "\ue020"
_MARK = re.compile(rf"<p>{_SIGN}([0-9]{{1,6}}){_SIGN}</p>")
_PLACE = re.compile(rf'<p><img {NAME}="([^"]*+)"></p>')


def set_aside(markdown: str) -> tuple[str, tuple[str, ...]]:
    """The Markdown with a mark for each figure, and the figures' Markdown."""
    found = figures(markdown, "") if _SIGN not in markdown else ()
    pieces, done = [], 0
    for number, figure in enumerate(found):
        pieces += [markdown[done : figure.start], f"{_SIGN}{number}{_SIGN}"]
        done = figure.end
    return "".join((*pieces, markdown[done:])), tuple(markdown[figure.start : figure.end] for figure in found)


def placed(html: str, aside: tuple[str, ...]) -> str:
    """The HTML with each figure's place."""

    def place(match: re.Match[str]) -> str:
        number = int(match[1])
        return f'<p><img {NAME}="{escape(aside[number])}"></p>' if number < len(aside) else match[0]

    return _MARK.sub(place, html) if aside else html


def filled(html: str, page: str, made: Callable[[Medium], str]) -> str:
    """The HTML with each figure replaced by `made`'s result. `page`: its path below content/."""

    def figure(match: re.Match[str]) -> str:
        found = figures(" ".join(unescape(match[1]).split()), page)
        return made(found[0].medium) if found else ""

    return _PLACE.sub(figure, html) if NAME in html else html
