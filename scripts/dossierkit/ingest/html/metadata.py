"""Metadata of a saved page: JSON-LD, then meta elements, then htmldate on the saved bytes for the date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dossierkit.ingest.clean import one_line
from dossierkit.ingest.days import day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(Article|BlogPosting|Report|Posting|Review)$")
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")
# Newest day that htmldate may return: fixed, because its default is today, and readers have no clock.
_LATEST = "2199-12-31"
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date", "citation_date",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publication_date", "article.published", "date",
)  # fmt: skip
_TITLE = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_SITE = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "publisher",
    "application-name",
)
_LANG = ("content-language", "dc.language", "dcterms.language", "citation_language", "og:locale")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Facts of a page, empty if not stated. `published` is EDTF, the publisher's day in its own zone.

    `guessed`: a day from the layout, if none is stated. `author_meta`: the meta element `author`, which often names a program.
    `creators`: what all meta elements for authors say.
    """

    title: str = ""
    published: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    lang: str = ""
    guessed: str = ""
    author_meta: str = ""
    creators: str = ""


def page_facts(tree: HtmlElement) -> PageFacts:
    """The facts of one page."""
    meta = _metas(tree)
    url = _canonical(tree) or meta.get("og:url", "")
    linked = _article(tree, url)
    published, guessed = _published(tree, linked, meta)
    return PageFacts(
        title=_text_of(linked.get("headline")) or _first(meta, _TITLE) or _marked(tree, "headline"),
        published=published,
        author=_names(linked.get("author")) or _marked(tree, "author"),
        publisher=_names(linked.get("publisher")) or _first(meta, _SITE) or _marked(tree, "publisher"),
        url=url or _text_of(linked.get("url")),
        lang=_lang(tree, linked, meta),
        guessed=guessed,
        author_meta=meta.get("author", ""),
        creators=" ".join(meta[name] for name in sorted(meta) if "author" in name or "creator" in name),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Content of meta elements by lower-case name, property, itemprop or http-equiv; the first of each name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = one_line(element.get("content") or "")
        for key in ("name", "property", "itemprop", "http-equiv"):
            if element.get(key) and content:
                found.setdefault(element.get(key, "").strip().lower(), content)
    return found


def _marked(tree: HtmlElement, name: str) -> str:
    """The microdata value of a property of the page's article; the name inside it if it has one."""
    for element in tree.iter("h1", "h2", "div", "span", "a", "p", "meta", "strong"):
        if name in (element.get("itemprop") or "").split():
            inner = next((one for one in element.iter() if (one.get("itemprop") or "") == "name"), element)
            return one_line(inner.get("content") or "".join(inner.itertext()))[:300]
    return ""


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _canonical(tree: HtmlElement) -> str:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return (element.get("href") or "").strip()
    return ""


def _article(tree: HtmlElement, url: str) -> dict[str, Any]:
    """The JSON-LD object of the page's article: the one at the page's own address, or the first article."""
    nodes = [
        node for script in tree.iter("script") if _is_json_ld(script) for node in _nodes(_parsed(script.text))
    ]
    articles = [node for node in nodes if any(_ARTICLES.search(type_) for type_ in _types(node))]
    own = [node for node in articles if url and url in _addresses(node)]
    return next(iter([*own, *articles]), {})


def _is_json_ld(script: HtmlElement) -> bool:
    return (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json"


def _parsed(text: str | None) -> Any:  # noqa: ANN401 - JSON of any shape
    try:
        return json.loads((text or "").strip(), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON of any shape
    """The objects at the top level, in lists, and in @graph; not those nested in others."""
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"))


def _types(node: dict[str, Any]) -> tuple[str, ...]:
    types = node.get("@type")
    return tuple(str(type_) for type_ in (types if isinstance(types, list) else [types]) if type_)


def _addresses(node: dict[str, Any]) -> tuple[str, ...]:
    page = node.get("mainEntityOfPage")
    return tuple(_text_of(value) for value in (node.get("url"), node.get("@id"), page) if value)


def _text_of(value: Any) -> str:  # noqa: ANN401 - JSON of any shape
    """A text, or the @value, name or @id of an object."""
    if isinstance(value, str):
        return one_line(re.sub(r"<[^<>]*>", "", value))
    if isinstance(value, dict):
        return next((_text_of(value[key]) for key in ("@value", "name", "@id") if value.get(key)), "")
    return ""


def _names(value: Any) -> str:  # noqa: ANN401 - JSON of any shape
    items = value if isinstance(value, list) else [value]
    names = (_text_of(item) for item in items)
    return ", ".join(name for name in dict.fromkeys(names) if name and not name.startswith("http"))


def _published(tree: HtmlElement, linked: dict[str, Any], meta: dict[str, str]) -> tuple[str, str]:
    """The stated day of publication, else the one guessed from the layout. Never a day of change or saving."""
    marked = [one for value in _times(tree) if (one := day(value))]
    candidates = (
        _text_of(linked.get("datePublished")),
        *(meta[name] for name in _PUBLISHED if name in meta),
        *(marked if len(set(marked)) == 1 else ()),
    )
    found = next((one for value in candidates if (one := day(value))), "")
    # several days are those of comments or of other stories too
    return (found, "") if found else ("", day(_guessed(tree)))


def _times(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("time", "span", "abbr"):
        marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if marked or "published" in (element.get("class") or "").lower().split():
            yield (
                element.get("datetime")
                or element.get("content")
                or element.get("title")
                or element.text
                or ""
            )


def _guessed(tree: HtmlElement) -> str:
    """Htmldate's result, without its search of the whole text and without dates of changes, of other objects, and in code."""
    from htmldate import find_date  # noqa: PLC0415 -- heavy

    copy = deepcopy(tree)
    for element in [*copy.iter("script", "meta", "pre", "code")]:
        about = f"{element.get('name')} {element.get('property')} {element.get('itemprop')}".lower()
        if element.tag != "meta" or "modif" in about or "updat" in about:
            element.drop_tree()

    return (
        find_date(copy, original_date=True, extensive_search=False, max_date=_LATEST, min_date="1990-01-01")
        or ""
    )


def _lang(tree: HtmlElement, linked: dict[str, Any], meta: dict[str, str]) -> str:
    declared = (
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        _text_of(linked.get("inLanguage")),
    )
    for value in (*declared, *(meta[name] for name in _LANG if name in meta)):
        tag = value.split(",")[0].strip()
        if _TAG.match(tag):
            return _canonical_tag(tag)
    return ""


def _canonical_tag(tag: str) -> str:
    """`en_GB` -> en-GB (BCP 47)."""
    first, *others = tag.replace("_", "-").split("-")
    written = (
        part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower()
        for part in others
    )
    return "-".join([first.lower(), *written])
