"""The beginning and the end of an extracted text: leads that a page marks as headings, and lists of other stories."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from dossierkit.ingest.blocks import words
from dossierkit.ingest.html.furniture import is_mark_of_teaser

_LEAD = 60  # characters of a first heading that is a lead
_MOST_SHARE = 0.4  # of the text, at its end, that may be other stories
_FEWEST = 3  # counts of comments or times of updates, one for each story


def leads_as_paragraphs(body: Any) -> None:  # noqa: ANN401 - an element
    """Turn long headings before the first paragraph into paragraphs: old pages mark the lead as a second heading."""
    for element in takewhile(lambda one: one.tag == "head", list(body)):
        text = words(element)
        if len(text) >= _LEAD:
            element.tag = "p"
            element.attrib.clear()


def without_teasers(body: Any, lang: str) -> None:  # noqa: ANN401 - an element
    """Remove other stories at the end, each with a count of comments or a time of update, from the first one's heading on."""
    blocks = list(body)
    marks = [
        at
        for at, one in enumerate(blocks)
        if any(is_mark_of_teaser(text.strip(), lang) for text in (words(one), one.tail or ""))
    ]
    sizes = [len(words(one)) for one in blocks]
    first = next((at for at in marks if sum(sizes[at:]) <= _MOST_SHARE * sum(sizes)), len(blocks))
    if sum(at >= first for at in marks) < _FEWEST:
        return
    heads = [at for at in range(first) if blocks[at].tag == "head"]
    for element in blocks[heads[-1] if heads and heads[-1] >= first - _FEWEST else first :]:
        body.remove(element)
