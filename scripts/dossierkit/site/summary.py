"""A summary of a page in one or two lines, for search engines, feeds and shared links."""

from __future__ import annotations

from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import DossierPage
from dossierkit.model.record import Record
from dossierkit.site.context import Context

_LONGEST = 240


def article(evidence: Evidence) -> str:
    """The editor's description of an article, or else the beginning of its text."""
    if evidence.page.description:
        return evidence.page.description
    text = evidence.layer.text
    beginning = ""
    for anchor in evidence.anchors:
        longer = f"{beginning} {' '.join(text[anchor.start : anchor.end].split())}".strip()
        if beginning and len(longer) > _LONGEST:
            break
        beginning = longer
    return shortened(beginning or evidence.page.title)


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
