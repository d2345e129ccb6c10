"""Values become HTML only escaped: a theme's Jinja environment escapes what it prints, and finished HTML is marked as such.

MkDocs and its forks print values as they are. Here their environment is made one that escapes, before a template is read;
what is HTML already (the content of a page, the headings of its table of contents, settings that may hold HTML) is `Markup`.
Engines that cannot be told to escape get values that are escaped text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from html import unescape
from typing import TYPE_CHECKING, Any, cast

from jinja2.ext import Extension
from markupsafe import Markup, escape

from dossierkit.evidence.body_html import clean_line
from dossierkit.site.head.page_head import HEAD
from dossierkit.theme.signature import sign

if TYPE_CHECKING:
    from jinja2 import Environment

_HTML = (".html", ".htm", ".xhtml", ".xml", ".svg")
_FINISHED = frozenset({HEAD})
"""Keys of front matter that hold finished HTML."""
HTML_SETTINGS: tuple[tuple[str, ...], ...] = (
    ("copyright",),
    ("extra", "consent", "description"),
    ("extra", "analytics", "feedback", "ratings", "note"),
)
"""Settings that may hold HTML, as Material describes them: paths of keys, those of each item where there is a list."""


class Signed(Extension):
    """Signs what templates write literally, as `theme.signature` has it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - as Jinja calls it
        signature: str = self.environment.dossier_signature  # type: ignore[attr-defined]  # given by `prepare`
        return sign(source, signature) if is_html(name) else source


def prepare(env: Environment, signature: str) -> str:
    """Make the environment of a theme escape what it prints; the signature of its templates, the first that was given."""
    if not hasattr(env, "dossier_signature"):
        env.extend(dossier_signature=signature)
        env.autoescape = is_html
        env.lstrip_blocks = True  # what stands before a statement is there for who reads the template
        env.add_extension(Signed)
        env.policies["json.dumps_function"] = _json
        if env.cache is not None:
            env.cache.clear()  # whatever was read before
    return cast("str", env.dossier_signature)  # type: ignore[attr-defined]  # as above


def is_html(name: str | None) -> bool:
    return name is None or name.endswith(_HTML)


def _json(value: object, **options: Any) -> str:  # noqa: ANN401 - as json.dumps
    """JSON holds text, not HTML: what a macro gave is HTML, and would be read as it stands by scripts."""
    return json.dumps(_text(value), **options)


def _text(value: object) -> object:
    if isinstance(value, Markup):
        return value.unescape()
    if isinstance(value, Mapping):
        return {key: _text(one) for key, one in value.items()}
    return [_text(one) for one in value] if isinstance(value, list | tuple) else value


def titles(pages: Iterable[Any]) -> None:
    """MkDocs gives the title that it reads from a page's heading as HTML, every other one as text: make all of them text."""
    for page in pages:
        if "title" not in vars(page) and "title" not in page.meta and page.title:
            page.title = unescape(page.title)
        _typeset(page)


def content(page: Any) -> None:  # noqa: ANN401 - a page of whichever engine
    """Say which of a page's values are finished HTML."""
    page.content = Markup(page.content or "")  # noqa: S704 - it is what all of escaping is around
    _headings(page.toc)


def _headings(items: Iterable[Any]) -> None:
    for item in items:
        item.title = Markup(item.title)  # noqa: S704 - the engine gives it as HTML
        _typeset(item)
        _headings(item.children)


def _typeset(of: object) -> None:
    """What Material's plugin `typeset` keeps of a heading: a mapping with its HTML."""
    if kept := getattr(of, "typeset", None):
        kept["title"] = Markup(kept["title"])  # noqa: S704 - made of the page's own heading


def settings(config: MutableMapping[str, Any]) -> None:
    """Clean the settings that may hold HTML, and mark them as such."""
    for path in HTML_SETTINGS:
        _change(config, path, lambda text: Markup(clean_line(text)))  # noqa: S704 - clean


def _change(value: Any, path: tuple[str, ...], change: Callable[[str], str]) -> None:  # noqa: ANN401 - settings hold anything
    if isinstance(value, list):
        for one in value:
            _change(one, path, change)
    elif isinstance(value, MutableMapping) and path[0] in value:
        found = value[path[0]]
        if len(path) > 1:
            _change(found, path[1:], change)
        elif isinstance(found, str):
            value[path[0]] = change(found)


def escaped(value: Any) -> Any:  # noqa: ANN401 - front matter and settings hold anything
    """The value with every text in it escaped, for engines that print values as they are."""
    if isinstance(value, str):
        return str(escape(value))
    if isinstance(value, Mapping):
        return {key: one if key in _FINISHED else escaped(one) for key, one in value.items()}
    return [escaped(one) for one in value] if isinstance(value, list | tuple) else value
