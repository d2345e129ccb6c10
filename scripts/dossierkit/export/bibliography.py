"""The articles as a bibliography, for LaTeX (BibTeX) and for everything else (CSL-JSON)."""

from __future__ import annotations

from dossierkit.compile.cite import reference
from dossierkit.compile.cite.bibtex import bibtex as entry
from dossierkit.compile.cite.csl import csl as items
from dossierkit.export.dataset import Dataset


def bibtex(data: Dataset) -> str:
    """An entry for every article, in the order of their ids."""
    return "\n".join(entry(reference.of(article.page, data.site), data.t) for article in data.articles())


def csl(data: Dataset) -> str:
    return items((reference.of(article.page, data.site) for article in data.articles()), data.t)
