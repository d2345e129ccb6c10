"""The articles as a bibliography, for LaTeX (BibTeX) and for everything else (CSL-JSON)."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.export.dataset import Dataset
from dossierkit.site.cite import reference
from dossierkit.site.cite.bibtex import bibtex as entry
from dossierkit.site.cite.csl import csl as items


def bibtex(data: Dataset) -> Iterator[str]:
    """An entry for every article, in the order of their ids."""
    for number, article in enumerate(data.articles()):
        yield f"{chr(10) if number else ''}{entry(reference.of(article.page, data.site), data.t)}"


def csl(data: Dataset) -> Iterator[str]:
    yield items((reference.of(article.page, data.site) for article in data.articles()), data.t)
