"""Text of a page that its readers did not see: elements with `hidden`, or a style of their own that shows nothing.

What a style sheet or a script hides is not known here.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_STYLE = re.compile(
    r"(?:^|;)\s*+(?:display\s*+:\s*+none|visibility\s*+:\s*+(?:hidden|collapse)|(?:opacity|font-size)\s*+:\s*+0*+(?:\.0++)?(?:[a-z]++|%)?)"
    r"\s*+(?:!\s*+important\s*+)?(?:;|$)",
    re.IGNORECASE,
)
_LONGEST = 10_000  # characters of a style
_MOST_SHARE = 0.5  # of the text: more is what a script would have shown


def without_hidden(tree: HtmlElement) -> None:
    """Remove hidden elements, in place; one that holds most of the text stays, since pages are hidden until a script has run."""
    whole = 0
    for element in [one for one in tree.iter() if isinstance(one.tag, str) and _is_hidden(one)]:
        whole = whole or _size(tree)
        if element.getparent() is not None and _size(element) <= _MOST_SHARE * whole:
            element.drop_tree()


def _is_hidden(element: HtmlElement) -> bool:
    hidden = element.get("hidden")
    if hidden is not None and hidden.strip().lower() != "until-found":
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    return _STYLE.search((element.get("style") or "")[:_LONGEST]) is not None


def _size(element: HtmlElement) -> int:
    return sum(len("".join(text.split())) for text in element.itertext())
