"""`dossier rename A NEW-ID`: gives a record, an article or a dossier another id, in all pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from dossierkit.evidence.visibility import entity_path
from dossierkit.model.page import PUBLIC, ArticlePage, DossierPage
from dossierkit.store import record_proposal as stored
from dossierkit.store.content import RECORDS
from dossierkit.store.edit import Append, Remove, apply
from dossierkit.store.reader import ID
from dossierkit.store.references import relinked, with_article_id
from dossierkit.workflow.named_files import page_path, record_id
from dossierkit.workflow.records.plan import (
    RecordPlan,
    RepositoryPages,
    carried_out,
    editing,
    page_id,
    refuse_retired,
)
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.say import say


def rename_record(root: Path, id_: str, new: str, *, force: bool = False) -> RecordPlan:
    """Give a record another id in all pages; the old address redirects to the new one.

    Raises click.UsageError and DiagnosticsError, with nothing written.
    """
    return carried_out(root, id_, lambda repository: _plan(repository, id_, new), force=force)


def _plan(repository: RepositoryPages, id_: str, new: str) -> RecordPlan:
    repository.free(new, but=id_)
    old_path, new_path = entity_path(id_), entity_path(new)
    texts = repository.renamed({id_: new})
    text = relinked(
        texts.pop(old_path, repository.texts[old_path]), old_path, {old_path: new_path}, to=new_path
    )
    text = _retiring(text, repository.content.records[id_].redirects, id_, new)
    return RecordPlan({**texts, new_path: text}, {"": {id_: new}}, frozenset({id_, new}), (old_path,))


def rename(root: Path, name: str, new: str, *, force: bool, redirect: bool) -> None:
    """Give a page another id. `name`: the id of a record or an article, or the file of any page.

    Raises click.UsageError and DiagnosticsError, with nothing written.
    """
    path = page_path(root, name) if "/" in name else ""
    if path and not path.startswith(RECORDS):
        rename_page(root, path.removeprefix("content/"), new, force=force, redirect=redirect)
    elif not redirect:
        raise click.UsageError(
            "--no-redirect is for articles and dossiers: a record keeps the ids that it had, so that no other gets them"
        )
    else:
        rename_record(root, record_id(name), record_id(new), force=force)


def rename_page(root: Path, here: str, new: str, *, force: bool, redirect: bool) -> None:
    """Move an article or a dossier to another address, and update every page that names it. `here`: its path below content/.

    The old address leads to the new one where readers may have it, unless `redirect` is unset. A withdrawn page keeps its address
    unless `force` is set, because nothing leads to a tombstone. Raises click.UsageError, DiagnosticsError (D805), with nothing written.
    """
    kind, old = here.partition("/")[0], page_id(here)
    new = new.removeprefix("content/").removeprefix(f"{kind}/").removesuffix(".md")
    with exclusive(root):
        repository = RepositoryPages(Repository(root))
        pages: Mapping[str, ArticlePage | DossierPage] = getattr(repository.content, kind)
        page = pages[old]
        _refuse(repository, kind, pages, old, new)
        if page.status == "withdrawn" and not force:
            raise click.UsageError(
                f"`{old}` is withdrawn: readers may have its address, and nothing would lead on from there; with --force it moves"
            )
        there = f"{kind}/{new}.md"
        texts = dict(_texts(repository, here, there))
        with editing(page.path):
            texts[there] = _retiring(
                texts[there], page.redirects, old if redirect and page.status in PUBLIC else "", new
            )
        if kind == "articles":
            _rename_in_offers(repository.repository, old, new)
        repository.put(texts, [here])
        repository.commit()
    if page.status in PUBLIC:
        leads = f"leads to `{new}`" if redirect else "leads nowhere now"
        say(f"the address of `{old}` {leads}")


def _retiring(text: str, redirects: Sequence[str], old: str, new: str) -> str:
    """The page with its old id among its redirects, if there is one, and without its new id."""
    if new in redirects:
        text = apply(text, [Remove(("redirects", redirects.index(new)))])
    return apply(text, [Append(("redirects",), old)]) if old else text


def _refuse(
    repository: RepositoryPages, kind: str, pages: Mapping[str, ArticlePage | DossierPage], old: str, new: str
) -> None:
    if not ID.match(new) or ("/" in new) != (kind == "articles"):
        form = (
            "an article's id: a folder and a name of a-z, 0-9 and single hyphens, such as 2016/talks-open"
            if kind == "articles"
            else "a dossier's id: a-z, 0-9 and single hyphens"
        )
        raise click.UsageError(f"`{new}` is not {form}")
    if f"{kind}/{new}.md" in repository.texts:
        raise click.UsageError(f"the {kind.removesuffix('s')} `{new}` exists already")
    refuse_retired(pages.values(), new, but=old)


def _texts(repository: RepositoryPages, here: str, there: str) -> Iterator[tuple[str, str]]:
    """The page at its new path, and the pages that name it or link to it. Paths are below content/."""
    kind, old, new = here.partition("/")[0], page_id(here), page_id(there)
    for path, text in repository.texts.items():
        with editing(f"content/{path}"):
            named = (
                with_article_id(text, path.partition("/")[0], old, new, path) if kind == "articles" else text
            )
        moved = relinked(named, path, {here: there}, to=there if path == here else "")
        if path == here:
            yield there, moved
        elif moved != text:
            yield path, moved


def _rename_in_offers(repository: Repository, old: str, new: str) -> None:
    """Give the article its new id in the proposal files of records."""
    for id_ in stored.ids(repository.root):
        path = stored.path_of(id_)
        text = repository.text(path)
        if old in text:
            found = stored.load(text, path)
            offers = tuple(
                replace(offer, article=new) if offer.article == old else offer for offer in found.offers
            )
            repository.write(path, stored.dump(replace(found, offers=offers)))
