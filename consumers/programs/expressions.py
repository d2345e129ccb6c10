"""EDTF: what edtf.js, edtf-validate and python-edtf say of the dates that we accept or refuse, over 400 strings."""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import metadata

import edtf_validate.valid_edtf
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from consumers.frame import HERE, Built, Row, node, node_version

sys.path.insert(0, str(HERE.parent / "scripts"))
from dossierkit.model.edtf import EdtfError, parse

_JS, _VALIDATE, _PYTHON = "edtf.js", "edtf-validate", "python-edtf"
REASONS = (
    ("we refuse a 29 February that was none", {_JS, _VALIDATE, _PYTHON}, r"(1066|1582|1900|2015)-02-29"),
    (
        "we do not read exponents and significant digits (level 2)",
        {_JS, _VALIDATE, _PYTHON},
        r"Y-?\d+E\d|Y?\d+S\d",
    ),
    ("we refuse what ends before it begins", {_JS, _VALIDATE, _PYTHON}, "ends before it begins"),
    ("we refuse an interval without a date", {_JS, _VALIDATE, _PYTHON}, r"/|\.\./\.\."),
    ("it takes two digits for a century", {_JS}, r"-?\d\d"),
    ("it has no doubtful decades", {_JS, _VALIDATE}, r"\d{3}X\?"),
    ("it has no seasons in intervals", {_JS}, r".*-21/.*|.*/2004-21"),
    ("it has no decade beside another mark or an open end", {_JS, _VALIDATE, _PYTHON}, r"200X/.*|.*/200X"),
    ("times need seconds, and offsets a colon", {_VALIDATE, _PYTHON}, r"2016-05-30T14:30(:00\+0200)?"),
    ("it has no hours in intervals", {_VALIDATE, _PYTHON}, r".*T.*/.*"),
    ("it has no sets of one, or with a space", {_VALIDATE, _PYTHON}, r"\[2016(, 2017)?\]"),
    (
        "it takes the first day of an end for the whole, and so for one before the beginning",
        {_VALIDATE},
        r"2004-06(-15)?/2004(-06)?|2006-08[?]/2006~|2006-08-31%/2006(~|-08[?])",
    ),
    (
        "it has no intervals of years before 0 with a season or an open beginning",
        {_VALIDATE},
        r"-0300/2004-21|\.\./-0300",
    ),
    ("it has no months with one digit unspecified", {_PYTHON}, r"2016-(1X|0X|X1)"),
    ("it has no mark on a month before one on its day", {_PYTHON}, r"2016-05~-30[?]"),
    ("it takes a day that no month has, and spaces", {_PYTHON}, r"2016-05-4X|2004 / 2006"),
)
"""Why a program judges otherwise than we do: the programs, and the strings, or what our message says of them."""


def strings() -> list[str]:
    """Dates of every level, right and wrong: 400 and more, the same each time."""
    points = [
        "2016",
        "2016-05",
        "2016-05-30",
        "1985",
        "0079-08-24",
        "-0043",
        "-0043-03",
        "-0043-03-15",
        "0000",
        "9999-12-31",
        "2016-02-29",
        "2000-02-29",
    ]
    wrong_points = [
        "2015-02-29",
        "2016-13",
        "2016-00",
        "2016-05-00",
        "2016-05-32",
        "2016-5-3",
        "20160530",
        "16",
        "2016/",
        "12016",
        "May 2016",
        "2016-W05",
        "2016.05",
        "2016-05-30T",
        "2016–05",
        "-43",
        "1900-02-29",
        "2016-04-31",
    ]
    times = [
        f"2016-05-30T{time}"
        for time in (
            "14:30:00",
            "14:30:00Z",
            "14:30:00+02:00",
            "14:30",
            "23:59:59",
            "24:00:00",
            "25:00:00",
            "14:60:00",
            "14:30:00+0200",
            "00:00:00-05:00",
        )
    ]
    marked = [f"{point}{mark}" for point, mark in itertools.product(points, "~?%")]
    unspecified = [
        "201X",
        "20XX",
        "2XXX",
        "XXXX",
        "2016-XX",
        "2016-05-XX",
        "2016-XX-XX",
        "2016-XX-12",
        "XXXX-04",
        "XXXX-04-12",
        "XXXX-XX-12",
        "2016-1X",
        "2016-0X",
        "2016-X1",
        "156X-12-25",
        "15XX-12-25",
        "2016-05-3X",
        "2016-05-0X",
        "2016-2X",
        "2016-05-4X",
        "201X-05",
        "-004X",
        "-01XX",
        "2X16",
        "X016",
        "20xx",
        "201u",
        "2016-uu",
    ]
    seasons = [f"2016-{code:02d}" for code in (*range(13, 16), *range(20, 43))]
    parts = [
        "?2016-05-30",
        "2016-~05-30",
        "2016-05-?30",
        "2016?-05-30",
        "2016-05?-30",
        "~2016",
        "%2016-05",
        "?2016-?05-~30",
        "2016-05~-30?",
        "2016~-?05",
        "2016-05-30?~",
    ]
    long_years = [
        "Y17000",
        "Y-17000",
        "Y2016",
        "Y170000002",
        "y17000",
        "Y17E7",
        "Y-17E7",
        "1950S2",
        "Y171010000S3",
        "Y-170000002",
    ]
    sets = [
        "[2016,2017]",
        "{2016,2017}",
        "[2016-05-20..2016-05-24]",
        "{2016-05..2016-07}",
        "[..2016]",
        "[2016..]",
        "{..2016-05}",
        "[2016]",
        "[2016-05-20..2016-05-24,2017]",
        "[2016;2017]",
        "[2016,2017",
        "[]",
        "{}",
        "[2017..2016]",
        "[1667,1668,1670..1672]",
        "[2016, 2017]",
        "{1960,1961-12}",
        "[..1760-12-03]",
        "[1760-01,1760-02,1760-12..]",
    ]
    ends = [
        "2004",
        "2004-06",
        "2004-06-15",
        "2006~",
        "2006-08?",
        "2006-08-31%",
        "200X",
        "2004-21",
        "-0300",
        "..",
    ]
    intervals = [f"{first}/{last}" for first, last in itertools.product(ends, ends)]
    odd = [
        "",
        " ",
        "/",
        "../..",
        "2016/2015",
        "2016-05-30/2016-05-29",
        "2004//2006",
        "2004/2005/2006",
        "2004/",
        "/2004",
        "2004/open",
        "unknown/2004",
        "open",
        "2004 / 2006",
        "2004..2006",
        "2004-2006",
        "circa 2004",
        "2004?/2006~",
        "2004-06-XX/2004-07-03",
        "2004/XXXX",
        "XXXX/2004",
        "2016-05-30T14:30:00/2016-05-30T16:00:00",
        "2016-05-30T14:30:00Z/2016-05-31",
    ]
    first_days = [
        f"{year:04d}-{month:02d}-{day:02d}"
        for year in (1066, 1582, 1600, 1712, 1900, 2024)
        for month in (1, 2, 6, 12)
        for day in (1, 28, 29, 31)
    ]
    decades = [
        f"{century:02d}{decade}X{mark}"
        for century in (0, 9, 15, 19, 20)
        for decade in (0, 5, 9)
        for mark in ("", "?")
    ]
    return list(
        dict.fromkeys(
            [
                *points,
                *wrong_points,
                *times,
                *marked,
                *unspecified,
                *seasons,
                *parts,
                *long_years,
                *sets,
                *intervals,
                *odd,
                *first_days,
                *decades,
            ]
        )
    )


def rows(built: Built) -> Iterator[Row]:
    if built.name != "hostile":
        return
    asked = strings()
    ours = {text: not _message(text) for text in asked}
    listed = built.work / "strings.json"
    listed.write_text(json.dumps(asked), encoding="utf-8")
    verdicts = {
        "edtf.js": (node_version("edtf"), dict(zip(asked, node("edtf.mjs", listed), strict=True))),
        "edtf-validate": (
            metadata.version("edtf-validate"),
            {text: bool(edtf_validate.valid_edtf.is_valid(text)) for text in asked},
        ),
        "python-edtf": (metadata.version("edtf"), {text: _theirs(text) for text in asked}),
    }
    for program, (version, theirs) in verdicts.items():
        differing = {text for text in asked if theirs[text] != ours[text]}
        (built.work / f"{program}.txt").write_text(
            "\n".join(f"{text!r} ours {ours[text]}" for text in asked if text in differing), encoding="utf-8"
        )
        told = {text: _reason(program, text) for text in asked if text in differing}
        unexplained = sum(not reason for reason in told.values())
        reasons = "; ".join(
            f"{reason} ({count})" for reason, count in Counter(filter(None, told.values())).most_common()
        )
        yield Row(
            program, version, f"of {len(asked)} EDTF strings: judged as we do, or otherwise for a reason that is listed",
            len(asked), len(asked) - unexplained, note=f"{program} judges {len(differing)} otherwise: {reasons}",
        )  # fmt: skip


def _reason(program: str, text: str) -> str:
    said = _message(text)
    for reason, programs, pattern in REASONS:
        if program in programs and (re.fullmatch(pattern, text) or (" " in pattern and pattern in said)):
            return reason
    return ""


def _message(text: str) -> str:
    try:
        parse(text)
    except EdtfError as error:
        return str(error)
    return ""


def _theirs(text: str) -> bool:
    try:
        parse_edtf(text)
    except (EDTFParseException, ValueError, TypeError, AttributeError):
        return False
    return True
