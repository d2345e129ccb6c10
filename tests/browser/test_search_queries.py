"""What a reader types, and what must stand first: search_queries.yml on the demo, asked in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("search_queries.yml"))
QUERIES = [(kind, case) for kind, cases in CASES.items() for case in cases]
ASK = """async queries => {
    const at = document.querySelector("script[src$='search/open.js']").src;
    const {makeWords} = await import(new URL("words.js", at));
    const {openIndex} = await import(new URL("reading.js", at));
    const {makeAsker} = await import(new URL("asking.js", at));
    const index = await openIndex(new URL("../../../", at));
    const {ask} = makeAsker(index, makeWords(index.table));
    const found = [];
    for (const query of queries) {
        const {answer} = await ask(query);
        found.push(answer.pages.length ? (await index.page(answer.pages[0])).title : "");
    }
    return found;
}"""


@pytest.fixture(scope="module")
def firsts(windows, address):
    """The title of the first result of each query."""
    page = windows.tab()
    page.goto(address + "search/")
    return dict(
        zip(
            [case["q"] for _, case in QUERIES],
            page.evaluate(ASK, [case["q"] for _, case in QUERIES]),
            strict=True,
        )
    )


def test_there_are_queries_of_each_kind():
    assert len(QUERIES) >= 120
    assert set(CASES) == {"names", "aliases", "slips", "phrases", "words", "dates", "french", "arabic"}
    assert len({case["q"] for _, case in QUERIES}) == len(QUERIES)


@pytest.mark.parametrize(("kind", "case"), QUERIES, ids=[f"{kind}: {case['q']}" for kind, case in QUERIES])
def test_what_is_wanted_stands_first(firsts, kind, case):
    wanted = case["first"] if isinstance(case["first"], list) else [case["first"]]
    assert firsts[case["q"]] in wanted, kind
