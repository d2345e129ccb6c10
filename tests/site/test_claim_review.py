"""A claim that was checked: on the page, for machines, in every export that has entries, and kept by every update."""

from __future__ import annotations

import json
import re

import pytest

from dossierkit.build.outputs import save
from dossierkit.export.dataset import Dataset
from dossierkit.export.formats import FORMATS
from dossierkit.merge.fields import merge_fields
from dossierkit.merge.page import merge_page
from dossierkit.merge.page_items import open_page
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import SourceNote
from dossierkit.model.proposal import Proposal, ProposedEntry
from dossierkit.site.interface import Publication
from dossierkit.store.draft import Draft, write_draft
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.page_parser import article

REVIEW = """\
    claim_review:
      claim: "Geneva <b>never</b> hosted talks"
      by: [{{organization: The Ministry}}, Ann Doe]
      rating: {rating}
{more}"""
PAGE = """\
---
title: Talks
date: 2016-02-01
lang: en
status: published
entities: [geneva]
timeline:
  - date: 2016-01-29
    text: The Ministry denies the talks
    quote: denied that Geneva had hosted talks
{review}---

The Ministry denied that Geneva had hosted talks.
"""


def page(rating="false", more=""):
    return PAGE.format(review=REVIEW.format(rating=rating, more=more))


@pytest.fixture
def compiled(repository):
    def made(text):
        repository.write("articles/2016/checked.md", text)
        site = Publication(name="The Desk", address="https://site.test/x/")
        return repository.compile(publication=site, now="2026-01-01T00:00:00Z")

    return made


def nodes(text):
    return json.loads(text)["@graph"]


def export(made, name, folder):
    data = Dataset(made.frame)
    for file, parts in FORMATS[name].make(data).items():
        save(folder / file, parts)
    return {one.name: one.read_text(encoding="utf-8-sig") for one in folder.rglob("*") if one.is_file()}


def test_readers_see_the_claim_who_said_it_and_what_was_found(compiled):
    made = compiled(page(more="      reviewer: [Check Desk]\n      url: https://check.test/{1}\n"))
    (body,) = [one.body for one in made.pages if one.path == "articles/2016/checked.md"]
    (shown,) = re.findall(r'<p class="dk-entry__review">(.*?)</p>', body)
    text = re.sub(r"<[^>]+>", "", shown)
    assert text == (
        "Claim checked: Geneva &lt;b&gt;never&lt;/b&gt; hosted talks said by The Ministry, Ann Doe · "
        "false (checked by Check Desk) · the whole review"
    )
    assert '<a href="https://check.test/%7B1%7D"' in shown


def test_machines_get_a_claim_review(compiled, tmp_path):
    files = export(compiled(page()), "jsonld", tmp_path)
    (review,) = [one for one in nodes(files["site.jsonld"]) if one["@type"] == "ClaimReview"]
    event = review.pop("about")["@id"]
    assert event.startswith("https://site.test/x/articles/2016/checked/#t")
    assert review == {
        "@type": "ClaimReview",
        "url": event,
        "inLanguage": "en",
        "claimReviewed": "Geneva <b>never</b> hosted talks",
        "itemReviewed": {
            "@type": "Claim",
            "author": [
                {"@type": "Organization", "name": "The Ministry"},
                {"@type": "Person", "name": "Ann Doe"},
            ],
        },
        "reviewRating": {"@type": "Rating", "alternateName": "false"},
        "author": [{"@type": "Organization", "name": "The Desk"}],
    }


def test_the_page_says_the_same_to_machines(compiled):
    made = compiled(page())
    (head,) = [one.meta["dossier_head"] for one in made.pages if one.path == "articles/2016/checked.md"]
    assert '"@type":"ClaimReview"' in head


@pytest.mark.parametrize(("name", "file"), [("csv", "claim_reviews.csv"), ("okf", "checked.md")])
def test_exports_of_entries_carry_it(compiled, tmp_path, name, file):
    text = export(compiled(page()), name, tmp_path)[file]
    assert "hosted talks" in text
    assert "The Ministry" in text
    assert "false" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (page(more="      url: ftp://check.test/1\n"), "an address with https://"),
        (page(more="      verdict: x\n"), "has no key `verdict`"),
        (page(more="      reviewer: [{organization: A, family: B}]\n"), "an item of `reviewer` needs"),
        (page().replace("      claim:", "      claims:"), "claim"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, said):
    with pytest.raises(DiagnosticsError) as caught:
        article("2016/checked", "content/articles/2016/checked.md", text)
    assert any(said in one.message and one.line for one in caught.value.problems)


def drafted(one):
    draft = Draft(
        "T", "2016-02-01", "en", SourceNote(), (), one, "The Ministry denied that Geneva had hosted talks.\n"
    )
    return write_draft(draft, [packaged_templates()])


def proposal(*texts):
    quote = "denied that Geneva had hosted talks"
    return Proposal(
        "x",
        "y",
        (),
        tuple(
            ProposedEntry("k", "2016-01-29", "", text, quote, "", "", (), 0, 23, 0.6, "r") for text in texts
        ),
    )


@pytest.mark.parametrize("new", [("The Ministry denies",), ("Another heading",), ()])
def test_no_update_loses_a_review(new):
    """Neither a heading that the machine words otherwise, nor its proposing the entry no more."""
    last = proposal("The Ministry denies")
    text = drafted(last).rstrip("\n")
    head, quote = text.partition("    quote: denied that Geneva had hosted talks\n")[::2]
    text = f"{head}    quote: denied that Geneva had hosted talks\n{REVIEW.format(rating='false', more='')}{quote}\n"
    page_ = open_page("content/articles/2016/t.md", text, lambda body: body)
    made = merge_page(page_, last, proposal(*new), merge_fields(page_, {}, {}), ()).text
    (entry,) = article("2016/t", "content/articles/2016/t.md", made)[0].timeline
    assert entry.claim_review is not None
    assert (entry.claim_review.rating, entry.claim_review.claim) == (
        "false",
        "Geneva <b>never</b> hosted talks",
    )
