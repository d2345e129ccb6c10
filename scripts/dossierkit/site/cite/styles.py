"""The citation styles of a page: the built-in ones, then those of other packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from dossierkit.model.extension import CITATIONS, brought
from dossierkit.site.cite.bibtex import bibtex
from dossierkit.site.cite.csl import csl
from dossierkit.site.cite.plain import plain
from dossierkit.site.cite.reference import Reference
from dossierkit.site.strings import Strings


class CitationStyle(NamedTuple):
    """What another package brings under an entry point of the group `dossierkit.citations`.

    `title` stands on the page as it is; `make` gives the citation as plain text, in the language of the interface.
    """

    title: str
    make: Callable[[Reference, Strings], str]


def styles() -> Mapping[str, CitationStyle]:
    """What other packages bring, by name. Raises ExtensionError."""
    return brought(CITATIONS, CitationStyle)


def cited(reference: Reference, t: Strings) -> Iterator[tuple[str, str]]:
    """The name and text of each form."""
    yield t("cite_plain"), plain(reference, t)
    yield "BibTeX", bibtex(reference, t).strip()
    yield "CSL-JSON", csl((reference,), t).strip()
    for style in styles().values():
        yield style.title, style.make(reference, t)
