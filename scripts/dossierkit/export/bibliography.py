"""The articles as a bibliography: BibTeX for LaTeX, CSL-JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.evidence.gathering import Evidence
from dossierkit.export.dataset import Dataset
from dossierkit.site.cite import csl as items
from dossierkit.site.cite import reference
from dossierkit.site.cite.bibtex import bibtex as entry
from dossierkit.site.pieces import Pieces


def bibtex(data: Dataset) -> Pieces:
    """One entry for each article, in the order of ids."""
    return Pieces(data.pieces("bibtex", _entry), between="\n")


def _entry(data: Dataset, article: Evidence) -> Iterator[str]:
    yield entry(reference.of(article.page, data.site), data.t)


def csl(data: Dataset) -> Pieces:
    """One item for each article, in the order of ids."""
    return Pieces(data.pieces("csl", _item), lambda: items.HEAD, items.BETWEEN, items.TAIL)


def _item(data: Dataset, article: Evidence) -> Iterator[str]:
    yield items.written(reference.of(article.page, data.site), data.t)
