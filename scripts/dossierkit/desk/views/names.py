"""Names: the queue of entities over the whole site, one after the other with all their mentions, or all that a filter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from dossierkit.desk import templating
from dossierkit.desk.application import Visit, go
from dossierkit.desk.decision_forms import STAYS, asked_decision, decision_of
from dossierkit.desk.mentions import Mention, mentions
from dossierkit.desk.queue import KINDS, REST, Filter, Row, Waiting, answers_to, counts
from dossierkit.desk.session import digest
from dossierkit.evidence.candidates.derive import Twin
from dossierkit.model.page import EntityRef
from dossierkit.model.record import ENTITY_TYPES, Name, Record
from dossierkit.store.edit import EditError
from dossierkit.text.fold import name_id, slug
from dossierkit.workflow.records.judgements import candidates
from dossierkit.workflow.review.decisions import Accept, ItemDecision, MakeRecord, Retype, SameAs
from dossierkit.workflow.review.engine import Target

_LISTED = 30  # rows beside the one that is looked at
_ARTICLES, _EACH = 12, 3  # articles whose sentences are shown, and sentences of each
_BULK = 400  # rows that are listed before they are accepted together


@dataclass(frozen=True, slots=True)
class ArticleMentions:
    """One article of a row: what waits in it, its sentences, and how many mentions it has in all."""

    waiting: Waiting
    sentences: tuple[Mention, ...]
    count: int


@dataclass(frozen=True, slots=True)
class TwinCard:
    """Who a name may be the same as, with what is known of that one. `stands`: the name that both have where they are the same."""

    twin: Twin
    name: str
    type: str
    description: str
    recorded: bool
    articles: int
    stands: str
    sentences: tuple[Mention, ...]


def show(visit: Visit) -> Response:
    wanted = filter_of(visit)
    rows = tuple(row for row in visit.desk.queue.rows() if wanted.takes(row))
    row = next((one for one in rows if one.key == visit.asked("at")), rows[0] if rows else None)
    at = rows.index(row) if row else 0
    start = max(0, min(at - 4, len(rows) - _LISTED))
    every = visit.desk.queue.rows()
    return visit.page(
        "names.html",
        rows=rows[start : start + _LISTED],
        start=start,
        total=len(rows),
        row=row,
        wanted=wanted,
        counts=counts(every),
        kinds=KINDS,
        types=ENTITY_TYPES,
        makers=visit.desk.queue.makers,
        folders=visit.desk.queue.folders,
        query=query_of(visit),
        after=rows[at + 1].key if at + 1 < len(rows) else "",
        before=rows[at - 1].key if at else "",
        **(_of_row(visit, row) if row else {}),
    )


def _of_row(visit: Visit, row: Row) -> dict[str, object]:
    most = len(row.waiting) if visit.asked("all") else _ARTICLES
    return {
        "articles": [_mentions(visit, row, one) for one in row.waiting[:most]],
        "twins": [card for twin in row.twins[:6] if (card := _card(visit, row, twin))],
        "answers": answers_to(visit.desk.index, row.waiting[0].article, row.question) if row.question else [],
        "seen": digest(visit.desk.index, [one.article.path for one in row.waiting]),
        "record_id": slug(row.name),
        "reasons": sorted(
            {one.reason for waiting in row.waiting if (one := waiting.article.proposed(waiting.open))}
        ),
    }


def _mentions(visit: Visit, row: Row, one: Waiting) -> ArticleMentions:
    forms = (row.question.form,) if row.question else one.article.forms(one.open, visit.desk.index.records)
    found, count = mentions(one.article.readable, forms, one.article.page.article.lang, _EACH)
    return ArticleMentions(one, found, count)


def _card(visit: Visit, row: Row, twin: Twin) -> TwinCard | None:
    index = visit.desk.index
    record, made = index.records.get(twin.id), index.found.by_id.get(twin.id)
    if record is None and made is None:
        return None
    paths = index.naming(twin.id)
    forms = [name.text for name in record.strong_names] if record else list(made.forms if made else ())
    found: tuple[Mention, ...] = ()
    if paths:
        article = index.articles[paths[0]]
        found, _ = mentions(article.readable, forms, article.page.article.lang, 2)
    if record is not None:
        known = record.title, record.type, record.description
        return TwinCard(
            twin, *known, recorded=True, articles=len(paths), stands=record.title, sentences=found
        )
    assert made is not None
    title = row.name if _is_fuller(row, made.name) and not row.recorded else made.name
    return TwinCard(
        twin, made.name, made.type, "", recorded=False, articles=len(paths), stands=title, sentences=found
    )


def filter_of(visit: Visit) -> Filter:
    """Raises EditError for a score that is none."""
    asked = visit.asked
    return Filter(
        kind=asked("kind"),
        type=asked("type"),
        words=asked("words"),
        below=_number(asked("below"), 1.01),
        least=_number(asked("least"), 0),
        articles=asked("articles"),
        maker=asked("maker"),
        new=asked("new"),
    )


def _number(text: str, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        raise EditError(f"`{text}` is no score: give a number from 0 to 1") from None


_FILTERS = ("kind", "type", "words", "below", "least", "articles", "maker", "new")


def query_of(visit: Visit) -> str:
    """The filters of the address, for the next one."""
    return urlencode({name: value for name in _FILTERS if (value := visit.asked(name))})


def decide(visit: Visit) -> Response:
    """One decision on a row, in the articles that are ticked."""
    row, (name, value) = visit.desk.queue.get(visit.form("at")), asked_decision(visit)
    query = visit.form("query")
    if row is None:
        raise EditError("it does not wait any more: look again")
    after = visit.form("after")
    if name == "none":
        return _next(query, row.key)
    if name == "later":
        visit.desk.queue.later[row.key] = None
        return _next(query, after)
    ticked = set(visit.request.form.getlist("article"))
    waiting = tuple(one for one in row.waiting if one.article.id in ticked or row.question)
    decision = decision_of(visit, name, value)
    folded = _folded(visit, row, decision)
    targets = folded or _targets(waiting, decision)
    shown = [target.page for target in folded] or [one.article.path for one in row.waiting]
    version = digest(visit.desk.index, shown) if folded else visit.form("seen")
    left = visit.desk.decide(targets, shown, version, visit.t(f"did.{name}", name=row.name))
    _report(visit, row, name, len(targets) - len(left), [why for _, why in left])
    return _next(query, row.key if folded else _stay(row, name, decision) or after)


def _folded(visit: Visit, row: Row, decision: ItemDecision) -> tuple[Target, ...]:
    """What makes a twin this one, where this one has the fuller name; then it waits as before. Nothing otherwise."""
    twin = visit.desk.queue.get(decision.other) if isinstance(decision, SameAs) else None
    if twin is None or twin.recorded or row.recorded or not _is_fuller(row, twin.name):
        return ()
    return tuple(Target(one.article.path, one.open.mark, SameAs(row.id)) for one in twin.waiting)


def _is_fuller(row: Row, other: str) -> bool:
    return _fullness(row.name) > _fullness(other)


def _fullness(name: str) -> tuple[int, int]:
    """Words that are no initials, then length."""
    return sum(len(word.strip(".")) > 1 for word in name.split()), len(name)


def _targets(waiting: Sequence[Waiting], decision: ItemDecision) -> tuple[Target, ...]:
    """The decision in each article; a record is made in the first, and meant in the others."""
    if not isinstance(decision, MakeRecord):
        return tuple(Target(one.article.path, one.open.mark, decision) for one in waiting)
    first, *others = waiting or (None,)
    if first is None:
        return ()
    item = first.open.stand.item if first.open.stand else None
    id_ = decision.id or slug(item.name if isinstance(item, EntityRef) else "")
    made = [Target(first.article.path, first.open.mark, MakeRecord(id_))]
    return (*made, *(Target(one.article.path, one.open.mark, SameAs(id_)) for one in others))


def _stay(row: Row, name: str, decision: ItemDecision) -> str:
    """The row that is looked at next where this one still waits."""
    if isinstance(decision, Retype):
        return name_id(row.name, decision.type)
    return row.key if name in STAYS else ""


def _next(query: str, at: str) -> Response:
    return go(f"/names?{query}&{urlencode({'at': at})}" if at else f"/names?{query}")


def _report(visit: Visit, row: Row, name: str, done: int, why: Sequence[str]) -> None:
    visit.desk.say(visit.t.count("decided_in", done, what=visit.t(f"did.{name}", name=row.name)))
    for words in dict.fromkeys(why):
        visit.desk.say(visit.t("not_done", why=words), "wrong")


def preview(visit: Visit) -> Response:
    """What would be accepted together: all that the filter leaves, but for questions."""
    rows = _bulk(visit, filter_of(visit))
    return visit.page(
        "bulk.html",
        rows=rows[:_BULK],
        more=max(0, len(rows) - _BULK),
        count=len(rows),
        places=sum(len(row.waiting) for row in rows),
        articles=len({one.article.path for row in rows for one in row.waiting}),
        twins=sum(row.kind != REST for row in rows),
        seen=_shown_digest(visit, rows),
        query=query_of(visit),
    )


def accept_all(visit: Visit) -> Response:
    rows = _bulk(visit, filter_of(visit))
    if _shown_digest(visit, rows) != visit.form("seen"):
        raise EditError(visit.t("changed_meanwhile"))
    but = set(visit.request.form.getlist("but"))
    chosen = [row for row in rows if row.key not in but]
    targets = [Target(one.article.path, one.open.mark, Accept()) for row in chosen for one in row.waiting]
    shown = [target.page for target in targets]
    left = visit.desk.decide(
        targets, shown, digest(visit.desk.index, shown), visit.t.count("did.all", len(chosen))
    )
    visit.desk.say(visit.t.count("accepted_all", len(targets) - len(left)))
    for words in list(dict.fromkeys(why for _, why in left))[:5]:
        visit.desk.say(visit.t("not_done", why=words), "wrong")
    return go(f"/names?{query_of(visit)}")


def _bulk(visit: Visit, wanted: Filter) -> tuple[Row, ...]:
    return tuple(row for row in visit.desk.queue.rows() if row.question is None and wanted.takes(row))


def _shown_digest(visit: Visit, rows: Sequence[Row]) -> str:
    """The digest of what is shown: the rows, and the files that they wait in."""
    paths = [one.article.path for row in rows for one in row.waiting]
    return f"{len(rows)}-{digest(visit.desk.index, paths)}"


def find(visit: Visit) -> Response:
    """Records and candidates that are called something, to be chosen as the same."""
    index, words = visit.desk.index, visit.asked("words")
    others = _everyone(visit)
    found = candidates(words, {id_: one for id_, one in others.items() if id_ != visit.asked("but")})
    listed = [(one, len(index.naming(one.id))) for one in found]
    return Response(
        templating.render("find.html", t=visit.t, found=listed), content_type="text/html; charset=utf-8"
    )


def _everyone(visit: Visit) -> dict[str, Record]:
    made = visit.desk.index.found.by_id.values()
    listed = {
        one.id: Record(one.id, one.name, one.type, aliases=tuple(map(Name, one.forms)), candidate=True)
        for one in made
    }
    return {**listed, **visit.desk.index.records}
