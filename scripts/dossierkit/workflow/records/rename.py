"""`dossier rename A NEW-ID`: gives a record or an article another id, in all pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from dossierkit.store import page_parser
from dossierkit.store import record_proposal as stored
from dossierkit.store.edit import Edit, Put, Remove, apply, front_matter_values
from dossierkit.store.references import relinked
from dossierkit.workflow.records.plan import RecordPlan, RepositoryPages, add, carried_out, editing
from dossierkit.workflow.repository import Repository, exclusive

_PREFIX, _SUFFIX = "content/articles/", ".md"


def rename_record(root: Path, id_: str, new: str, *, force: bool = False) -> RecordPlan:
    """Give a record another id in all pages; the old address redirects to the new one.

    Raises click.UsageError and DiagnosticsError, with nothing written.
    """
    with exclusive(root):
        repository = RepositoryPages(root)
        repository.record(id_)
        repository.free(new, but=id_)
        with editing(repository.content.records[id_].path):
            plan = _plan(repository, id_, new)
        return carried_out(repository, plan, force=force)


def _plan(repository: RepositoryPages, id_: str, new: str) -> RecordPlan:
    old_path, new_path = f"entities/{id_}.md", f"entities/{new}.md"
    texts = repository.renamed({id_: new})
    text = relinked(
        texts.pop(old_path, repository.texts[old_path]), old_path, {old_path: new_path}, to=new_path
    )
    redirects = repository.content.records[id_].redirects
    if new in redirects:
        text = apply(text, [Remove(("redirects", redirects.index(new)))])
    return RecordPlan(
        {**texts, new_path: add(text, "redirects", id_)}, {"": {id_: new}}, frozenset({id_, new}), (old_path,)
    )


def article_id(named: str) -> str:
    """The id of an article given as an id or as its file."""
    return named.replace("\\", "/").removeprefix("./").removeprefix(_PREFIX).removesuffix(_SUFFIX)


def rename_article(root: Path, old: str, new: str, *, force: bool = False) -> None:
    """Move an article to another address, and update every page that names it.

    Raises click.UsageError, DiagnosticsError (D805), with nothing written. Articles leave no redirect, so a published article keeps its address unless `force` is set.
    """
    with exclusive(root):
        repository = RepositoryPages(root)
        page = repository.content.articles[old]
        _refuse(repository, new)
        if page.status in {"published", "withdrawn"} and not force:
            raise click.UsageError(
                f"`{old}` is {page.status}: readers may have its address, and nothing would lead on from there; with --force it moves"
            )
        texts = dict(_texts(repository, old, new))
        _rename_in_offers(repository.repository, old, new)
        repository.write(texts, [f"articles/{old}.md"])


def _refuse(repository: RepositoryPages, new: str) -> None:
    if not page_parser.ID.match(new) or "/" not in new:
        raise click.UsageError(
            f"`{new}` is not an article's id: a folder and a name of a-z, 0-9 and single hyphens, such as 2016/talks-open"
        )
    if f"articles/{new}.md" in repository.texts:
        raise click.UsageError(f"the article `{new}` exists already")


def _texts(repository: RepositoryPages, old: str, new: str) -> Iterator[tuple[str, str]]:
    """The article at its new path, and the pages that name it or link to it."""
    here, there = f"articles/{old}.md", f"articles/{new}.md"
    for path, text in repository.texts.items():
        with editing(f"content/{path}"):
            named = apply(text, _edits(text, path, old, new), path)
        moved = relinked(named, path, {here: there}, to=there if path == here else "")
        if path == here:
            yield there, moved
        elif moved != text:
            yield path, moved


def _edits(text: str, path: str, old: str, new: str) -> tuple[Edit, ...]:
    kind = path.partition("/")[0]
    key, name = {"dossiers": ("articles", "id"), "entities": ("relations", "article")}.get(kind, ("", ""))
    if not key or old not in text or path.endswith("index.md"):
        return ()
    items: Any = front_matter_values(text, path).get(key)
    return tuple(_put(items, (key, name), old, new))


def _put(items: Any, keys: tuple[str, str], old: str, new: str) -> Iterator[Edit]:  # noqa: ANN401 -- as read
    key, name = keys
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if item == old:
            yield Put((key, at), new)
        elif isinstance(item, Mapping) and item.get(name) == old:
            yield Put((key, at, name), new)


def _rename_in_offers(repository: Repository, old: str, new: str) -> None:
    """Give the article its new id in the proposal files of records."""
    for id_ in stored.ids(repository.root):
        path = stored.path_of(id_)
        text = (repository.read(path) or b"").decode("utf-8", "replace").replace("\r\n", "\n")
        if old in text:
            found = stored.load(text, path)
            offers = tuple(
                replace(offer, article=new) if offer.article == old else offer for offer in found.offers
            )
            repository.write(path, stored.dump(replace(found, offers=offers)))
