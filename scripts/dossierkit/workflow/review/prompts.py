"""The questions of the terminal after a key, and the decision that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dossierkit.extract.identity.groups import kind_of
from dossierkit.merge.open import Open
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.text.fold import slug
from dossierkit.workflow.editing.value_checks import refuse_strange, refuse_wrong
from dossierkit.workflow.records.judgements import candidates
from dossierkit.workflow.records.shared_names import is_everyones, rank
from dossierkit.workflow.review import item_decisions as decisions
from dossierkit.workflow.review.page_review import PageReview
from dossierkit.workflow.review.screen import Screen

_OPENING = 3  # words of a heading that are offered as its opening


def decision_of(screen: Screen, review: PageReview, open_: Open, key: str) -> decisions.ItemDecision | None:
    """The decision for a key; None if the editor cancels. Raises EditError."""
    if open_.question is not None:
        return decisions.Answer(open_.question.candidates[int(key) - 1] if key != "0" else "")
    return _PROMPTS[key](screen, review, open_)


def _edit(screen: Screen, _: PageReview, open_: Open) -> decisions.ItemDecision | None:
    if open_.entry:
        return _amended(screen, open_.entry)
    if (item := open_.entity) is None:
        return None
    if item.name:
        return decisions.MakeRecord(screen.line("id of the record", slug(item.name)))
    id_ = screen.line("id", item.id)
    return None if id_ == item.id else decisions.ChangeId(id_)


def _amended(screen: Screen, item: TimelineEntry) -> decisions.Amend:
    date = screen.checked("date (- for none)", item.date, lambda typed: refuse_wrong("date", undashed(typed)))
    return decisions.Amend(undashed(date), screen.line("text", item.text))


def undashed(typed: str) -> str:
    """A typed value; empty for the dash that stands for none."""
    return "" if typed == "-" else typed


def _quote(screen: Screen, review: PageReview, open_: Open) -> decisions.ItemDecision | None:
    """Other words as the quote, and the heading that they ask for."""
    if (item := open_.entry) is None:
        return None
    quote = screen.checked(
        "quote, exactly as in the text", item.quote, lambda typed: refuse_strange(review.page.readable, typed)
    )
    return None if quote == item.quote else decisions.Amend(item.date, screen.line("text", item.text), quote)


def _retype(screen: Screen, _: PageReview, open_: Open) -> decisions.ItemDecision | None:
    if (item := open_.entity) is None:
        return None
    type_ = type_of(screen, item.type)
    return None if type_ == item.type else decisions.Retype(type_)


def type_of(screen: Screen, default: str) -> str:
    """A type, of which the first letters are enough."""
    typed = screen.line(f"type ({', '.join(ENTITY_TYPES)})", default)
    return next((one for one in ENTITY_TYPES if one.startswith(typed)), typed)


def _rename(screen: Screen, _: PageReview, open_: Open) -> decisions.ItemDecision | None:
    if (item := open_.entity) is None:
        return None
    name = screen.line("name, exactly as in the text", item.name)
    return None if name == item.name else decisions.Rename(name)


def _split(screen: Screen, review: PageReview, open_: Open) -> decisions.ItemDecision | None:
    if (item := open_.entity) is None:
        return None
    record = review.records.get(item.id)
    title = screen.line(f"title of the other one, such as {record.title if record else item.name} (judge)")
    return decisions.Split(title) if title else None


def _unwanted(screen: Screen, _: PageReview, open_: Open) -> decisions.ItemDecision | None:
    if (item := open_.entry) is None:
        return None
    opening = screen.line(
        "no heading begins (* for any one word; - for none)", " ".join(item.text.split()[:_OPENING])
    )
    return None if opening == "-" else decisions.Unwanted(opening)


def _same(screen: Screen, review: PageReview, open_: Open) -> decisions.ItemDecision | None:
    other = _choose(screen, review, open_, "the same as")
    return decisions.SameAs(other.id) if other else None


def by_better_name(
    review: PageReview, open_: Open, decision: decisions.ItemDecision
) -> decisions.ItemDecision:
    """The decision; of two names without a record that are the same, the better one stands."""
    item = open_.entity
    other = review.others.get(decision.other) if isinstance(decision, decisions.SameAs) else None
    if item and item.name and other and other.candidate and _outranks(review, item, other):
        return decisions.Stands(item.name, other.title)
    return decision


def _outranks(review: PageReview, item: EntityRef, other: Record) -> bool:
    """Whether the item has a better name than a candidate of its kind, and both mean the entity in every article."""
    names = ((item.name, item.type), (other.title, other.type))
    if kind_of(item.type) != kind_of(other.type) or not all(is_everyones(*one) for one in names):
        return False
    by_id = review.found().by_id
    articles = [len(by_id[id_].articles) if id_ in by_id else 0 for id_ in (item.id, other.id)]
    own, others = (rank(*name, number) for name, number in zip(names, articles, strict=True))
    return own > others


def _apart(screen: Screen, review: PageReview, open_: Open) -> decisions.ItemDecision | None:
    other = _choose(screen, review, open_, "not the same as")
    return decisions.NotSameAs(other.id) if other else None


def _choose(screen: Screen, review: PageReview, open_: Open, question: str) -> Record | None:
    """Let the editor choose a record or a candidate; at first those in questions and likely twins are shown, best first."""
    entity, own = review.entity(open_), open_.entity.id if open_.entity else ""
    first = [*_asked(review, open_), *_twins(review, own)]
    every = {id_: record for id_, record in review.others.items() if id_ != own}
    return screen.record(question, lambda words: candidates(words, every, entity, () if words else first))


def _asked(review: PageReview, open_: Open) -> Iterator[str]:
    entity = review.entity(open_)
    forms = {f"“{form}”" for form in entity.forms} if entity else set()
    for question in review.last.questions:
        if any(form in question.text for form in forms):
            yield from question.candidates


def _twins(review: PageReview, own: str) -> Iterator[str]:
    made = review.found().meant(own)
    return (twin.id for twin in (made.twins if made else ()))


_PROMPTS: Mapping[str, Callable[[Screen, PageReview, Open], decisions.ItemDecision | None]] = {
    "a": lambda *_: decisions.Accept(),
    "r": lambda *_: decisions.Reject(),
    "j": lambda *_: decisions.Junk(),
    "e": _edit, "m": _same, "n": _apart, "t": _retype, "w": _rename, "x": _split, "h": _unwanted, "c": _quote,
}  # fmt: skip
