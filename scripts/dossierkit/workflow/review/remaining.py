"""The order of a review: doubtful items one by one first, then one prompt for the rest of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossierkit.evidence.candidates.derive import Candidates, Twin
from dossierkit.extract.identity.trust import beyond_doubt
from dossierkit.merge.open import ItemMark, Open
from dossierkit.merge.page import in_words
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.store.edit import EditError
from dossierkit.workflow.review.item_decisions import Accept, ItemDecision, Junk, Reject
from dossierkit.workflow.review.page_review import PageReview
from dossierkit.workflow.review.screen import Screen

FEWEST = 3
"""The fewest items for a common prompt; fewer are asked about one by one."""
KEYS = (("a", "accept all"), ("p", "all but some"), ("o", "one by one"))
OWN = "dossierkit"
"""The name of the extractor as a proposer."""
_SURE_ENTRY = 0.7
_LIKELY = 0.5
"""A twin with at least this score is asked about."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The waiting items of a page that are not doubtful."""

    items: tuple[Open, ...]


def ordered(waiting: Iterable[Open], last: Proposal, found: Candidates) -> tuple[Open, ...]:
    """Questions first, conflicts last; between them doubtful items with the lowest score first, then the rest."""
    listed = tuple(waiting)
    questions = [one for one in listed if one.question is not None]
    conflicts = [one for one in listed if one.conflict is not None]
    rest = [one for one in listed if one.question is None and one.conflict is None]
    return (
        *questions,
        *sorted(
            rest, key=lambda one: (True, 0.0) if is_sure(one, last, found) else (False, _score(one, last))
        ),
        *conflicts,
    )


def is_sure(open_: Open, last: Proposal, found: Candidates) -> bool:
    """Whether an item may be decided on together with others, judged by its own proposal, and by what all articles say of a name.

    A name that is not beyond doubt is asked about alone, with its sentence, unless another article has it so.
    """
    proposed = None if open_.conflict else last.item(open_.key)
    if isinstance(proposed, ProposedEntry):
        return proposed.score >= _SURE_ENTRY and bool(proposed.date)
    if proposed is None or _is_asked_about(proposed, last):
        return False
    return beyond_doubt(proposed) or found.settles(proposed)


def _score(open_: Open, last: Proposal) -> float:
    """The score of the item's proposal; 1 for an item that was not proposed."""
    proposed = last.item(open_.key)
    return proposed.score if proposed else 1.0


def _is_asked_about(entity: ProposedEntity, last: Proposal) -> bool:
    return any(
        not question.form and any(f"“{form}”" in question.text for form in entity.forms)
        for question in last.questions
    )


def twins_of(open_: Open, found: Candidates) -> tuple[Twin, ...]:
    """The likely twins of a name without a record, best first."""
    item = open_.entity
    if item is None or not item.name or open_.conflict is not None:
        return ()
    made = found.meant(item.id)
    return made.twins if made else ()


def pairs_of(open_: Open, found: Candidates) -> frozenset[frozenset[str]]:
    """The pairs of ids that showing an item asks about."""
    own = found.ids.get(open_.entity.id, open_.entity.id) if open_.entity else ""
    return frozenset(frozenset((own, twin.id)) for twin in twins_of(open_, found) if twin.score >= _LIKELY)


def show(screen: Screen, review: PageReview, rest: Rest) -> None:
    """Print each item with a number, and the quote of an entry."""
    screen.head(f"{review.page.path} · the other {len(rest.items)}", "Accept them as they are shown?")
    for number, open_ in enumerate(rest.items, 1):
        if open_.entry:
            screen.say(f"  {number:2}  {in_words(open_.entry)}")
            screen.say(f"      “{open_.entry.quote}”", "dim")
        elif open_.entity:
            screen.say(f"  {number:2}  {_named(review, open_.entity)}")


def _named(review: PageReview, item: EntityRef) -> str:
    record = review.records.get(item.id)
    name = f"{record.title} ({record.type}), record" if record else f"{item.name or item.id} ({item.type})"
    return f"{name}, also {', '.join(item.also)}" if item.also else name


def choose_items(screen: Screen, rest: Rest) -> dict[ItemMark, str]:
    """The editor's wishes for some of the items, by mark: `r` reject, `j` junk, empty to look at it alone. Raises EditError."""
    typed = screen.line(
        "numbers, with r to reject, j for junk everywhere, alone for a look (such as 2r 5j 7)"
    )
    found = [_NUMBER.fullmatch(one) for one in typed.replace(",", " ").split()]
    numbers = {int(match[1]): match[2] for match in found if match}
    if None in found or not set(numbers) <= set(range(1, len(rest.items) + 1)):
        raise EditError("give numbers from 1 to {number}, each alone or with r or j", number=len(rest.items))
    return {rest.items[number - 1].mark: how for number, how in numbers.items()}


_NUMBER = re.compile("([0-9]{1,4})([rj]?)")
DECISIONS: Mapping[str, ItemDecision] = {"a": Accept(), "r": Reject(), "j": Junk()}
