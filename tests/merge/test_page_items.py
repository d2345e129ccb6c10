"""A page as the merge sees it."""

from __future__ import annotations

from dossierkit.merge.page_items import open_page
from dossierkit.store.edit_nodes import read

HEAD = "---\ntitle: A\nstatus: draft\ntimeline:\n"


def page(entries):
    """A page in which every fifth entry has a comment."""
    lines = (
        f"  - {{text: Event {at}, quote: word {at}}}{'' if at % 5 else '  # sure'}\n" for at in range(entries)
    )
    return f"{HEAD}{''.join(lines)}---\n\n## What was agreed\n"


def test_what_has_a_comment_is_confirmed():
    found = open_page("content/articles/a.md", page(10), str)
    assert [at for at, one in enumerate(found.timeline) if one.confirmed] == [0, 5]


def test_a_page_is_parsed_once_for_all_its_comments(calls_of):
    """Once for each entry was quadratic: `update` and `stats` took a second for a page of a hundred entries."""
    with calls_of(read) as calls:
        open_page("content/articles/a.md", page(40), str)
    assert len(calls) == 1
