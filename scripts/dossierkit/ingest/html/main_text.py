"""Find the main text of a saved page, by trafilatura on the prepared page."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from lxml.html import HtmlElement

from dossierkit.ingest.blocks import words
from dossierkit.ingest.html.parts import prepared
from dossierkit.ingest.refusal import RefusedError
from dossierkit.text.unspaced import count_words

_FEWEST_WORDS = 20
_PAGE = re.compile(r"<(?:!doctype|html|head|body|title|meta|nav|form|frameset)\b", re.IGNORECASE)
_FRAGMENT = re.compile(r"\s*+<(?:p|div|h[1-6]|blockquote|ul|ol|figure|section|article)\b", re.IGNORECASE)
_HEAD = 20_000
_NEARLY_ALL = 0.9  # of the text that was found
_STRUCTURE = ("ul", "ol", "h2", "h3", "h4", "h5", "h6")
NO_TEXT = RefusedError(
    "its main text cannot be found (a list, a form, or a page drawn by scripts): copy the text to a .txt file, "
    "with the title on the first line"
)


def main_text(text: str, tree: HtmlElement) -> Any:  # noqa: ANN401 - an element
    """The main text as trafilatura's elements, from the prepared page, or from the original if preparation left nothing.

    A fragment, as exports of newsletters have it, is main text throughout. Raises RefusedError if there is none.
    """
    try:
        page = prepared(deepcopy(tree))
        body = _extracted(deepcopy(page))
        body = _extracted(text) if body is None else _with_structure(body, page)
        body = tree.find("body") if body is None and _is_fragment(text) else body
    except RecursionError:
        raise RefusedError(
            "its elements are nested too deeply to be read: copy the text to a .txt file"
        ) from None
    if body is None:
        raise NO_TEXT
    return body


def _is_fragment(text: str) -> bool:
    return _FRAGMENT.match(text) is not None and not _PAGE.search(text[:_HEAD])


def _extracted(page: Any) -> Any:  # noqa: ANN401 - a page as text or tree
    from trafilatura import bare_extraction  # noqa: PLC0415 -- heavy

    document: Any = bare_extraction(page, include_comments=False, include_tables=True)
    body = getattr(document, "body", None)
    if body is None or count_words(" ".join(body.itertext())) < _FEWEST_WORDS:
        return None
    return body


def _with_structure(body: Any, page: HtmlElement) -> Any:  # noqa: ANN401 - elements
    """The text again, with its lists and headings.

    Where trafilatura knows no element that holds the text, it collects the paragraphs of the page alone. Then the smallest
    element that holds nearly all of them is marked as the article.
    """
    if next(body.iter("list", "head"), None) is not None:
        return body
    holder = _holder(page, {words(one) for one in body.iter("p")})
    if holder is None or next(holder.iter(*_STRUCTURE), None) is None:
        return body
    holder.tag = "article"
    again = _extracted(page)
    return body if again is None or len(words(again)) < _NEARLY_ALL * len(words(body)) else again


def _holder(page: HtmlElement, found: set[str]) -> HtmlElement | None:
    """The smallest element below the body that holds nearly all of the paragraphs found."""
    there = page.find("body")
    lengths: dict[HtmlElement, int] = {}
    for paragraph in page.iter("p"):
        text = words(paragraph)
        if text in found:
            for one in (paragraph, *paragraph.iterancestors()):
                lengths[one] = lengths.get(one, 0) + len(text)
    holder = None
    while there is not None:
        enough = _NEARLY_ALL * lengths.get(there, 0)
        there = next((one for one in there if enough and lengths.get(one, 0) >= enough), None)
        holder = holder if there is None or there.tag == "p" else there
    return holder
