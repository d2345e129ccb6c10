"""`dossier export prov` and the fold of a page: who proposed each claim, what became of it, and the original that it quotes; nobody is named."""

from __future__ import annotations

import json
import re

import lxml.html
import pytest
from click.testing import CliRunner
from tests.support.git import git

from dossierkit.build.dependencies.digests import Digests
from dossierkit.build.dependencies.facets import facets
from dossierkit.build.dependencies.reads import Reads
from dossierkit.build.load_site import SiteSettings, compiled
from dossierkit.cli import main
from dossierkit.model.proposal import Edited, Proposal, ProposedEntry
from dossierkit.store.proposal import dump

HASH = "ab" * 32
PAGE = f"""\
    ---
    title: Talks
    date: 2016-02-01
    arrived: 2016-02-02
    source: {{publisher: The Paper, url: "https://paper.example/1", file: seeds/talks.txt, sha256: {HASH}, captured: 2016-02-01}}
    status: reviewed
    timeline:
      - {{date: 2016-01-29, text: Talks open, quote: talks opened}}
      - {{date: 2016-01-30, text: They went, quote: They left}}
      - {{date: 2016-01-31, text: It rained, quote: It rained}}
      - {{date: 2016-02-01, text: They came back, quote: came back}}
    ---

    The talks opened. They left. It rained, and they came back.
    """


def proposed(key, date, text, quote, **more):
    return ProposedEntry(key, date, "", text, quote, "", "", (), 0, 1, 1.0, "", **more)


@pytest.fixture
def told(repository):
    (repository.root / "mkdocs.yml").write_text(
        "site_name: News\nsite_url: https://news.example/\ndocs_dir: content\nplugins: [dossier]\n",
        encoding="utf-8",
    )
    repository.write("articles/2016/talks.md", PAGE)
    proposal = Proposal(
        "dossierkit 9 rules 1",
        "",
        timeline=(
            proposed("k1", "2016-01-29", "Talks open", "talks opened"),
            proposed("k2", "2016-01-30", "They left", "They left the town"),
            proposed("k4", "2016-02-01", "They came back", "came back", maker="a-model 3", run="r7"),
        ),
        edited=(Edited("k2", "2016-01-30", "They went", "They left"),),
    )
    (repository.root / "seeds").mkdir()
    (repository.root / "seeds/talks.suggested.yml").write_text(dump(proposal), encoding="utf-8")

    def export():
        result = CliRunner().invoke(main, ["-C", str(repository.root), "export", "prov"])
        assert result.exit_code == 0, result.output
        return repository.root, json.loads(result.stdout)

    return export


def claims(document):
    """By text: the claim, and who it is attributed to in which role."""
    agents = {name: one["prov:label"] for name, one in document["agent"].items()}
    found = {
        name: (one, {}) for name, one in document["entity"].items() if one.get("prov:type") == "dossier:claim"
    }
    for one in document["wasAttributedTo"].values():
        found[one["prov:entity"]][1][one["dossier:role"]] = agents[one["prov:agent"]]
    return {one["prov:label"]: (one, roles) for one, roles in found.values()}


def test_each_claim_says_who_proposed_it_and_what_became_of_it(told):
    _, document = told()
    origins = {text: (one["dossier:origin"], roles) for text, (one, roles) in claims(document).items()}
    ours, theirs = {"proposed": "dossierkit 9 rules 1"}, {"proposed": "a-model 3"}
    editors = {"decided": "News"}
    accepted = "proposed by a program, and accepted by an editor as it was"
    assert origins == {
        "Talks open": (accepted, ours | editors),
        "They went": ("proposed by a program, and changed by an editor", ours | editors),
        "It rained": ("written by an editor", editors),
        "They came back": (accepted, theirs | editors),
    }


def test_each_claim_leads_to_its_sentence_and_to_the_hash_of_its_original(told):
    _, document = told()
    claim, _ = claims(document)["It rained"]
    assert claim["dossier:sentence"] == "It rained, and they came back."
    name = next(name for name, one in document["entity"].items() if one is claim)
    assert name.startswith("site:articles/2016/talks/#t-")
    (derived,) = (one for one in document["wasDerivedFrom"].values() if one["prov:generatedEntity"] == name)
    assert derived["prov:type"]["$"] == "prov:Quotation"
    original = document["entity"][derived["prov:usedEntity"]]
    assert (original["dossier:sha256"], original["prov:location"]) == (HASH, "https://paper.example/1")
    assert original["dossier:captured"] == "2016-02-01"
    article = document["entity"]["site:articles/2016/talks/"]
    assert article["dossier:shownSince"] == "2016-02-02"


def test_everything_has_a_name_under_a_declared_prefix_as_prov_asks_of_it(told):
    """PROV-DM: agents and entities are identified by qualified names; only relations may have none (`_:`)."""
    _, document = told()
    prefixes = tuple(f"{prefix}:" for prefix in document["prefix"])
    named = {*document["agent"], *document["entity"]}
    assert all(name.startswith(prefixes) for name in named), named
    roles = ("prov:entity", "prov:agent", "prov:generatedEntity", "prov:usedEntity")
    related = [*document["wasAttributedTo"].values(), *document["wasDerivedFrom"].values()]
    assert {one[role] for one in related for role in roles if role in one} <= named


def test_what_is_not_known_is_not_said(told):
    root, _ = told()
    (root / "seeds/talks.suggested.yml").unlink()
    _, document = told()
    assert "wasAttributedTo" not in document
    assert not any("dossier:origin" in one for one in document["entity"].values())


def fold(repository):
    """What the page of the article says of its entries, in the order in which it says so; and the links to their words."""
    body = repository.page("articles/2016/talks.md").body
    return lxml.html.fromstring(body).find_class("dk-origins")


def test_a_page_says_who_proposed_its_entries_and_what_became_of_them(told, repository):
    (found,) = fold(repository)
    groups = [
        (
            item.findtext("bdi").replace("\u2068", "").replace("\u2069", ""),
            [link.text for link in item.iter("a")],
        )
        for item in found.find("ul")
    ]
    assert groups == [
        ("Proposed by dossierkit 9 rules 1, accepted by editors as proposed", ["Talks open"]),
        ("Proposed by dossierkit 9 rules 1, changed by editors", ["They went"]),
        ("Written by editors", ["It rained"]),
        ("Proposed by a-model 3, accepted by editors as proposed", ["They came back"]),
    ]
    body = lxml.html.fromstring(repository.page("articles/2016/talks.md").body)
    assert all(body.get_element_by_id(link.get("href")[1:]) is not None for link in found.iter("a"))
    (cite,) = body.find_class("dk-cite")
    assert HASH in cite.text_content()


@pytest.mark.parametrize("text", [None, "<<<<<<< ours\nextractor: x\n", "extractor: [", "timeline: 7\n"])
def test_a_page_whose_proposals_are_gone_or_broken_says_nothing(told, repository, text):
    file = repository.root / "seeds/talks.suggested.yml"
    file.unlink() if text is None else file.write_text(text, encoding="utf-8")
    assert not fold(repository)


def test_the_name_of_a_maker_is_text_and_nothing_else(told, repository):
    file = repository.root / "seeds/talks.suggested.yml"
    text = file.read_text(encoding="utf-8")
    assert "a-model 3" in text
    file.write_text(text.replace("a-model 3", '"<img src=x onerror=y>{{ t }}"', 1), encoding="utf-8")
    (found,) = fold(repository)
    assert "<img src=x onerror=y>{{ t }}" in found.text_content().replace("\u2068", "").replace("\u2069", "")
    assert not list(found.iter("img"))


def test_only_the_page_whose_proposals_changed_is_made_anew(told, repository):
    def digests():
        reads = Reads()
        made = compiled(SiteSettings(docs=repository.content), later=True, reads=reads)
        of = Digests(made.frame, {id_: facets(one) for id_, one in made.frame.graph.articles.items()}).of
        return {page.path: {key: of(key) for key in reads.during(page.make)[1]} for page in made.later}

    repository.write("articles/2016/other.md", PAGE.replace("seeds/talks.txt", "seeds/other.txt"))
    before = digests()
    file = repository.root / "seeds/talks.suggested.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("a-model 3", "a-model 4"), encoding="utf-8")
    after = digests()
    assert [path for path in after if after[path] != before[path]] == ["articles/2016/talks.md"]


def test_a_page_says_the_same_to_machines(told, repository):
    page = repository.page("articles/2016/talks.md")
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.meta["dossier_head"])[1]
    said = json.loads(text)
    assert said["@context"][1]["prov"] == "http://www.w3.org/ns/prov#"
    events = {one["name"]: one for one in said["@graph"] if one["@type"] == "Event"}
    ours, theirs = (
        {"@type": "prov:SoftwareAgent", "name": name} for name in ("dossierkit 9 rules 1", "a-model 3")
    )
    assert {text: one.get("prov:wasAttributedTo") for text, one in events.items()} == {
        "Talks open": [ours, *EDITORS],
        "They went": [ours, *EDITORS],
        "It rained": EDITORS or None,
        "They came back": [theirs, *EDITORS],
    }
    assert {one["prov:wasQuotedFrom"]["@id"] for one in events.values()} == {f"urn:dossierkit:sha256-{HASH}"}


EDITORS: list[object] = []
"""The small repository says nowhere who publishes it."""


@pytest.fixture
def published(told):
    """The page was drafted by one and set free by another, under git."""
    root, _ = told()
    page = root / "content/articles/2016/talks.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("status: reviewed", "status: draft"), encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "-c", "user.name=Drafting Hand", "-c", "user.email=one@desk.example", "commit", "-qm", "Draft")
    page.write_text(text, encoding="utf-8")
    git(
        root,
        "-c",
        "user.name=Releasing Hand",
        "-c",
        "user.email=one@desk.example",
        "commit",
        "-qam",
        "Set free",
    )
    page.write_text(text.replace("It rained, and", "It rained and"), encoding="utf-8")
    git(root, "-c", "user.name=Later Hand", "-c", "user.email=one@desk.example", "commit", "-qam", "A comma")
    return told


def test_no_editor_is_named(published):
    root, document = published()
    assert "Hand" not in json.dumps(document)
    assert claims(document)["Talks open"][0]["dossier:decidedBefore"]
    assert "Hand" not in CliRunner().invoke(main, ["-C", str(root), "export", "jsonld"]).stdout


def test_who_set_a_page_free_is_named_where_the_site_says_so(published):
    root, _ = published()
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}extra: {{dossier: {{editors: git}}}}\n", encoding="utf-8")
    _, document = published()
    people = {
        name: one["prov:label"]
        for name, one in document["agent"].items()
        if one["prov:type"]["$"] == "prov:Person"
    }
    assert list(people.values()) == ["Releasing Hand"]
    released = [one for one in document["wasAttributedTo"].values() if one.get("dossier:role") == "released"]
    assert [(one["prov:entity"], people[one["prov:agent"]]) for one in released] == [
        ("site:articles/2016/talks/", "Releasing Hand")
    ]
    assert "Hand" not in CliRunner().invoke(main, ["-C", str(root), "export", "jsonld"]).stdout


def test_a_mailmap_gives_the_name_that_is_shown(published):
    root, _ = published()
    (root / ".mailmap").write_text("Desk One <one@desk.example>\n", encoding="utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}extra: {{dossier: {{editors: git}}}}\n", encoding="utf-8")
    _, document = published()
    assert "Desk One" in json.dumps(document)
    assert "Hand" not in json.dumps(document)
