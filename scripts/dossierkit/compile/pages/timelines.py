"""The timeline of a page, and the pages of the whole timeline: one, or one a year where it has grown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dossierkit.compile.listing import Listing
from dossierkit.compile.pages.frame import Frame, join
from dossierkit.compile.site import CompiledPage, Later, Lead
from dossierkit.compile.timeline.chart import Chart, Drawn, draw
from dossierkit.compile.timeline.events import Event, key
from dossierkit.compile.timeline.facets import Facet, facets
from dossierkit.compile.timeline.periods import Period, gather
from dossierkit.compile.views import EntryItem, PeriodItem
from dossierkit.text.datewords import short_month, words

WHOLE = "timeline/index.md"
SPLIT_FROM = 300
"""A whole timeline with more events has a page for each year."""
_SCRIPT = "assets/dossierkit/timeline.js"


@dataclass(frozen=True, slots=True)
class Section:
    """A timeline ready for its template. `script`: the address of the filter's script, empty where there is none."""

    count: int
    periods: tuple[PeriodItem, ...]
    certainties: tuple[str, ...]
    chart: Chart | None
    facets: tuple[Facet, ...]
    script: str


def section(frame: Frame, listing: Listing, events: Iterable[Event], about: str = "") -> Section:
    """`about`: the entity whose page this is, which is no choice there."""
    items = listing.events(events)
    chosen = facets(items, about, frame.t)
    script = frame.site.urls.as_served().to(listing.here, _SCRIPT) if chosen else ""
    drawn = [
        Drawn(item.id, f"#{item.id}", _title(item), item.date.edtf, item.date.certainty) for item in items
    ]
    certainties = tuple(sorted({item.date.certainty for item in items}))
    return Section(len(items), _periods(frame, items), certainties, draw(drawn, frame.t), chosen, script)


def pages(frame: Frame) -> Iterator[Later]:
    """The whole timeline, below the site's own words."""
    events = frame.events.all
    if len(events) <= SPLIT_FROM:
        yield Later(WHOLE, partial(_alone, frame), ())
        return
    by_year = gather(events, lambda event: event.lead[1].entry.date)
    told = tuple(_told(year) for year in by_year)
    yield Later(WHOLE, partial(_overview, frame, by_year), told)
    for at, year in enumerate(by_year):
        beside = [by_year[other] if 0 <= other < len(by_year) else None for other in (at - 1, at + 1)]
        near = tuple(other and (other.edtf, other.vague) for other in beside)
        yield Later(year_path(year.edtf), partial(_year, frame, year, beside), (told[at], near))


def _told(period: Period[Event]) -> tuple[object, ...]:
    """The period as `Later` wants it told: its events are noted when they are read."""
    items = tuple(key(event) for event in period.items)
    return (period.edtf, period.vague, period.count, items, tuple(_told(part) for part in period.parts))


def _alone(frame: Frame) -> CompiledPage:
    events = frame.events.all
    return _whole(frame, {"section": section(frame, frame.listing(WHOLE), events), "years": ()})


def year_path(year: str) -> str:
    """Where the events of a year stand in a timeline that is split; `year` is empty for those without."""
    return f"timeline/{year or 'undated'}.md"


def _whole(frame: Frame, values: dict[str, Any]) -> CompiledPage:
    lead = frame.site.leads.get(WHOLE, Lead({}, ""))
    title = str(lead.meta.get("title", frame.t("timeline")))
    top = (
        "" if lead.body.lstrip().startswith("# ") else frame.html("timeline-top.html", title=title, whole="")
    )
    meta = {"title": title, "hide": ["toc"], **lead.meta}
    source = WHOLE if lead.meta or lead.body else ""
    return CompiledPage(WHOLE, meta, join(top, lead.body, frame.html("timeline.html", **values)), source)


def _overview(frame: Frame, by_year: Sequence[Period[Event]]) -> CompiledPage:
    """The years with their months, each a link, and all events as bars."""
    listing = frame.listing(WHOLE)
    drawn: list[Drawn] = []
    years: list[PeriodItem] = []
    for year in by_year:
        items = frame.listing(year_path(year.edtf)).events(_events(year))
        href = listing.href(year_path(year.edtf))
        drawn += [
            Drawn(item.id, f"{href}#{item.id}", "", item.date.edtf, item.date.certainty) for item in items
        ]
        years.append(replace(_period(frame, year, href), href=href))
    empty = Section(len(drawn), (), (), draw(drawn, frame.t), (), "")
    return _whole(frame, {"section": empty, "years": years})


def _year(frame: Frame, year: Period[Event], beside: Sequence[Period[Event] | None]) -> CompiledPage:
    path = year_path(year.edtf)
    listing = frame.listing(path)
    title = frame.t("timelines.of", period=_label(frame, year))
    near = [
        (_label(frame, other), listing.href(year_path(other.edtf))) if other else None for other in beside
    ]
    body = join(
        frame.html("timeline-top.html", title=title, whole=listing.href(WHOLE)),
        frame.html(
            "timeline.html",
            section=section(frame, listing, _events(year)),
            years=(),
            near=near,
        ),
    )
    return CompiledPage(path, {"title": title, "hide": ["toc"]}, body)


def _events(period: Period[Event]) -> Iterator[Event]:
    yield from period.items
    for part in period.parts:
        yield from _events(part)


def _periods(frame: Frame, items: Sequence[EntryItem]) -> tuple[PeriodItem, ...]:
    return tuple(_period(frame, period) for period in gather(items, lambda item: item.date.edtf))


def _period(frame: Frame, period: Period[Any], page: str = "") -> PeriodItem:
    """`page`: the address of the page it stands on, empty for this one."""
    anchor = _anchor(period)
    parts = tuple(_period(frame, part, page) for part in period.parts)
    short = _short(frame, period)
    label, items = _label(frame, period), () if page else period.items
    return PeriodItem(label, short, anchor, f"{page}#{anchor}", period.count, items, parts)


def _short(frame: Frame, period: Period[Any]) -> str:
    if period.vague or len(period.edtf) != 7:
        return _label(frame, period)
    return short_month(int(period.edtf[5:]), frame.t.lang)


def _label(frame: Frame, period: Period[Any]) -> str:
    if not period.edtf:
        return frame.t("no_date")
    name = words(period.edtf, frame.t.lang)
    return frame.t("timelines.some_time", period=name) if period.vague else name


def _anchor(period: Period[Any]) -> str:
    return f"y-{period.edtf or 'none'}" + ("-some" if period.vague else "")


def _title(item: EntryItem) -> str:
    return f"{item.date.words}: {item.text}"
