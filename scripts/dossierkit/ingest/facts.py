"""What a source says of itself, value by value with its place, put together with its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from dossierkit.ingest.clean import one_line
from dossierkit.ingest.escape import markdown_text, page_body
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Fact, Mark, Source

NONE = Fact()
_DIGITS = re.compile(r"-[0-9a-f]{8}\Z")
FIELDS = (
    "title", "published", "lang", "author", "publisher", "url", "rights", "archived", "captured", "identifier",
)  # fmt: skip


def fact(value: str | None, origin: str) -> Fact:
    """A value on one line, and its place; nothing where there is no value."""
    line = one_line(value or "")
    return Fact(line, origin) if line else NONE


def named(file: str) -> Fact:
    """A title for what has none: its file name, without the digits by which `dossier add` tells parts from each other."""
    stem = _DIGITS.sub("", PurePosixPath(file).stem)
    return fact(stem.replace("_", " ").replace("-", " "), "its file name")


def first(*facts: Fact) -> Fact:
    """The first that says something."""
    return next((one for one in facts if one), NONE)


def source_of(
    blocks: Iterable[str],
    facts: Mapping[str, Fact],
    notes: Iterable[str] = (),
    tags: Iterable[str] = (),
    pages: Iterable[Mark] = (),
) -> Source:
    """Blocks of Markdown and facts by name (of FIELDS) as a source. A first block that repeats the title is left out.

    Raises RefusedError where there are no words.
    """
    listed = list(blocks)
    title = facts["title"].value if facts.get("title") else ""
    begun = tuple(pages)
    if not begun and len(listed) > 1 and listed[0].lstrip("# ") == markdown_text(title):
        listed = listed[1:]
    body = page_body(listed)
    if not body.strip():
        raise RefusedError("holds no text: add a source that has some, or copy the text into a .txt file")
    given = {name: facts[name] for name in FIELDS if facts.get(name)}
    return Source(
        title=title,
        markdown=body,
        **{name: one.value for name, one in given.items() if name != "title"},
        notes=tuple(notes),
        tags=tuple(tags),
        origins=tuple((name, one.origin) for name, one in given.items()),
        pages=begun,
    )


def paragraphs(text: str) -> list[str]:
    """Plain text as blocks of Markdown: an empty line divides them."""
    parts = text.split("\n\n")
    return [markdown_text(one.strip()) for one in parts if one.strip()]
