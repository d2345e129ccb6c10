"""Remove captions that no name marks: short texts in a block that otherwise holds only a picture."""

from __future__ import annotations

from lxml.html import HtmlElement

_BOXES = frozenset({"aside", "center", "div", "dl", "section", "table", "tbody"})
_ENDS = frozenset({"article", "body", "html", "main"})
_HEADINGS = ("h1", "h2", "h3")
_LONGEST = 250  # characters of a caption
_MOST_SHARE = 0.25  # of the page's text; a larger block is the text itself


def without_captions(tree: HtmlElement) -> None:
    """Remove, for each picture, the smallest block around it that has text, where that is short and no list or data."""
    whole = len(_text(tree))
    boxes = {id(box): box for image in tree.iter("img") if (box := _box(image)) is not None}
    for box in boxes.values():
        length = len(_text(box))
        plain = len(list(box.iter("p"))) <= 1 and next(box.iter(*_HEADINGS), None) is None
        if plain and length <= min(_LONGEST, _MOST_SHARE * whole) and box.getparent() is not None:
            box.drop_tree()


def _box(image: HtmlElement) -> HtmlElement | None:
    """The smallest element around a picture that has text, if it is a block and not part of a table, list or sentence."""
    around = image.getparent()
    while around is not None and around.tag not in _ENDS:
        if _text(around):
            return around if around.tag in _BOXES else None
        around = around.getparent()
    return None


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
