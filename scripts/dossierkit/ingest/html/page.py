"""Saved web pages: main text and metadata from the saved bytes alone; nothing is fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dossierkit.ingest.blocks import markdown_blocks, safe_address
from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.encoding import Decoded
from dossierkit.ingest.escape import markdown_text, page_body
from dossierkit.ingest.facts import FIELDS, NONE, fact, first, struck_note
from dossierkit.ingest.html import authors
from dossierkit.ingest.html.address import addressed_day, apart, is_house
from dossierkit.ingest.html.byline import shown_authors, shown_date, shown_publisher, site_name
from dossierkit.ingest.html.edges import leads_as_paragraphs, without_teasers
from dossierkit.ingest.html.frame import Frame, above, without_frame
from dossierkit.ingest.html.hidden import struck_out
from dossierkit.ingest.html.language import language_of
from dossierkit.ingest.html.lead import lead_of
from dossierkit.ingest.html.lines import PageLine, page_lines
from dossierkit.ingest.html.main_text import NO_TEXT, main_text
from dossierkit.ingest.html.metadata import PageFacts, page_facts
from dossierkit.ingest.html.parts import words_of
from dossierkit.ingest.html.title import headline, without_site
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Fact, Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_IN_HEAD = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})
_MOST_TEXT = 4_000_000
_ONE_DAY = 1  # between the address's day and the author's, in their zones
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Comments of Firefox, Chromium and others; and of SingleFile
_SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,9}\)|Page saved with SingleFile\s{1,9}url: )(\S+)", re.IGNORECASE
)
_FRONT_PAGE = "its address is that of a site's front page, which is rarely an article: check what was read"
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)


def read_html(decoded: Decoded) -> Source:
    """A saved page as a source. Raises RefusedError if no main text is found."""
    text, notes = clean(_DECLARATION.sub("", decoded.text))
    tree = _tree(text)
    _refuse_books(tree)
    declared, guesses, lines = page_facts(tree), _guesses(text), page_lines(tree)
    facts, doubts = _facts(declared, guesses, lines, _title(tree), text)
    body = main_text(text, tree)
    frame = Frame(
        facts["title"].value,
        tuple(facts[name].origin for name in ("author", "published")),
        tuple(filter(None, facts["author"].value.split(", "))),
        facts["publisher"].value,
        declared.lang,
        above(lines, facts["title"].value),
    )
    without_teasers(body, declared.lang)
    without_frame(body, frame)
    leads_as_paragraphs(body)
    blocks = _blocks(body)
    lead = markdown_text(lead_of(lines, facts["title"].value, "".join(body.itertext())))
    markdown = page_body([lead, *blocks] if lead else blocks)
    facts["lang"], doubts_of_language = language_of(declared.lang, markdown)
    given = {name: facts[name] for name in FIELDS if facts.get(name)}
    return Source(
        title=facts["title"].value,
        markdown=markdown,
        published=facts["published"].value or None,
        lang=facts["lang"].value or None,
        author=facts["author"].value or None,
        publisher=facts["publisher"].value or None,
        url=facts["url"].value or None,
        encoding=decoded.encoding,
        notes=(*decoded.notes, *notes, *doubts, *doubts_of_language, *struck_note(struck_out(tree))),
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
    saved_from = _SAVED_FROM.search(text)
    url = first(
        fact(_address(declared.url), "the page's metadata"),
        fact(_address(guesses.url), "the page's metadata"),
        fact(_address(saved_from[1] if saved_from else ""), "the browser's note"),
    )
    dated = _dated(declared, shown, url.value)
    notes = (
        *(() if dated.origin == "the page's metadata" or not dated else (_doubt(dated),)),
        *((_FRONT_PAGE,) if url and urlsplit(url.value).path in {"", "/"} else ()),
    )
    publisher = _publisher(declared, guesses, shown_publisher(lines, site_name(site, url.value), head))
    named = (declared.publisher, publisher.value, _host(url.value))
    found = authors.guessed(guesses.author, declared, lines, publisher.value, url.value)
    guessed_author = fact(authors.stated(found, publisher.value, url.value), "the page's layout")
    sure = authors.supported(guessed_author.value, declared.creators, lines, head)
    return {
        "title": first(fact(without_site(head, named), "the page"), fact(guesses.title, "the page")),
        "published": dated,
        "author": first(
            fact(authors.stated(declared.author, publisher.value, url.value), "the page's metadata"),
            guessed_author if sure else NONE,
            _shown_author(lines, head, declared.lang, (publisher.value, url.value)),
            guessed_author,
        ),
        "publisher": publisher,
        "url": url,
    }, notes


def _shown_author(lines: list[PageLine], head: str, lang: str, house: tuple[str, str]) -> Fact:
    """The first author in lines who is not the house itself. `house`: publisher and address."""
    return first(*(one for one in shown_authors(lines, head, lang) if not is_house(one.value, *house)))


def _publisher(declared: PageFacts, guesses: PageFacts, shown: Fact) -> Fact:
    """The publisher in metadata, else the one shown. A bare host and the name of a platform say little."""
    stated = "" if declared.publisher.casefold() in words_of("platforms") else declared.publisher
    bare = stated if stated.startswith("www.") else ""
    sitename = "" if _DOMAIN.fullmatch(guesses.publisher) else guesses.publisher
    return first(
        fact("" if bare else stated, "the page's metadata"),
        shown,
        fact("" if sitename.casefold() in words_of("platforms") else sitename, "the page's layout"),
        fact(bare.removeprefix("www."), "the page's metadata"),
    )


def _dated(declared: PageFacts, shown: Fact, url: str) -> Fact:
    """The day in metadata, else that of a line, unless the page's address has quite another; else of the address or layout."""
    addressed = fact(addressed_day(url), "the page's address")
    if addressed and apart(addressed.value, shown.value) > _ONE_DAY:
        shown = NONE
    guessed = fact(declared.guessed, "the page's layout")
    return first(fact(declared.published, "the page's metadata"), shown, addressed, guessed)


def _doubt(dated: Fact) -> str:
    shown = dated.origin.startswith("the line") or dated.origin == "the page's address"
    where = dated.origin if shown else "the page's text or layout"
    return f"the date {dated.value} was read from {where}, not from its metadata: check it"


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


def _address(address: str) -> str:
    found = safe_address(address)
    return found if found.startswith("http") else ""


def _guesses(text: str) -> PageFacts:
    """Trafilatura's guesses of title, author, publisher and address."""
    from trafilatura import extract_metadata  # noqa: PLC0415 -- heavy

    found = extract_metadata(text)
    given = {"title": found.title, "author": found.author, "publisher": found.sitename, "url": found.url}
    return PageFacts(**{name: one_line(str(value or "")) for name, value in given.items()})


def _blocks(body: Any) -> list[str]:  # noqa: ANN401 - an element
    blocks = markdown_blocks(body)
    if not blocks:
        raise NO_TEXT
    return blocks
