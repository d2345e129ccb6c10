"""The theme's page around the content, rendered once for pages that differ in little, and filled in for each.

A page is rendered by the theme's own template with marks where its title, description, content and addresses go, while
what else the template asks of the page is written down. The result serves every page of the same folder that answers
the same. Where the template asks for more than is understood here, or a mark does not come out as it went in, or the
first pages filled in are not byte for byte what the template makes of them, the template renders each page itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from markupsafe import escape

from dossierkit.site.head.page_head import HEAD
from dossierkit.theme.finishing import leaves

if TYPE_CHECKING:
    import jinja2
    from mkdocs.structure.pages import Page

Render = Callable[["Page", Any], str]
"""The template's own rendering: `page` is the page that is built, the other what the template is to see of it."""

_OWN = ("title", "description", HEAD)
"""Keys of front matter whose text goes into the page as it is; `HEAD` is finished HTML, the others are plain words."""
_HOLES = (*_OWN, "content", "canonical_url", "edit_url")
_VALUE = {name: f"\ue010{name} 'quoted' \"twice\" & é\ue011" for name in _HOLES}
_ESCAPED = {f"{name}|e": str(escape(value)) for name, value in _VALUE.items()}
_MARKS = {**_VALUE, **_ESCAPED}
_NAMES = tuple(_MARKS)
_HTML = (HEAD, "content")
_HOLE = re.compile("|".join(f"({re.escape(mark)})" for mark in _MARKS.values()))
_TITLE = re.compile(r"[^\s<&\ue010\ue011](?:[^\s<&\ue010\ue011]| (?! )|&(?= ))*(?<! )")
_SAME = ("is_homepage", "is_page", "is_section", "is_link", "next_page", "previous_page", "parent", "ancestors", "children",
         "active", "toc", "update_date")  # fmt: skip
_LINKING = ("url", "script_tag")
_CHECKED = 2
_MOST = 16  # shells of one folder; where pages differ in more, filling in gains nothing


class _UnknownUseError(Exception):
    """The template uses the page in a way that filling in could not repeat."""


class _Hole(str):
    """A value to be filled in: prints its mark, and writes down what is asked of it."""

    __slots__ = ("asked",)
    asked: dict[str, bool]

    def __new__(cls, name: str, actual: str, asked: dict[str, bool]) -> Self:
        hole = super().__new__(cls, _VALUE[name])
        hole.asked = _AskedValue(actual, asked)
        return hole

    def __contains__(self, part: object) -> bool:
        return self.asked[str(part)]

    def __eq__(self, other: object) -> bool:
        raise _UnknownUseError

    def __hash__(self) -> int:
        raise _UnknownUseError


class _PageContent(_Hole):
    """The content of a page, which is HTML."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class _AskedValue(dict[str, bool]):
    """Whether the actual value holds some words; every answer is written down."""

    def __init__(self, actual: str, asked: dict[str, bool]) -> None:
        super().__init__()
        self._actual, self._asked = actual, asked

    def __missing__(self, part: str) -> bool:
        self._asked[part] = part in self._actual
        return self._asked[part]


@dataclass(slots=True)
class _Answers:
    """What a template was told: of the front matter, whether there were addresses, what the content holds, its links."""

    meta: dict[str, Any] = field(default_factory=dict)
    given: dict[str, bool] = field(default_factory=dict)
    holds: dict[str, bool] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)


class _PageMeta(Mapping[str, Any]):
    """A page's front matter as its template sees it."""

    def __init__(self, actual: Mapping[str, Any], answers: _Answers) -> None:
        self._actual, self._answers = actual, answers

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - front matter holds anything
        if key in _OWN and isinstance(self._actual.get(key), str):
            self._answers.given[key] = True
            return _Hole(key, self._actual[key], {}) if self._actual[key] else ""
        self._answers.meta[key] = self._actual.get(key)
        return self._actual[key]

    def __iter__(self) -> Iterator[str]:
        raise _UnknownUseError

    def __len__(self) -> int:
        raise _UnknownUseError

    def __bool__(self) -> bool:
        return True  # every page that is filled in has a title


class _TrackedPage:
    """A page as its template sees it."""

    def __init__(self, page: Page, answers: _Answers) -> None:
        self._page, self._answers = page, answers
        self.meta = _PageMeta(page.meta, answers)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a page has
        page, answers = self._page, self._answers
        if name == "title":
            return self.meta["title"]
        if name == "content":
            return _PageContent(name, page.content or "", answers.holds)
        if name in {"canonical_url", "edit_url"}:
            answers.given[name] = bool(getattr(page, name))
            return _Hole(name, getattr(page, name), {}) if getattr(page, name) else getattr(page, name)
        if name not in _SAME and hasattr(page, name):
            raise _UnknownUseError
        return getattr(page, name)


@dataclass(slots=True)
class PageLayout:
    """`pieces` are HTML and names of values by turns. `left`: how many pages are still to be compared with."""

    answers: _Answers
    pieces: tuple[str, ...]
    sound: bool
    left: int = _CHECKED

    def serves(self, page: Page) -> bool:
        """Whether the template would be told the same of this page."""
        asked, meta, content = self.answers, page.meta, page.content or ""
        return (
            all(meta.get(key) == value for key, value in asked.meta.items())
            and all(bool(_value(page, name)) == given for name, given in asked.given.items())
            and all((part in content) == holds for part, holds in asked.holds.items())
            and page.url not in asked.links
        )

    def filled(self, page: Page) -> str:
        values = {name: _value(page, name) for name in _HOLES}
        values |= {f"{name}|e": str(escape(value)) for name, value in values.items() if name not in _HTML}
        return "".join(values[piece] if number % 2 else piece for number, piece in enumerate(self.pieces))


def _value(page: Page, name: str) -> str:
    found = page.meta.get(name) if name in _OWN else getattr(page, name)
    return found or ""


class PageLayouts:
    """The shells of one build."""

    def __init__(self, env: jinja2.Environment, render: Render) -> None:
        self._env, self._render = env, render
        self._by_folder: dict[tuple[str, str], list[PageLayout]] = {}

    def page(self, page: Page) -> str:
        """The page's HTML, as its template renders it."""
        if not _plain(page):
            return self._render(page, page)
        # The home page lies above those whose folders stand in the site's own.
        folder = "" if page.is_homepage else f"{page.url.rstrip('/').rpartition('/')[0]}/"
        key = (folder, str(page.meta.get("template", "main.html")))
        known = self._by_folder.setdefault(key, [])
        shell = next((one for one in known if one.serves(page)), None)
        if shell is None and len(known) >= _MOST:
            return self._render(page, page)
        if shell is None:
            shell = self._shell(page)
            known.append(shell)
        if not shell.sound:
            return self._render(page, page)
        html = shell.filled(page)
        if shell.left:
            shell.left -= 1
            real = self._render(page, page)
            shell.sound = real == html
            return real
        return html

    def _shell(self, page: Page) -> PageLayout:
        answers = _Answers()
        try:
            with self._watched_links(page, answers):
                html = self._render(page, _TrackedPage(page, answers))
        except _UnknownUseError:
            return PageLayout(answers, (), sound=False)
        pieces = _pieces(html)
        return PageLayout(
            answers, pieces, not any(mark in piece for piece in pieces for mark in "\ue010\ue011")
        )

    @contextmanager
    def _watched_links(self, page: Page, answers: _Answers) -> Iterator[None]:
        """Filters that make addresses relative to the page are given the page itself; where they lead is written down."""
        before = {name: self._env.filters[name] for name in _LINKING if name in self._env.filters}

        def watched(real: Callable[..., str]) -> Callable[..., str]:
            def link(context: Mapping[str, Any], target: object) -> str:
                answers.links.add(f"{str(target).partition('#')[0].strip('/')}/")
                answers.links.add(str(target).partition("#")[0])
                return real({"page": page, "base_url": context["base_url"]}, target)

            return _as(real, link)

        self._env.filters.update({name: watched(real) for name, real in before.items()})
        try:
            yield
        finally:
            self._env.filters.update(before)


def _as(real: Callable[..., str], wrapped: Callable[..., str]) -> Callable[..., str]:
    """The wrapped filter is passed the context wherever the real one is."""
    vars(wrapped).update(vars(real))
    return wrapped


def _pieces(html: str) -> tuple[str, ...]:
    pieces: list[str] = []
    done = 0
    for match in _HOLE.finditer(html):
        pieces += (html[done : match.start()], _NAMES[(match.lastindex or 1) - 1])
        done = match.end()
    return (*pieces, html[done:])


def _plain(page: Page) -> bool:
    """Whether what is filled in would come out of any of the templates' filters as it is."""
    title, description = page.meta.get("title"), page.meta.get("description", "")
    return (
        leaves(page.content or "")
        and leaves(str(description))
        and leaves(str(page.meta.get(HEAD, "")))
        and "assets/" not in str(page.meta.get(HEAD, ""))
        and isinstance(title, str)
        and isinstance(description, str)
        and bool(_TITLE.fullmatch(title))
        and (not description or bool(_TITLE.fullmatch(description)))
        and page.title == title
    )
