"""Escape all values in the engine's Jinja templates; finished HTML is marked as `Markup`.

MkDocs and its forks print values unescaped. Here autoescaping is enabled in their environment before any template is
loaded, and HTML values (a page's content, headings of its table of contents, settings that may contain HTML) become
`Markup`. Engines without autoescaping get escaped values.
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
_DATES = ("git_revision_date_localized", "git_creation_date_localized")
"""Keys of front matter that hold HTML of the plugin git-revision-date-localized."""
HTML_SETTINGS: tuple[tuple[str, ...], ...] = (
    ("copyright",),
    ("extra", "consent", "description"),
    ("extra", "analytics", "feedback", "ratings", "note"),
)
"""Settings that may hold HTML, as Material describes them: paths of keys, those of each item where there is a list."""


class Signed(Extension):
    """Signs the literal parts of templates (see `theme.signature`)."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - as Jinja calls it
        signature: str = self.environment.dossier_signature  # type: ignore[attr-defined]  # given by `prepare`
        return sign(source, signature) if is_html(name) else source


def prepare(env: Environment, signature: str) -> str:
    """Enable autoescaping and signing; returns the signature, of the first call for repeated ones."""
    if not hasattr(env, "dossier_signature"):
        env.extend(dossier_signature=signature)
        env.autoescape = is_html
        env.lstrip_blocks = True  # keep line breaks of the source around statements
        env.add_extension(Signed)
        env.policies["json.dumps_function"] = _json
        if env.cache is not None:
            env.cache.clear()  # also for templates loaded before
    return cast("str", env.dossier_signature)  # type: ignore[attr-defined]  # as above


def is_html(name: str | None) -> bool:
    return name is None or name.endswith(_HTML)


def _json(value: object, **options: Any) -> str:  # noqa: ANN401 - as json.dumps
    """Escape macro results in JSON, which scripts would otherwise read as HTML."""
    return json.dumps(_text(value), **options)


def _text(value: object) -> object:
    if isinstance(value, Markup):
        return value.unescape()
    if isinstance(value, Mapping):
        return {key: _text(one) for key, one in value.items()}
    return [_text(one) for one in value] if isinstance(value, list | tuple) else value


def titles(pages: Iterable[Any]) -> None:
    """Make all page titles text; MkDocs has HTML for titles taken from headings, text for others."""
    for page in pages:
        if "title" not in vars(page) and "title" not in page.meta and page.title:
            page.title = unescape(page.title)
        _typeset(page)


def content(page: Any) -> None:  # noqa: ANN401 - a page of whichever engine
    """Mark the HTML values of a page."""
    page.content = Markup(page.content or "")  # noqa: S704 - it is what all of escaping is around
    _headings(page.toc)
    for key in _DATES:
        _change(page.meta, (key,), lambda html: Markup(clean_line(html)))  # noqa: S704 - clean


def posts(context: Any) -> None:  # noqa: ANN401 - the values of a template, of whichever engine
    """Mark what Material's plugin `blog` gives the template of a list: excerpts, and a function that returns links to its parts."""
    for post in context.get("posts") or ():
        content(post)
    if callable(pager := context.get("pagination")):
        context["pagination"] = lambda *given: Markup(pager(*given))  # noqa: S704 - the plugin makes it


def _headings(items: Iterable[Any]) -> None:
    for item in items:
        item.title = Markup(item.title)  # noqa: S704 - the engine gives it as HTML
        _typeset(item)
        _headings(item.children)


def _typeset(of: object) -> None:
    """Value that Material's plugin `typeset` keeps of a heading: a mapping with its HTML."""
    if heading := getattr(of, "typeset", None):
        heading["title"] = Markup(heading["title"])  # noqa: S704 - made of the page's own heading


def settings(config: MutableMapping[str, Any]) -> None:
    """Sanitize the settings that may contain HTML, and mark them."""
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
    """The value with every text in it escaped, for engines without autoescaping."""
    if isinstance(value, str):
        return str(escape(value))
    if isinstance(value, Mapping):
        return {key: one if key in _FINISHED else escaped(one) for key, one in value.items()}
    return [escaped(one) for one in value] if isinstance(value, list | tuple) else value
