"""Changes of an article's timeline entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossierkit.check.changes.kinds import Change
from dossierkit.model.page import ArticlePage, TimelineEntry
from dossierkit.store.schema import ENTRY, names
from dossierkit.text.quote import FoldedText, fold_spaces, locate

_CONFIRMED = frozenset({"reviewed", "published"})
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
    rest = list(before)
    pairs: dict[int, TimelineEntry] = {}
    for alike in (_by_both, _by_quote, _by_text):
        for place, entry in enumerate(after):
            match = (
                None if place in pairs else next((one for one in rest if alike(one) == alike(entry)), None)
            )
            if match is not None:
                pairs[place] = match
                rest.remove(match)
    come = [entry for place, entry in enumerate(after) if place not in pairs]
    return [(pairs[place], after[place]) for place in sorted(pairs)], rest, come


def _by_both(entry: TimelineEntry) -> tuple[str, ...]:
    return (entry.quote, entry.date)


def _by_quote(entry: TimelineEntry) -> tuple[str, ...]:
    return (entry.quote,)


def _by_text(entry: TimelineEntry) -> tuple[str, ...]:
    return (entry.text,)


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
    if new.status not in _CONFIRMED:
        return
    then, now = fold_spaces(read(old.body)), fold_spaces(read(new.body))
    for was, entry in pairs:
        if _quoted(was, then) and not _quoted(entry, now):
            yield _change("lost", entry)


def _quoted(entry: TimelineEntry, text: FoldedText) -> bool:
    return len(locate(text, entry.quote, entry.prefix, entry.suffix)) == 1
