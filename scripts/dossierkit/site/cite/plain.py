"""A reference as a line of text, in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.site.cite.reference import Reference
from dossierkit.site.dateview import view
from dossierkit.site.strings import Strings

_MARKS = dict.fromkeys(map(ord, "\u2068\u2069"))


def plain(reference: Reference, t: Strings) -> str:
    """Authors, title, publisher, date and address, with a blank for the day of access."""
    return unmarked(". ".join([_head(reference, t), *_places(reference, t), f"[{t('cite_accessed')}]"]))


def printed(reference: Reference, t: Strings) -> str:
    """The citation for a printed page, without the day of access, which the page states itself."""
    return unmarked(". ".join([_head(reference, t), *_places(reference, t)]))


def credit(reference: Reference, t: Strings) -> str:
    """The line below a quotation: authors, title, publisher, date."""
    return unmarked(_head(reference, t))


def unmarked(text: str) -> str:
    """The text without direction isolates, which do not belong in copied text."""
    return text.translate(_MARKS)


def _head(reference: Reference, t: Strings) -> str:
    return t("comma").join(_parts(reference, t))


def _parts(reference: Reference, t: Strings) -> Iterator[str]:
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
