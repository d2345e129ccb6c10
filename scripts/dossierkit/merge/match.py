"""Match items of two sides: entities by id, entries by claim and quote.

The rules are in order of certainty. EXACT: same date and same words. STRICT: the machine's claim with slightly
different words or date. LOOSE also allows what only editors change: another date, heading or quote of the same
entry. One sentence may make two claims about one day: entries dated by different words ("on Friday", "the same day")
are different.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from dossierkit.merge.page_items import Item
from dossierkit.model.edtf import EdtfError
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Edited, Rejected
from dossierkit.text.quote import fold_spaces

Rule = Callable[[Item, Item], bool]


def _entries(rule: Callable[[TimelineEntry, TimelineEntry], bool]) -> Rule:
    """A rule that applies to entries, never to entities."""
    return lambda a, b: isinstance(a, TimelineEntry) and isinstance(b, TimelineEntry) and rule(a, b)


def _same_id(a: Item, b: Item) -> bool:
    return isinstance(a, EntityRef) and isinstance(b, EntityRef) and a.id == b.id


@lru_cache(maxsize=4096)
def _words(quote: str) -> str:
    return fold_spaces(quote).text.strip().rstrip(".,;:").casefold()


def _same_quote(a: TimelineEntry, b: TimelineEntry) -> bool:
    return _words(a.quote) == _words(b.quote)


def _overlap(a: TimelineEntry, b: TimelineEntry) -> bool:
    one, other = _words(a.quote), _words(b.quote)
    return bool(one and other) and (one in other or other in one)


def _same_when(a: TimelineEntry, b: TimelineEntry) -> bool:
    return bool(a.when) and a.when.casefold() == b.when.casefold()


def _two(a: TimelineEntry, b: TimelineEntry) -> bool:
    """Whether two entries are dated by different words; "Friday" and "on Friday" are the same."""
    one, other = a.when.casefold(), b.when.casefold()
    return bool(one and other) and one not in other and other not in one


_ALIKE: Rule = _entries(lambda a, b: _same_quote(a, b) and a.date == b.date and a.text == b.text)
SAME: Rule = _entries(lambda a, b: _same_quote(a, b) and a.date == b.date and not _two(a, b))
EXACT: tuple[Rule, ...] = (_same_id, _ALIKE, SAME)
STRICT: tuple[Rule, ...] = (
    *EXACT,
    _entries(lambda a, b: _same_quote(a, b) and _same_when(a, b)),
    _entries(lambda a, b: a.date == b.date and bool(a.date) and _overlap(a, b) and not _two(a, b)),
    _entries(lambda a, b: _same_when(a, b) and _overlap(a, b)),
)
LOOSE: tuple[Rule, ...] = (
    *STRICT,
    _entries(_same_quote),
    _entries(lambda a, b: a.date == b.date and a.text == b.text),
    _entries(lambda a, b: bool(a.text) and a.text == b.text),
    _entries(_overlap),
)


def pair(left: Sequence[Item], right: Sequence[Item], rules: Sequence[Rule]) -> dict[int, int]:
    """Match `left` with `right` (indices), one to one: rule by rule, in the order of both sides."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for rule in rules:
        for at, one in enumerate(left):
            if at in pairs:
                continue
            found = next((to for to, other in enumerate(right) if to not in taken and rule(one, other)), None)
            if found is not None:
                pairs[at] = found
                taken.add(found)
    return pairs


def same_claim(a: Item, b: Item) -> bool:
    """Whether the machine makes the same claim again."""
    return any(rule(a, b) for rule in STRICT)


def refines(date: str, vague: str) -> bool:
    """Whether a date is within a vaguer one, or given where there was none; that is not another claim."""
    if not vague:
        return True
    try:
        return parse_edtf(date).within(parse_edtf(vague))
    except EdtfError:
        return False


def rejected_item(memory: Rejected) -> Item:
    """A rejection as an item to compare with."""
    if memory.entity:
        return EntityRef(memory.entity)
    return remembered_entry(memory)


def remembered_entry(memory: Rejected | Edited) -> TimelineEntry:
    """The entry as it was when it was remembered."""
    return TimelineEntry(text=memory.text, quote=memory.quote, date=memory.date, when=memory.when)


def rejection(key: str, item: Item) -> Rejected:
    """The record of an item that an editor removed."""
    if isinstance(item, EntityRef):
        return Rejected(key, entity=item.id)
    return Rejected(key, date=item.date, when=item.when, quote=item.quote, text=item.text)


def became(memory: Edited, items: Sequence[Item]) -> int | None:
    """The item that a proposed entry became after edits: by its recorded data, else by its claim."""
    entries = [(at, item) for at, item in enumerate(items) if isinstance(item, TimelineEntry)]
    remembered = (memory.date, memory.text, memory.quote)
    alike = [(at, item.when) for at, item in entries if (item.date, item.text, item.quote) == remembered]
    exact = (at for at, when in alike if when == memory.when)
    return next(exact, next((at for at, _ in alike), None))
