"""The citation styles of a page: the built-in ones, then those of other packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from dossierkit.model.extension import CITATIONS, blaming, brought, wrong
from dossierkit.site.cite.bibtex import bibtex
from dossierkit.site.cite.csl import csl
from dossierkit.site.cite.plain import shown
from dossierkit.site.cite.reference import Reference
from dossierkit.site.strings import Strings


class CitationStyle(NamedTuple):
    """A style that another package provides under an entry point of the group `dossierkit.citations`.

    `title` is shown on the page unchanged; `make` returns the citation as plain text, in the language of the interface.
    """

    title: str
    make: Callable[[Reference, Strings], str]


def styles() -> Mapping[str, CitationStyle]:
    """The styles of other packages, by name. Raises ExtensionError."""
    return brought(CITATIONS, CitationStyle)


class StyledCitation(NamedTuple):
    """A citation as a page shows it: `parts` are (text, whether it is isolated from the direction of the line)."""

    name: str
    parts: tuple[tuple[str, bool], ...]
    dir: str = "auto"


def cited(reference: Reference, t: Strings) -> Iterator[StyledCitation]:
    """The citation in each style."""
    yield StyledCitation(t("cite_plain"), shown(reference, t), t.dir)
    yield _verbatim("BibTeX", bibtex(reference, t).strip())
    yield _verbatim("CSL-JSON", csl((reference,), t).strip())
    for name, style in styles().items():
        with blaming(CITATIONS, name, reference.page or reference.key):
            text = style.make(reference, t)
            if not isinstance(text, str):
                raise wrong(CITATIONS, name, f"gives {type(text).__name__} and not a text", reference.page)
        yield _verbatim(style.title, text)


def _verbatim(name: str, text: str) -> StyledCitation:
    return StyledCitation(name, ((text, False),))
