"""Views of changes: differences from the last commit, in words and as text; commit; new branch."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.wrappers import Response

from dossierkit.check.changes.show import SIGNS
from dossierkit.desk.application import Visit, go
from dossierkit.desk.change_words import headline, sentence, tally, title, warnings
from dossierkit.workflow.editing import changes, git

_SHOWN = 200  # pages described in words


def show(visit: Visit) -> Response:
    now = git.state(visit.desk.root)
    pages = changes.in_words(visit.desk, now)
    path = visit.asked("file")
    return visit.page(
        "changes.html",
        git=now,
        unread={one.path for one in visit.desk.index.unreadable.values()},
        headline=headline(pages, visit.t),
        warnings=warnings(pages, visit.t),
        pages=[
            (
                title(page, visit.t),
                tally(page, visit.t),
                [
                    (SIGNS.get(change.how, "·"), sentence(change, visit.t), change.quote)
                    for change in page.changes
                ],
            )
            for page in pages[:_SHOWN]
        ],
        file=path if path in dict(_paths(now)) else "",
        diff=git.text_diff(visit.desk.root, path).splitlines() if path in dict(_paths(now)) else [],
    )


def _paths(now: git.GitState) -> Iterable[tuple[str, str]]:
    return ((path, letters) for letters, path in now.changed)


def commit(visit: Visit) -> Response:
    """Commit the selected files."""
    line = changes.commit(visit.desk, visit.request.form.getlist("file"), visit.form("message"))
    visit.desk.say(visit.t("committed", what=line))
    return go("/changes")


def branch(visit: Visit) -> Response:
    git.new_branch(visit.desk.root, visit.form("name").strip())
    visit.desk.say(visit.t("branched", name=visit.form("name").strip()))
    return go("/changes")
