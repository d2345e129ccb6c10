"""An article's text as HTML, with anchors for sentences, and quotes and mentions marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from dossierkit.evidence import visibility
from dossierkit.evidence.annotate import TextMark, annotate, tag
from dossierkit.evidence.gathering import Evidence, SentenceAnchor, Supported
from dossierkit.model.page import ArticlePage
from dossierkit.model.record import Record
from dossierkit.site import dateview
from dossierkit.site.entry_items import entry_id
from dossierkit.site.listing import Listing

_SENTENCE = tag("span")
_QUOTE = tag("span", ("class", "dk-quote"))
_LISTED = re.compile(r"<p>(?=(?>(?:<[^<>]*+>){0,9})[-–—•·*] )")
"""The beginning of a paragraph that the source wrote as an item of a list."""


def marked(article: Evidence, listing: Listing, disputed: Mapping[str, str]) -> str:
    """The article's HTML. Mentions are links to their entity's page; quotes link back to their timeline entry.

    `disputed`: by the id of a timeline entry, what sources disagree on, in words; empty if they agree. The text is that of the
    layer, character for character, so that offsets are valid in it. Line breaks become character references, since bodies are
    on one line.
    """
    html = annotate(
        article.layer.separated,
        [*_sentences(article, listing), *_quotes(article, listing, disputed), *_mentions(article, listing)],
    )
    return _LISTED.sub('<p class="dk-item">', html).replace("\n", "&#10;")


def _sentences(article: Evidence, listing: Listing) -> Iterator[TextMark]:
    """A mark with an anchor for every sentence; sentences that support an item end with a permalink."""
    mentions, timeline = article.placed
    supporting = {found.sentence for found in mentions}
    supporting |= {item.sentence for item in timeline if not item.waived}
    for index, anchor in enumerate(article.anchors):
        after = _permalink(anchor, listing) if index in supporting else ""
        yield TextMark(anchor.start, anchor.end, _SENTENCE, anchor.id, rank=0, after=after)


def _permalink(anchor: SentenceAnchor, listing: Listing) -> str:
    return listing.site.template("permalink.html", {"sentence": anchor.id}).strip()


def _quotes(article: Evidence, listing: Listing, disputed: Mapping[str, str]) -> Iterator[TextMark]:
    """In reverse, since of marks of one quote the first encloses the others and ends last: so their notes are in order."""
    _, timeline = article.placed
    for item in (item for item in reversed(timeline) if not item.waived):
        yield TextMark(
            item.start,
            item.end,
            _QUOTE,
            item.id,
            rank=1,
            after=_back(item, listing, disputed[entry_id(item.id)]),
        )


def _back(item: Supported, listing: Listing, differ: str) -> str:
    """A sign after a quote that links to its entry in the sidebar; on wide screens it is a note beside the line."""
    date = dateview.view(item.entry.date, listing.t.lang).words or item.entry.when
    open_ = listing.t("unreviewed") if item.entry.unreviewed else ""
    when = " · ".join(filter(None, (date, open_, differ)))
    values = {
        "entry": entry_id(item.id),
        "when": when,
        "text": item.entry.text,
        "differ": differ,
    }
    return listing.site.template("back.html", values).strip()


def _open(record: Record, page: ArticlePage, listing: Listing) -> tuple[tuple[str, str], ...]:
    """Attributes that mark a mention as undecided, if the record or its link to this article is."""
    open_ = page.leaves_open(record)
    return (("data-unreviewed", ""), ("title", listing.t("unreviewed"))) if open_ else ()


def _mentions(article: Evidence, listing: Listing) -> Iterator[TextMark]:
    page = article.page
    tags = {
        record.id: tag(
            "a",
            ("class", f"dk-mention dk-{record.type}"),
            ("href", listing.href(visibility.entity_path(record.id))),
            *_open(record, page, listing),
        )
        for record in article.records
    }
    mentions, _ = article.placed
    for found in mentions:
        if found.entity in tags:
            yield TextMark(found.start, found.end, tags[found.entity], escape(found.id), rank=2)
