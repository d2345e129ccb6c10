"""Views of names: the queue of entities of the whole site, one by one with all mentions, or all that match a filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, go, render
from dossierkit.desk.decision_forms import asked_decision, decision_of
from dossierkit.evidence.candidates.derive import Twin
from dossierkit.model.message import Message
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.store.edit import EditError
from dossierkit.text.fold import slug
from dossierkit.workflow.editing import names
from dossierkit.workflow.editing.marked_text import NameInSentence, mentions
from dossierkit.workflow.editing.names import (
    RowDecision,
    join_all,
    joinable,
    rows_left,
    shown_twins,
    still_waits,
)
from dossierkit.workflow.editing.queue import KINDS, REST, Filter, Row, Waiting, counts
from dossierkit.workflow.editing.session import digest
from dossierkit.workflow.records.judgements import candidates
from dossierkit.workflow.review.engine import CHANGED, GONE
from dossierkit.workflow.review.page_review import choices

_LISTED = 30  # rows beside the current one
_ARTICLES, _EACH = 12, 3  # articles with sentences, and sentences for each
_BULK = 400  # rows listed before a bulk decision
_REASONS = 5  # failures listed with their reason


@dataclass(frozen=True, slots=True)
class ArticleMentions:
    """One article of a row: its open decisions, its sentences, and its number of mentions."""

    waiting: Waiting
    sentences: tuple[NameInSentence, ...]
    count: int


@dataclass(frozen=True, slots=True)
class TwinCard:
    """A possible duplicate and what is known about it. `stands`: the common name if they are the same."""

    twin: Twin
    name: str
    type: str
    description: str
    recorded: bool
    articles: int
    stands: str
    sentences: tuple[NameInSentence, ...]


def show(visit: Visit) -> Response:
    wanted, asked = filter_of(visit), visit.asked("at")
    rows = _rows(visit, wanted)
    if asked and all(one.key != asked for one in rows):
        visit.desk.index.settle()  # candidates derived before an undo do not have it
        rows = _rows(visit, wanted)
    row = next((one for one in rows if one.key == asked), rows[0] if rows else None)
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


def _rows(visit: Visit, wanted: Filter) -> tuple[Row, ...]:
    return tuple(row for row in visit.desk.queue.rows() if wanted.takes(row))


def _of_row(visit: Visit, row: Row) -> dict[str, object]:
    joined = joinable(visit.desk.queue, row)
    most = len(row.waiting) if visit.asked("all") else _ARTICLES
    return {
        "articles": [_mentions(visit, row, one) for one in row.waiting[:most]],
        "twins": [card for twin in shown_twins(row) if (card := _card(visit, row, twin))],
        "joined": [index for index, twin in enumerate(shown_twins(row), 1) if twin in joined],
        "answers": list(choices(row.question, visit.desk.index.records, row.waiting[0].article.last))
        if row.question
        else [],
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
    found: tuple[NameInSentence, ...] = ()
    if paths:
        article = index.articles[paths[0]]
        found, _ = mentions(article.readable, forms, article.page.article.lang, 2)
    name, type_ = index.called(twin.id)
    stands = row.name if record is None and names.has_better_name(index, row, twin.id) else name
    description = record.description if record else ""
    return TwinCard(twin, name, type_, description, record is not None, len(paths), stands, found)


def filter_of(visit: Visit) -> Filter:
    """The filter in the query. Raises EditError for an invalid score."""
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
        raise EditError("`{text}` is not a score: give a number from 0 to 1", text=text) from None


_FILTERS = ("kind", "type", "words", "below", "least", "articles", "maker", "new")


def query_of(visit: Visit) -> str:
    """The query string for a filter."""
    return urlencode({name: value for name in _FILTERS if (value := visit.asked(name))})


def decide(visit: Visit) -> Response:
    """Carry out one decision on a row, in the selected articles."""
    row, (name, value) = visit.desk.queue.get(visit.form("at")), asked_decision(visit)
    query = visit.form("query")
    if row is None:
        raise EditError(GONE)
    after = visit.form("after")
    if name == "none":
        return _next(query, row.key)
    if name == "later":
        visit.desk.queue.later[row.key] = None
        return _next(query, after)
    if name == "all_same":
        stays, done, why = join_all(
            visit.desk, row, visit.form("seen"), visit.t("did.all_same", name=row.name)
        )
        visit.desk.made_at(f"/names?{query}&{urlencode({'at': row.key})}")
        visit.desk.say(visit.t.count("decided_in", done, what=visit.t("did.all_same", name=row.name)))
        _say_why(visit, why)
        return _next(query, stays)
    ticked = set(visit.request.form.getlist("article"))
    chosen = tuple(one for one in row.waiting if one.article.id in ticked or row.question)
    decision = decision_of(visit, name, value)
    stays = still_waits(visit.desk.queue, row, decision)
    final_id, title = names.called_in_the_end(visit.desk.queue, row, decision)
    words = visit.t(f"did.{name}", name=final_id)
    done, why = names.decide(visit.desk, RowDecision(row, chosen, decision, visit.form("seen")), words)
    visit.desk.made_at(f"/names?{query}&{urlencode({'at': row.key})}")
    words = f"{words} → {title}" if title else words
    visit.desk.say(visit.t.count("decided_in", done, what=words))
    _say_why(visit, why)
    return _next(query, stays or after)


def _next(query: str, at: str) -> Response:
    return go(f"/names?{query}&{urlencode({'at': at})}" if at else f"/names?{query}")


def _say_why(visit: Visit, why: Iterable[Message]) -> None:
    for words in list(dict.fromkeys(map(visit.t.message, why)))[:_REASONS]:
        visit.desk.say(visit.t("not_done", why=words), "wrong")


def preview(visit: Visit) -> Response:
    """Show what a bulk decision would cover: all that matches the filter, without questions."""
    wanted = filter_of(visit)
    rows = rows_left(visit.desk.queue, wanted)
    return visit.page(
        "bulk.html",
        rows=rows[:_BULK],
        more=max(0, len(rows) - _BULK),
        count=len(rows),
        places=sum(len(row.waiting) for row in rows),
        articles=len({one.article.path for row in rows for one in row.waiting}),
        acceptable=len(names.covered(rows, wanted, "accept")),
        twins=0 if wanted.kind else sum(row.kind != REST for row in rows),
        seen=_shown_digest(visit, rows),
        query=query_of(visit),
    )


def decide_all(visit: Visit) -> Response:
    """Accept, reject or junk all of it, except the selected rows, as one decision."""
    rows = rows_left(visit.desk.queue, filter_of(visit))
    if _shown_digest(visit, rows) != visit.form("seen"):
        raise EditError(CHANGED)
    but, how = set(visit.request.form.getlist("but")), visit.form("decision") or "accept"
    chosen = names.covered([row for row in rows if row.key not in but], filter_of(visit), how)
    key = f"did.all_{how}" if how in names.TOGETHER else "did.all_accept"
    done, why = names.decide_together(visit.desk, chosen, how, visit.t.count(key, len(chosen)))
    visit.desk.say(visit.t.count(f"{how}_together", done))
    _say_why(visit, why)
    return go(f"/names?{query_of(visit)}")


def _shown_digest(visit: Visit, rows: Sequence[Row]) -> str:
    """A digest of the rows shown and of the files that they come from."""
    paths = [one.article.path for row in rows for one in row.waiting]
    return f"{len(rows)}-{digest(visit.desk.index, paths)}"


def find(visit: Visit) -> Response:
    """Search records and candidates by name, to choose one as the same entity; `of=records`: records alone, to merge with one."""
    index, words, only = visit.desk.index, visit.asked("words"), visit.asked("of") == "records"
    others = index.records if only else _everyone(visit)
    found = candidates(words, {id_: other for id_, other in others.items() if id_ != visit.asked("but")})
    listed = [(record, len(index.naming(record.id))) for record in found]
    return Response(
        render("find.html", t=visit.t, found=listed, records=only),
        content_type="text/html; charset=utf-8",
    )


def _everyone(visit: Visit) -> dict[str, Record]:
    index = visit.desk.index
    return {**index.found.as_records, **index.records}
