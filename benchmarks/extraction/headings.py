"""How many headings of the case file come out as an editor wants them.

usage: headings.py [CASES.yml] [--wrong]

CASES.yml: by default tests/extract/cases/headings.yml. Prints the share; with --wrong also what came and what was wanted.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from dossierkit.extract.headings import Heading, Names, heading
from dossierkit.extract.timex import find_timexes
from dossierkit.text.data import LOADER
from dossierkit.text.segment import sentences

CASES = Path(__file__).parents[2] / "tests" / "extract" / "cases" / "headings.yml"
_PUBLISHED = "2016-06-01"

Case = dict[str, Any]


def cases(path: Path = CASES) -> list[Case]:
    found: list[Case] = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 -- a safe one
    return found


def made(case: Case) -> Heading:
    """The heading of a case; ValueError where the words of its date are no time expression."""
    text = case["text"]
    spans = [(one.start, one.end) for one in find_timexes(text, sentences(text), _PUBLISHED)]
    people, others = (_spans(text, case.get(kind, ())) for kind in ("people", "names"))
    past = case.get("past", False)
    return heading(
        text, 0, len(text), _date(case, spans), dates=spans, names=Names(people, others), past=past
    )


def _spans(text: str, names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(name), text.index(name) + len(name)) for name in names)


def _date(case: Case, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    if "date" not in case:
        return None
    first = case["text"].index(case["date"])
    held = (span for span in spans if span[0] < first + len(case["date"]) and first < span[1])
    try:
        return next(held)
    except StopIteration:
        raise ValueError(f"“{case['date']}” is no time expression of “{case['text']}”") from None


def shown(case: Case) -> str | None:
    """The heading, None where it is not one to propose."""
    found = made(case)
    return found.told if found.whole else None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", type=Path, nargs="?", default=CASES)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args()
    listed = cases(given.cases)
    wrong = [(case, got) for case in listed if (got := shown(case)) != case["heading"]]
    for case, got in wrong if given.wrong else ():
        print(f"{case['text']}\n  wanted: {case['heading']}\n  came:   {got}")
    print(
        f"{len(listed) - len(wrong)} of {len(listed)} headings as wanted: {100 * (1 - len(wrong) / len(listed)):.1f} %"
    )


if __name__ == "__main__":
    main()
