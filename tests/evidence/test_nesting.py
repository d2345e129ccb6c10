"""Texts that nest too deeply for a parser are shown as they are written, in a time that grows with their length."""

from __future__ import annotations

import time

import pytest

from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.nesting import too_deep

EXTENSIONS = ("attr_list", "admonition", "footnotes", "tables")
DEEP = {
    "list": "- " * 3000 + "x",
    "numbers": "1. " * 3000 + "x",
    "quotation": ">" * 5000 + " x",
    "indented list": "\n".join(" " * 4 * at + "- x" for at in range(300)),
    "indented notes": "\n".join(" " * 4 * at + "!!! note" for at in range(300)),
    "brackets": "[" * 30_000,
    "pictures": "![" * 9000,
    "links without an end": "[a](" * 9000,
}
FLAT = {
    "closed brackets": "[a](b) " * 3000,
    "smileys": ":-( " * 90,
    "divider": "* " * 70 + "\n\n" + "- " * 70,
    "escaped": "\\[" * 3000,
    "brackets of many paragraphs": "[ (\n\n" * 3000,
    "nested list": "\n".join(" " * 4 * at + "- x" for at in range(12)),
    "code": "    " * 80 + "x = 1",
    "exclamation": "!" * 200,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_nests_too_deeply_is_shown_as_written_and_soon(text):
    written = f"The talks opened.\n\n{text}\n\n*Then* <b>they</b> ended.\n"
    start = time.process_time()
    html = renderer(EXTENSIONS, {})(written)
    assert time.process_time() - start < 1
    assert html.startswith("<p>The talks opened.</p>")
    assert html.endswith("<p>*Then* &lt;b&gt;they&lt;/b&gt; ended.</p>")


@pytest.mark.parametrize("text", FLAT.values(), ids=FLAT)
def test_what_people_write_is_formatted(text):
    assert too_deep(text) is None
    assert "<em>Then</em>" in renderer(EXTENSIONS, {})(f"{text}\n\n*Then* they ended.\n")
