"""Page layouts: the theme's template rendered once for similar pages, then filled in for each.

One page is rendered by the theme's template with placeholders for title, description, content and addresses, and everything
else that the template reads of the page is recorded. The layout is used for every page of the same folder for which these reads
give the same values. The template renders a page itself if it uses the page in a way that is not supported here, if a
placeholder does not come out unchanged, or if the first pages filled in are not byte for byte what the template renders.
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
"""Renders a page with its template. Arguments: the page that is built, and the object that the template sees as `page`."""

_OWN = ("title", "description", HEAD)
"""Keys of front matter that are filled in; `HEAD` is finished HTML, the others are plain text."""
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
_MOST = 16  # layouts of one folder; if pages differ more than that, filling in saves nothing


class _UnknownUseError(Exception):
    """The template uses the page in a way that a layout cannot reproduce."""


class _Hole(str):
    """Placeholder of a value: prints as a mark, and records which substrings the template looks for in it."""

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
    """Placeholder of a page's content, which is not escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class _AskedValue(dict[str, bool]):
    """Whether the actual value contains a substring; records each answer."""

    def __init__(self, actual: str, asked: dict[str, bool]) -> None:
        super().__init__()
        self._actual, self._asked = actual, asked

    def __missing__(self, part: str) -> bool:
        self._asked[part] = part in self._actual
        return self._asked[part]


@dataclass(slots=True)
class _Answers:
    """What a template read of the page.

    `meta`: values of front matter. `given`: which placeholders had a value. `holds`: substrings looked for in the content.
    `links`: addresses that it made relative to the page.
    """

    meta: dict[str, Any] = field(default_factory=dict)
    given: dict[str, bool] = field(default_factory=dict)
    holds: dict[str, bool] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)


class _PageMeta(Mapping[str, Any]):
    """A page's front matter, recording what the template reads."""

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
    """A page, recording what the template reads."""

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
    """`pieces`: HTML and names of placeholders, alternately.

    `left`: how many pages are still to be compared with the template's.
    """

    answers: _Answers
    pieces: tuple[str, ...]
    sound: bool
    left: int = _CHECKED

    def serves(self, page: Page) -> bool:
        """Whether the template would read the same values from this page."""
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
    """The layouts of one build."""

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
        layout = next((one for one in known if one.serves(page)), None)
        if layout is None and len(known) >= _MOST:
            return self._render(page, page)
        if layout is None:
            layout = self._layout(page)
            known.append(layout)
        if not layout.sound:
            return self._render(page, page)
        html = layout.filled(page)
        if layout.left:
            layout.left -= 1
            real = self._render(page, page)
            layout.sound = real == html
            return real
        return html

    def _layout(self, page: Page) -> PageLayout:
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
        """Let the filters that make addresses relative use the real page, and record which addresses they were given."""
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
    """Mark the wrapped filter for the same Jinja arguments as the real one."""
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
    """Whether no filter of the templates would change the page's title, description, head or content."""
    title, description = page.meta.get("title"), page.meta.get("description", "")
    return (
        leaves(page.content or "", content=True)
        and leaves(str(description))
        and leaves(str(page.meta.get(HEAD, "")))
        and "assets/" not in str(page.meta.get(HEAD, ""))
        and isinstance(title, str)
        and isinstance(description, str)
        and bool(_TITLE.fullmatch(title))
        and (not description or bool(_TITLE.fullmatch(description)))
        and page.title == title
    )
