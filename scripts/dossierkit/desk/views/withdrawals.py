"""Views that withdraw a page: what readers will see and what is removed, and then the withdrawal, which can be undone."""

from __future__ import annotations

import click
from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, go, place_of
from dossierkit.store.edit import EditError
from dossierkit.workflow.editing.session import text_digest
from dossierkit.workflow.records.withdraw import WithdrawalRequest, forget_results, planned
from dossierkit.workflow.repository import Repository

_ANY_REASON = "-"  # to see what a withdrawal removes before its reason is given


def show(visit: Visit) -> Response:
    """The form, with what would be removed. Raises KeyError for what is no page of the desk."""
    path, repository = _page(visit.asked("page")), Repository(visit.desk.root)
    try:
        page, plan = planned(repository, path, WithdrawalRequest(_ANY_REASON))
    except click.UsageError:
        raise KeyError(path) from None
    return visit.page(
        "withdraw.html",
        page=page,
        path=path,
        files=[(one, data is None) for one, data in plan.files.items() if one != path],
        notes=plan.left,
        source=plan.source,
        seen=text_digest(Repository(visit.desk.root), path),
    )


def withdraw(visit: Visit) -> Response:
    """Withdraw the page that the form showed. Raises EditError without a reason."""
    path, root = _page(visit.form("page")), visit.desk.root
    reason, title = visit.form("reason").strip(), visit.form("title").strip()
    if not reason:
        raise EditError("give the reason, in a sentence that readers will see")
    stone = WithdrawalRequest(reason, title=title, source=bool(visit.form("source")))
    words = visit.t("did.withdraw", name=title or path)
    visit.desk.write(
        lambda repository: text_digest(repository, path) != visit.form("seen"),
        lambda repository: planned(repository, path, stone),
        words,
    )
    forget_results(root)
    visit.desk.say(words)
    return go("/changes")


def _page(path: str) -> str:
    if place_of(path) == "/changes" or not path.endswith(".md"):
        raise KeyError(path)
    return path
