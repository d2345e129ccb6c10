"""HTML that is content throughout (a mail, a feed's item, a chapter) -> Markdown blocks; `page` reads saved pages."""

from __future__ import annotations

from lxml import etree, html
from lxml.html import HtmlElement

from dossierkit.ingest.blocks import markdown_blocks, words
from dossierkit.ingest.clean import clean
from dossierkit.ingest.html.hidden import struck_out, without_hidden
from dossierkit.ingest.refusal import RefusedError

_DEEPEST = 200
_TOO_DEEP = RefusedError("its elements are nested too deeply to be read: copy the text to a .txt file")


def tree(markup: str) -> HtmlElement | None:
    """The markup as one element, without what its style hides; None if it is empty. Raises RefusedError if it is nested too deeply."""
    root = _parsed(markup)
    if root is not None:
        without_hidden(root)
    return root


def struck_out_of(markup: str) -> str:
    """The words that the markup strikes out, which `tree` leaves out. Raises RefusedError as it does."""
    root = _parsed(markup) if "<s>" in markup else None
    return "" if root is None else struck_out(root)


def _parsed(markup: str) -> HtmlElement | None:
    text = clean(markup)[0]
    if not text.strip():
        return None
    try:
        return html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    except RecursionError:
        raise _TOO_DEEP from None


def blocks_of(root: HtmlElement) -> list[str]:
    """The blocks of an element. Raises RefusedError if it is nested too deeply."""
    try:
        return markdown_blocks(root)
    except RecursionError:
        raise _TOO_DEEP from None


def markup_blocks(markup: str) -> list[str]:
    """The blocks of a page or fragment. Raises RefusedError."""
    root = tree(markup)
    return [] if root is None else blocks_of(root)


def taken_heading(root: HtmlElement) -> str:
    """Remove and return a first-level heading at the very beginning; "" without one."""
    heading = next(iter(root.iter("h1")), None)
    if heading is None or any(words(sibling) for sibling in heading.itersiblings(preceding=True)):
        return ""
    title = words(heading)
    heading.drop_tree()
    return title
