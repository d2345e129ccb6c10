"""View of the overview: numbers of open decisions, articles ready to publish, and the next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit
from dossierkit.desk.session import Desk
from dossierkit.store.content import id_of
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.git import state
from dossierkit.workflow.editing.queue import DOUBTFUL, QUESTION, TWIN, counts

_READY = 8  # articles listed
_FAILING = 30  # problems listed
_PATIENCE = 0.3  # seconds to wait for a check of all pages


def show(visit: Visit) -> Response:
    desk, rows = visit.desk, visit.desk.queue.rows()
    articles = list(desk.index.articles.values())
    statuses = Counter(article.page.article.status for article in articles)
    ready = [
        article
        for article in articles
        if not article.waiting and article.page.article.status in ("draft", "reviewed")
    ]
    nearly = sorted(
        (article for article in articles if article.waiting), key=lambda one: (len(one.waiting), one.id)
    )
    checked = desk.failing.is_current(_PATIENCE)
    return visit.page(
        "overview.html",
        checked=checked,
        failing=desk.failing.problems[:_FAILING],
        failing_more=max(0, len(desk.failing.problems) - _FAILING),
        counts=counts(rows),
        names=len(rows),
        entries=sum(one.name == "timeline" for article in articles for one in article.waiting),
        conflicts=sum(one.conflict is not None for article in articles for one in article.waiting),
        offers=sum(map(len, desk.index.offers.values())),
        articles=len(articles),
        published=statuses["published"],
        ready=ready[:_READY],
        ready_count=len(ready),
        nearly=nearly[:_READY],
        dossiers=sorted(desk.index.dossiers.values(), key=lambda one: one.id),
        next=_next(desk, len(ready), nearly),
        changes=state(desk.root),
    )


def _next(desk: Desk, ready: int, nearly: Sequence[ArticleState]) -> tuple[str, str]:
    """The next step: name of its string, and address."""
    found = counts(desk.queue.rows())
    for kind in (QUESTION, TWIN, DOUBTFUL):
        if found[kind]:
            return f"next_{kind}", f"/names?kind={kind}"
    if nearly:
        return "next_article", f"/article/{nearly[0].id}"
    if ready:
        return "next_publish", "/articles?state=ready"
    waiting = sorted(desk.index.offers)
    if waiting:
        return "next_record", f"/record/{id_of(waiting[0])}"
    return "next_changes", "/changes"
