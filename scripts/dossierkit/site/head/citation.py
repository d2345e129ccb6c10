"""The citation of an article's source for reference managers, in Highwire's names, Dublin Core and PRISM.

They describe the original of the text that the page shows. How they are read is defined in the translators "Embedded Metadata"
and "RDF" of Zotero (https://github.com/zotero/translators): the type from DC.type, the publication's name from
prism.publicationName, the address from citation_public_url, or else the page's own.
"""

from __future__ import annotations

from dossierkit.model.media import Author
from dossierkit.model.page import ArticlePage
from dossierkit.site.dateview import view
from dossierkit.site.head.shape import Meta, named
from dossierkit.text.links import web


def metas(page: ArticlePage, lang: str) -> tuple[Meta, ...]:
    """The elements with a known value; a date only if it is certainly one day, month or year."""
    source, written = page.source, page.credited
    date = view(page.date, "en").machine
    authors = (meta for author in written for meta in named(_author(author)))
    tags = named(
        {
            "citation_title": page.title,
            "citation_publication_date": date.replace("-", "/"),
            "citation_public_url": web(source.url),
            "citation_language": lang,
            "DC.type": "newspaperArticle",
            "DC.title": page.title,
            "DC.publisher": source.publisher,
            "DC.date": date,
            "DC.language": lang,
            "DC.rights": source.rights,
            "DC.source": web(source.url) if source.publisher else "",
            "prism.publicationName": source.publisher,
        }
    )
    creators = (Meta("name", "DC.creator", author.shown) for author in written)
    return (*tags[:1], *authors, *tags[1:], *creators)


def _author(author: Author) -> dict[str, str]:
    """A person's family name first, as Highwire requires; an organization's name unchanged."""
    name = ", ".join(filter(None, (author.family, author.given))) if author.family else author.shown
    return {"citation_author": name, "citation_author_orcid": author.address}
