"""The timeline of a page, prepared for its template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dossierkit.evidence.events.joined import JoinedEvent
from dossierkit.site.charts.filters import LEAST, Facet, facets
from dossierkit.site.charts.periods import Period, decades, gather
from dossierkit.site.charts.timeline import Chart, Drawn, draw
from dossierkit.site.charts.tools import Tools, tools
from dossierkit.site.context import Context
from dossierkit.site.listing import Listing
from dossierkit.site.views import EntityItem, EntryItem, PeriodItem
from dossierkit.text.datewords import short_month, words

FOLDED_FROM = 24
"""On a page with other sections, a timeline with more events is folded by its periods."""
_FEW = 3  # a fold that hides less would cost a reader a press and save no room
_OPEN_AT_FIRST = 12  # entries of folds that are open from the start, in all
_SCRIPT = "assets/dossierkit/timeline.js"
Periods = Callable[[Sequence[EntryItem], Callable[[EntryItem], str]], tuple[Period[EntryItem], ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """A timeline prepared for its template. `script`: the address of the filter's script, empty for a short one.

    `facets`: the filters beside the one for words.

    `described`: the entities of its entries that have a description. `folded`: whether periods are.
    """

    count: int
    periods: tuple[PeriodItem, ...]
    certainties: tuple[str, ...]
    chart: Chart | None
    facets: tuple[Facet, ...]
    script: str
    tools: Tools | None = None
    described: tuple[EntityItem, ...] = ()
    folded: bool = False


def section(
    frame: Context,
    listing: Listing,
    events: Iterable[JoinedEvent],
    about: str = "",
    *,
    periods: Periods = gather,
) -> Section:
    """`about`: the id of the page's own entity, which is not offered as a filter. `periods`: groups the items under headings."""
    items = listing.events(events)
    filtered = len(items) >= LEAST
    script = frame.site.urls.to(listing.here, _SCRIPT) if filtered else ""
    drawn = [
        Drawn(item.id, f"#{item.id}", _title(item, frame), item.date.edtf, item.date.certainty)
        for item in items
    ]
    certainties = tuple(sorted({item.date.certainty for item in items}))
    shown = tuple(_period(frame, period) for period in periods(items, lambda item: item.date.edtf))
    named = {entity.id: entity for item in items for entity in item.entities if entity.id != about}
    return Section(
        len(items),
        shown,
        certainties,
        draw(drawn, frame.t),
        facets(items, about, frame.t) if filtered else (),
        script,
        tools(listing, "timeline"),
        tuple(entity for entity in named.values() if entity.description),
    )


def folded(frame: Context, listing: Listing, events: Iterable[JoinedEvent], about: str = "") -> Section:
    """The timeline for a page with other sections: if it is long, folded by year or decade; one with most of the entries by its parts.

    The folds of few entries are open.
    """
    timeline = section(frame, listing, events, about, periods=_by_decade)
    if timeline.count <= FOLDED_FROM:
        return timeline
    left = _OPEN_AT_FIRST

    def fold(period: PeriodItem) -> PeriodItem:
        nonlocal left
        opened = period.count <= min(_FEW, left)
        left -= period.count if opened else 0
        return replace(period, folded=True, opened=opened)

    periods = tuple(
        replace(period, parts=tuple(map(fold, period.parts)))
        if period.parts and 2 * period.count > timeline.count
        else fold(period)
        for period in timeline.periods
    )
    return replace(timeline, periods=periods, folded=True)


def _by_decade(items: Sequence[EntryItem], edtf: Callable[[EntryItem], str]) -> tuple[Period[EntryItem], ...]:
    return decades(gather(items, edtf))


def entries(shown: Section) -> tuple[EntryItem, ...]:
    """All entries, in order."""
    return tuple(item for period in shown.periods for item in _within(period))


def _within(period: PeriodItem) -> Iterator[EntryItem]:
    yield from period.items
    for part in period.parts:
        yield from _within(part)


def _period(frame: Context, period: Period[EntryItem]) -> PeriodItem:
    here = anchor(period)
    parts = tuple(_period(frame, part) for part in period.parts)
    return PeriodItem(
        label(frame, period), short(frame, period), here, f"#{here}", period.count, period.items, parts
    )


def short(frame: Context, period: Period[Any]) -> str:
    """The label of a month without its year; of other periods, `label`."""
    if period.vague or len(period.edtf) != 7:
        return label(frame, period)
    return short_month(int(period.edtf[5:]), frame.t.lang)


def label(frame: Context, period: Period[Any]) -> str:
    if not period.edtf:
        return frame.t("no_date")
    name = words(period.edtf, frame.t.lang)
    return frame.t("timelines.some_time", period=name) if period.vague else f"{name[:1].upper()}{name[1:]}"


def anchor(period: Period[Any]) -> str:
    """The anchor of a period's heading."""
    return f"y-{period.edtf or 'none'}" + ("-some" if period.vague else "")


def _title(item: EntryItem, frame: Context) -> str:
    return f"{item.date.words}: {frame.t.named(item.text, unreviewed=item.unreviewed)}"
