"""What extraction must at least reach on articles that were written for the purpose; the figures are of this file's own scoring.

Floors lie a little under what was measured when they were set: they catch what gets worse, and are no praise. Figures on
annotated corpora stand in docs/explanation/extraction-figures.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.names.installed import installed
from dossierkit.extract.pipeline import extract
from dossierkit.model.finding import Extraction, NameFinder
from dossierkit.model.source import Article

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases").joinpath("floors.yml"))
NAMED = ("person", "organization", "place")
Span = tuple[int, int]


def f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted)


def occurrences(text: str, form: str) -> Iterator[Span]:
    at = text.find(form)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(form) : at + len(form) + 1]
        if not any(char.isalnum() for char in around):
            yield at, at + len(form)
        at = text.find(form, at + 1)


def spans(case: dict[str, Any]) -> dict[Span, tuple[int, str]]:
    """Span -> (number of its entity, type; -1 and "" where editors may differ)."""
    forms = [
        (form, n, entity["type"]) for n, entity in enumerate(case["entities"]) for form in entity["names"]
    ]
    forms += [(form, -1, "") for form in case.get("either", ())]
    found: dict[Span, tuple[int, str]] = {}
    for form, number, kind in sorted(forms, key=lambda one: -len(one[0])):
        assert form in case["text"], form
        for start, end in occurrences(case["text"], form):
            if all(end <= first or last <= start for first, last in found):
                found[start, end] = (number, kind)
    return found


def extracted(case: dict[str, Any], names: NameFinder | None) -> Extraction:
    published = case.get("published")
    return extract(Article("a", case["text"], published=str(published) if published else None), EMPTY, names)


def names_f1(found: list[Extraction]) -> float:
    """Exact spans with their types."""
    right = given = wanted = 0
    for case, one in zip(CASES, found, strict=True):
        gold = spans(case)
        neutral = [span for span, (number, _) in gold.items() if number < 0]
        mentions = [
            (m.start, m.end, m.type)
            for m in one.mentions
            if m.type in NAMED and not any(m.start < end and start < m.end for start, end in neutral)
        ]
        expected = {(*span, kind) for span, (number, kind) in gold.items() if number >= 0}
        right, given, wanted = (
            right + len(expected & set(mentions)),
            given + len(mentions),
            wanted + len(expected),
        )
    return f1(right, given, wanted)


def identity_f1(found: list[Extraction]) -> float:
    """B-cubed over the mentions of the case file; one that was not found stands alone."""
    pairs = []
    for number, (case, one) in enumerate(zip(CASES, found, strict=True)):
        by_span = {(m.start, m.end): m.entity for m in one.mentions}
        pairs += [
            ((number, gold), (number, by_span.get(span, f"?{span}")))
            for span, (gold, _) in spans(case).items()
            if gold >= 0
        ]
    shared = [sum(pair == other for other in pairs) for pair in pairs]
    alike = [[sum(pair[side] == other[side] for other in pairs) for pair in pairs] for side in (1, 0)]
    precision, recall = (
        sum(n / of for n, of in zip(shared, side, strict=True)) / len(pairs) for side in alike
    )
    return 2 * precision * recall / (precision + recall)


def dates_f1(found: list[Extraction]) -> float:
    """An expression is right where it overlaps the words of the case file and has their date; durations do not count."""
    right = given = wanted = 0
    for case, one in zip(CASES, found, strict=True):
        dated = [timex for timex in one.timexes if timex.type in ("DATE", "TIME")]
        at = 0
        for words, date in case["dates"]:
            start = case["text"].index(words, at)
            at = start + len(words)
            right += any(t.start < at and start < t.end and (t.edtf or "") == str(date) for t in dated)
        given, wanted = given + len(dated), wanted + len(case["dates"])
    return f1(right, given, wanted)


@pytest.fixture(scope="module", params=["model", "rules alone"])
def found(request: pytest.FixtureRequest) -> tuple[str, list[Extraction]]:
    names = installed() if request.param == "model" else None
    assert names is not None or request.param == "rules alone"
    return request.param, [extracted(case, names) for case in CASES]


@pytest.mark.parametrize(
    ("measure", "floors"),
    [
        (names_f1, {"model": 0.91, "rules alone": 0.84}),
        (identity_f1, {"model": 0.96, "rules alone": 0.96}),
        (dates_f1, {"model": 0.95, "rules alone": 0.95}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_figures_stay_above_their_floors(found, measure, floors: dict[str, float]) -> None:
    system, extractions = found
    assert measure(extractions) >= floors[system]
