"""The page of an original on which a quote is: its name, and its picture if readers may have it."""

from __future__ import annotations

from dossierkit.model.facsimile import Facsimile
from dossierkit.model.page import ArticlePage
from dossierkit.site.interface import Site
from dossierkit.site.strings import Strings

_LAID_OUT = (".docx", ".odt")
"""Kinds of files whose page numbers are those of the program that saved them last."""


def facsimile(site: Site, article: str, entry: str) -> Facsimile | None:
    """The picture of the page on which the quote of an entry begins; None if there is none."""
    return next((one for one in site.facsimiles.get(article, ()) if entry in one.begun()), None)


def anchor(entry: str) -> str:
    """The anchor on its facsimile of the quote of an entry."""
    return f"f-{entry}"


def words(t: Strings, article: ArticlePage, label: str) -> str:
    """The name of a page of the article's original. `label`: of the page in `source.pages`."""
    file = article.source.file.lower()
    if file.endswith(".epub") and label.startswith("s") and label[1:].isdigit():
        return t("original_section", section=label[1:])
    return t("original_page_stated" if file.endswith(_LAID_OUT) else "original_page", page=label)
