"""`dossier split A --into NEW`: articles that mean another entity get a record of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.gathering import gather
from dossierkit.evidence.layer import layer
from dossierkit.evidence.visibility import article_path, entity_path
from dossierkit.model.message import Message
from dossierkit.model.page import ArticlePage
from dossierkit.model.record import Record
from dossierkit.store.edit import Append, Edit, Put, Remove, apply, front_matter_values
from dossierkit.store.references import reidentified
from dossierkit.store.yamltext import flow, scalar
from dossierkit.workflow.named_files import record_id
from dossierkit.workflow.records.plan import (
    RecordPlan,
    RepositoryPages,
    RequestError,
    carried_out,
    names,
)


@dataclass(frozen=True, slots=True)
class SplitRequest:
    """The request. `articles`: ids of the articles that mean the new record; `aliases`: names that move to it."""

    id: str
    into: str
    title: str
    articles: tuple[str, ...]
    aliases: tuple[str, ...] = ()


def run(root: Path, split: SplitRequest, *, force: bool = False) -> RecordPlan:
    """Split the record. Raises click.UsageError and DiagnosticsError, with nothing written."""
    split = replace(split, id=record_id(split.id))
    return carried_out(root, split.id, lambda repository: planned(repository, split), force=force)


def _refuse(repository: RepositoryPages, split: SplitRequest) -> None:
    """Raises RequestError for requests that cannot be carried out."""
    repository.free(split.into)
    record = repository.content.records[split.id]
    for id_ in split.articles:
        page = repository.content.articles.get(id_)
        if page is None:
            raise RequestError(
                "no article `{id}`: ids are paths below content/articles/ without `.md`", id=id_
            )
        if split.id not in {ref.id for ref in repository.with_ids(id_)[1].entities}:
            raise RequestError("the article `{article}` does not name `{id}`", article=id_, id=split.id)
    aliases = {name.text for name in (*record.aliases, *record.weak_aliases)}
    for alias in split.aliases:
        if alias not in aliases:
            listed = names(sorted(aliases)) or Message("none")
            raise RequestError(
                "{names} is not an alias of `{id}`: it has {listed}",
                names=names([alias]),
                id=split.id,
                listed=listed,
            )


def planned(repository: RepositoryPages, split: SplitRequest) -> RecordPlan:
    """The split. Raises RequestError, EditError, DiagnosticsError."""
    _refuse(repository, split)
    record = repository.content.records[split.id]
    path = entity_path(split.id)
    without = _without_aliases(repository.texts[path], record, split.aliases)
    text = apply(without, [Append(("not_same_as",), split.into)])
    texts = {path: text, entity_path(split.into): _new(record, split)}
    for id_ in split.articles:
        page = article_path(id_)
        texts[page] = _article(repository, id_, split)
    ids = {article: {split.id: split.into} for article in split.articles}
    return RecordPlan(
        texts, ids, frozenset({split.id, split.into}), notes=tuple(_notes(repository, record, split))
    )


def _without_aliases(text: str, record: Record, aliases: Sequence[str]) -> str:
    for key, listed in (("aliases", record.aliases), ("weak_aliases", record.weak_aliases)):
        goes = [number for number, name in enumerate(listed) if name.text in aliases]
        text = apply(text, [Remove((key, number)) for number in reversed(goes)])
    return text


def _new(record: Record, split: SplitRequest) -> str:
    """The new record's page, with certain facts only, and nothing that was written about the other entity."""
    lines = [f"title: {scalar(split.title)}", f"type: {record.type}"]
    for key, listed in (("aliases", record.aliases), ("weak_aliases", record.weak_aliases)):
        moved = [name for name in listed if name.text in split.aliases]
        if any(name.lang for name in moved):
            lines += [
                f"{key}:",
                *(f"  - {{name: {scalar(name.text)}, lang: {scalar(name.lang)}}}" for name in moved),
            ]
        elif moved:
            lines.append(f"{key}: {flow(tuple(name.text for name in moved))}")
    lines += [f"not_same_as: [{scalar(record.id)}]", f"status: {record.status}"]
    return "---\n" + "\n".join(lines) + "\n---\n"


def _article(repository: RepositoryPages, id_: str, split: SplitRequest) -> str:
    """The article with the new id, and the forms of its text that the new record's names do not cover."""
    with_ids, page = repository.with_ids(id_)
    text = reidentified(with_ids, "articles", {split.id: split.into}, article_path(id_))
    known = {
        split.title,
        *split.aliases,
        *(form for ref in page.entities if ref.id == split.id for form in ref.also),
    }
    missing = [form for form in _forms(repository, page, split.id) if form not in known]
    return apply(text, _also(text, split.into, missing))


def _forms(repository: RepositoryPages, page: ArticlePage, id_: str) -> tuple[str, ...]:
    """The forms by which the article's text names a record, in order of first appearance."""
    article, _ = gather(page, layer(renderer(("tables",), {})(page.body)), repository.content)
    return tuple(
        dict.fromkeys(" ".join(article.layer.text[f.start : f.end].split()) for f in article.of(id_))
    )


def _also(text: str, id_: str, forms: Sequence[str]) -> Iterator[Edit]:
    for number, item in enumerate(front_matter_values(text)["entities"] if forms else ()):
        place = ("entities", number)
        if item == id_:
            yield Put(place, {"id": id_, "also": list(forms)})
        elif isinstance(item, dict) and item.get("id") == id_:
            yield from (Append((*place, "also"), form) for form in forms)


def _notes(repository: RepositoryPages, record: Record, split: SplitRequest) -> Iterator[Message]:
    moved = set(split.articles)
    left = [
        id_
        for id_ in repository.content.articles
        if id_ not in moved and record.id in {ref.id for ref in repository.with_ids(id_)[1].entities}
    ]
    yield Message(
        "articles that name `{id}` from now on: {left}; those that name `{into}`: {moved}",
        {"id": record.id, "into": split.into, "left": len(left), "moved": len(moved)},
    )
    for owner in repository.content.records.values():
        for item in owner.relations:
            if item.article in moved and record.id in {owner.id, item.to}:
                yield Message(
                    "`{owner}` {type} `{to}` rests on `{article}`: is it about `{into}`?",
                    {
                        "owner": owner.id,
                        "type": item.type,
                        "to": item.to,
                        "article": item.article,
                        "into": split.into,
                    },
                )
    for dossier in repository.content.dossiers.values():
        if record.id in dossier.cast_ids:
            yield Message(
                "the cast of the dossier `{dossier}` has `{id}`: is it the right one?",
                {"dossier": dossier.id, "id": record.id},
            )
