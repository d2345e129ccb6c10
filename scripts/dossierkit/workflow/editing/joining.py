"""One decision that all likely twins of a name are one entity."""

from __future__ import annotations

from dossierkit.evidence.candidates.derive import Twin
from dossierkit.extract.identity.groups import kind_of
from dossierkit.model.message import Message
from dossierkit.store.edit import EditError
from dossierkit.workflow.editing.names import name_rank
from dossierkit.workflow.editing.queue import Queue, Row
from dossierkit.workflow.editing.session import EditingSession, digest
from dossierkit.workflow.review.engine import GONE, DecisionTarget
from dossierkit.workflow.review.item_decisions import SameAs

SHOWN = 9
"""Twins of a row that are shown, one for each digit."""
_ALIKE = 0.8
"""Twins with this score have the same name in another spelling or script; one with a lower score shares a part of it."""


def shown_twins(row: Row) -> tuple[Twin, ...]:
    return row.twins[:SHOWN]


def joinable(queue: Queue, row: Row) -> tuple[Twin, ...]:
    """The shown twins that one key joins with the row: the same name otherwise written, of one kind, and at most one record
    with the row; () if they are fewer than two.
    """
    index, recorded = queue.index, row.recorded
    found = []
    for twin in shown_twins(row):
        if twin.score < _ALIKE or kind_of(index.called(twin.id)[1]) != kind_of(row.type):
            continue
        if twin.id in index.records:
            if recorded:
                continue
            recorded = True
        found.append(twin)
    return tuple(found) if len(found) > 1 else ()


def join_all(
    session: EditingSession, row: Row, seen: str, words: str
) -> tuple[str, int, tuple[Message, ...]]:
    """Make the row and its joinable twins one entity, with the name of a record or the best of theirs.

    Returns the id that is kept, the number of articles, and the reasons for the articles that were left. `seen`: the digest of
    the row's articles as shown. Raises EditError.
    """
    queue, index = session.queue, session.index
    twins = joinable(queue, row)
    if not twins or digest(index, [item.article.path for item in row.waiting]) != seen:
        raise EditError(GONE)
    kept = _kept_id(queue, row, tuple(twin.id for twin in twins))
    rows = [found for twin in twins if (found := queue.get(twin.id))]
    targets = tuple(
        DecisionTarget(item.article.path, item.open.mark, SameAs(kept))
        for one in (row, *rows)
        if one.id != kept
        for item in one.waiting
    )
    return kept, *session.decide_all(targets, words)


def _kept_id(queue: Queue, row: Row, twins: tuple[str, ...]) -> str:
    """The id whose name stands: a record's; else one that waits nowhere any more, since it was accepted; else the best name."""
    index, ids = queue.index, (row.id, *twins)

    def rank(id_: str) -> tuple[bool, bool, tuple[object, ...]]:
        return id_ in index.records, queue.get(id_) is None, name_rank(index, id_)

    return max(ids, key=rank)
