"""Quotes marked on an article's facsimiles, and problems of those not found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dossierkit.evidence.gathering import Evidence
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.facsimile import Quoted

_BESIDE = 60
"""Characters on each side of a quote that tell it from the same words elsewhere on the page."""


def quoted(article: Evidence) -> tuple[Quoted, ...]:
    """The words of each entry with a quote, in page order."""
    text = article.layer.text
    return tuple(
        Quoted(
            supported.id,
            int(supported.page) if supported.page.isascii() and supported.page.isdigit() else 0,
            text[supported.start : supported.end],
            text[max(0, supported.start - _BESIDE) : supported.start],
            text[supported.end : supported.end + _BESIDE],
        )
        for supported in article.timeline
        if not supported.waived
    )


def problems(
    articles: Iterable[Evidence], missing: Mapping[str, tuple[tuple[str, str], ...]]
) -> Iterator[Diagnostic]:
    """D863: entries not found on any page of an article with facsimiles."""
    for article in (one for one in articles if missing.get(one.id)):
        entries = {supported.id: supported.entry for supported in article.timeline}
        for id_, reason in missing[article.id]:
            entry = entries[id_]
            message = f"the quote “{entry.quote[:80]}” is shown on no picture of a page: {reason}"
            yield Diagnostic(article.page.path, entry.line, entry.col, "D863", message, "warning")
