"""How the source of an article is cited, for reference managers: Highwire's names, Dublin Core and PRISM.

They describe the original that the page shows a copy of. What each is taken for is written in the translators
"Embedded Metadata" and "RDF" of Zotero (https://github.com/zotero/translators): its type from DC.type, the
publication's name from prism.publicationName, the address from citation_public_url, else the page's own.
"""

from __future__ import annotations

from dossierkit.model.media import Author
from dossierkit.model.page import ArticlePage
from dossierkit.site.dateview import view
from dossierkit.site.head.shape import Meta, named
from dossierkit.text.links import web


def metas(page: ArticlePage, lang: str) -> tuple[Meta, ...]:
    """Nothing that is not known; a date only where it is a day, a month or a year without doubt."""
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
    """A person's family name first, as Highwire's names have it; a body as it stands."""
    name = ", ".join(filter(None, (author.family, author.given))) if author.family else author.shown
    return {"citation_author": name, "citation_author_orcid": author.address}
