"""Differences from the last commit, in words; and committing chosen files."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.check.changes.compare import PageChanges, compare
from dossierkit.check.changes.snapshot import SnapshotReader
from dossierkit.evidence.plain_text import plain_text
from dossierkit.store.content import RECORDS
from dossierkit.store.edit import EditError
from dossierkit.workflow.diff import at_revision, in_work_tree, is_read
from dossierkit.workflow.editing import git
from dossierkit.workflow.editing.session import EditingSession


def in_words(session: EditingSession, now: git.GitState) -> tuple[PageChanges, ...]:
    """The differences of the changed pages from the last commit; unchanged pages are not compared."""
    if not now.there or not now.changed:
        return ()
    reader, articles = SnapshotReader(), session.index.articles.values()
    changed = {path for _, path in now.changed}
    changed |= {article.suggested for article in articles if article.path in changed}
    changed |= {article.path for article in articles if article.suggested in changed}

    def wanted(path: str) -> bool:
        return is_read(path) and (path in changed or path.startswith(RECORDS))

    before = {} if now.first else at_revision(session.root, "HEAD", "content", wanted)
    after = in_work_tree(session.root, "content", wanted)
    return compare(reader.snapshot(before), reader.snapshot(after), plain_text)


def commit(session: EditingSession, paths: Sequence[str], message: str) -> str:
    """Commit only these files, and return a line about the commit. Raises EditError."""
    known = {path for _, path in git.state(session.root).changed}
    if unknown := [path for path in paths if path not in known]:
        raise EditError("`{path}` has not changed", path=unknown[0])
    session.refresh()
    if unread := [path for path in paths if path in session.index.unreadable]:
        raise EditError("`{path}` cannot be read: correct it before you commit it", path=unread[0])
    return git.commit(session.root, paths, message)
