"""What a page says of itself in a line: for cards of the home page, feeds and shared links."""

from __future__ import annotations

import pytest

PAGE = """\
---
title: {title}
date: 2009-07-03
lang: {lang}
status: published
---

{text}
"""


@pytest.mark.parametrize(
    ("title", "lang", "text", "expected"),
    [
        (
            "Bridge at Varna closes",
            "en",
            "Bridge at Varna closes\n\nJuly 03, 2009\n\nThe bridge was closed on Friday.",
            "The bridge was closed on Friday.",
        ),
        (
            "Bridge at Varna closes",
            "en",
            "Bridge at Varna closes for repairs worth 7.2 million\n\nThe bridge was closed on Friday.",
            "The bridge was closed on Friday.",
        ),
        (
            "Le pont ferme",
            "fr",
            "LE PONT FERME\n\n3 juillet 2009\n\nLe pont a fermé vendredi.",
            "Le pont a fermé vendredi.",
        ),
        (
            "Bridge at Varna closes",
            "en",
            "Bridge at Varna closes on Friday, the mayor said.\n\nTraffic stopped.",
            "Bridge at Varna closes on Friday, the mayor said. Traffic stopped.",
        ),
        ("Bridge", "en", "July 3, 2009\n\nBridge", "Bridge"),
        ("Bridge", "en", "July 4, 2009\n\nIt closed.", "July 4, 2009 It closed."),
    ],
)
def test_the_headline_and_the_day_of_the_report_are_not_said_again(empty, title, lang, text, expected):
    empty.write("articles/2009/bridge.md", PAGE.format(title=title, lang=lang, text=text))
    assert empty.page("articles/2009/bridge.md").meta["description"] == expected
