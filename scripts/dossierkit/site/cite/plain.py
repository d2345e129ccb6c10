"""A reference as a line of text, in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.site.cite.reference import Reference
from dossierkit.site.dateview import view
from dossierkit.site.strings import Strings

_MARKS = dict.fromkeys(map(ord, "\u2068\u2069"))


def plain(reference: Reference, t: Strings) -> str:
    """Who, what, when and where; the day on which it was read is a blank to fill in."""
    head = ", ".join(_head(reference, t))
    return unmarked(". ".join([head, *_places(reference, t), f"[{t('cite_accessed')}]"]))


def printed(reference: Reference, t: Strings) -> str:
    """The same for a printed page, which says by itself when it was read."""
    return unmarked(". ".join([", ".join(_head(reference, t)), *_places(reference, t)]))


def credit(reference: Reference, t: Strings) -> str:
    """What follows a quotation: who, what, when."""
    return unmarked(", ".join(_head(reference, t)))


def unmarked(text: str) -> str:
    """Without what sets words of the other direction apart on a page: it has no place in what is copied from it."""
    return text.translate(_MARKS)


def _head(reference: Reference, t: Strings) -> Iterator[str]:
    if reference.authors:
        yield t("comma").join(author.shown for author in reference.authors)
    yield t("cite_title", title=reference.title)
    body = reference.publisher if reference.kind == "source" else reference.site
    if body:
        yield body
    if reference.kind == "source":
        yield view(reference.date, t.lang).words if reference.date else t("cite_undated")


def _places(reference: Reference, t: Strings) -> Iterator[str]:
    if reference.url:
        yield reference.url
    if reference.archived:
        yield t("cite_archived", address=reference.archived)
    if reference.kind == "page" and reference.page:
        yield reference.page
    elif reference.page:
        yield t("cite_in", site=reference.site, address=reference.page)
