"""What still refers to a withdrawn page, or still contains it, for a person to decide on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from shlex import quote

from dossierkit.evidence import visibility
from dossierkit.evidence.candidates.identity import identity, same_name
from dossierkit.evidence.candidates.leads import ids_by_name
from dossierkit.model.facsimile import FACSIMILES
from dossierkit.model.media import ORIGINALS
from dossierkit.model.page import ArticlePage, Content, ContentPage
from dossierkit.model.record import Record
from dossierkit.store.content import record_file
from dossierkit.store.inside import SEEDS, below
from dossierkit.store.media.original import FILE, PICTURES
from dossierkit.store.seeds import beside
from dossierkit.text.links import leading_to
from dossierkit.text.match import Matcher
from dossierkit.text.shingles import runs_of, shares

_MUCH = 0.5
"""The share of one of two texts from which the other is named as its copy."""


def remains(
    root: Path, content: Content, path: str, page: ContentPage, files: Mapping[str, bytes | None]
) -> Iterator[str]:
    """Messages about what remains of the page at `path`, but for its source, once `files` are written (None: removed)."""
    no_tombstone = files[page.path] is None
    yield from _references(content, path, page, no_tombstone=no_tombstone)
    yield from _linking(root, path, no_tombstone=no_tombstone)
    yield from _copies(content, page)
    yield from _published(content, page)


def _references(content: Content, path: str, page: ContentPage, *, no_tombstone: bool) -> Iterator[str]:
    """Messages about other mentions of the page in the repository, for a person to decide on."""
    rest = (
        "remove it too, or a build stops there"
        if no_tombstone
        else "it is no longer shown, but is still in the file"
    )
    for record in content.records.values():
        for item in record.relations:
            if isinstance(page, ArticlePage) and item.article == page.id:
                quoted = ", and quotes it" if item.quote else ""
                yield f"{record.path}:{item.line}: a relation rests on it{quoted}: {rest}"
            if isinstance(page, Record) and item.to == page.id:
                yield f"{record.path}:{item.line}: a relation leads to it: {rest}"
    for dossier in content.dossiers.values():
        for id_, line, _ in (*dossier.articles, *dossier.cast):
            if visibility.article_path(id_) == path or visibility.entity_path(id_) == path:
                yield f"{dossier.path}:{line}: lists it: {rest}"
    if isinstance(page, ArticlePage):
        yield from _orphans(content, page)
    if isinstance(page, Record):
        yield from _naming(content, page, no_tombstone=no_tombstone)
        yield from _lists(page, no_tombstone=no_tombstone)


def _lists(record: Record, *, no_tombstone: bool) -> Iterator[str]:
    """Lists from which the record would come again: without a tombstone, nothing is left by which an import could know it."""
    names = ", ".join(f"“{origin.name}”" for origin in record.sources)
    if no_tombstone and names:
        yield f"it has facts of {names}: take it out of that list or pack, or the next import or update brings it back"


def _naming(content: Content, record: Record, *, no_tombstone: bool) -> Iterator[str]:
    """Messages about the articles that name a record, by its id or by a name that means it."""
    named_as = ids_of_names(content, record)
    for article in content.articles.values():
        for ref in article.entities:
            if ref.id == record.id or ref.id in named_as:
                yield f"{article.path}:{ref.line}: names it: {_effect(no_tombstone=no_tombstone, by_id=ref.id == record.id)}"


def _effect(*, no_tombstone: bool, by_id: bool) -> str:
    if not no_tombstone:
        return "no mention is marked any more, but its text is as it was"
    if by_id:
        return "remove the item too, or a build stops there; its text is as it was"
    return "remove the item too, or the name gets its own page; its text is as it was"


def ids_of_names(content: Content, record: Record) -> tuple[str, ...]:
    """The ids made from names under which articles go on naming the record, sorted: names in pages that mean it or have the same
    words as one of its names, and its own names and forms in their texts, which an update would find again.
    """
    articles = [article.gist.named for article in content.articles.values()]
    meant = identity(articles, content.records.values(), content.decisions)
    own = {same_name(name.text, record.type) for name in record.strong_names}
    alike = {one.id for named in articles for one in named if same_name(one.name, one.type) in own}
    known = {id_ for id_, one in meant.items() if one == record.id}
    others = {id_ for id_, one in meant.items() if one in content.records and one != record.id}
    return tuple(sorted((known | alike | _found_in_texts(content, record)) - others - {record.id}))


def _found_in_texts(content: Content, record: Record) -> set[str]:
    """Ids made from the record's names, and from the forms that articles give it (`also`), as far as their texts have them."""
    names = [(name.text, name.text) for name in record.strong_names]
    found: set[str] = set()
    for article in content.articles.values():
        forms = [(form, form) for ref in article.entities if ref.id == record.id for form in ref.also]
        hits = Matcher([*names, *forms]).find(f"{article.title}\n\n{article.body}")
        found |= {id_ for _, _, name in hits for id_ in ids_by_name(name, record.type)}
    return found


def _copies(content: Content, page: ContentPage) -> Iterator[str]:
    """Messages about articles with much of the same text, such as other prints of one agency report."""
    if not isinstance(page, ArticlePage):
        return
    own = runs_of(page.body)
    for other in content.articles.values():
        here, there = shares(own, runs_of(other.body)) if other.id != page.id else (0, 0)
        if other.status != "withdrawn" and max(here, there) >= _MUCH:
            yield f"{other.path}: has {here:.0%} of its text too, and stays: withdraw it too if the words must go"


def _linking(root: Path, path: str, *, no_tombstone: bool) -> Iterator[str]:
    """Messages about links to the page in the texts of other pages."""
    where = "find nothing there" if no_tombstone else "are led to the tombstone"
    folder = root / "content"
    for file in sorted(folder.rglob("*.md")):
        name, text = file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8", errors="replace")
        for address, _ in leading_to(text, name, {path}) if name != path else ():
            line = text.count("\n", 0, address.start) + 1
            yield f"content/{name}:{line}: links to it: readers {where}; take the link out, or lead it elsewhere"


def _orphans(content: Content, page: ArticlePage) -> Iterator[str]:
    others = {ref.id for other in content.articles.values() if other.id != page.id for ref in other.entities}
    for ref in page.entities:
        if ref.id not in others and ref.id in content.records:
            yield f"{record_file(ref.id)}: no other article names it: withdraw it too if it must go"


def kept_source(root: Path, page: ContentPage, files: Mapping[str, bytes | None]) -> tuple[str, ...]:
    """The files of an article's source that remain in seeds/ once `files` are written (None: removed)."""
    if not isinstance(page, ArticlePage) or not page.source.file:
        return ()
    return tuple(
        name for name in source_files(page) if (root / name).is_file() and files.get(name, b"") is not None
    )


def with_source(page: ContentPage) -> str:
    """The command that withdraws a page with its source."""
    return f"dossier withdraw {quote(page.path)} --source"


def _published(content: Content, page: ContentPage) -> Iterator[str]:
    """Messages about published originals of an article and pictures of their pages."""
    if not isinstance(page, ArticlePage) or not page.source.publish or not page.source.sha256:
        return
    digest = page.source.sha256.lower()
    others = [
        article
        for article in content.articles.values()
        if article.id != page.id and article.source.publish and article.source.sha256.lower() == digest
    ]
    for words, folder, what in ((FILE, ORIGINALS, "its original"), (PICTURES, FACSIMILES, "its facsimiles")):
        if page.source.publish not in words:
            continue
        same = [other.path for other in others if other.source.publish in words]
        place = f"{what} {folder}{digest}{'' if words is FILE else '-*.webp'}"
        were, stay, it = ("was", "stays", "it") if words is FILE else ("were", "stay", "them")
        if same:
            yield f"{place} {stay} published: {same[0]} publishes {it} too"
        else:
            yield f"{place} {were} published: build and publish the site again, and look that the host has deleted {it}"


def source_files(page: ArticlePage) -> tuple[str, ...]:
    """The article's copies in seeds/, each with the curator's file beside it, which need not be there."""
    sources = (file for file in page.source.files if below(file, SEEDS))
    return tuple(name for file in sources for name in (file, beside(file, ".yml")))
