"""Articles: the list of them, and one of them: its text with what was proposed marked in it, both panels beside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from urllib.parse import quote as in_address

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, back, go
from dossierkit.desk.article_items import Item, items_of
from dossierkit.desk.article_state import ArticleState, Mark
from dossierkit.desk.decision_forms import asked_decision, decision_of
from dossierkit.desk.field_edits import check, with_fields
from dossierkit.desk.live_checks import said
from dossierkit.desk.marked_text import name_spans, paragraphs, quote_spans, selector
from dossierkit.desk.queue import answers_to
from dossierkit.desk.session import Desk, NotPublishedError, article_of, digest, text_digest
from dossierkit.evidence.candidates.leads import leads, only
from dossierkit.model.edtf import EdtfError, parse
from dossierkit.model.page import ArticlePage, EntityRef, TimelineEntry
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.store.edit import EditError, Insert, apply
from dossierkit.store.entity_refs import as_value
from dossierkit.text.fold import name_id
from dossierkit.text.match import Matcher
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.decisions import Accept
from dossierkit.workflow.review.engine import Target
from dossierkit.workflow.updating.update import conflict_words

_PAGE = 100  # articles a page of the list
FIELDS = (
    "title", "date", "lang", "source.publisher", "source.author", "source.url", "source.archived", "source.rights",
    "source.reliability", "description", "tags", "embargo",
)  # fmt: skip
_ORDER = (
    "title",
    "date",
    "lang",
    "publisher",
    "author",
    "url",
    "archived",
    "source",
    "status",
    "tags",
    "description",
    "entities",
    "timeline",
)


def listed(visit: Visit) -> Response:
    state, words, start = (
        visit.asked("state"),
        visit.asked("words").casefold(),
        int(visit.asked("start") or 0),
    )
    every = sorted(
        visit.desk.index.articles.values(), key=lambda one: (not one.waiting, len(one.waiting), one.id)
    )
    found = [one for one in every if _is(one, state) and words in one.page.article.title.casefold()]
    return visit.page(
        "articles.html", found=found[start : start + _PAGE], total=len(found), start=start, size=_PAGE, state=state,
        words=visit.asked("words"), unreadable=list(visit.desk.index.unreadable.values()),
    )  # fmt: skip


def _is(one: ArticleState, state: str) -> bool:
    if state == "ready":
        return not one.waiting and one.page.article.status != "published"
    return state in ("", one.page.article.status) or (state == "waiting" and bool(one.waiting))


def show(visit: Visit, id_: str) -> Response:
    article = article_of(visit.desk, id_)
    return visit.page("article.html", **context(visit, article))


def context(visit: Visit, article: ArticleState, obstacles: Sequence[object] = ()) -> dict[str, object]:
    desk = visit.desk
    items = tuple(items_of(desk.index, article))
    names = [one for one in items if one.open.name == "entities"]
    entries = [one for one in items if one.open.name == "timeline"]
    quotes = [(one.number, one.entry.quote, one.entry.prefix, one.entry.suffix) for one in entries]
    spans = name_spans(article.readable, [(one.number, one.forms) for one in names])
    counts: dict[int, int] = {}
    for span in spans:
        counts[span[2]] = counts.get(span[2], 0) + 1
    ids = sorted(desk.index.articles)
    at = ids.index(article.path)
    return {
        "article": article,
        "page": article.page.article,
        "names": sorted(names, key=lambda one: not one.waits),
        "entries": entries,
        "kinds": {one.number: one.type for one in names},
        "waits": {one.number for one in items if one.waits},
        "counts": counts,
        "paragraphs": list(paragraphs(article.readable, spans, quote_spans(article.readable, quotes))),
        "questions": [
            (json.dumps(one.mark), one.question, answers_to(desk.index, article, one.question))
            for one in article.waiting
            if one.question
        ],
        "conflicts": [
            (json.dumps(one.mark), conflict_words(one.conflict)) for one in article.waiting if one.conflict
        ],
        "types": ENTITY_TYPES,
        "fields": [(name, _value(article.page.article, name)) for name in FIELDS],
        "seen": text_digest(Repository(desk.root), article.path),
        "seen_all": digest(desk.index, [article.path]),
        "accepts": sum(one.waits and not one.held for one in items),
        "in_the_way": list(_in_the_way(visit, article, items)),
        "drafts": _draft_records(desk, article),
        "obstacles": obstacles,
        "before": _id(ids[at - 1]) if at else "",
        "after": next(
            (_id(one) for one in (*ids[at + 1 :], *ids[:at]) if _to_do(desk.index.articles[one])), ""
        ),
        "address_of": in_address,
    }


def _in_the_way(visit: Visit, article: ArticleState, items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """What keeps the page from being published that one key does not decide: words, and where to decide it."""
    questions = sum(one.question is not None for one in article.waiting)
    if questions:
        yield visit.t.count("open_questions", questions), "#questions"
    held = [one for one in items if one.waits and one.held]
    if held:
        yield visit.t.count("held_back", len(held)), f"#item-{held[0].number}"


def _to_do(article: ArticleState) -> bool:
    return bool(article.waiting) or article.page.article.status == "draft"


def _id(path: str) -> str:
    return path.removeprefix("content/articles/").removesuffix(".md")


def _value(page: ArticlePage, name: str) -> str:
    holder, _, key = name.rpartition(".")
    value = getattr(page.source if holder else page, key)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _draft_records(desk: Desk, article: ArticleState) -> list[Record]:
    records = (desk.index.records.get(ref.id) for ref in article.page.article.entities)
    return [one for one in records if one is not None and one.status == "draft"]


def decide(visit: Visit, id_: str) -> Response:
    """One decision on an item of the page."""
    article, mark = article_of(visit.desk, id_), _mark(visit.form("mark"))
    name, value = asked_decision(visit)
    decision = decision_of(visit, name, value)
    if isinstance(decision, Accept) and _is_amended(visit, article, mark):
        name, decision = "amend", decision_of(visit, "amend", "")
    title = visit.form("text") if name == "amend" else visit.form("title")
    words = visit.t(f"did.{name}", name=title)
    left = visit.desk.decide(
        [Target(article.path, mark, decision)], [article.path], visit.form("articles_seen"), words
    )
    for _, why in left:
        visit.desk.say(visit.t("not_done", why=why), "wrong")
    if not left:
        visit.desk.say(words)
    return _again(id_, visit.form("next"))


def _is_amended(visit: Visit, article: ArticleState, mark: Mark) -> bool:
    """Whether an entry is accepted with other words than it has."""
    open_ = next((one for one in article.standing if one.mark == mark), None)
    item = open_.stand.item if open_ and open_.stand else None
    if not isinstance(item, TimelineEntry) or "quote" not in visit.request.form:
        return False
    return (item.date, item.text, item.quote) != tuple(
        visit.form(name).strip() for name in ("date", "text", "quote")
    )


def _mark(text: str) -> Mark:
    """Raises EditError."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise EditError("it is not said what is decided on")
    return tuple(found)


def _again(id_: str, part: str = "") -> Response:
    return go(f"/article/{in_address(id_)}" + (f"#{part}" if part else ""))


def add_name(visit: Visit, id_: str) -> Response:
    """A name that was missed: a form of an entity that the page has, one that has a record, or a new one."""
    article, words, type_ = article_of(visit.desk, id_), visit.form("words").strip(), visit.form("type")
    if type_ not in ENTITY_TYPES:
        raise EditError(f"`{type_}` is no type: use {', '.join(ENTITY_TYPES)}")
    if not words or not Matcher([(words, 0)]).find(article.readable):
        raise EditError(visit.t("not_in_text", words=words))
    ref = _reference(visit, words, type_)
    if any(isinstance(one.item, EntityRef) and one.item.id == ref.id for one in article.page.entities):
        raise EditError(visit.t("named_already", words=words))
    make = lambda text: _checked(apply(text, [Insert(("entities",), as_value(ref))]), article.path)  # noqa: E731
    visit.desk.edit(article.path, visit.form("seen"), make, visit.t("did.add", name=words))
    visit.desk.say(visit.t("did.add", name=words))
    return _again(id_)


def _reference(visit: Visit, words: str, type_: str) -> EntityRef:
    """As the record that bears the name has it, else by name and type."""
    made = name_id(words, type_)
    known = visit.desk.index.records.get(only(leads(visit.desk.index.records.values())).get(made, made))
    return EntityRef(known.id) if known else EntityRef(made, name=words, type=type_)


def _checked(text: str, path: str) -> str:
    check(text, path)
    return text


def add_entry(visit: Visit, id_: str) -> Response:
    """An entry that was missed: a date, a heading, and the words that it rests on."""
    article = article_of(visit.desk, id_)
    date, heading = visit.form("date").strip(), visit.form("text").strip()
    exact, prefix, suffix = _quoted(visit, article)
    for kind, value in (("date", date), ("heading", heading)):
        fine, why = said(kind, value, article, visit.t)
        if not fine:
            raise EditError(why)
    values = {
        "date": parse(date).text if date else "",
        "text": heading,
        "quote": exact,
        "prefix": prefix,
        "suffix": suffix,
    }
    at = _place(article.page.article, date)
    make = lambda text: _checked(  # noqa: E731
        apply(text, [Insert(("timeline",), {key: value for key, value in values.items() if value}, at)]),
        article.path,
    )
    visit.desk.edit(article.path, visit.form("seen"), make, visit.t("did.add", name=heading))
    visit.desk.say(visit.t("did.add", name=heading))
    return _again(id_)


def _quoted(visit: Visit, article: ArticleState) -> tuple[str, str, str]:
    """The quote as it was selected, or typed: then it must stand once. Raises EditError."""
    quote, start, end = visit.form("quote").strip(), visit.form("start"), visit.form("end")
    if start.isdecimal() and end.isdecimal() and article.readable[int(start) : int(end)].strip() == quote:
        return selector(article.readable, int(start), int(end))
    fine, why = said("quote", quote, article, visit.t)
    if not fine:
        raise EditError(why)
    return quote, "", ""


def _place(page: ArticlePage, date: str) -> int | None:
    """Before the first entry of a later date."""
    own = parse(date).sort_key if date else None
    if own is None:
        return None
    keys = [(at, parse(one.date).sort_key) for at, one in enumerate(page.timeline) if one.date]
    return next((at for at, key in keys if key is not None and key > own), None)


def set_fields(visit: Visit, id_: str) -> Response:
    """What the page says of itself."""
    article = article_of(visit.desk, id_)
    given = {name: visit.form(name).strip() for name in FIELDS if name in visit.request.form}
    if date := given.get("date"):
        try:
            given["date"] = parse(date).text
        except EdtfError as error:
            raise EditError(str(error)) from None
    fields = [(tuple(name.split(".")), _parts(name, value)) for name, value in given.items()]
    visit.desk.edit(
        article.path,
        visit.form("seen"),
        lambda text: with_fields(text, article.path, fields, _ORDER),
        visit.t("did.fields", name=id_),
    )
    visit.desk.say(visit.t("saved"))
    return _again(id_)


def _parts(name: str, value: str) -> str | list[str]:
    if name == "tags":
        return [one.strip() for one in value.split(",") if one.strip()]
    return value


def publish(visit: Visit, id_: str) -> Response:
    """Publish it with the draft records that it names; what stands in the way is a list of links."""
    article = article_of(visit.desk, id_)
    pages = [article.path, *(one.path for one in _draft_records(visit.desk, article))]
    words = visit.t("did.publish", name=article.page.article.title)
    try:
        visit.desk.publish(pages, visit.form("seen"), accept=True, words=words)
    except NotPublishedError as error:
        problems = [one for made in error.made for one in made.problems]
        visit.desk.say(visit.t.count("in_the_way", len(problems)), "wrong")
        return visit.page("article.html", **context(visit, article, problems))
    visit.desk.say(words)
    return _again(id_)


def check_value(visit: Visit) -> Response:
    """What is said of a value while it is typed, as text."""
    id_ = visit.asked("article")
    article = visit.desk.index.article(id_) if id_ else None
    fine, words = said(visit.asked("kind"), visit.asked("value"), article, visit.t)
    return Response(f"{'ok' if fine else 'no'} {words}", content_type="text/plain; charset=utf-8")


def undo(visit: Visit) -> Response:
    done = visit.desk.undo()
    visit.desk.say(visit.t("undone", what=done.words))
    return go(back(visit))
