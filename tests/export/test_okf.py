"""The Open Knowledge Format bundle keeps to its specification, and says whose words are whose."""

from __future__ import annotations

import re

import pytest
import yaml
from tests.export.conftest import dataset

DRAFTED = """\
---
title: "Log <b>*x*</b>"
date: 2016-03-01
source: {publisher: The Paper, url: "https://paper.test/log", archived: "https://archive.test/log"}
status: published
entities: [geneva]
timeline:
  - {date: 2016-02-29, text: "Talks [end] in *Geneva*", quote: "They ended in Geneva on 29 February 2016", entities: [geneva]}
corrections:
  - {date: 2016-03-02, what: A name was wrong.}
  - {date: 2016-03-04, what: The day was wrong.}
---

They ended in Geneva on 29 February 2016. <script>alert(1)</script> [Inside](../../entities/geneva.md) and [outside](https://else.test/).
"""


@pytest.fixture(scope="module")
def bundle(export):
    return {name: content.decode() for name, content in export("okf").items()}


def concepts(files):
    return {
        name: text for name, text in files.items() if name.rpartition("/")[2] not in {"index.md", "log.md"}
    }


def head(text):
    return yaml.safe_load(text.split("---\n")[1])


def test_every_concept_has_front_matter_with_a_type_and_every_index_has_none_but_the_roots(bundle):
    assert {head(text)["type"] for text in concepts(bundle).values()} >= {
        "Article",
        "Person",
        "Place",
        "Dossier",
    }
    assert head(bundle["index.md"]) == {"okf_version": "0.2"}
    indexes = [text for name, text in bundle.items() if name.endswith("/index.md")]
    assert len(indexes) == 3
    assert not any(text.startswith("---") for text in indexes)


def test_every_link_of_the_bundle_leads_to_a_file_of_it(bundle):
    for name, text in bundle.items():
        room = name.rpartition("/")[0]
        for address in re.findall(r"\]\(([^)]+)\)", text):
            if "://" in address:
                continue
            path = address.lstrip("/") if address.startswith("/") else f"{room}/{address}".lstrip("/")
            assert path in bundle or f"{path}index.md" in bundle, (name, address)


def test_every_footnote_is_the_id_of_a_source(bundle):
    for name, text in concepts(bundle).items():
        ids = {one["id"] for one in head(text).get("sources", [])}
        assert set(re.findall(r"\[\^([^\]]+)\]", text)) <= ids, name


def test_an_article_has_its_original_as_its_source(bundle):
    said = head(bundle["articles/2016/dated.md"])
    (source,) = said["sources"]
    assert said["resource"] == "https://site.test/x/articles/2016/dated/"
    assert (source["id"], source["resource"], source["archived"]) == (
        "original", "https://paper.test/a%20b%7Bc%7D", "https://archive.test/1",
    )  # fmt: skip
    assert "> opened on Friday[^original]" in bundle["articles/2016/dated.md"]


@pytest.fixture(scope="module")
def odd(export, tmp_path_factory, furnish):
    repository = furnish(tmp_path_factory.mktemp("odd"))
    repository.write("articles/2016/log.md", DRAFTED)
    return {name: content.decode() for name, content in export("okf", dataset(repository)).items()}


def test_a_page_with_a_name_that_the_format_keeps_for_itself_gets_another(odd):
    assert head(odd["articles/2016/log_.md"])["type"] == "Article"
    assert "articles/2016/log.md" not in odd
    assert "(2016/log_.md)" in odd["articles/index.md"]


def test_nothing_of_a_text_becomes_markup(odd):
    text = odd["articles/2016/log_.md"]
    assert "\\<script>alert(1)\\</script>" in text
    assert "Talks \\[end\\] in \\*Geneva\\*" in text
    assert "[outside](https://else.test/)" in text
    assert "](../" not in text


def test_lists_are_by_folder_and_by_kind(odd):
    people, places = (odd["entities/index.md"].index(f"# {kind}\n") for kind in ("People", "Places"))
    assert people < odd["entities/index.md"].index("(jane-doe.md)") < places
    assert places < odd["entities/index.md"].index("(geneva.md)")
    assert odd["articles/index.md"].index("\n## 2016\n") < odd["articles/index.md"].index("(2016/log_.md)")


def test_corrections_stand_in_the_log_under_their_day_the_newest_first(odd):
    assert re.findall("(?m)^## (.*)", odd["log.md"])[:2] == ["2016-03-04", "2016-03-02"]
    assert re.search(
        r"## 2016-03-04\n\n\* \*\*Correction\*\*: \[.*\]\(/articles/2016/log_\.md\): The day was wrong\.",
        odd["log.md"],
    )


def test_what_editors_decided_on_is_verified_by_no_name(bundle):
    verified = [head(text).get("verified") for text in concepts(bundle).values()]
    assert {one["by"] for listed in verified if listed for one in listed} == {"human:editors"}
