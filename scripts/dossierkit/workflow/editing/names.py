"""Decisions on rows of the queue: on one row in some articles, or on all rows that a filter shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossierkit.evidence.candidates.derive import Twin
from dossierkit.extract.identity.groups import kind_of
from dossierkit.model.message import Message
from dossierkit.store.edit import EditError
from dossierkit.text.fold import name_id, slug
from dossierkit.workflow.editing.index import SiteIndex
from dossierkit.workflow.editing.queue import REST, Filter, Queue, Row, Waiting
from dossierkit.workflow.editing.session import EditingSession, digest
from dossierkit.workflow.records.shared_names import NameRank, is_everyones, rank
from dossierkit.workflow.review.engine import GONE, DecisionTarget
from dossierkit.workflow.review.item_decisions import (
    Accept,
    ItemDecision,
    Junk,
    MakeRecord,
    NotSameAs,
    Reject,
    Retype,
    SameAs,
    Stands,
)

TOGETHER: dict[str, ItemDecision] = {"accept": Accept(), "reject": Reject(), "junk": Junk()}
"""The decisions that can be made on all rows that a filter shows."""
SHOWN = 9
"""Twins of a row that are shown, one for each digit."""
_ALIKE = 0.8
"""Twins with this score have the same name in another spelling or script; one with a lower score shares a part of it."""


@dataclass(frozen=True, slots=True)
class RowDecision:
    """A decision on a row in some of its articles. `shown_digest`: the digest of all its articles as shown to the editor."""

    row: Row
    chosen: tuple[Waiting, ...]
    decision: ItemDecision
    shown_digest: str


def decide(session: EditingSession, asked: RowDecision, words: str) -> tuple[int, tuple[Message, ...]]:
    """Carry out the decision; return the number of articles and the reasons for the others. Raises EditError if all fail."""
    folded = folded_into(session.queue, asked.row, asked.decision)
    targets = folded or targets_of(asked.chosen, _by_better_name(session.queue, asked))
    shown = [target.page for target in folded] or [item.article.path for item in asked.row.waiting]
    shown_digest = digest(session.index, shown) if folded else asked.shown_digest
    before = len(session.engine.done)
    left = session.decide(targets, shown, shown_digest, words)
    why = tuple(why for _, why in left)
    if isinstance(asked.decision, Retype):
        written = session.engine.done[before:]
        left_alone = (words for one in written for words in one.left_alone)
        return sum(one.articles for one in written), (*why, *left_alone)
    return len(targets) - len(left), why


def _by_better_name(queue: Queue, asked: RowDecision) -> ItemDecision:
    """The decision; `Stands` instead of `SameAs` if the other entity waits nowhere and the row has the better name for both."""
    row, decision = asked.row, asked.decision
    if not isinstance(decision, SameAs) or not has_better_name(queue.index, row, decision.other):
        return decision
    other = queue.index.found.by_id[decision.other].name
    everyones = is_everyones(row.name, row.type) and is_everyones(other, row.type)
    return Stands(row.name, other) if everyones else decision


def targets_of(waiting: Sequence[Waiting], decision: ItemDecision) -> tuple[DecisionTarget, ...]:
    """The decision in each article. A record is made in the first, and the other articles refer to it."""
    if not isinstance(decision, MakeRecord):
        return tuple(DecisionTarget(one.article.path, one.open.mark, decision) for one in waiting)
    first, *others = waiting or (None,)
    if first is None:
        return ()
    id_ = decision.id or slug(first.open.entity.name if first.open.entity else "")
    made = DecisionTarget(first.article.path, first.open.mark, MakeRecord(id_))
    return (made, *(DecisionTarget(other.article.path, other.open.mark, SameAs(id_)) for other in others))


def folded_into(queue: Queue, row: Row, decision: ItemDecision) -> tuple[DecisionTarget, ...]:
    """Decisions that make a twin the same as this row, if this row has the better name; the row still waits. Otherwise empty."""
    twin = queue.get(decision.other) if isinstance(decision, SameAs) else None
    if twin is None or twin.recorded or not has_better_name(queue.index, row, twin.id):
        return ()
    return tuple(DecisionTarget(item.article.path, item.open.mark, SameAs(row.id)) for item in twin.waiting)


def called_in_the_end(queue: Queue, row: Row, decision: ItemDecision) -> tuple[str, str]:
    """The names of a row and of what it is the same as: the one given up, and the one that stands. After other decisions the
    row's name, and "".
    """
    if not isinstance(decision, SameAs):
        return row.name, ""
    other = queue.index.called(decision.other)[0]
    return (other, row.name) if has_better_name(queue.index, row, decision.other) else (row.name, other)


def has_better_name(index: SiteIndex, row: Row, other: str) -> bool:
    """Whether the row has a better name than the candidate `other`, as `name_rank` ranks them. A record keeps its name.

    So does what is of another kind, whose type the row gets.
    """
    made = index.found.by_id.get(other)
    if row.recorded or made is None or kind_of(row.type) != kind_of(made.type):
        return False
    return name_rank(index, row.id, row.name) > name_rank(index, made.id)


def name_rank(index: SiteIndex, id_: str, name: str = "") -> NameRank:
    """The `rank` of a candidate's name. Only articles with this very name count: what was joined before must not change which
    name stands.
    """
    called, type_ = index.called(id_)
    return rank(name or called, type_, len(index.by_entity.get(id_, ())))


def still_waits(queue: Queue, row: Row, decision: ItemDecision) -> str:
    """The key of the row to show next if this one still waits after the decision; otherwise empty."""
    if folded_into(queue, row, decision) or isinstance(decision, NotSameAs):
        return row.key
    return name_id(row.name, decision.type) if isinstance(decision, Retype) else ""


def rows_left(queue: Queue, wanted: Filter) -> tuple[Row, ...]:
    """The rows that a decision on all concerns: those of the filter, without questions, which have their own answers."""
    return tuple(row for row in queue.rows() if row.question is None and wanted.takes(row))


def covered(rows: Sequence[Row], wanted: Filter, how: str) -> tuple[Row, ...]:
    """The rows that one decision on all of them covers. Accepting leaves out those in doubt, unless the filter is for a kind."""
    return tuple(row for row in rows if how != "accept" or wanted.kind or row.kind == REST)


def decide_together(
    session: EditingSession, rows: Sequence[Row], how: str, words: str
) -> tuple[int, tuple[Message, ...]]:
    """Accept, reject or junk all rows in all their articles, as one decision. Returns as `decide` does."""
    if how not in TOGETHER:
        raise EditError("`{name}` is not a decision for several names", name=how)
    chosen = [row for row in rows if how != "junk" or not row.recorded]
    targets = [
        DecisionTarget(item.article.path, item.open.mark, TOGETHER[how])
        for row in chosen
        for item in row.waiting
    ]
    return session.decide_all(targets, words)


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
    session: EditingSession, row: Row, shown_digest: str, words: str
) -> tuple[str, int, tuple[Message, ...]]:
    """Make the row and its joinable twins one entity, with the name of a record or the best of theirs.

    Returns the id that is kept, the number of articles, and the reasons for the articles that were left. `shown_digest`: the digest of
    the row's articles as shown. Raises EditError.
    """
    queue, index = session.queue, session.index
    twins = joinable(queue, row)
    if not twins or digest(index, [item.article.path for item in row.waiting]) != shown_digest:
        raise EditError(GONE)
    kept_id = _kept_id(queue, row, tuple(twin.id for twin in twins))
    rows = [found for twin in twins if (found := queue.get(twin.id))]
    targets = tuple(
        DecisionTarget(item.article.path, item.open.mark, SameAs(kept_id))
        for one in (row, *rows)
        if one.id != kept_id
        for item in one.waiting
    )
    return kept_id, *session.decide_all(targets, words)


def _kept_id(queue: Queue, row: Row, twins: tuple[str, ...]) -> str:
    """The id whose name stands: a record's; else one that waits nowhere any more, since it was accepted; else the best name."""
    index, ids = queue.index, (row.id, *twins)

    def rank(id_: str) -> tuple[bool, bool, tuple[object, ...]]:
        return id_ in index.records, queue.get(id_) is None, name_rank(index, id_)

    return max(ids, key=rank)
