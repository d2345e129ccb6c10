"""What was typed into a form that the desk refuses, in a browser without scripts."""

from __future__ import annotations

import re

import pytest
from tests.desk.conftest import text

DOSSIER = "/dossier/first-dossier"
LEAD = "A bridge that “nobody” wanted.\n\nIt is <closed> & open."
WITHOUT_SCRIPTS = {"Sec-Fetch-Dest": "document"}


def send(browser, **headers):
    browser.get(DOSSIER)
    typed = {"body": LEAD, "dates": "2016-99", "save": "1"}
    return browser.post(DOSSIER, {**values(browser), **typed}, **headers)


def values(browser):
    return next(fields for action, fields in browser._forms() if action == DOSSIER)


def test_it_is_shown_again_once_and_can_be_corrected_there(browser, root):
    browser.get(send(browser, **WITHOUT_SCRIPTS).location)
    assert (values(browser)["body"], values(browser)["dates"]) == (LEAD, "2016-99")
    corrected = {**values(browser), "dates": "2016", "save": "1"}
    browser.get(browser.post(DOSSIER, corrected, **WITHOUT_SCRIPTS).location)
    assert LEAD in text(root, "content/dossiers/first-dossier.md")
    assert values(browser)["dates"] == "2016"


def test_a_form_that_was_unfolded_is_unfolded_again(browser):
    article = next(iter(browser.desk.index.articles.values())).id
    browser.get(f"/article/{article}")
    form = next(fields for action, fields in browser._forms() if action == f"/add-entry/{article}")
    typed = {"date": "2016-99", "text": "Ada Moreau is praised", "quote": "nobody wrote this"}
    sent = browser.post(f"/add-entry/{article}", {**form, **typed}, **WITHOUT_SCRIPTS)
    assert re.search(r'<details[^>]* id="add-entry"[^>]* open', browser.get(sent.location).text)


def test_a_script_puts_it_back_itself(browser):
    browser.get(send(browser, **{"Sec-Fetch-Dest": "empty"}).location)
    assert values(browser)["dates"] == ""


@pytest.mark.parametrize("other", ["/", "/articles"])
def test_another_page_stays_as_it_is(browser, other):
    expected = browser.get(other).text
    send(browser, **WITHOUT_SCRIPTS)
    browser.said()
    assert browser.get(other).text == expected
