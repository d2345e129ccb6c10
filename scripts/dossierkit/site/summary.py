"""A summary of a page in one or two lines, for search engines, feeds and shared links."""

from __future__ import annotations

from itertools import dropwhile

from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import ArticlePage, DossierPage
from dossierkit.model.record import Record
from dossierkit.site.context import Context
from dossierkit.text import datewords
from dossierkit.text.fold import fold

_LONGEST = 240
_ENDS = (".", "!", "?", "؟", "…", "。", "।")


def article(evidence: Evidence) -> str:
    """The editor's description of an article, or else the beginning of its text, after a headline and a date that open it."""
    if evidence.page.description:
        return evidence.page.description
    text = evidence.layer.text
    sentences = (" ".join(text[anchor.start : anchor.end].split()) for anchor in evidence.anchors)
    beginning = ""
    for sentence in dropwhile(lambda one: _said_already(one, evidence.page), sentences):
        longer = f"{beginning} {sentence}".strip()
        if beginning and len(longer) > _LONGEST:
            break
        beginning = longer
    return shortened(beginning or evidence.page.title)


def _said_already(sentence: str, page: ArticlePage) -> bool:
    """Whether a line is the page's headline, which may be longer in the text, or its date, in any order of day and month."""
    if sentence.endswith(_ENDS) and fold(sentence) != fold(page.title):
        return False
    return fold(sentence).startswith(fold(page.title)) or (
        bool(page.date) and _parts(sentence) == _parts(datewords.words(page.date, page.lang))
    )


def _parts(date: str) -> list[str]:
    return sorted(part.strip(".,،").lstrip("0") for part in fold(date).split())


def name(frame: Context, record: Record) -> str:
    """An entity's name, with a mark if the entity is undecided."""
    return frame.t.named(record.heading, unreviewed=record.unreviewed)


def entity(frame: Context, record: Record) -> str:
    if record.description and not record.unreviewed:
        return record.description
    count = frame.t.count("articles_count", len(frame.graph.naming.get(record.id, ())))
    description = record.description or f"{frame.t(f'types.{record.type}.one')} · {count}"
    return f"{name(frame, record)}: {description}"


def dossier(frame: Context, page: DossierPage) -> str:
    if page.description:
        return page.description
    members = select(page, frame.graph.articles)
    return f"{page.title}: {frame.counts(members)}"


def shortened(text: str, longest: int = _LONGEST) -> str:
    """The text, or as many whole words as fit into `longest` code points, with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return f"{cut}…"
