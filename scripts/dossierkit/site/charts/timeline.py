"""A timeline as finished values for an SVG that scales without scaling its text: positions in per cent, sizes in px.

Up to a certain number of entries each has its own mark; beyond that, bars count them, and the caption says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from dossierkit.site.charts.bars import Bar, bars
from dossierkit.site.charts.date_marks import Dated, DateMark, dated, marks
from dossierkit.site.charts.scale import Scale, Tick, scale, ticks
from dossierkit.site.strings import Strings
from dossierkit.text.datewords import words
from dossierkit.text.language import direction

LEAST = 3
"""A timeline with fewer entries is not drawn: the list shows them at a glance."""
_MOST_MARKS = 90
_MOST_ROWS = 20
_ROW = 12
_TOP = 10
_TOP_OF_BARS = 18
_BARS = 84
_EDGE = 4.5
_BELOW = 38
_MONTH, _YEAR = 31, 366  # days
_DENSE = 12
"""A bar with fewer entries is not drawn in detail: the list shows them at a glance."""


class Drawn(NamedTuple):
    """An entry to draw. `id`: its anchor in the list, empty if the page has none; `href`: the link to it.

    `title`: date and event.
    """

    id: str
    href: str
    title: str
    edtf: str
    certainty: str


class MarkItem(NamedTuple):
    """A mark as drawn. `shape`: dot | bar | fade. `x` and `width` in per cent, `y` in px. `fade`: left | right, the open end."""

    href: str
    title: str
    certainty: str
    shape: str
    x: str
    middle: str
    width: str
    end: str
    y: int
    fade: str = ""


class BarItem(NamedTuple):
    """A bar as drawn. `y`, `height`: the certain part; `top`, `whole`: with entries that may lie in it. `ids`: of all entries."""

    href: str
    title: str
    x: str
    width: str
    y: float
    height: float
    top: float
    whole: float
    ids: str


class TickItem(NamedTuple):
    """A tick as drawn. `edge`: first | last if its label would extend beyond the end of a narrow drawing."""

    x: str
    label: str
    below: str
    narrow: bool
    edge: str = ""


class Chart(NamedTuple):
    """A finished drawing. `axis`: px from the top. `lines`, `cuts`: the parts of the axis, and its breaks. `rtl`: time runs from
    right to left.

    `most`: the count of the highest bar, 0 without bars; `top`: px to its upper end. `summary` and `notes`: sentences of the
    caption. `detail`: the fullest bar drawn again in detail, None if no bar is full; `part`: its name.
    """

    height: int
    axis: int
    rtl: bool
    ticks: tuple[TickItem, ...]
    lines: tuple[tuple[str, str], ...]
    cuts: tuple[str, ...]
    marks: tuple[MarkItem, ...] = ()
    bars: tuple[BarItem, ...] = ()
    most: int = 0
    top: int = _TOP_OF_BARS
    summary: str = ""
    notes: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    detail: Chart | None = None
    part: str = ""


def draw(entries: Sequence[Drawn], t: Strings) -> Chart | None:
    """None if there is too little to draw."""
    pairs = [(entry, when) for entry in entries if (when := dated(entry.edtf, entry.certainty))]
    if len(pairs) < LEAST:
        return None
    shown, listed = [entry for entry, _ in pairs], [when for _, when in pairs]
    on = scale([one.extent for one in listed])
    paper = _Paper(rtl=direction(t.lang) == "rtl")
    placed = marks(listed, on) if len(listed) <= _MOST_MARKS else ()
    rows = 1 + max((mark.row for mark in placed), default=_MOST_ROWS)
    summary, *notes = _notes(shown, listed, on, t, len(entries) - len(shown))
    if rows <= _MOST_ROWS:
        frame = _frame(paper, on, t.lang, _TOP + rows * _ROW)
        drawn = tuple(paper.mark(*pair, frame.axis) for pair in zip(shown, placed, strict=True))
        kinds = tuple(dict.fromkeys(mark.certainty for mark in drawn))
        return frame._replace(marks=drawn, certainties=kinds, summary=summary, notes=tuple(notes))
    unit, counted = bars(listed, on)
    most = max(len(bar.sure) + len(bar.maybe) for bar in counted)
    frame = _frame(paper, on, t.lang, _TOP_OF_BARS + _BARS)
    columns = tuple(paper.bar(bar, shown, most, _title(bar, unit, t), frame.axis) for bar in counted)
    notes += [
        t(f"timelines.bars.{unit}"),
        *([t("timelines.maybe")] if any(bar.maybe for bar in counted) else []),
    ]
    whole = frame._replace(bars=columns, most=most, summary=summary, notes=tuple(notes))
    full = max(counted, key=lambda bar: len(bar.sure))
    return _with_detail(whole, full, unit, shown, t) if _dense(full, unit, len(shown)) else whole


def _dense(bar: Bar, unit: str, every: int) -> bool:
    """Whether a bar counts so many entries that a drawing of them is useful."""
    part = 2 if unit == "month" else 4
    return unit not in {"day", "week"} and len(bar.sure) >= max(_DENSE, every // part)


def _with_detail(whole: Chart, bar: Bar, unit: str, shown: Sequence[Drawn], t: Strings) -> Chart:
    """The drawing with the finest useful drawing of the fullest bar: an intermediate one would add little."""
    detail = draw([shown[index] for index in bar.sure], t)
    if detail is None:
        return whole
    if detail.detail:
        return whole._replace(detail=detail.detail, part=detail.part)
    return whole._replace(detail=detail, part=t("timelines.part", period=_period(bar, unit, t)))


class _Paper(NamedTuple):
    """Positions as attributes, mirrored if the interface is read from right to left."""

    rtl: bool

    def x(self, left: float, right: float | None = None) -> str:
        return _number(100 - (left if right is None else right) if self.rtl else left)

    def mark(self, entry: Drawn, mark: DateMark, axis: int) -> MarkItem:
        fade = ""
        if mark.shape in {"since", "until"}:
            fade = "right" if (mark.shape == "since") != self.rtl else "left"
        return MarkItem(
            entry.href,
            entry.title,
            "open" if fade else entry.certainty,
            "fade" if fade else mark.shape,
            f"{self.x(mark.left, mark.right)}%",
            f"{self.x((mark.left + mark.right) / 2)}%",
            f"{_number(mark.right - mark.left)}%",
            f"{self.x(mark.right if mark.shape == 'since' else mark.left)}%",
            axis - mark.row * _ROW - _ROW // 2 - 2,
            fade,
        )

    def bar(self, bar: Bar, shown: Sequence[Drawn], most: int, title: str, axis: int) -> BarItem:
        of = [shown[index] for index in (*bar.sure, *bar.maybe)]
        sure, whole = _BARS * len(bar.sure) / most, _BARS * len(of) / most
        return BarItem(
            of[0].href,
            title,
            f"{self.x(bar.left, bar.right)}%",
            f"{_number(bar.right - bar.left)}%",
            round(axis - sure, 1),
            round(sure, 1),
            round(axis - whole, 1),
            round(whole, 1),
            " ".join(entry.id for entry in of if entry.id),
        )

    def tick(self, tick: Tick) -> TickItem:
        edge = "first" if tick.at < _EDGE else "last" if tick.at > 100 - _EDGE else ""
        return TickItem(f"{self.x(tick.at)}%", tick.label, tick.below, tick.narrow, edge)


def _frame(paper: _Paper, on: Scale, lang: str, axis: int) -> Chart:
    """The scale without marks."""
    lines = ((paper.x(stretch.left), paper.x(stretch.right)) for stretch in on.stretches)
    return Chart(
        height=axis + _BELOW,
        axis=axis,
        rtl=paper.rtl,
        ticks=tuple(paper.tick(tick) for tick in ticks(on, lang)),
        lines=tuple((f"{begin}%", f"{end}%") for begin, end in lines),
        cuts=tuple(f"{paper.x(cut)}%" for cut in on.cuts),
    )


def _notes(
    shown: Sequence[Drawn], listed: Sequence[Dated], on: Scale, t: Strings, left_out: int
) -> tuple[str, ...]:
    """The sentences of the caption: first what is drawn, then what readers must know to read the drawing correctly."""
    first = min(listed, key=lambda one: (_month(one.extent[0]), _length(one)))
    last = max(listed, key=lambda one: (_month(one.extent[1] - 1), -_length(one)))
    begin, end = _edge(first, first.extent[0], t.lang), _edge(last, last.extent[1] - 1, t.lang)
    drawn = (
        t.count("timelines.drawn_in", len(shown), period=begin)
        if begin == end
        else t.count("timelines.drawn", len(shown), first=begin, last=end)
    )
    cut = (t("timelines.cut"),) if on.cuts else ()
    undrawn = (t.count("timelines.undrawn", left_out),) if left_out else ()
    return (drawn, *cut, *undrawn)


def _period(bar: Bar, unit: str, t: Strings) -> str:
    """The period that a bar counts, in words."""
    first = date.fromordinal(bar.first)
    name = {
        "day": first.isoformat(),
        "week": f"{first.isoformat()}/{date.fromordinal(bar.end - 1).isoformat()}",
        "month": f"{first.year:04d}-{first.month:02d}",
        "quarter": f"{first.year:04d}-{33 + (first.month - 1) // 3}",
        "year": f"{first.year:04d}",
    }.get(unit, f"{first.year:04d}/{date.fromordinal(bar.end - 1).year:04d}")
    return words(name, t.lang)


def _title(bar: Bar, unit: str, t: Strings) -> str:
    period = _period(bar, unit, t)
    if not bar.sure:
        return t.count("timelines.bar_only_maybe", len(bar.maybe), period=period)
    sure = t.count("timelines.bar", len(bar.sure), period=period)
    return t("timelines.bar_maybe", sure=sure, maybe=len(bar.maybe)) if bar.maybe else sure


def _edge(one: Dated, day: int, lang: str) -> str:
    """The month of a day at which the timeline begins or ends; its year or decade if nobody said a month."""
    when, days = date.fromordinal(day), _length(one)
    year = f"{when.year:04d}"
    if one.certainty == "span" or days <= _MONTH:
        return words(f"{year}-{when.month:02d}", lang)
    return words(year if days <= _YEAR else f"{year[:3]}X" if days <= 10 * _YEAR else f"{year[:2]}XX", lang)


def _month(day: int) -> tuple[int, int]:
    when = date.fromordinal(day)
    return when.year, when.month


def _length(one: Dated) -> int:
    first, end = one.extent
    return end - first


def _number(value: float) -> str:
    """At most two digits after the point, without trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
