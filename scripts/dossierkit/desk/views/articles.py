"""Views of articles: the list; and one article with proposals marked in its text, and panels of entities and entries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import quote as in_address

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, back, go
from dossierkit.desk.decision_forms import asked_decision, decision_of
from dossierkit.desk.session import article_of
from dossierkit.merge.open import ItemMark, rivals
from dossierkit.merge.page import conflict_words
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.store.content import id_of
from dossierkit.store.edit import EditError
from dossierkit.workflow.editing.article_edits import (
    FIELDS,
    NewEntry,
    draft_records,
    fields_of,
    with_entry,
    with_key_moment,
    with_name,
    with_own_fields,
)
from dossierkit.workflow.editing.article_items import Item, items_of
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.marked_text import name_spans, paragraphs, quote_spans
from dossierkit.workflow.editing.session import digest, text_digest
from dossierkit.workflow.editing.value_checks import said
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.engine import DecisionTarget
from dossierkit.workflow.review.item_decisions import Accept
from dossierkit.workflow.review.page_review import choices

_DECIDED_HERE = frozenset({"D811", "D812"})
"""Obstacles that the page itself has links to; their messages name the command for the terminal."""
_PAGE = 100  # articles for each page of the list


def listed(visit: Visit) -> Response:
    state, words, start = (
        visit.asked("state"),
        visit.asked("words").casefold(),
        visit.number("start"),
    )
    every = sorted(
        visit.desk.index.articles.values(), key=lambda one: (not one.waiting, len(one.waiting), one.id)
    )
    found = [one for one in every if _is(one, state) and words in one.page.article.title.casefold()]
    return visit.page(
        "articles.html", found=found[start : start + _PAGE], total=len(found), start=start, size=_PAGE, state=state,
        words=visit.asked("words"), index_is_empty=not every,
    )  # fmt: skip


def _is(one: ArticleState, state: str) -> bool:
    if state == "ready":
        return not one.waiting and one.page.article.status != "published"
    return state in ("", one.page.article.status) or (state == "waiting" and bool(one.waiting))


def show(visit: Visit, id_: str, obstacles: Sequence[Diagnostic] = ()) -> Response:
    """`obstacles`: what prevents the publication that was asked for."""
    further = [one for one in obstacles if one.code not in _DECIDED_HERE]
    context = _context(visit, article_of(visit.desk, id_))
    return visit.page("article.html", **context, obstacles=further, refused=bool(obstacles))


def _context(visit: Visit, article: ArticleState) -> dict[str, object]:
    desk, page = visit.desk, article.page.article
    items = tuple(items_of(desk.index, article))
    return {
        "article": article,
        "page": page,
        **_lists(article, items),
        **_asked(visit, article),
        "types": ENTITY_TYPES,
        "fields": list(fields_of(page).items()),
        "seen": text_digest(Repository(desk.root), article.path),
        "seen_all": digest(desk.index, [article.path]),
        "accepts": sum(item.waits and not item.proposed for item in items),
        "in_the_way": list(_in_the_way(visit, article, items)),
        "drafts": draft_records(article, desk.index.records),
        **_neighbours(desk.index.articles, article),
        "address_of": in_address,
    }


def _lists(article: ArticleState, items: Sequence[Item]) -> dict[str, object]:
    """Names, entries and the text with both marked. Names that wait come first."""
    names = [item for item in items if item.open.name == "entities"]
    entries = [item for item in items if item.open.name == "timeline"]
    spans = name_spans(article.readable, [(name.number, name.forms) for name in names])
    quotes = [(entry.number, entry.entry.quote, entry.entry.prefix, entry.entry.suffix) for entry in entries]
    return {
        "names": sorted(names, key=lambda one: not one.waits),
        "entries": entries,
        "kinds": {name.number: name.type for name in names},
        "waits": {item.number for item in items if item.waits},
        "counts": Counter(number for _, _, number in spans),
        "paragraphs": list(paragraphs(article.readable, spans, quote_spans(article.readable, quotes))),
    }


def _asked(visit: Visit, article: ArticleState) -> dict[str, object]:
    """Questions and conflicts with what can be answered; what else is proposed in the place of an item (`instead`)."""
    index = visit.desk.index
    return {
        "questions": [
            (json.dumps(one.mark), one.question, list(choices(one.question, index.records, article.last)))
            for one in article.waiting
            if one.question
        ],
        "conflicts": [
            (
                one,
                json.dumps(one.mark),
                visit.t.message(conflict_words(one.conflict)),
                rivals(one, article.waiting),
            )
            for one in article.waiting
            if one.conflict
        ],
        "instead": {
            one.mark: found
            for one in article.waiting
            if not one.conflict and (found := rivals(one, article.waiting))
        },
    }


def _neighbours(articles: Mapping[str, ArticleState], article: ArticleState) -> dict[str, object]:
    """The article before, and the next one that needs work; "" for none."""
    paths = sorted(articles)
    at = paths.index(article.path)
    further = (*paths[at + 1 :], *paths[:at])
    return {
        "before": id_of(paths[at - 1]) if at else "",
        "after": next((id_of(path) for path in further if _to_do(articles[path])), ""),
    }


def _in_the_way(visit: Visit, article: ArticleState, items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """What prevents publication and needs more than one key: words, and where to decide it."""
    questions = sum(one.question is not None for one in article.waiting)
    if questions:
        yield visit.t.count("open_questions", questions), "#questions"
    held = [item for item in items if item.waits and item.proposed]
    if held:
        yield visit.t.count("held_back", len(held)), f"#item-{held[0].number}"


def _to_do(article: ArticleState) -> bool:
    return bool(article.waiting) or article.page.article.status == "draft"


def decide(visit: Visit, id_: str) -> Response:
    """Carry out one decision on an item of the page."""
    article, mark = article_of(visit.desk, id_), _mark(visit.form("mark"))
    name, value = asked_decision(visit)
    decision = decision_of(visit, name, value)
    if isinstance(decision, Accept) and _is_amended(visit, article, mark):
        name, decision = "amend", decision_of(visit, "amend", "")
    title = visit.form("text") if name == "amend" else visit.form("title")
    words = visit.t(f"did.{name}", name=title)
    left = visit.desk.decide(
        [DecisionTarget(article.path, mark, decision)], [article.path], visit.form("articles_seen"), words
    )
    for _, why in left:
        visit.desk.say(visit.t("not_done", why=visit.t.message(why)), "wrong")
    if not left:
        visit.desk.say(words)
    return _again(id_, visit.form("next"))


def _is_amended(visit: Visit, article: ArticleState, mark: ItemMark) -> bool:
    """Whether an entry is accepted with changes."""
    open_ = next((one for one in article.items if one.mark == mark), None)
    item = open_.entry if open_ else None
    if item is None or "quote" not in visit.request.form:
        return False
    return (item.date, item.text, item.quote) != tuple(
        visit.form(name).strip() for name in ("date", "text", "quote")
    )


def _mark(text: str) -> ItemMark:
    """Raises EditError."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise EditError("it is not clear what the decision is about")
    return tuple(found)


def _again(id_: str, part: str = "") -> Response:
    return go(f"/article/{in_address(id_)}" + (f"#{part}" if part else ""))


def add_name(visit: Visit, id_: str) -> Response:
    """Add a missed name: a form of an entity in the page, an entity with a record, or a new one."""
    article, words, type_ = article_of(visit.desk, id_), visit.form("words").strip(), visit.form("type")
    make = partial(with_name, article=article, words=words, type_=type_, records=visit.desk.index.records)
    visit.edit(article.path, make, visit.t("did.add", name=words))
    return _again(id_)


def add_entry(visit: Visit, id_: str) -> Response:
    """Add a missed entry: date, heading and quote."""
    article, start, end = article_of(visit.desk, id_), visit.form("start"), visit.form("end")
    date, heading, quote = (visit.form(name).strip() for name in ("date", "text", "quote"))
    at = (int(start), int(end)) if start.isdecimal() and end.isdecimal() else None
    make = partial(with_entry, article=article, entry=NewEntry(date, heading, quote, at))
    visit.edit(article.path, make, visit.t("did.add", name=heading))
    return _again(id_)


def turn_key_moment(visit: Visit, id_: str) -> Response:
    """Make an entry a key moment, or no longer one."""
    article = article_of(visit.desk, id_)
    make = partial(with_key_moment, article=article, mark=_mark(visit.form("mark")))
    visit.edit(article.path, make, visit.t("did.key_moment", name=visit.form("title")))
    return _again(id_, visit.form("next"))


def set_fields(visit: Visit, id_: str) -> Response:
    """Set the page's own keys."""
    article = article_of(visit.desk, id_)
    given = {name: visit.form(name).strip() for name in FIELDS if name in visit.request.form}
    make = partial(with_own_fields, article=article, given=given)
    visit.edit(article.path, make, visit.t("did.fields", name=id_), visit.t("saved"))
    return _again(id_)


def publish(visit: Visit, id_: str) -> Response:
    """Publish the page with the draft records that it names; if that is not possible, show links to what prevents it."""
    article = article_of(visit.desk, id_)
    pages = [article.path, *(record.path for record in draft_records(article, visit.desk.index.records))]
    problems = visit.publish(pages, article.page.article.title, accept=True)
    return show(visit, id_, problems) if problems else _again(id_)


def check_value(visit: Visit) -> Response:
    """A message about a value being typed, as text."""
    id_ = visit.asked("article")
    article = visit.desk.index.article(id_) if id_ else None
    fine, words = said(visit.asked("kind"), visit.asked("value"), article)
    return Response(
        f"{'ok' if fine else 'no'} {visit.t.message(words)}", content_type="text/plain; charset=utf-8"
    )


def undo(visit: Visit) -> Response:
    """Undo the decision that the page names as the last. Raises EditError if another was made since, in another window."""
    last = visit.desk.engine.done[-1:]
    if last and visit.form("last") not in ("", f"{last[0].number_written}"):
        raise EditError(
            "not undone: in another window, something else was decided since ({what})", what=last[0].words
        )
    done, page = visit.desk.undo_from(back(visit))
    visit.desk.say(visit.t("undone", what=done.words))
    return go(page)
