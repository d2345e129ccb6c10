"""Names by their form (data/shapes.yml), and places at the head of a dispatch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dossierkit.extract.forms import bare
from dossierkit.extract.lexicon import known_place
from dossierkit.model.finding import Mention
from dossierkit.text.cldr import weekdays
from dossierkit.text.data import load
from dossierkit.text.match import Matcher

SHAPE = "form of the name"
_NAME = r"[^\W\d_a-zß-ÿ][\w’'-]{1,30}"
_COMPANY = r"NAME(?: (?:& |de |del |la |las |los |und |y )?NAME){0,4}"
_CAPITALS = r"[^\W\d_a-zß-ÿ]{3,20}(?:[ -][^\W\d_a-zß-ÿ]{2,20}){0,2}"
_MONTH = rf"(?:{_NAME}\b|[^\W\d_]{{3,10}}(?= (?:de )?\d{{4}}\b))"
_DAY = rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?\.? (?:de )?{_MONTH}|[A-Z][a-z]{{2,8}}\.? \d{{1,2}}\b)"
# "STARI MOST, 6 September 2016", "Tarn, 17. April 2019." at the beginning of a line
_DATELINE = re.compile(
    rf"^(?:{_CAPITALS}(?=, (?:le )?{_DAY})|{_NAME}(?: {_NAME})?(?=, {_DAY},?(?: de)? \d{{4}}\b))",
    re.MULTILINE,
)


def shaped(text: str, lang: str) -> Iterator[Mention]:
    """Mentions of names that their form shows to be a club, a unit, a street, a ship and the like; of companies also without their
    legal form. `lang`: a primary subtag.
    """
    companies: set[str] = set()
    for type_, form in _shapes(lang):
        part = "name" if "name" in form.groupindex else 0
        for found in form.finditer(text):
            if type_ != "person" or not any(map(known_place, found[0].title().split(", "))):
                yield Mention(*found.span(part), found[part], type_, 0.95, SHAPE)
            name = bare(found[0], type_)
            if type_ == "organization" and lang != "en" and " " in name and name != found[0]:
                companies.add(name)
    for start, end, name in Matcher((name, name) for name in sorted(companies)).find(text):
        yield Mention(start, end, name, "organization", 0.95, SHAPE)


def datelines(text: str, lang: str) -> Iterator[Mention]:
    """Mentions of the places in which dispatches are dated, in any language that writes a day so; not "Updated, 3 May 2018"."""
    for found in _DATELINE.finditer(text):
        last = found[0].rpartition(" ")[2].lower()
        if last not in load("shapes")["labels"] and last not in weekdays(lang):
            yield Mention(*found.span(), found[0], "place", 0.95, SHAPE)


@cache
def _shapes(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    shapes = load("shapes").get(lang, ())
    bounded = (
        (one["type"], one["form"].replace("COMPANY", _COMPANY).replace("NAME", _NAME)) for one in shapes
    )
    return tuple((type_, re.compile(rf"(?<![\w-]){form}")) for type_, form in bounded)
