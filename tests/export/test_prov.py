"""`dossier export prov`: who proposed each claim, what became of it, and the original that it quotes; nobody is named."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.model.proposal import Edited, Proposal, ProposedEntry
from dossierkit.store.proposal import dump

HASH = "ab" * 32
PAGE = f"""\
    ---
    title: Talks
    date: 2016-02-01
    arrived: 2016-02-02
    source: {{publisher: The Paper, url: "https://paper.example/1", file: seeds/talks.txt, sha256: {HASH}}}
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
    article = document["entity"]["site:articles/2016/talks/"]
    assert article["dossier:shownSince"] == "2016-02-02"


def test_what_is_not_known_is_not_said(told):
    root, _ = told()
    (root / "seeds/talks.suggested.yml").unlink()
    _, document = told()
    assert "wasAttributedTo" not in document
    assert not any("dossier:origin" in one for one in document["entity"].values())
