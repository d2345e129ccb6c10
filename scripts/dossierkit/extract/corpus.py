"""Articles -> extractions whose entity ids hold across all of them."""

from __future__ import annotations

from collections.abc import Iterable

from dossierkit.extract.authority import Authority
from dossierkit.extract.clusters import join
from dossierkit.extract.mentions import NameFinder
from dossierkit.extract.pipeline import extract
from dossierkit.model.article import Article
from dossierkit.model.finding import Extraction


def extract_all(
    articles: Iterable[Article], authority: Authority, names: NameFinder | None = None
) -> tuple[Extraction, ...]:
    """Each article by itself, then identity over all; in the order given."""
    read = tuple(articles)
    return join(read, [extract(article, authority, names) for article in read], authority)
