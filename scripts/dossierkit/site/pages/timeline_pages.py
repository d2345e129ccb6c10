"""The pages of the whole timeline: a single page, or one per year, month or day if there are many events.

Which pages there are depends on the dates and places of all events and is cached while these are unchanged; the content of an
event is read when its page is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.events.joined import EventPlace
from dossierkit.model.plain import digest_of
from dossierkit.site import dateview
from dossierkit.site.charts.periods import Period, days, gather, months
from dossierkit.site.charts.timeline import Drawn, draw
from dossierkit.site.context import Context, join
from dossierkit.site.entry_items import entry_id
from dossierkit.site.interface import CompiledPage, Later
from dossierkit.site.pages import indexes
from dossierkit.site.pages.split_lists import LIMIT, numbered, split, suffix
from dossierkit.site.pages.timelines import Section, anchor, label, section, short
from dossierkit.site.views import EntryItem, PeriodItem

WHOLE = "timeline/index.md"
_BY_DAY = 10 * LIMIT
"""A month with more events gets a page per day; with fewer, many pages would be nearly empty."""


class _TimelinePart(NamedTuple):
    """A page of events: of a year, a month or a day, or one of `total` parts of these."""

    path: str
    label: str
    period: Period[EventPlace]
    items: tuple[EventPlace, ...]
    total: int = 1


class _Year(NamedTuple):
    """A year with its pages by period: the page of the year if it fits on one, otherwise the pages of its months."""

    period: Period[EventPlace]
    path: str
    months: tuple[tuple[Period[EventPlace], tuple[_TimelinePart, ...]], ...]

    @property
    def split(self) -> bool:
        return self.period.count > LIMIT

    @property
    def pages(self) -> Iterator[_TimelinePart]:
        return (part for _, parts in self.months for part in parts)


_Planned = tuple[str, object]
"""A page's path, and its inputs as lists and texts without labels, which follow from them; empty for the only page."""


def every(frame: Context) -> Iterator[Later]:
    """The pages of the whole timeline."""
    chronicle = _Chronicle(frame)
    for path, given in frame.events.derived("chronicle", chronicle.plan):
        make = partial(chronicle.page, path) if given else partial(_alone, frame)
        yield Later(path, make, (given,))


class _Chronicle:
    """Makes the pages of a context's timeline."""

    def __init__(self, frame: Context) -> None:
        self._frame = frame

    def plan(self) -> list[_Planned]:
        if self._frame.events.count <= LIMIT:
            return [(WHOLE, "")]
        years = [(year, _year_digest(year)) for year in self._years]
        whole = (WHOLE, _digest(fingerprint for _, fingerprint in years))
        split = [(year.path, fingerprint) for year, fingerprint in years if year.split]
        return [whole, *split, *(self._planned(at) for at in range(len(self._listed)))]

    def page(self, path: str) -> CompiledPage:
        frame = self._frame
        if path == WHOLE:
            return _overview(frame, self._years)
        if year := next((year for year in self._years if year.split and year.path == path), None):
            return _months(frame, year)
        at = next(at for at, (_, part) in enumerate(self._listed) if part.path == path)
        return _page(frame, *self._listed[at], self._beside(at))

    def _planned(self, at: int) -> _Planned:
        year, part = self._listed[at]
        near = [other and (other.path, other.total) for other in self._beside(at)]
        return part.path, (part.total, year.split, _items(part), near)

    def _beside(self, at: int) -> tuple[_TimelinePart | None, ...]:
        """The previous and the next page; None at the ends."""
        last = len(self._listed) - 1
        return tuple(self._listed[one][1] if 0 <= one <= last else None for one in (at - 1, at + 1))

    @cached_property
    def _years(self) -> tuple[_Year, ...]:
        return tuple(_year(self._frame, period) for period in gather(self._frame.events.places, _date))

    @cached_property
    def _listed(self) -> Sequence[tuple[_Year, _TimelinePart]]:
        return [(year, part) for year in self._years for part in year.pages]


def _date(place: EventPlace) -> str:
    return place.date


def _key(place: EventPlace) -> str:
    return place.key


def _year_digest(year: _Year) -> str:
    """A digest of everything that a page shows of the year."""
    return _digest(f"{part.path} {part.total} {_items(part)}" for part in year.pages)


def _items(part: _TimelinePart) -> str:
    return _digest(f"{item.key} {item.date} {item.waived}" for item in part.items)


def _digest(parts: Iterable[str]) -> str:
    return digest_of("\n".join(parts))


def _year(frame: Context, period: Period[EventPlace]) -> _Year:
    path, items = _path(period.edtf), tuple(_places(period))
    if period.count <= LIMIT:
        return _Year(period, path, ((period, (_TimelinePart(path, label(frame, period), period, items),)),))
    return _Year(period, path, tuple((month, tuple(_parts(frame, month))) for month in months(items, _date)))


def _parts(frame: Context, month: Period[EventPlace]) -> Iterator[_TimelinePart]:
    """The pages of a month: one, or one for each day, or several for a long list."""

    def order(place: EventPlace) -> tuple[int, int, int, str]:
        return dateview.view(place.date, frame.t.lang).sort

    for day in days(month.items, _date) if month.count > _BY_DAY else (month,):
        name = day.edtf or "undated"
        for part in split((name,), tuple(sorted(day.items, key=order)), _key):
            path = _path(f"{name}-other" if day.vague else name, suffix(part))
            yield _TimelinePart(path, numbered(label(frame, day), part, frame), day, part.items, part.total)


def _path(name: str, end: str = "") -> str:
    """The path of the page of a year, a month or a day; `name` is empty for undated events."""
    return f"timeline/{name or 'undated'}{end}.md"


def _places(period: Period[EventPlace]) -> Iterator[EventPlace]:
    yield from period.items
    for part in period.parts:
        yield from _places(part)


def _alone(frame: Context) -> CompiledPage:
    """The only page, with all events."""
    shown = section(frame, frame.listing(WHOLE), frame.events.all)
    return indexes.page(frame, "timeline", lambda _, __: {"section": shown, "years": ()})


def _overview(frame: Context, years: Sequence[_Year]) -> CompiledPage:
    """The page with the years and their months as links, and all events as bars."""
    shown = {"section": _bars(frame, WHOLE, years), "years": [_way_to_year(frame, year) for year in years]}
    return indexes.page(frame, "timeline", lambda _, __: shown)


def _months(frame: Context, year: _Year) -> CompiledPage:
    """The page of a year that is split: its months as links, and its events as bars."""
    title = frame.t("timelines.of", period=label(frame, year.period))
    items = [_way_to_month(frame, year.path, *month) for month in year.months]
    body = join(
        frame.html("timeline-top.html", title=title, whole=frame.listing(year.path).href(WHOLE)),
        frame.html("timeline.html", section=_bars(frame, year.path, (year,)), years=items),
    )
    return CompiledPage(year.path, {"title": title, "hide": ["toc"]}, body)


def _bars(frame: Context, here: str, years: Iterable[_Year]) -> Section:
    """The drawing of all events, without entries."""
    drawn = [one for year in years for part in year.pages for one in _drawn(frame, here, part)]
    return Section(len(drawn), (), (), draw(drawn, frame.t), (), "")


def _drawn(frame: Context, here: str, part: _TimelinePart) -> Iterator[Drawn]:
    """The events of a page for the drawing on another page, which does not list them."""
    listing, page = frame.listing(part.path), frame.listing(here).href(part.path)

    def item(place: EventPlace) -> EntryItem:
        href = listing.href(visibility.article_path(place.article), "" if place.waived else place.item)
        date = dateview.view(place.date, frame.t.lang)
        return EntryItem(entry_id(place.item), date, "", "", "", "", "", href)

    for entry_item in listing.in_order(map(item, part.items)):
        yield Drawn("", f"{page}#{entry_item.id}", "", entry_item.date.edtf, entry_item.date.certainty)


def _way_to_year(frame: Context, year: _Year) -> PeriodItem:
    """A link to a year, with links to its months."""
    href = frame.listing(WHOLE).href(year.path)
    if year.split:
        parts = tuple(_way_to_month(frame, WHOLE, month, pages[:1]) for month, pages in year.months)
    else:
        parts = tuple(_way(frame, month, f"{href}#{anchor(month)}") for month in year.period.parts)
    return _way(frame, year.period, href, parts)


def _way_to_month(
    frame: Context, here: str, month: Period[EventPlace], pages: Sequence[_TimelinePart]
) -> PeriodItem:
    """A link to a month, with links to its pages if it has several."""
    hrefs = [frame.listing(here).href(part.path) for part in pages]
    ways = (
        PeriodItem(part.label, part.label, "", href, len(part.items), ())
        for part, href in zip(pages, hrefs, strict=True)
    )
    return _way(frame, month, hrefs[0], tuple(ways) if len(pages) > 1 else ())


def _way(
    frame: Context, period: Period[EventPlace], href: str, parts: tuple[PeriodItem, ...] = ()
) -> PeriodItem:
    return PeriodItem(
        label(frame, period), short(frame, period), anchor(period), href, period.count, (), parts
    )


def _page(
    frame: Context, year: _Year, part: _TimelinePart, beside: Sequence[_TimelinePart | None]
) -> CompiledPage:
    listing = frame.listing(part.path)
    title = frame.t("timelines.of", period=part.label)
    near = [(other.label, listing.href(other.path)) if other else None for other in beside]
    above = {"year": (label(frame, year.period), listing.href(year.path))} if year.split else {}
    events = frame.events.at(place.number for place in part.items)
    shown = section(frame, listing, events, periods=partial(_headed, part) if year.split else gather)
    body = join(
        frame.html("timeline-top.html", title=title, whole=listing.href(WHOLE), **above),
        frame.html("timeline.html", section=shown, years=(), near=near),
    )
    return CompiledPage(part.path, {"title": title, "hide": ["toc"]}, body)


def _headed(
    part: _TimelinePart, items: Sequence[EntryItem], edtf: Callable[[EntryItem], str]
) -> tuple[Period[EntryItem], ...]:
    """The periods with headings on a page below a year's: the days of a month, or the page's own period."""
    of_month = len(part.period.edtf) == len("2016-05") and not part.period.vague
    return days(items, edtf) if of_month else (Period(part.period.edtf, tuple(items), (), part.period.vague),)
