"""Views that merge two records or split one: what would change, and then the change, as one decision that can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from werkzeug.wrappers import Response

from dossierkit.check.changes.compare import PageChanges
from dossierkit.check.changes.show import SIGNS
from dossierkit.desk.application import Visit, go
from dossierkit.desk.change_words import sentence, tally, title
from dossierkit.desk.strings import DeskStrings
from dossierkit.model.record import Record
from dossierkit.store.edit import EditError
from dossierkit.workflow.editing.dossier_edits import added
from dossierkit.workflow.editing.field_edits import id_for
from dossierkit.workflow.editing.marked_text import mentions
from dossierkit.workflow.editing.record_changes import RecordChange, RecordPreview, carry_out, preview
from dossierkit.workflow.records import merge, split
from dossierkit.workflow.records.split import SplitRequest

_SHOWN = 100  # pages described in words
_MOST = 500  # articles that a split can be ticked from
_EACH = 2


def show_merge(visit: Visit, id_: str) -> Response:
    """What merging another record into this one would change; without another one, back to the record, where it is chosen."""
    records = visit.desk.index.records
    record, other = records[id_], visit.asked("other")
    try:
        other = other or added(visit.asked("words").strip(), _others(records.values(), id_))
        found = preview(visit.desk, _merge(id_, other)) if other else None
    except EditError as error:
        visit.desk.say(visit.t("not_done", why=visit.t.message(error.message)), "wrong")
        found = None
    if found is None:
        return go(f"/record/{id_}")
    return visit.page(
        "record-merge.html",
        pair=[(one, len(visit.desk.index.naming(one.id))) for one in (record, records[other])],
        **_shown(found, visit.t),
    )


def _merge(id_: str, other: str) -> RecordChange:
    return RecordChange(id_, partial(merge.planned, into=id_, other=other))


def _split(request: SplitRequest) -> RecordChange:
    return RecordChange(request.id, partial(split.planned, split=request))


def _others(records: Iterable[Record], id_: str) -> dict[str, str]:
    return {record.id: record.title for record in records if record.id != id_}


def _shown(found: RecordPreview, t: DeskStrings) -> dict[str, object]:
    return {
        "problems": found.problems,
        "notes": found.notes,
        "pages": [_page(page, t) for page in found.pages[:_SHOWN]],
        "more": max(0, len(found.pages) - _SHOWN),
        "seen": found.shown_digest,
    }


def _page(page: PageChanges, t: DeskStrings) -> tuple[str, str, list[tuple[str, str, str]]]:
    changes = [(SIGNS.get(one.how, "·"), sentence(one, t), one.quote) for one in page.changes]
    return title(page, t), tally(page, t), changes


def merge_records(visit: Visit, id_: str) -> Response:
    """Merge the two records that the preview showed."""
    records, other = visit.desk.index.records, visit.form("other")
    words = visit.t("did.merge", name=records[other].title, into=records[id_].title)
    return _made(visit, _merge(id_, other), words, id_)


def _made(visit: Visit, asked: RecordChange, words: str, leads_to: str) -> Response:
    carry_out(visit.desk, asked, visit.form("seen"), force=bool(visit.form("force")), words=words)
    visit.desk.say(words)
    return go(f"/record/{leads_to}")


def show_split(visit: Visit, id_: str) -> Response:
    """The form of a split, with the articles that name the record; with a title in the query, what the split would change."""
    index, record, asked = visit.desk.index, visit.desk.index.records[id_], visit.request.args
    request, found = None, None
    if "title" in asked:
        try:
            request = _request(id_, asked["title"], asked.getlist("article"), asked.getlist("alias"))
            found = preview(visit.desk, _split(request))
        except EditError as error:
            visit.desk.say(visit.t("not_done", why=visit.t.message(error.message)), "wrong")
    if request and found:
        return visit.page("record-split.html", record=record, request=request, **_shown(found, visit.t))
    paths = index.naming(id_)
    articles = [index.articles[path] for path in paths[:_MOST]]
    return visit.page(
        "record-split-form.html",
        record=record,
        title=asked.get("title", ""),
        ticked=set(asked.getlist("article")),
        moved=set(asked.getlist("alias")),
        articles=[
            (one, *mentions(one.readable, record.names, one.page.article.lang, _EACH)) for one in articles
        ],
        more=len(paths) - len(articles),
    )


def _request(id_: str, title_: str, articles: Iterable[str], aliases: Iterable[str]) -> SplitRequest:
    """Raises EditError."""
    listed = tuple(articles)
    if not listed:
        raise EditError("tick the articles that mean the other one")
    return SplitRequest(id_, id_for(title_), title_.strip(), listed, tuple(aliases))


def split_record(visit: Visit, id_: str) -> Response:
    """Split the record as the preview showed."""
    form = visit.request.form
    request = _request(id_, visit.form("title"), form.getlist("article"), form.getlist("alias"))
    words = visit.t("did.split", name=visit.desk.index.records[id_].title)
    return _made(visit, _split(request), words, request.into)
