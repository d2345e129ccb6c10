"""Prepare a saved page: paragraphs in place of line breaks and table cells, and no text outside the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from lxml import etree
from lxml.html import HtmlElement

from dossierkit.ingest.blocks import BLOCKS
from dossierkit.ingest.html.captions import without_captions
from dossierkit.ingest.html.hidden import without_hidden
from dossierkit.ingest.html.lines import names_of
from dossierkit.ingest.xml_tree import append_text
from dossierkit.text import data

_DROPPED = (
    "figure",
    "figcaption",
    "amp-img",
    "amp-ad",
    "amp-sidebar",
    "amp-social-share",
    "nav",
    "form",
    "button",
)
_UNSHOWN = ("script", "style", "template")
_ANCHORS = frozenset({"#", "¶", "§", "🔗"})
"""What a link in a heading to itself shows."""
_DIVIDED = ("div", "td", "font", "span", "section", "article", "center", "body", "p", "b", "small")
_NAMED = (
    "div", "p", "span", "aside", "section", "ul", "blockquote", "footer", "header", "td", "h2", "h3", "h4", "table",
)  # fmt: skip
_NOTICE = 600  # characters in all elements of that name
_CELL = 200  # characters in a cell; tables with more are layout
_TEXT = 40
_MOST_LINKS = 0.8  # share of a list of links that is links; the rest are dates and signs
_LINE = 30
_MOST_SHARE = 0.8  # share of the page's text; larger elements are never removed, whatever their name


def prepared(tree: HtmlElement) -> HtmlElement:
    """The same tree, modified."""
    without_hidden(tree)  # by the style sheets that go next
    # comments would be taken for pieces of text, and the length of scripts for that of text
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, *_UNSHOWN, with_tail=False)
    _without_parts(tree)
    without_captions(tree)
    _without_related(tree)
    _without_layout_tables(tree)
    for element in reversed(list(tree.iter(*_DIVIDED))):  # innermost first
        _with_paragraphs(element)
    for element in list(tree.iter("div")):
        if _is_paragraph(element):
            element.tag = "p"
    return tree


def _without_parts(tree: HtmlElement) -> None:
    whole = max(1, _size(tree))
    for element in list(tree.iter(*_DROPPED)):
        if _size(element) < _MOST_SHARE * whole:
            _drop(element)
    for link in [one for one in tree.iter("a") if "".join(one.itertext()).strip() in _ANCHORS]:
        _drop(link)
    parts, exceptions = words_of("parts") | _notices(tree), words_of("kept")
    for element in list(tree.iter(*_NAMED)):
        names = names_of(element)
        if (
            (names & parts or any(map(_is_part, names)))
            and not names & exceptions
            and _size(element) < _MOST_SHARE * whole
            and element.find(".//h1") is None
        ):
            _drop(element)


def _is_part(name: str) -> bool:
    """Whether a compound name such as "sf-comment-text" is of a part outside the text; "comments-open" is a state of the text."""
    pieces = set(name.split("-"))
    outside = words_of("comment_pieces") | words_of("foot_pieces")
    return len(pieces) > 1 and bool(pieces & outside) and not pieces & words_of("states")


def is_of_comments(names: frozenset[str]) -> bool:
    """Whether names of class and id are of what readers wrote below the text."""
    return any(_has_piece(name, "comment_pieces") for name in names)


def is_of_date(names: frozenset[str]) -> bool:
    """Whether names of class and id are of the line that says when a text was published."""
    return any(_has_piece(name, "date_pieces") for name in names)


def _has_piece(name: str, kind: str) -> bool:
    pieces = set(name.split("-"))
    return bool(pieces & words_of(kind)) and not pieces & words_of("states")


def _without_related(tree: HtmlElement) -> None:
    """Remove the headings of lists of other stories, with the links below them."""
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6", "p", "div", "strong")):
        text = " ".join(heading.text_content().split()).rstrip(" :：").casefold()
        begins = text.startswith(tuple(words_of("related_starts"))) and _leads_to_links(heading)
        if len(text) > _TEXT or (text not in words_of("related") and not begins):
            continue
        for following in list(heading.itersiblings()):
            if not _is_of_links(following):
                break
            _drop(following)
        _drop(heading)


def _leads_to_links(heading: HtmlElement) -> bool:
    following = heading.getnext()
    return following is not None and _size(following) > 0 and _is_of_links(following)


def _is_of_links(element: HtmlElement) -> bool:
    """Whether an element holds nothing but links, or nothing at all."""
    linked = sum(_size(one) for one in element.iter("a"))
    return linked >= _MOST_LINKS * _size(element)


def _notices(tree: HtmlElement) -> frozenset[str]:
    """The names of notices that are no part of the text; where they are long, they are what a reader pays for."""
    lengths = Counter[str]()
    for element in tree.iter(*_NAMED):
        for name in names_of(element) & words_of("notices"):
            lengths[name] += _size(element)
    return frozenset(name for name, length in lengths.items() if length <= _NOTICE)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _size(element: HtmlElement) -> int:
    return len(" ".join("".join(element.itertext()).split()))


def _without_layout_tables(tree: HtmlElement) -> None:
    """Replace layout tables by plain elements; data tables stay."""
    for table in list(tree.iter("table")):
        cells = list(table.iter("td", "th"))
        if len(cells) <= 1 or any(_is_layout(cell) for cell in cells):
            for element in [table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th")]:
                element.tag = "div"


def _is_layout(cell: HtmlElement) -> bool:
    return (
        cell.find(".//table") is not None
        or len("".join(cell.itertext())) > _CELL
        or sum(1 for _ in cell.iter("p", "br", "h1", "h2")) > 2
    )


def _with_paragraphs(element: HtmlElement) -> None:
    """Put text divided by two line breaks or more into paragraphs, and text beside paragraphs too."""
    if not _has_double_break(element):
        return
    pieces: list[list[HtmlElement | str]] = [[]]
    before: HtmlElement | None = None
    for piece in _content(element):
        if not isinstance(piece, str) and piece.tag == "br":
            pieces += [[]] if before is not None else []
            before = piece
            continue
        if isinstance(piece, str) and not piece.strip():
            continue
        if before is not None and pieces[-1]:
            pieces[-1].append(" " if _goes_on(pieces[-1]) else before)
        before = None
        if not isinstance(piece, str) and piece.tag in BLOCKS:
            pieces += [[piece], []]
        else:
            pieces[-1].append(piece)
    _refill(element, pieces)


def _goes_on(piece: list[HtmlElement | str]) -> bool:
    """Whether a single line break only wraps: the line is as long as lines of text are."""
    last = piece[-1]
    return isinstance(last, str) and len(last.strip()) >= _LINE


def _blank(piece: list[HtmlElement | str]) -> bool:
    return not any((one if isinstance(one, str) else "".join(one.itertext())).strip() for one in piece)


def _content(element: HtmlElement) -> Iterator[HtmlElement | str]:
    """Texts and children in order; removes the children's tails."""
    pieces: list[HtmlElement | str] = [element.text or ""]
    for child in list(element):
        tail, child.tail = child.tail or "", None
        element.remove(child)
        pieces += [child, tail]
    element.text = None
    return (piece for piece in pieces if piece != "")


def _refill(element: HtmlElement, pieces: list[list[HtmlElement | str]]) -> None:
    if element.tag in {"p", "font", "span", "center", "b", "small"}:
        element.tag = "div"
    for piece in pieces:
        if _blank(piece) and not any(not isinstance(one, str) for one in piece):
            continue
        if len(piece) == 1 and not isinstance(piece[0], str) and piece[0].tag in BLOCKS:
            element.append(piece[0])
            continue
        made = etree.SubElement(element, "p")
        for one in piece:
            if isinstance(one, str):
                append_text(made, one)
            else:
                made.append(one)


def _has_double_break(element: HtmlElement) -> bool:
    last = None
    for child in element:
        if child.tag == "br" and last is not None and last.tag == "br" and not (last.tail or "").strip():
            return True
        last = child
    return False


def _is_paragraph(element: HtmlElement) -> bool:
    """Whether a `div` holds only words, as many as a paragraph."""
    inner = any(
        isinstance(child.tag, str) and child.tag in BLOCKS for child in element.iter() if child is not element
    )
    return not inner and len(" ".join("".join(element.itertext()).split())) >= _TEXT


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of a kind in data/pageparts.yml."""
    return frozenset(data.load("pageparts")[kind])
