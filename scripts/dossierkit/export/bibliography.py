"""The articles as a bibliography: BibTeX for LaTeX, CSL-JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.export.dataset import Dataset
from dossierkit.site.cite import reference
from dossierkit.site.cite.bibtex import bibtex as entry
from dossierkit.site.cite.csl import csl as items


def bibtex(data: Dataset) -> Iterator[str]:
    """One entry for each article, in the order of ids."""
    for number, article in enumerate(data.articles()):
        yield f"{chr(10) if number else ''}{entry(reference.of(article.page, data.site), data.t)}"


def csl(data: Dataset) -> Iterator[str]:
    yield items((reference.of(article.page, data.site) for article in data.articles()), data.t)
