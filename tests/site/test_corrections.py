"""What is said of pages afterwards, and what is not said yet: corrections, tombstones, embargoes, retired ids."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from dossierkit.model.instant import InstantError, parse
from dossierkit.site.withholding import without

ARTICLE = "articles/2016/talks.md"
ATOM = "{http://www.w3.org/2005/Atom}"
CORRECTED = """\
    corrections:
      - {date: 2016-02-05, what: The talks opened on Friday., why: "A reader wrote <b>twice</b>."}
      - {date: 2016-02-07, what: "الأرقام صُححت"}
    ---
"""


def edit(repository, path, old, new):
    text = (repository.content / path).read_text(encoding="utf-8")
    assert old in text
    repository.write(path, text.replace(old, new, 1))


def set_keys(repository, path, keys):
    text = (repository.content / path).read_text(encoding="utf-8")
    head, body = text[4:].split("\n---\n", 1)
    repository.write(path, f"---\n{head}\n{keys}\n---\n{body}")


def codes(compiled):
    return [problem.code for problem in compiled.problems]


def corrected(repository, path=ARTICLE):
    keys = "\n".join(line[4:] for line in CORRECTED.splitlines()[:-1])
    set_keys(repository, path, keys)


@pytest.mark.parametrize("path", [ARTICLE, "entities/jane-doe.md"])
def test_corrections_stand_on_their_page_newest_first(repository, path):
    corrected(repository, path)
    body = repository.page(path).body
    notice = re.search(r'<aside class="dk-notice dk-corrections".*?</aside>', body)[0]
    assert notice.index("2016-02-07") < notice.index("2016-02-05")
    assert "5 February 2016" in notice
    assert "A reader wrote &lt;b&gt;twice&lt;/b&gt;." in notice
    assert '<span lang="en" dir="auto">الأرقام صُححت</span>' in notice


def test_the_index_has_the_corrections_of_every_kind_of_page(repository):
    for path in (ARTICLE, "entities/jane-doe.md"):
        corrected(repository, path)
    repository.write(
        "dossiers/one.md",
        "---\ntitle: One\nstatus: published\ncorrections: [{date: 2017, what: More.}]\n---\n\nLead.\n",
    )
    body = repository.page("corrections/index.md").body
    links = [link for link in re.findall(r'<a href="([^"]+)"', body) if link != "feed.xml"]
    assert links == ["../dossiers/one/", *["../articles/2016/talks/", "../entities/jane-doe/"] * 2]
    assert "No corrections" not in body


def test_without_corrections_the_index_says_so_and_pages_say_nothing(repository):
    assert "No corrections so far." in repository.page("corrections/index.md").body
    assert "dk-corrections" not in repository.page(ARTICLE).body


def test_a_correction_needs_its_date_and_what_it_is(repository):
    set_keys(repository, ARTICLE, "corrections: [{why: Nobody knows}]")
    assert codes(repository.compile()) == ["D104", "D104"]


def test_corrections_of_a_page_kept_back_are_kept_back(repository):
    corrected(repository)
    edit(repository, ARTICLE, "status: published", "status: draft")
    assert "5 February" not in repository.page("corrections/index.md").body


WITHDRAWN = """\
---
title: {title}
status: withdrawn
{more}
withdrawn:
  date: 2016-06-02
  reason: {reason}
---
"""


def withdrawals(repository):
    body = repository.page("corrections/index.md").body
    return re.search(r'<section class="dk-section" id="withdrawn">.*?</section>', body)


def test_readers_who_come_from_a_tombstone_find_when_and_why_but_no_title(repository):
    text = WITHDRAWN.format(
        title="The engineer speaks",
        more="date: 2016-05-20",
        reason="The person who was interviewed withdrew consent.",
    )
    repository.write("articles/2016/gone.md", text)
    listed = withdrawals(repository)[0]
    assert "An article was withdrawn" in listed
    assert "2 June 2016" in listed
    assert "The person who was interviewed withdrew consent." in listed
    assert "engineer" not in listed
    assert "gone" not in listed
    assert 'href="../../../corrections/#withdrawn"' in repository.page("articles/2016/gone.md").body


def test_a_reason_that_names_who_asked_is_on_the_tombstone_only(repository):
    text = WITHDRAWN.format(title="Ada Moreau", more="type: person", reason="Ms Moreau asked for it.")
    repository.write("entities/ada-moreau.md", text)
    listed = withdrawals(repository)[0]
    assert "A name was withdrawn" in listed
    assert "Moreau" not in listed
    assert "Ms Moreau asked for it." in repository.page("entities/ada-moreau.md").body


def test_where_nothing_was_withdrawn_nothing_is_said_of_it(repository):
    assert withdrawals(repository) is None


EMBARGO = "2026-12-01T06:00:00Z"


@pytest.mark.parametrize(
    ("now", "there"),
    [
        ("", False),
        ("2026-12-01T05:59:59Z", False),
        ("2026-12-01T06:00:00Z", True),
        ("2027-01-01T00:00:00Z", True),
    ],
)
@pytest.mark.parametrize("written", ["2026-12-01T06:00Z", "2026-12-01T07:00+01:00", '"2026-12-01 06:00:00Z"'])
def test_an_embargo_ends_at_its_instant(repository, now, there, written):
    set_keys(repository, ARTICLE, f"embargo: {written}")
    compiled = repository.compile(now=now)
    assert codes(compiled) == []
    assert (ARTICLE in {page.path for page in compiled.pages}) is there
    assert ("Talks open" in "".join(page.body for page in compiled.pages)) is there
    assert ARTICLE in compiled.replaces


def test_a_preview_shows_embargoed_pages_and_says_that_they_are(repository):
    set_keys(repository, ARTICLE, f"embargo: {EMBARGO}")
    assert f"Under embargo until {EMBARGO}" in repository.page(ARTICLE, drafts=True).body
    assert "Under embargo" not in repository.page(ARTICLE, drafts=True, now=EMBARGO).body


@pytest.mark.parametrize(
    "written",
    ["2026-12-01", "2026-12-01T06:00", "tomorrow", "", "2026-13-01T06:00Z", "2026-12-01T25:00Z", "[]"],
)
def test_an_embargo_that_is_no_instant_publishes_nothing(repository, written):
    set_keys(repository, ARTICLE, f"embargo: {written}")
    compiled = repository.compile(now="9999-12-31T00:00:00Z")
    assert set(codes(compiled)) <= {"D804", "D105"}
    assert compiled.problems
    assert all(problem.severity == "error" for problem in compiled.problems)
    assert "Talks open" not in "".join(page.body for page in compiled.pages)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2026-12-01T06:00Z", EMBARGO),
        ("2026-12-01t06:00:00z", EMBARGO),
        ("2026-12-01T00:30-05:30", EMBARGO),
        ("0999-12-01T06:00Z", "0999-12-01T06:00:00Z"),
    ],
)
def test_instants_have_one_form(text, canonical):
    assert parse(text) == canonical


def test_an_instant_beyond_the_calendar_is_none():
    with pytest.raises(InstantError):
        parse("0001-01-01T00:00+14:00")


def test_a_record_is_kept_back_with_the_only_page_that_names_it(repository):
    repository.write("entities/rome.md", "---\ntitle: Rome\ntype: place\nstatus: reviewed\n---\n")
    edit(repository, ARTICLE, "status: published", f"status: published\nembargo: {EMBARGO}")
    edit(
        repository, "entities/rome.md", "type: place", "type: place\nrelations: [{type: near, to: jane-doe}]"
    )
    pages = {page.path: page.body for page in repository.compile().pages}
    assert "entities/rome.md" in pages
    assert not {"entities/jane-doe.md", "entities/geneva.md"} & pages.keys()
    assert "Jane Doe" not in "".join(pages.values())
    assert "entities/jane-doe.md" in {page.path for page in repository.compile(now=EMBARGO).pages}


def test_a_dossier_may_list_what_is_not_published_yet(repository):
    repository.write(
        "dossiers/one.md",
        "---\ntitle: One\nstatus: published\narticles: [2016/talks]\ncast: [geneva]\n---\n\n"
        "See [the talks](../articles/2016/talks.md).\n",
    )
    edit(repository, ARTICLE, "status: published", "status: draft")
    compiled = repository.compile()
    assert codes(compiled) == []
    page = next(page for page in compiled.pages if page.path == "dossiers/one.md")
    assert "2016/talks" not in page.body
    assert "\n\nSee the talks.\n\n" in page.body


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[a *b*](x.md)", "a *b*"),
        ("[a](x.md#y 'z') [b](y.md)", "a [b](y.md)"),
        ("![alt](<x.md>)", "alt"),
        ("[a [b]](./x.md)", "a [b]"),
        ('[a][1]\n\n[1]: x.md "t"', '[a][1]\n\n[1]: # "t"'),
        ("<a href='x.md'>a</a>", "<a href='#'>a</a>"),
        ("[a](https://x.test/x.md)", "[a](https://x.test/x.md)"),
        ("[a](/x.md) x.md", "[a](/x.md) x.md"),
    ],
)
def test_links_to_what_is_kept_back_become_their_words(markdown, expected):
    assert without(markdown, "page.md", {"x.md"}) == expected


def test_files_that_only_a_page_kept_back_shows_are_kept_back(repository, pixel):
    for name in ("own.png", "shared.png", "unused.png"):
        (repository.content / "articles/2016" / name).write_bytes(pixel)
    repository.write(
        "articles/2016/draft.md", "---\ntitle: D\nstatus: draft\n---\n\n![a](own.png) ![b](shared.png)\n"
    )
    edit(repository, ARTICLE, "Jane Doe came", "![b](shared.png) Jane Doe came")
    kept = {path for path in repository.compile().replaces if path.endswith(".png")}
    assert kept == {"articles/2016/own.png"}


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("status: withdrawn\nwithdrawn: {reason: R., date: 2016-03-01}", [("D806", "warning")]),
        ("status: withdrawn", [("D806", "warning")]),
        ("status: published\nwithdrawn: {reason: R.}", [("D803", "error")]),
        ("status: withdrawn\nwithdrawn: {date: 2016-03-01}", [("D104", "error")]),
    ],
)
def test_a_withdrawal_says_one_thing(repository, keys, found):
    edit(repository, ARTICLE, "status: published", keys)
    problems = repository.compile().problems
    assert [(problem.code, problem.severity) for problem in problems] == found


def test_a_tombstone_has_no_word_of_the_page_even_where_they_still_stand(repository):
    edit(
        repository,
        ARTICLE,
        "status: published",
        "status: withdrawn\nwithdrawn: {reason: R<i>., date: 2016-03-01}",
    )
    page = repository.page(ARTICLE)
    assert "R&lt;i&gt;." in page.body
    assert "1 March 2016" in page.body
    assert "spoke" not in page.body
    assert "The Paper" not in page.body


def test_text_may_link_to_a_tombstone_and_to_a_retired_address(repository):
    repository.write(
        "articles/2016/gone.md", "---\ntitle: Gone\nstatus: withdrawn\nwithdrawn: {reason: R.}\n---\n"
    )
    set_keys(repository, "entities/jane-doe.md", "redirects: [doe]")
    edit(repository, ARTICLE, "Jane Doe came", "[x](gone.md) [y](../../entities/doe.md) Jane Doe came")
    compiled = repository.compile()
    assert codes(compiled) == []
    page = next(page for page in compiled.pages if page.path == ARTICLE)
    assert 'href="../gone/"' in page.body
    assert 'href="../../../entities/doe/"' in page.body


@pytest.mark.parametrize(
    ("links", "served", "target", "address"),
    [
        ("directory", "directory", "../jane-doe/", "entities/jane-doe/"),
        ("file", "file", "jane-doe.html", "entities/jane-doe.html"),
        ("source", "directory", "jane-doe.md", "entities/jane-doe/"),
        ("source", "file", "jane-doe.md", "entities/jane-doe.html"),
    ],
)
def test_a_retired_address_leads_on_in_every_form(repository, links, served, target, address):
    set_keys(repository, "entities/jane-doe.md", "redirects: [doe]")
    page = repository.page("entities/doe.md", links=links, served=served)
    assert page.meta["redirect"] == address
    assert f'href="{target}"' in page.body


def test_an_id_is_retired_to_one_record_only(repository):
    set_keys(repository, "entities/jane-doe.md", "redirects: [doe, geneva]")
    set_keys(repository, "entities/geneva.md", "redirects: [doe]")
    problems = repository.compile().problems
    assert [(problem.code, problem.path) for problem in problems] == [
        ("D802", "content/entities/jane-doe.md"),
        ("D802", "content/entities/jane-doe.md"),
    ]


def test_a_retired_id_in_a_page_is_told_with_the_new_one(repository):
    set_keys(repository, "entities/jane-doe.md", "redirects: [doe]")
    edit(repository, ARTICLE, "  - jane-doe", "  - doe")
    repository.write(
        "dossiers/one.md",
        "---\ntitle: One\nstatus: published\nselect: {entities_any: [doe]}\ncast: [doe]\n---\n\nLead.\n",
    )
    problems = repository.compile().problems
    assert [(problem.code, problem.path, problem.line) for problem in problems] == [
        ("D801", "content/articles/2016/talks.md", 8),
        ("D801", "content/dossiers/one.md", 4),
        ("D801", "content/dossiers/one.md", 5),
    ]
    assert all("`doe` is `jane-doe` now" in problem.message for problem in problems)


def test_corrections_are_a_feed_that_leads_to_their_pages(repository):
    assert "corrections/feed.xml" not in repository.compile().files
    corrected(repository)
    for settings in ({}, {"links": "source"}):
        compiled = repository.compile(**settings)
        feed = ET.fromstring(compiled.files["corrections/feed.xml"])
        entries = feed.findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}updated")[:10] for entry in entries] == ["2016-02-07", "2016-02-05"]
        assert (
            entries[1].findtext(f"{ATOM}content")
            == "The talks opened on Friday. A reader wrote <b>twice</b>."
        )
        assert entries[0].find(f"{ATOM}link").get("href") == "../articles/2016/talks/"
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    assert 'href="feed.xml"' in repository.page("corrections/index.md").body


def test_an_article_describes_itself_and_its_corrections_to_machines(repository):
    corrected(repository)
    text = (repository.content / ARTICLE).read_text(encoding="utf-8")
    repository.write(ARTICLE, text.replace("title: Talks open in Geneva", 'title: "</script><b>Talks</b>"'))
    head = repository.page(ARTICLE).meta["dossier_head"]
    assert head.count("</script>") == 1
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', head)[1]
    described = json.loads(found)["@graph"][0]
    assert described["@type"] == "NewsArticle"
    assert described["headline"] == "</script><b>Talks</b>"
    assert described["datePublished"] == "2016-02-01"
    assert {
        "@type": "Place",
        "@id": "../../../entities/geneva/",
        "name": "Geneva",
        "sameAs": ["https://www.wikidata.org/entity/Q71"],
    } in described["mentions"]
    assert [item["datePublished"] for item in described["correction"]] == ["2016-02-05", "2016-02-07"]


@pytest.mark.parametrize(
    ("path", "kind"), [("entities/jane-doe.md", "ProfilePage"), ("dossiers/one.md", "CollectionPage")]
)
def test_corrections_of_records_and_dossiers_are_told_to_machines(repository, path, kind):
    repository.write("dossiers/one.md", "---\ntitle: One\nstatus: published\n---\n\nLead.\n")
    assert "CorrectionComment" not in repository.page(path).meta["dossier_head"]
    corrected(repository, path)
    head = repository.page(path).meta["dossier_head"]
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head)
    assert "<" not in found
    nodes = json.loads(found)["@graph"]
    (described,) = (node for node in nodes if "correction" in node)
    assert described["@type"] == kind
    assert described["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "The talks opened on Friday. A reader wrote <b>twice</b>.",
            "datePublished": "2016-02-05",
        },
        {"@type": "CorrectionComment", "text": "الأرقام صُححت", "datePublished": "2016-02-07"},
    ]
