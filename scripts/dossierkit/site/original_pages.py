"""The page of an original on which words stand: what it is called, and the picture of it that readers may have."""

from __future__ import annotations

from dossierkit.model.facsimile import Facsimile
from dossierkit.model.page import ArticlePage
from dossierkit.site.interface import Site
from dossierkit.site.strings import Strings

_LAID_OUT = (".docx", ".odt")
"""Kinds of files whose pages are those of the program that saved them last."""


def facsimile(site: Site, article: str, entry: str) -> Facsimile | None:
    """The one on which the words of an entry begin."""
    return next((one for one in site.facsimiles.get(article, ()) if entry in one.begun()), None)


def anchor(entry: str) -> str:
    """Of the words of an entry on its facsimile."""
    return f"f-{entry}"


def words(t: Strings, article: ArticlePage, label: str) -> str:
    """What a page of the article's original is called, by its label in `source.pages`."""
    file = article.source.file.lower()
    if file.endswith(".epub") and label.startswith("s") and label[1:].isdigit():
        return t("original_section", section=label[1:])
    return t("original_page_stated" if file.endswith(_LAID_OUT) else "original_page", page=label)
