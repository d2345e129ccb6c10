"""Combine a source's metadata, each value with its origin, with its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from dossierkit.ingest.clean import one_line
from dossierkit.ingest.days import day
from dossierkit.ingest.escape import markdown_text, page_body
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Fact, Mark, Source

NONE = Fact()
_DIGITS = re.compile(r"-[0-9a-f]{8}\Z")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]([01]\d)[-_.]([0-3]\d)(?!\d)")
_NOBODY = frozenset(
    "administrator admin anonymous author owner pc root unknown unspecified user utilisateur benutzer microsoft windows".split()
) | frozenset({"python-docx", "windows user", "microsoft office user"})
FIELDS = (
    "title", "published", "lang", "author", "publisher", "url", "rights", "archived", "captured", "identifier",
)  # fmt: skip


def fact(value: str | None, origin: str) -> Fact:
    """A value on one line with its origin; {} for an empty value."""
    line = one_line(value or "")
    return Fact(line, origin) if line else NONE


def named(file: str) -> Fact:
    """A title made from the file name, without the digits that `dossier add` puts before parts."""
    stem = _DIGITS.sub("", PurePosixPath(file).stem)
    return fact(stem.replace("_", " ").replace("-", " "), "its file name")


def named_day(file: str) -> Fact:
    """The day that a file name states in full ("Herald 2019-11-05.pdf")."""
    found = _DAY.search(PurePosixPath(file).stem)
    return fact(day("-".join(found.groups())), "its file name") if found else NONE


def made(value: str, origin: str, file: str) -> Fact:
    """The day of a document: that in its file name, else that of its creation, which may differ from publication."""
    return first(named_day(file), fact(day(value), origin))


def found_at(source: Source, address: Fact, captured: Fact) -> Source:
    """The source with the address and the day of its capture, if they are known."""
    known = {name: one.origin for name, one in (("url", address), ("captured", captured)) if one}
    origins = tuple((dict(source.origins) | known).items())
    return replace(source, url=address.value or source.url, captured=captured.value or None, origins=origins)


def made_note(published: Fact) -> tuple[str, ...]:
    """The note for a date of creation."""
    if not published:
        return ()
    where = (
        "stands in its file name"
        if published.origin == "its file name"
        else "is when it was made, by its properties"
    )
    return (f"the date {where}: check it",)


def person(value: str, origin: str) -> Fact:
    """An author, unless programs enter the name by default."""
    return NONE if " ".join(value.split()).strip("()").casefold() in _NOBODY else fact(value, origin)


def first(*facts: Fact) -> Fact:
    """The first value that is not empty."""
    return next((one for one in facts if one), NONE)


def struck_note(words: str) -> tuple[str, ...]:
    """What an editor is told if words are struck out in a source."""
    return (f"words that are struck out in it were left out: “{words[:80]}”",) if words else ()


def unseen_note(words: str) -> tuple[str, ...]:
    """What an editor is told if readers of a source do not see some of its words, and the words were taken in."""
    number = len(words.split())
    if not number:
        return ()
    what = "1 word" if number == 1 else f"{number:,} words"
    shown = f"{words[:80]}…" if len(words) > 80 else words
    return (
        f"readers do not see {what} of it, which are white, tiny or transparent (“{shown}”), and its text has them: compare each quote with the original",
    )


def source_of(
    blocks: Iterable[str],
    facts: Mapping[str, Fact],
    notes: Iterable[str] = (),
    tags: Iterable[str] = (),
    pages: Iterable[Mark] = (),
) -> Source:
    """Blocks of Markdown and facts by name (of FIELDS) as a source; a first block that repeats the title is removed.

    Raises RefusedError if there are no words.
    """
    listed = list(blocks)
    title = facts["title"].value if facts.get("title") else ""
    begun = tuple(pages)
    if not begun and len(listed) > 1 and listed[0].lstrip("# ") == markdown_text(title):
        listed = listed[1:]
    body = page_body(listed)
    if not body.strip():
        raise RefusedError("contains no text: add a source that has some, or copy the text into a .txt file")
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
    """Plain text as blocks of Markdown, divided at empty lines."""
    parts = text.split("\n\n")
    return [markdown_text(part.strip()) for part in parts if part.strip()]
