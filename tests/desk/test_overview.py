"""The overview and the list of articles at the desk."""

from __future__ import annotations

import re

from tests.desk.conftest import opened


def test_articles_with_the_same_title_are_told_apart_by_day_and_publisher(root):
    given = {"agency-warns-of-low-water": "Lenn Courier", "chair-of-the-council-resigns": "Valley Voice"}
    for name, publisher in given.items():
        page = root / f"content/articles/2016/{name}.md"
        titled = re.sub(r"(?m)^title: .*$", "title: Minutes", page.read_text(encoding="utf-8"))
        page.write_text(titled.replace("source:\n", f"source:\n  publisher: {publisher}\n"), encoding="utf-8")
    desk = opened(root)
    for view in ("/", "/articles"):
        listed = desk.get(view).text
        assert listed.count("<bdi>Minutes</bdi>") == 2
        assert "<bdi>Lenn Courier</bdi>" in listed
        assert "<bdi>Valley Voice</bdi>" in listed
    assert '<bdi dir="ltr">2016-06-12</bdi> · <bdi>Valley Voice</bdi>' in desk.get("/").text
