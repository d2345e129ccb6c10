"""What is let pass, where, and why."""

from __future__ import annotations

import pytest

from dossierkit.check.selection import SelectionError, select_rules
from dossierkit.check.waivers import evidence_waivers

ARTICLE = "content/articles/2016/talks.md"
WHY = "the source was taken offline"


def wrong_quote(desk, *, item="- {date: 2016-01-29, text: Talks open, quote: nowhere}", above=""):
    page = desk.read(ARTICLE).replace(
        "  - {date: 2016-01-29, text: Talks open, quote: opened on Friday}\n", f"{above}  {item}\n"
    )
    desk.write(ARTICLE, page)
    return page


def test_a_claim_without_words_stands_with_a_written_reason(filled):
    page = wrong_quote(filled, above=f"  # dossier: ignore D201 -- {WHY}\n")
    report = filled.check()
    assert report.found == ()
    ((checked, reason),) = report.passed
    assert (checked.problem.code, reason) == ("D201", WHY)
    assert evidence_waivers(page) == {11: WHY}


def test_the_comment_may_stand_on_the_line(filled):
    wrong_quote(filled, item=f"- {{text: Talks open, quote: nowhere}}  # dossier: ignore D201 -- {WHY}")
    assert filled.places() == []


def test_a_whole_item_is_meant(filled):
    item = "- date: 2016-01-29\n    text: Talks open\n    # a note\n    quote: nowhere"
    page = wrong_quote(filled, item=item, above=f"  # dossier: ignore D201 -- {WHY}\n  # another\n\n")
    assert filled.places() == []
    assert sorted(evidence_waivers(page)) == [13, 14, 15, 16]


@pytest.mark.parametrize("reason", ["", " --", " -- no", " -- ok ok ok !!!"])
def test_the_evidence_gate_asks_for_a_reason(filled, reason):
    wrong_quote(filled, above=f"  # dossier: ignore D201{reason}\n")
    assert filled.places() == [f"{ARTICLE}:10:3 D130", f"{ARTICLE}:11:49 D201"]


def test_the_evidence_gate_is_never_open_for_a_whole_page(filled):
    page = wrong_quote(filled).replace("---\n", f"---\n# dossier: ignore-file D201 -- {WHY}\n", 1)
    filled.write(ARTICLE, page)
    assert [place.split()[1] for place in filled.places()] == ["D130", "D201"]
    assert evidence_waivers(page) == {}


def test_a_neighbour_is_not_meant(filled):
    second = "- {date: 2016, text: B, quote: neither}"
    wrong_quote(
        filled,
        item=f"- {{text: A, quote: nowhere}}\n  {second}",
        above=f"  # dossier: ignore D201 -- {WHY}\n",
    )
    assert filled.places() == [f"{ARTICLE}:12:34 D201"]


def test_a_warning_needs_no_reason_and_may_be_meant_for_the_page(filled):
    page = filled.read(ARTICLE).replace("---\n", "---\n# dossier: ignore-file D703, D704\n", 1)
    filled.write(ARTICLE, page + "\nCall +41 22 555 01 23 at 12 Lake Road.\n")
    assert filled.places() == []


def test_what_ignores_nothing_is_said(filled):
    page = filled.read(ARTICLE).replace(
        "  - geneva\n", "  - geneva  # dossier: ignore D203, D703 -- named on the picture\n"
    )
    filled.write(ARTICLE, page)
    assert filled.places() == [f"{ARTICLE}:8:13 D131", f"{ARTICLE}:8:13 D131"]


@pytest.mark.parametrize("rest", ["", " everything", " D999", " D703 because"])
def test_a_comment_that_means_nothing_is_an_error(filled, rest):
    filled.write(ARTICLE, filled.read(ARTICLE).replace("---\n", f"---\n# dossier: ignore{rest}\n", 1))
    assert filled.places() == [f"{ARTICLE}:2:1 D130"]


def test_words_in_a_text_are_no_comment(filled):
    filled.write(
        ARTICLE,
        filled.read(ARTICLE)
        .replace("title: Talks", 'title: "# dossier: ignore D201 x" #')
        .replace("Jane Doe came", "# dossier: ignore D203 Jane Doe came"),
    )
    assert filled.places() == []


SETTINGS = """\
site_name: x
docs_dir: content
theme: {name: mkdocs}
plugins: [dossier]
extra:
  dossier:
    check:
"""


def test_a_repository_switches_rules_off_with_reasons(filled):
    filled.write(ARTICLE, filled.read(ARTICLE) + "\nCall +41 22 555 01 23 at 12 Lake Road.\n")
    filled.write("mkdocs.yml", SETTINGS + '      ignore: {D704: "streets are public here"}\n')
    assert [place.split()[1] for place in filled.places()] == ["D703"]
    filled.write(
        "mkdocs.yml",
        SETTINGS + '      per-file: {"content/articles/2016/*": {D703: "an office", D704: "public here"}}\n',
    )
    assert [place.split()[1] for place in filled.places()] == ["D703", "D130"]
    filled.write(
        "mkdocs.yml",
        SETTINGS
        + '      per-file: {"content/articles/2016/*": {D703: "an office number", D704: "public here"}}\n',
    )
    assert filled.places() == []


def test_only_pages_that_a_pattern_matches_are_meant(filled):
    filled.write(ARTICLE, filled.read(ARTICLE) + "\nCall +41 22 555 01 23.\n")
    filled.write(
        "mkdocs.yml", SETTINGS + '      per-file: {"content/articles/2015/*": {D703: "an office number"}}\n'
    )
    assert [place.split()[1] for place in filled.places()] == ["D703"]


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ('      ignore: {D201: "we trust ourselves entirely"}\n', "8:16"),
        ("      ignore: {D704: }\n", "8:16"),
        ('      ignore: {D999: "a long enough reason"}\n', "8:16"),
        ("      ignore: [D704]\n", "7:5"),
        ('      ignored: {D704: "a long enough reason"}\n', "8:7"),
    ],
)
def test_settings_that_cannot_hold_are_errors(filled, told, place):
    filled.write("mkdocs.yml", SETTINGS + told)
    assert filled.places() == [f"mkdocs.yml:{place} D130"]


def test_the_command_line_cannot_open_the_evidence_gate():
    for told in ("D2", "D201", "D"):
        with pytest.raises(SelectionError, match=r"is not switched off"):
            select_rules("", told)
    with pytest.raises(SelectionError, match="there is no rule D999"):
        select_rules("D999", "")
    assert select_rules("D20", "").chosen >= {"D201", "D202", "D203", "D204", "D205"}
