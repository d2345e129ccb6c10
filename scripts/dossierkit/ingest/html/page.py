"""Saved web pages: main text and metadata from the saved bytes alone; nothing is fetched."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from dossierkit.ingest.blocks import markdown_blocks, safe_address
from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.encoding import Decoded
from dossierkit.ingest.escape import page_body
from dossierkit.ingest.facts import FIELDS, fact, first
from dossierkit.ingest.html.byline import shown_author, shown_date, shown_publisher, without_by
from dossierkit.ingest.html.frame import Frame, above, without_frame
from dossierkit.ingest.html.lines import PageLine, page_lines
from dossierkit.ingest.html.metadata import PageFacts, page_facts
from dossierkit.ingest.html.parts import prepared
from dossierkit.ingest.html.title import headline
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Fact, Source
from dossierkit.text.unspaced import count_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEWEST_WORDS = 20
_IN_HEAD = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})
_MOST_TEXT = 4_000_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Comments of Firefox, Chromium and others; and of SingleFile
_SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,9}\)|Page saved with SingleFile\s{1,9}url: )(\S+)", re.IGNORECASE
)
_PAGE = re.compile(r"<(?:!doctype|html|head|body|title|meta|nav|form|frameset)\b", re.IGNORECASE)
_FRAGMENT = re.compile(r"\s*+<(?:p|div|h[1-6]|blockquote|ul|ol|figure|section|article)\b", re.IGNORECASE)
_HEAD = 20_000
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_NO_TEXT = RefusedError(
    "its main text cannot be found (a list, a form, or a page drawn by scripts): copy the text to a .txt file, "
    "with the title on the first line"
)


def read_html(decoded: Decoded) -> Source:
    """A saved page as a source. Raises RefusedError if no main text is found."""
    text, notes = clean(_DECLARATION.sub("", decoded.text))
    tree = _tree(text)
    _refuse_books(tree)
    declared, guesses, lines = page_facts(tree), _guesses(text), page_lines(tree)
    facts, doubts = _facts(declared, guesses, lines, _title(tree), text)
    body = _main(text, tree)
    frame = Frame(
        facts["title"].value,
        tuple(facts[name].origin for name in ("author", "published")),
        tuple(filter(None, facts["author"].value.split(", "))),
        facts["publisher"].value,
        declared.lang,
        above(lines, facts["title"].value),
    )
    without_frame(body, frame)
    given = {name: facts[name] for name in FIELDS if facts.get(name)}
    return Source(
        title=facts["title"].value,
        markdown=page_body(_blocks(body)),
        published=facts["published"].value or None,
        lang=facts["lang"].value or None,
        author=facts["author"].value or None,
        publisher=facts["publisher"].value or None,
        url=facts["url"].value or None,
        encoding=decoded.encoding,
        notes=(*decoded.notes, *notes, *doubts),
        origins=tuple((name, one.origin) for name, one in given.items()),
    )


def _tree(text: str) -> HtmlElement:
    from lxml import etree, html  # noqa: PLC0415 -- heavy

    try:
        tree = html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        raise RefusedError(
            "contains no readable HTML: save the page again, or copy its text to a .txt"
        ) from None
    return _with_body(tree)


def _with_body(tree: HtmlElement) -> HtmlElement:
    """The page with a body tag; without one, libxml2 leaves HTML5 elements in the head."""
    from lxml import etree  # noqa: PLC0415 -- heavy

    head = tree.find("head")
    if tree.find("body") is None and head is not None:
        body = etree.SubElement(tree, "body")
        stray = next((at for at, one in enumerate(head) if one.tag not in _IN_HEAD), len(head))
        body.extend(head[stray:])
    return tree


def _title(tree: HtmlElement) -> str:
    return one_line(next((one.text or "" for one in tree.iter("title")), ""))


def _refuse_books(tree: HtmlElement) -> None:
    """Refuse very long pages before extraction, which takes half a minute for ten megabytes of text."""
    words = tree.iterfind(".//*")
    length = sum(
        len(element.text or "") for element in words if element.tag not in {"script", "style", "template"}
    )
    if length > _MOST_TEXT:
        raise RefusedError(
            f"its text has {length:,} characters: that is not an article; save the part that is cited"
        )


def _facts(
    declared: PageFacts, guesses: PageFacts, lines: list[PageLine], title: str, text: str
) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """Facts from metadata, else from visible lines, else guessed from layout; and notes on doubts."""
    head, site = headline(declared.title, title, lines)
    shown = shown_date(lines, head, declared.lang)
    guessed = fact(declared.guessed, "the page's layout")
    dated = first(fact(declared.published, "the page's metadata"), shown, guessed)
    notes = () if dated.origin == "the page's metadata" or not dated else (_doubt(dated),)
    saved_from = _SAVED_FROM.search(text)
    url = first(
        fact(_address(declared.url), "the page's metadata"),
        fact(_address(guesses.url), "the page's metadata"),
        fact(_address(saved_from[1] if saved_from else ""), "the browser's note"),
    )
    sitename = "" if _DOMAIN.fullmatch(guesses.publisher) else guesses.publisher
    return {
        "title": first(fact(head, "the page"), fact(guesses.title, "the page")),
        "published": dated,
        "lang": fact(declared.lang, "the page's metadata"),
        "author": first(
            fact(declared.author, "the page's metadata"),
            fact(without_by(guesses.author), "the page's layout"),
            shown_author(lines, head),
        ),
        "publisher": first(
            fact(declared.publisher, "the page's metadata"),
            shown_publisher(lines, site, head),
            fact(sitename, "the page's layout"),
        ),
        "url": url,
    }, notes


def _doubt(dated: Fact) -> str:
    where = dated.origin if dated.origin.startswith("the line") else "the page's text or layout"
    return f"the date {dated.value} was read from {where}, not from its metadata: check it"


def _address(address: str) -> str:
    found = safe_address(address)
    return found if found.startswith("http") else ""


def _guesses(text: str) -> PageFacts:
    """Trafilatura's guesses of title, author, publisher and address."""
    from trafilatura import extract_metadata  # noqa: PLC0415 -- heavy

    found = extract_metadata(text)
    given = {"title": found.title, "author": found.author, "publisher": found.sitename, "url": found.url}
    return PageFacts(**{name: one_line(str(value or "")) for name, value in given.items()})


def _main(text: str, tree: HtmlElement) -> Any:  # noqa: ANN401 - an element
    """The main text as trafilatura's elements, from the prepared page, or from the original if preparation left nothing.

    A fragment, as exports of newsletters have it, is main text throughout.
    """
    try:
        body = _extracted(prepared(deepcopy(tree)))
        body = _extracted(text) if body is None else body
        body = tree.find("body") if body is None and _is_fragment(text) else body
    except RecursionError:
        raise RefusedError(
            "its elements are nested too deeply to be read: copy the text to a .txt file"
        ) from None
    if body is None:
        raise _NO_TEXT
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


def _blocks(body: Any) -> list[str]:  # noqa: ANN401 - an element
    blocks = markdown_blocks(body)
    if not blocks:
        raise _NO_TEXT
    return blocks
