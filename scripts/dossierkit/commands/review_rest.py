"""What a review asks first, and what it asks about all at once: the doubtful one by one, one prompt for all the rest of a page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from dossierkit.candidates.derive import Candidates, Twin
from dossierkit.commands.review_entities import Sheet, page_change
from dossierkit.commands.screen import Screen
from dossierkit.merge.decide import accept
from dossierkit.merge.open import Open, open_items
from dossierkit.merge.page import say
from dossierkit.merge.standing import stand
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Proposal, ProposedEntity
from dossierkit.store.edit import EditError

FEWEST = 3
"""Items that are worth a prompt for all of them; fewer are asked about one by one."""
KEYS = (("a", "accept all"), ("p", "accept all but some"), ("o", "one by one"))
_SURE = 0.9
"""Score of an entity from which on it is not asked about by itself. Below, 57 % were wrong on folders nobody had tuned for."""
_SURE_ENTRY = 0.7
_LIKELY = 0.5
"""Score of a twin from which on it is asked about."""

Mark = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """What waits in a page and nothing speaks against."""

    items: tuple[Open, ...]


def ordered(waiting: Iterable[Open], last: Proposal) -> tuple[Open, ...]:
    """Questions and conflicts in their places, the least sure of the rest first; what is equally sure as it stands."""
    listed = tuple(waiting)
    questions = [one for one in listed if one.question is not None]
    conflicts = [one for one in listed if one.conflict is not None]
    rest = [one for one in listed if one.question is None and one.conflict is None]
    return (*questions, *sorted(rest, key=lambda one: is_sure(one, last)), *conflicts)


def is_sure(open_: Open, last: Proposal) -> bool:
    """Whether an item may be accepted together with others, as far as its own proposal tells."""
    item = open_.stand.item if open_.stand else None
    if item is None or open_.conflict is not None:
        return False
    if isinstance(item, TimelineEntry):
        entry = next((one for one in last.timeline if one.key == open_.key), None)
        return entry is not None and entry.score >= _SURE_ENTRY and bool(entry.date)
    entity = next((one for one in last.entities if one.key == open_.key), None)
    return entity is not None and entity.score >= _SURE and not _is_asked_about(entity, last)


def _is_asked_about(entity: ProposedEntity, last: Proposal) -> bool:
    return any(
        not one.form and any(f"“{form}”" in one.text for form in entity.forms) for one in last.questions
    )


def twins_of(open_: Open, found: Candidates) -> tuple[Twin, ...]:
    """Who a name without a record is likely to be the same as, best first."""
    item = open_.stand.item if open_.stand else None
    if not isinstance(item, EntityRef) or not item.name or open_.conflict is not None:
        return ()
    made = found.by_id.get(found.ids.get(item.id, item.id))
    return made.twins if made else ()


def pairs_of(open_: Open, found: Candidates) -> frozenset[frozenset[str]]:
    """The pairs of ids that showing an item asks about."""
    item = open_.stand.item if open_.stand else None
    own = found.ids.get(item.id, item.id) if isinstance(item, EntityRef) else ""
    return frozenset(frozenset((own, twin.id)) for twin in twins_of(open_, found) if twin.score >= _LIKELY)


def show(screen: Screen, sheet: Sheet, rest: Rest) -> None:
    """Each item with a number, and the words that it rests on."""
    screen.head(f"{sheet.page.path} · the other {len(rest.items)}", "Accept them as they are shown?")
    for number, open_ in enumerate(rest.items, 1):
        item = open_.stand.item if open_.stand else None
        if isinstance(item, EntityRef):
            screen.say(f"  {number:2}  {_named(sheet, item)}")
        elif isinstance(item, TimelineEntry):
            screen.say(f"  {number:2}  {say(item)}")
            screen.say(f"      “{item.quote}”", "dim")


def _named(sheet: Sheet, item: EntityRef) -> str:
    record = sheet.records.get(item.id)
    name = f"{record.title} ({record.type}), record" if record else f"{item.name or item.id} ({item.type})"
    return f"{name}, also {', '.join(item.also)}" if item.also else name


def chosen(screen: Screen, rest: Rest) -> tuple[Open, ...] | None:
    """The items that an editor wants to look at by themselves; None where they typed nothing. Raises EditError."""
    typed = screen.line("numbers of those to look at one by one (such as 2 5)").replace(",", " ").split()
    numbers = {int(one) for one in typed if one.isdecimal()}
    if len(numbers) != len(set(typed)) or not numbers <= set(range(1, len(rest.items) + 1)):
        raise EditError(f"give numbers from 1 to {len(rest.items)}")
    return tuple(rest.items[number - 1] for number in sorted(numbers)) or None


def accept_all(sheet: Sheet, items: Sequence[Open]) -> tuple[Callable[[], None], Collection[Mark]]:
    """What accepts the items, and the marks of those that cannot be accepted as they are."""
    page, last, left = sheet.page, sheet.last, set()
    for mark in (one.mark for one in items):
        open_ = next((one for one in open_items(page, last) if one.mark == mark), None)
        if open_ is None:
            continue
        try:
            decided = accept(page, last, open_)
        except EditError:
            left.add(mark)
            continue
        last = decided.proposal
        if decided.text != page.text:
            page = replace(stand(page.path, decided.text, lambda _: ""), readable=page.readable)
    return page_change(sheet, page.text, last), left
