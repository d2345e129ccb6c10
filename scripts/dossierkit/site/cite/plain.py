"""A reference as a line of text, in the language of the interface."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierkit.site.cite.reference import Reference
from dossierkit.site.dateview import view
from dossierkit.site.strings import Strings
from dossierkit.text.language import isolated

_MARKS = dict.fromkeys(map(ord, "\u2068\u2069"))
_ISOLATED = re.compile("\u2068([^\u2068\u2069]*)\u2069")


def shown(reference: Reference, t: Strings) -> tuple[tuple[str, bool], ...]:
    """Authors, title, publisher, date and address, with a blank for the day of access.

    In parts, and whether each is isolated from the direction of the line. Marks for that would get into copied text.
    """
    parts = enumerate(_ISOLATED.split(_whole(reference, t)))
    return tuple((unmarked(part), at % 2 == 1) for at, part in parts if part)


def _whole(reference: Reference, t: Strings) -> str:
    return ". ".join([_head(reference, t), *_places(reference, t), f"[{t('cite_accessed')}]"])


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
        yield t("comma").join(isolated(author.shown, t.dir) for author in reference.authors)
    yield t("cite_title", title=reference.title)
    body = reference.publisher if reference.kind == "source" else reference.site
    if body:
        yield isolated(body, t.dir)
    if reference.kind == "source":
        yield view(reference.date, t.lang).words if reference.date else t("cite_undated")


def _places(reference: Reference, t: Strings) -> Iterator[str]:
    if reference.url:
        yield isolated(reference.url, t.dir)
    if reference.archived:
        yield t("cite_archived", address=reference.archived)
    if reference.kind == "page" and reference.page:
        yield isolated(reference.page, t.dir)
    elif reference.page:
        yield t("cite_in", site=reference.site, address=reference.page)
