"""Changes of an article's timeline entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

from dossierkit.check.changes.kinds import Change
from dossierkit.merge.carried import quoted
from dossierkit.merge.match import Rule, pair
from dossierkit.model.page import PUBLIC, ArticlePage, TimelineEntry
from dossierkit.store.schema import ENTRY, names
from dossierkit.text.quote import fold_spaces

_Pair = tuple[TimelineEntry, TimelineEntry]


def entries(old: ArticlePage | None, new: ArticlePage, read: Callable[[str], str]) -> Iterator[Change]:
    """Entries added, changed and removed, and confirmed ones whose quote was lost. `read`: Markdown -> text."""
    before = list(old.timeline) if old else []
    pairs, gone, come = paired(before, list(new.timeline))
    yield from (_change("added", entry) for entry in come)
    yield from (change for was, now in pairs for change in _edited(was, now))
    yield from (_change("removed", entry) for entry in gone)
    if old is not None:
        yield from _lost(old, new, pairs, read)


def paired(
    before: list[TimelineEntry], after: list[TimelineEntry]
) -> tuple[list[_Pair], list[TimelineEntry], list[TimelineEntry]]:
    """Pairs of equal entries (by quote and date, else by quote, else by text), and the unpaired."""
    pairs = pair(after, before, [_same("quote", "date"), _same("quote"), _same("text")])
    rest = [entry for at, entry in enumerate(before) if at not in pairs.values()]
    come = [entry for at, entry in enumerate(after) if at not in pairs]
    return [(before[pairs[at]], after[at]) for at in sorted(pairs)], rest, come


def _same(*fields: str) -> Rule:
    values = attrgetter(*fields)
    return lambda a, b: bool(values(a) == values(b))


def _change(how: str, entry: TimelineEntry) -> Change:
    return Change("event", how, entry.text, date=entry.date, quote=entry.quote)


def _edited(was: TimelineEntry, now: TimelineEntry) -> Iterator[Change]:
    for field in names(ENTRY):
        before, after = was.stated(field), now.stated(field)
        if before != after:
            then, here = map(_said, (before, after))
            quote = "" if field == "quote" else now.quote
            yield Change("event", "changed", now.text, field, then, here, now.date, quote)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _lost(
    old: ArticlePage, new: ArticlePage, pairs: list[_Pair], read: Callable[[str], str]
) -> Iterator[Change]:
    if new.status not in PUBLIC:
        return
    then, now = fold_spaces(read(old.body)), fold_spaces(read(new.body))
    for was, entry in pairs:
        if quoted(then, was) and not quoted(now, entry):
            yield _change("lost", entry)
