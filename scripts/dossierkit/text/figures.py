"""Figures in Markdown: a picture, film, recording or document in a block of its own.

    ![What it shows](../../media/bridge.jpg "The caption"){credit="Ada Moreau" page=3}

The form is that of Markdown's images, with attributes as in Python-Markdown's `attr_list`, so that other Markdown programs
show the same picture.

Figures are taken out of an article's Markdown while its text is read, so that captions do not count as its words. In the HTML
an empty paragraph marks each figure's place with its Markdown; texts cannot contain one, since nh3 removes the attribute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape, unescape
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

from dossierkit.model.media import FOLDER, Medium

_FIGURE = re.compile(
    r"!\[(?P<alt>[^\[\]]*+)\]\((?P<src>[^\s()<>\"']++)(?:\s++\"(?P<caption>[^\"]*+)\")?\)(?:\{:?(?P<attributes>[^{}]*+)\})?"
)
_ATTRIBUTE = re.compile(r"(?<![a-z])([a-z]++)=(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=]++))")
_OWN = re.compile(rf"(?>(?:\.\./)*){FOLDER}")
_FENCE = ("```", "~~~")
KEYS = frozenset({"alt", "caption", "credit", "title", "page", "poster", "captions", "transcript", "lang"})
_FILES = ("src", "poster", "captions", "transcript")
_PAGE = re.compile(r"[1-9][0-9]{0,5}\Z")
NAME = "data-dk-figure"
_SIGN = "\ue020"
_MARK = re.compile(rf"<p>{_SIGN}([0-9]{{1,6}}){_SIGN}</p>")
_PLACE = re.compile(rf'<p><img {NAME}="([^"]*+)"></p>')


class Figure(NamedTuple):
    """`medium`: with paths below content/.

    `start`, `end`: its block in the Markdown, code points, half open. `unknown`: unknown attributes.
    """

    medium: Medium
    start: int
    end: int
    unknown: tuple[str, ...]


def figures(markdown: str, page: str) -> tuple[Figure, ...]:
    """The figures of a text, in order. `page`: its path below content/, to which their paths are relative."""
    if "![" not in markdown:
        return ()
    return tuple(found for start, end in _blocks(markdown) if (found := _figure(markdown, start, end, page)))


def replaced(markdown: str, page: str, made: Callable[[Medium], str]) -> str:
    """The Markdown with each figure replaced by `made`'s result."""
    pieces: list[str] = []
    done = 0
    for figure in figures(markdown, page):
        pieces += (markdown[done : figure.start], made(figure.medium))
        done = figure.end
    return "".join((*pieces, markdown[done:])) if pieces else markdown


def _blocks(markdown: str) -> Iterator[tuple[int, int]]:
    """Blocks that begin like a figure, outside fenced code."""
    at, fence = 0, ""
    for block in re.split(r"(\n(?:[ \t]*\n)+)", markdown):
        for line in block.split("\n"):
            sign = line.lstrip(" ")[:3]
            if sign in _FENCE:
                fence = "" if sign == fence else fence or sign
        begins = len(block) - len(block.lstrip("\n"))
        if not fence and block.startswith("![", begins):
            yield at + begins, at + len(block)
        at += len(block)


def _figure(markdown: str, start: int, end: int, page: str) -> Figure | None:
    match = _FIGURE.fullmatch(" ".join(markdown[start:end].split()))
    if match is None:
        return None
    given = _attributes(match["attributes"] or "")
    medium = _located(_medium(match, given), page)
    if match["attributes"] is None and not _OWN.match(match["src"]):
        return None
    trailing = end - start - len(markdown[start:end].rstrip())
    return Figure(medium, start, end - trailing, tuple(name for name in given if name not in KEYS))


def _attributes(text: str) -> dict[str, str]:
    """The attributes in order; the last of each name."""
    return {name: double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(text)}


def _medium(match: re.Match[str], given: dict[str, str]) -> Medium:
    values = {"alt": match["alt"] or None, "caption": match["caption"] or ""}
    values |= {name: value for name, value in given.items() if name in KEYS}
    number = str(values.pop("page", "") or "")
    return Medium(src=match["src"], page=int(number) if _PAGE.match(number) else 0, **values)  # type: ignore[arg-type]  # texts by their names


def _located(medium: Medium, page: str) -> Medium:
    """The medium with paths from content/ instead of from the page."""
    paths = {name: getattr(medium, name) for name in _FILES}
    found = {name: _path(path, page) for name, path in paths.items() if path and not _elsewhere(path)}
    return replace(medium, **found)  # type: ignore[arg-type]  # all of them are texts


def _path(path: str, page: str) -> str:
    return normpath(join(dirname(page), unquote(path)))


def _elsewhere(path: str) -> bool:
    return path.startswith(("https://", "http://"))


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
