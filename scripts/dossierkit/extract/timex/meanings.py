"""Names of meanings in rules -> functions.

ABSOLUTE ones need only the match, RELATIVE ones also the anchor date. "date" and "days" also look at the next match,
so they are called separately.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dossierkit.extract.timex import clock, dates, day_numbers, lengths, periods, weekdays, years
from dossierkit.extract.timex.context import ReadingContext
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.moment import Moment

ABSOLUTE: Mapping[str, Callable[[RuleMatch], Moment | None]] = {
    "iso": dates.iso,
    "era": dates.era,
    "year": years.year,
    "years": years.years,
    "decade": years.decade,
    "decade_of": years.decade_of,
    "century": years.century,
    "fiscal": years.fiscal,
    "duration": lengths.duration,
    "plural": lengths.plural,
    "set_unit": lengths.set_unit,
    "set_weekday": lengths.set_weekday,
    "set_month": lengths.set_month,
    "set_date": lengths.set_date,
    "set_part": lengths.set_part,
    "adverb": lengths.adverb,
    "ref": lengths.reference,
    "somewhen": lengths.somewhen,
    "nothing": lengths.nothing,
}

RELATIVE: Mapping[str, Callable[[RuleMatch, ReadingContext], Moment | None]] = {
    "slash": dates.slash,
    "numbered": dates.numbered,
    "solar": dates.solar,
    "ethiopic": dates.ethiopic,
    "day_number": day_numbers.day_number,
    "weekday": weekdays.weekday,
    "weekday_later": weekdays.weekday_later,
    "quarter": years.quarter,
    "same_quarter": years.same_quarter,
    "half": years.half,
    "season": years.season,
    "day": periods.day,
    "unit": periods.unit,
    "weekend": periods.weekend,
    "offset": periods.offset,
    "later": periods.later,
    "same": periods.same,
    "apposed": periods.apposed,
    "same_part": periods.same_part,
    "clock": clock.clock,
}
