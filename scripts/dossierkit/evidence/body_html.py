"""An article's Markdown -> finished, safe HTML.

Sources are untrusted, so raw HTML is shown as text, and the output of extensions is cleaned by nh3 (the Ammonia
sanitizer): no scripts, styles, handlers, frames, remote pictures, or links other than http(s) and mail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import nh3
from markdown import Markdown
from markdown.blockprocessors import OListProcessor
from markdown.extensions import Extension

from dossierkit.evidence import plain_body
from dossierkit.evidence.nesting import as_written, too_deep
from dossierkit.text.figures import placed, set_aside
from dossierkit.text.links import escaped

Render = Callable[[str], str]

_FROM_FILES = frozenset({"pymdownx.snippets", "markdown_include.include"})
"""Extensions that take in files: with them, an article could publish any file, drafts too."""
_LIST_PRIORITY = 40  # as Markdown has it

_TAGS = nh3.ALLOWED_TAGS - {"center", "strike", "bdo", "map", "area"}
_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang", "title"},
    "li": {"id"},
    "sup": {"id"},
}
_NOTE = re.compile(r"fn(?:ref\d{0,3})?:[\w-]{1,60}")
"""What the extension `footnotes` calls a note and the places that refer to it."""
_WORDS = set("a abbr b bdi br code em i kbd li ol p s small span strong sub sup time u ul wbr".split())
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20]")
_SCHEMES = {"http", "https", "mailto"}


class _CountedList(OListProcessor):
    """Lists begin with the number that is written: "112." of a report would else be "1." to its readers."""

    LAZY_OL = False


def renderer(extensions: Sequence[str | Extension], configs: Mapping[str, Mapping[str, Any]]) -> Render:
    """A function from Markdown to clean HTML, with the site's own Markdown extensions (names or objects, and options).

    The result is well-formed; headings have no ids, since sentences have their own anchors. A text that nests too deeply is
    shown as it is written (`nesting`).
    """
    extensions = [extension for extension in extensions if _module(extension) not in _FROM_FILES]
    markdown = Markdown(extensions=extensions, extension_configs={k: dict(v) for k, v in configs.items()})
    for registry, name in ((markdown.preprocessors, "html_block"), (markdown.inlinePatterns, "html")):
        if name in registry:
            registry.deregister(name)
    if type(markdown.parser.blockprocessors["olist"]) is OListProcessor:  # not that of an extension
        markdown.parser.blockprocessors.register(_CountedList(markdown.parser), "olist", _LIST_PRIORITY)

    direct = plain_body.applies(extensions, configs)

    def render(text: str) -> str:
        marked, aside = set_aside(text)
        if direct and (html := plain_body.html(marked)) is not None:
            return placed(html, aside)
        if too_deep(marked) is not None:
            return placed(as_written(marked), aside)
        markdown.reset()
        return placed(clean(markdown.convert(marked)), aside)

    return render


def _module(extension: str | Extension) -> str:
    """Where an extension comes from: plugins name it, or make an object of it."""
    return extension.partition(":")[0] if isinstance(extension, str) else type(extension).__module__


def clean(html: str) -> str:
    """HTML with the elements that texts need."""
    return _with(_TAGS, html)


def clean_line(html: str) -> str:
    """HTML with the elements that a line of text needs; nothing is loaded from elsewhere."""
    return _with(_WORDS, html)


def _with(tags: set[str], html: str) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        attribute_filter=_address,
    )


def _address(tag: str, name: str, value: str) -> str | None:
    """The address, escaped. A remote picture would tell its host who reads the page, so only its words stay. Of ids, those of
    footnotes stay: others could be taken for those of the page.
    """
    if name == "id":
        return value if _NOTE.fullmatch(value) else None
    if name not in {"href", "src"}:
        return value
    elsewhere = tag == "img" and _ELSEWHERE.match(_BLANK.sub("", value))
    return None if elsewhere else escaped(value)
