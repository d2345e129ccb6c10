"""Changes: what differs from the last commit, in words and as text, a commit with a message, a new branch."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.wrappers import Response

from dossierkit.check.changes.compare import PageChanges, compare
from dossierkit.check.changes.headline import headline, tally, warnings
from dossierkit.check.changes.show import sentence
from dossierkit.check.changes.snapshot import SnapshotReader
from dossierkit.desk import git
from dossierkit.desk.application import Visit, go
from dossierkit.desk.session import Desk
from dossierkit.store.edit import EditError
from dossierkit.workflow.adding.source_file import plain_text
from dossierkit.workflow.diff import at_revision, in_work_tree, is_read

_SHOWN = 200  # pages that are shown in words
_SIGNS = {"added": "+", "removed": "−", "lost": "!", "conflict": "!", "proposed": "?"}


def show(visit: Visit) -> Response:
    now = git.state(visit.desk.root)
    pages = _in_words(visit.desk, now) if now.there and now.changed else ()
    path = visit.asked("file")
    return visit.page(
        "changes.html",
        git=now,
        headline=headline(pages),
        warnings=warnings(pages),
        pages=[
            (
                page,
                tally(page),
                [(_SIGNS.get(one.how, "·"), sentence(one), one.quote) for one in page.changes],
            )
            for page in pages[:_SHOWN]
        ],
        file=path if path in dict(_paths(now)) else "",
        diff=git.text_diff(visit.desk.root, path).splitlines() if path in dict(_paths(now)) else [],
    )


def _paths(now: git.GitState) -> Iterable[tuple[str, str]]:
    return ((path, letters) for letters, path in now.changed)


def _in_words(desk: Desk, now: git.GitState) -> tuple[PageChanges, ...]:
    """The changed pages against the last commit; the others are the same on both sides."""
    reader = SnapshotReader()
    changed = {path for _, path in now.changed}
    changed |= {one.suggested for one in desk.index.articles.values() if one.path in changed}
    changed |= {one.path for one in desk.index.articles.values() if one.suggested in changed}

    def wanted(path: str) -> bool:
        return is_read(path) and (path in changed or path.startswith("content/entities/"))

    before = {} if now.first else at_revision(desk.root, "HEAD", "content", wanted)
    after = in_work_tree(desk.root, "content", wanted)
    return compare(reader.snapshot(before), reader.snapshot(after), plain_text)


def commit(visit: Visit) -> Response:
    """Commit the files that are ticked."""
    now = dict(_paths(git.state(visit.desk.root)))
    wanted = visit.request.form.getlist("file")
    if unknown := [path for path in wanted if path not in now]:
        raise EditError(visit.t("not_changed", path=unknown[0]))
    line = git.commit(visit.desk.root, wanted, visit.form("message"))
    visit.desk.say(visit.t("committed", what=line))
    return go("/changes")


def branch(visit: Visit) -> Response:
    git.new_branch(visit.desk.root, visit.form("name").strip())
    visit.desk.say(visit.t("branched", name=visit.form("name").strip()))
    return go("/changes")
