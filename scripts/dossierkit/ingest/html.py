"""Saved web pages: main text and metadata from the saved bytes alone; nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dossierkit.ingest.blocks import markdown_blocks, safe_address
from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.encoding import Decoded
from dossierkit.ingest.escape import markdown_text, page_body
from dossierkit.ingest.metadata import PageFacts, page_facts
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.article import Reading

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEWEST_WORDS = 20
_MOST_TEXT = 4_000_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Main:
    """What trafilatura makes of the page."""

    body: Any
    title: str
    author: str
    publisher: str
    url: str


def read_html(decoded: Decoded) -> Reading:
    """A reading of a saved page. Raises RefusedError where no main text can be found."""
    text, notes = clean(_DECLARATION.sub("", decoded.text))
    tree = _tree(text)
    _refuse_books(tree)
    main = _main(text)
    facts = page_facts(tree)
    blocks = _without_title(markdown_blocks(main.body), (facts.title, main.title))
    saved_from = _SAVED_FROM.search(text)
    return Reading(
        title=one_line(facts.title or main.title),
        markdown=page_body(blocks),
        published=facts.published or None,
        lang=facts.lang or None,
        author=one_line(facts.author or main.author) or None,
        publisher=one_line(facts.publisher or main.publisher) or None,
        url=_address(facts, main, saved_from[1] if saved_from else "") or None,
        encoding=decoded.encoding,
        notes=(*decoded.notes, *notes, *facts.notes),
    )


def _tree(text: str) -> HtmlElement:
    from lxml import etree, html  # noqa: PLC0415 -- heavy

    try:
        return html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        raise RefusedError(
            "holds no HTML that can be read: save the page again, or copy its text to a .txt"
        ) from None


def _refuse_books(tree: HtmlElement) -> None:
    """Before the search for the main text, which takes half a minute on ten megabytes of words."""
    words = tree.iterfind(".//*")
    length = sum(
        len(element.text or "") for element in words if element.tag not in {"script", "style", "template"}
    )
    if length > _MOST_TEXT:
        raise RefusedError(
            f"its text has {length:,} characters: that is not an article; save the part that is cited"
        )


def _main(text: str) -> _Main:
    from trafilatura import bare_extraction  # noqa: PLC0415 -- heavy
    from trafilatura.settings import Document  # noqa: PLC0415 -- heavy

    no_text = RefusedError(
        "its main text cannot be found (a list, a form, or a page drawn by scripts): copy the text to a .txt file, "
        "with the title on the first line"
    )
    try:
        document = bare_extraction(text, include_comments=False, include_tables=True, with_metadata=True)
    except RecursionError:
        raise RefusedError(
            "its elements are nested too deeply to be read: copy the text to a .txt file"
        ) from None
    if not isinstance(document, Document) or document.body is None:
        raise no_text
    if len(" ".join(document.body.itertext()).split()) < _FEWEST_WORDS:
        raise no_text
    given = (document.title, document.author, document.sitename, document.url)
    return _Main(document.body, *(str(value or "") for value in given))


def _without_title(blocks: list[str], titles: tuple[str, ...]) -> list[str]:
    """The blocks without a first heading that only repeats the title."""
    repeated = {f"{level} {markdown_text(title)}" for level in ("##", "###") for title in titles if title}
    return blocks[1:] if blocks and blocks[0] in repeated else blocks


def _address(facts: PageFacts, main: _Main, saved_from: str) -> str:
    found = (safe_address(address) for address in (facts.url, main.url, saved_from))
    return next((address for address in found if address.startswith("http")), "")
