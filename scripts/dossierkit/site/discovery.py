"""Files for crawlers and browsers: robots.txt, llms.txt, and OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.evidence import visibility
from dossierkit.site.addresses import Addresses
from dossierkit.site.context import Context
from dossierkit.site.feeds.build import formats
from dossierkit.site.feeds.shape import xml
from dossierkit.site.head.page_head import OPENSEARCH
from dossierkit.site.jsonld.page import SEARCH
from dossierkit.site.twins.build import FULL
from dossierkit.site.twins.places import has_full, has_twins, place

_SHORT = 16


def files(frame: Context) -> dict[str, str]:
    """The files by path, without files that the site supplies itself; OpenSearch only if the site's address is known."""
    made = {"llms.txt": llms(frame), "robots.txt": robots(frame)}
    if frame.site.publication.address:
        made[OPENSEARCH] = opensearch(frame)
    return {path: text for path, text in made.items() if path not in frame.site.files}


def robots(frame: Context) -> str:
    """robots.txt (RFC 9309): everything may be read. Pages that must not be listed have their own `robots` element."""
    address = frame.site.publication.address
    sitemap = f"\nSitemap: {address}sitemap.xml\n" if address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def opensearch(frame: Context) -> str:
    """The description in OpenSearch 1.1 (https://github.com/dewitt/opensearch): browsers open the search page with a query."""
    site, where = frame.site.publication, Addresses(frame.site, "index.md")
    name = frame.site.name
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{xml(name[:_SHORT].strip())}</ShortName>\n"
        f"<LongName>{xml(name[:48].strip())}</LongName>\n"
        f"<Description>{xml((site.description or name)[:1024])}</Description>\n"
        f"<Language>{xml(frame.t.lang)}</Language>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template="{xml(where.page(SEARCH))}?q={{searchTerms}}"/>\n'
        "</OpenSearchDescription>\n"
    )


def llms(frame: Context) -> str:
    """llms.txt (https://llmstxt.org): what the site is and where its data are, in Markdown."""
    return "\n".join(_llms(frame)) + "\n"


def _llms(frame: Context) -> Iterator[str]:
    t, site, where = frame.t, frame.site.publication, Addresses(frame.site, "index.md")
    name = frame.site.name
    yield f"# {_line(name)}"
    yield f"\n> {_line(site.description or t('described.home', site=name))}"
    yield f"\n{t('llms.reading')}"
    if has_twins(frame.site):
        yield f"\n{t(f'llms.{frame.site.publication.twins}')}"
    if frame.content.dossiers:
        yield f"\n## {t('dossiers')}\n"
        for dossier in frame.content.dossiers.values():
            description = f": {_line(dossier.description)}" if dossier.description else ""
            yield f"- [{_line(dossier.title)}]({place(frame.site, where, visibility.dossier_path(dossier.id))}){description}"
    yield f"\n## {t('llms.data')}\n"
    for room in ("articles", "entities", "timeline", "corrections"):
        address = place(frame.site, where, f"{room}/index.md")
        yield f"- [{t(room)}]({address}): {t(f'described.{room}', site=_line(name))}"
    if has_full(frame.site):
        yield f"- [{FULL}]({where.file(FULL)}): {t('llms.full')}"
    for kind in formats(frame.site):
        yield f"- [{kind.label}]({where.file(kind.name)}): {t('llms.feed')}"


def _line(text: str) -> str:
    """The text on one line, with square brackets replaced so that Markdown reads no link in it."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")")
