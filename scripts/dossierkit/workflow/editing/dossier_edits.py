"""A dossier's fields for a form, and the dossier with fields that the form returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from dossierkit.model.page import DossierPage
from dossierkit.store.content import dossier_file
from dossierkit.store.edit import EditError
from dossierkit.store.schema import DOSSIER
from dossierkit.store.yamltext import scalar
from dossierkit.text.fold import fold
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.field_edits import (
    Field,
    id_for,
    lines_of,
    picture_fields,
    picture_of,
    with_body,
    with_fields,
)
from dossierkit.workflow.editing.index import SiteIndex

RULE = ("entities_any", "entities_all", "tags")
LISTS = ("articles", "cast", *RULE)
"""Fields with one value per line."""
_ORDER = tuple(key.name for key in DOSSIER)


def fields_of(dossier: DossierPage) -> dict[str, str]:
    """The fields by name; lists with one value per line."""
    return {
        "title": dossier.title,
        "description": dossier.description,
        "finding": dossier.finding,
        **picture_of(dossier.image),
        "articles": "\n".join(dossier.article_ids),
        "cast": "\n".join(dossier.cast_ids),
        **{name: "\n".join(getattr(dossier.select, name)) for name in RULE},
        "dates": dossier.select.dates,
        "body": dossier.body,
    }


def with_dossier_fields(text: str, dossier: DossierPage, given: Mapping[str, str]) -> str:
    """The dossier with those given fields that differ; other fields stay. Raises EditError, DiagnosticsError."""
    body = given.get("body", dossier.body)
    text = text if body.strip() == dossier.body.strip() else with_body(text, body)
    return with_fields(text, dossier.path, tuple(_changed(dossier, given)), _ORDER)


def _changed(dossier: DossierPage, given: Mapping[str, str]) -> Iterator[Field]:
    before = fields_of(dossier)
    now = before | {name: value.strip() for name, value in given.items() if name in before}
    for name in ("title", "description", "finding"):
        if now[name] != before[name]:
            yield (name,), now[name]
    yield from picture_fields(before, now)
    for name in ("articles", "cast"):
        if (listed := lines_of(now[name])) != lines_of(before[name]):
            yield (name,), list(dict.fromkeys(listed))
    rule = (*RULE, "dates")
    if any(now[name] != before[name] for name in rule):
        select = {name: value for name in RULE if (value := lines_of(now[name]))}
        yield ("select",), {**select, **({"dates": now["dates"]} if now["dates"] else {})}


def added(words: str, names: Mapping[str, str]) -> str:
    """The id that an editor typed for a list, or the only one whose name has the words. `names`: by id. Raises EditError."""
    if not words or words in names:
        return words
    found = [id_ for id_, name in names.items() if fold(words) in fold(name)]
    if not found:
        raise EditError("“{words}” is not known here: choose one of the list", words=words)
    if len(found) > 1:
        raise EditError("“{words}” is the name of several: choose one", words=words)
    return found[0]


def moved(listed: list[str], what: str, at: int) -> list[str]:
    """The list with the item at index `at` moved `up` or `down`, or removed (`drop`)."""
    found = list(listed)
    if not 0 <= at < len(found):
        return found
    one = found.pop(at)
    if what != "drop":
        found.insert(max(0, min(len(found), at + (1 if what == "down" else -1))), one)
    return found


def new_dossier(root: Path, title: str) -> tuple[str, str]:
    """The id and the text of a new dossier. Raises EditError if the id exists, or the title has no letters."""
    id_ = id_for(title)
    if (root / dossier_file(id_)).exists():
        raise EditError("`{id}` exists already", id=id_)
    return id_, f"---\ntitle: {scalar(title)}\nstatus: draft\n---\n"


def taken(index: SiteIndex, dossier: DossierPage) -> Iterator[ArticleState]:
    """The listed articles, then those that the rule selects, oldest first."""
    listed = dossier.article_ids
    yield from (one for id_ in listed if (one := index.article(id_)) is not None)
    if not dossier.select.empty:
        added = (
            article
            for article in index.articles.values()
            if article.id not in listed and _matches(dossier, article, index.found.ids)
        )
        yield from sorted(added, key=lambda state: (state.page.article.date, state.id))


def _matches(dossier: DossierPage, article: ArticleState, found: Mapping[str, str]) -> bool:
    page = article.page.article
    return dossier.select.takes(page, frozenset(found.get(ref.id, ref.id) for ref in page.entities))
