"""Dossiers: the list of them, and one of them: its lead, its articles in their order, its rule, its cast and what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, go
from dossierkit.desk.article_state import ArticleState
from dossierkit.desk.field_edits import Field, with_body, with_fields
from dossierkit.desk.index import SiteIndex
from dossierkit.desk.joined_entries import by_dossier
from dossierkit.desk.session import Desk, NotPublishedError, text_digest
from dossierkit.model.edtf import parse
from dossierkit.model.page import DossierPage
from dossierkit.store.edit import EditError
from dossierkit.store.schema import DOSSIER
from dossierkit.store.yamltext import scalar
from dossierkit.text.fold import slug
from dossierkit.workflow.repository import Repository

_ORDER = tuple(key.name for key in DOSSIER)
_RULE = ("entities_any", "entities_all", "tags")
_EVENTS = 200  # that are shown


def listed(visit: Visit) -> Response:
    index = visit.desk.index
    found = sorted(index.dossiers.values(), key=lambda one: one.title)
    return visit.page("dossiers.html", found=[(one, len(list(_taken(index, one)))) for one in found])


def show(visit: Visit, id_: str) -> Response:
    return visit.page("dossier.html", **_context(visit.desk, visit.desk.index.dossiers[id_]))


def _context(desk: Desk, dossier: DossierPage, obstacles: Iterable[object] = ()) -> dict[str, object]:
    index = desk.index
    listed_ids = [id_ for id_, _, _ in dossier.articles]
    by_rule = [one for one in _taken(index, dossier) if one.id not in listed_ids]
    ids = [*listed_ids, *(one.id for one in by_rule)]
    events = by_dossier(desk.events.all(), ids)
    return {
        "dossier": dossier,
        "articles": [(id_, index.article(id_)) for id_ in listed_ids],
        "by_rule": by_rule,
        "cast": [(id_, index.records.get(id_)) for id_, _, _ in dossier.cast],
        "named": _named(index, ids),
        "rule": {name: "\n".join(getattr(dossier.select, name)) for name in _RULE},
        "all_articles": sorted(one.id for one in index.articles.values() if one.id not in ids),
        "all_records": sorted(index.records),
        "events": events[:_EVENTS],
        "event_count": len(events),
        "seen": text_digest(Repository(desk.root), dossier.path),
        "obstacles": list(obstacles),
    }


def _named(index: SiteIndex, ids: Iterable[str]) -> list[tuple[str, str, int]]:
    """The records that its articles name most: whom the cast may need."""
    counts: dict[str, int] = {}
    for id_ in ids:
        article = index.article(id_)
        for ref in article.page.article.entities if article else ():
            id_of = index.found.ids.get(ref.id, ref.id)
            counts[id_of] = counts.get(id_of, 0) + 1
    best = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [(id_, index.records[id_].title, number) for id_, number in best if id_ in index.records][:12]


def _taken(index: SiteIndex, dossier: DossierPage) -> Iterator[ArticleState]:
    """The listed articles, then those that the rule adds, oldest first."""
    listed_ids = [id_ for id_, _, _ in dossier.articles]
    yield from (one for id_ in listed_ids if (one := index.article(id_)) is not None)
    if not dossier.select.empty:
        added = (
            one
            for one in index.articles.values()
            if one.id not in listed_ids and _matches(dossier, one, index.found.ids)
        )
        yield from sorted(added, key=lambda one: (one.page.article.date, one.id))


def _matches(dossier: DossierPage, article: ArticleState, found: Mapping[str, str]) -> bool:
    rule, page = dossier.select, article.page.article
    ids = {found.get(ref.id, ref.id) for ref in page.entities}
    return (
        (not rule.entities_any or bool(ids.intersection(rule.entities_any)))
        and ids.issuperset(rule.entities_all)
        and (not rule.tags or bool(set(page.tags).intersection(rule.tags)))
        and (not rule.dates or (bool(page.date) and parse(page.date).overlaps(parse(rule.dates))))
    )


def save(visit: Visit, id_: str) -> Response:
    """Write the fields that were changed; `move`, `drop` and `add` change a list by one."""
    dossier = visit.desk.index.dossiers[id_]
    fields = tuple(_changed(visit, dossier))

    def make(text: str) -> str:
        body = visit.form("body", dossier.body)
        text = text if body.strip() == dossier.body.strip() else with_body(text, body)
        return with_fields(text, dossier.path, fields, _ORDER)

    visit.desk.edit(dossier.path, visit.form("seen"), make, visit.t("did.fields", name=dossier.title))
    visit.desk.say(visit.t("saved"))
    return go(f"/dossier/{id_}")


def _changed(visit: Visit, dossier: DossierPage) -> Iterator[Field]:
    for name in ("title", "description"):
        if (value := visit.form(name).strip()) != getattr(dossier, name):
            yield (name,), value
    for name in ("articles", "cast"):
        before = [id_ for id_, _, _ in getattr(dossier, name)]
        if (after := _moved(visit, name)) != before:
            yield (name,), list(after)
    select = {name: found for name in _RULE if (found := _lines(visit.form(name)))}
    if dates := visit.form("dates").strip():
        select["dates"] = [dates]
    before_rule = {name: list(found) for name in _RULE if (found := getattr(dossier.select, name))}
    if dossier.select.dates:
        before_rule["dates"] = [dossier.select.dates]
    if select != before_rule:
        yield ("select",), {name: value[0] if name == "dates" else value for name, value in select.items()}


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.split("\n") if one.strip()]


def _moved(visit: Visit, name: str) -> list[str]:
    """A list as the form has it, after the button that was pressed: `up 2`, `down 0`, `drop 1`, and what is to be added."""
    found = visit.request.form.getlist(name)
    what, _, number = visit.form(f"move-{name}").partition(" ")
    at = int(number) if number.isdecimal() and int(number) < len(found) else -1
    if at >= 0 and what == "drop":
        found.pop(at)
    elif at >= 0:
        to = max(0, min(len(found) - 1, at + (1 if what == "down" else -1)))
        found.insert(to, found.pop(at))
    added = visit.form(f"add-{name}").strip()
    return [*found, added] if added and added not in found else found


def create(visit: Visit) -> Response:
    """A dossier by hand. Raises EditError where there is one of that id."""
    title = visit.form("title").strip()
    id_ = slug(title)
    path = f"content/dossiers/{id_}.md"
    if not id_:
        raise EditError(visit.t("check_no_title"))
    if (visit.desk.root / path).exists():
        raise EditError(visit.t("there_already", id=id_))

    def change(repository: Repository) -> None:
        repository.write(path, f"---\ntitle: {scalar(title)}\nstatus: draft\n---\n")

    visit.desk.write((visit.desk.root / path).exists, change, visit.t("did.create", name=title))
    return go(f"/dossier/{id_}")


def publish(visit: Visit, id_: str) -> Response:
    dossier = visit.desk.index.dossiers[id_]
    words = visit.t("did.publish", name=dossier.title)
    try:
        visit.desk.publish([dossier.path], visit.form("seen"), accept=False, words=words)
    except NotPublishedError as error:
        problems = [one for made in error.made for one in made.problems]
        visit.desk.say(visit.t.count("in_the_way", len(problems)), "wrong")
        return visit.page("dossier.html", **_context(visit.desk, dossier, problems))
    visit.desk.say(words)
    return go(f"/dossier/{id_}")
