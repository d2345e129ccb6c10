"""The rights of a source: as they are written, with the address in them as a link and as the licence for programs."""

from __future__ import annotations

import json
import re

import pytest

from dossierkit.build.outputs import save
from dossierkit.export.dataset import Dataset
from dossierkit.export.formats import FORMATS
from dossierkit.site.interface import Publication

PAGE = """\
---
title: Talks
date: 2016-02-01
status: published
source: {{publisher: The Paper, rights: {rights}}}
---

The talks opened.
"""


@pytest.mark.parametrize(
    ("rights", "address"),
    [
        ("CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).", "https://creativecommons.org/licenses/by/4.0/"),
        ("https://paper.test/terms?a=1&b={c}", "https://paper.test/terms?a=1&b=%7Bc%7D"),
        ("All rights stay with The Paper.", ""),
        ("javascript:alert(1)", ""),
        ("text https://paper.test/a, pictures https://paper.test/b", ""),
    ],
)  # fmt: skip
def test_the_one_address_in_the_rights_is_the_licence(repository, tmp_path, rights, address):
    repository.write("articles/2016/rights.md", PAGE.format(rights=json.dumps(rights)))
    site = Publication(name="The Desk", address="https://site.test/x/")
    made = repository.compile(publication=site, now="2026-01-01T00:00:00Z")
    (page,) = [one for one in made.pages if one.path == "articles/2016/rights.md"]
    links = re.findall(
        r'<a href="(https://(?:paper\.test|creativecommons\.org)/[^"]*)"[^>]*>(.*?)</a>', page.body
    )
    shown = rights.replace("&", "&amp;")
    assert links == ([(address.replace("&", "&amp;"), shown)] if address else [])
    assert shown in page.body
    assert (f'"license":{json.dumps(address)}' in page.meta["dossier_head"].replace("\\u0026", "&")) is bool(
        address
    )
    for file, parts in FORMATS["jsonld"].make(Dataset(made.frame)).items():
        save(tmp_path / file, parts)
    (graph,) = [json.loads(one.read_text("utf-8"))["@graph"] for one in tmp_path.rglob("*.jsonld")]
    (node,) = [one for one in graph if one.get("headline") == "Talks"]
    assert (node["copyrightNotice"], node.get("license", "")) == (rights, address)
