"""Word documents (.docx): what mammoth makes of them, and their core properties (ISO 29500-2)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from dossierkit.ingest.days import day
from dossierkit.ingest.facts import NONE, fact, first, named, source_of
from dossierkit.ingest.formats import Given, required
from dossierkit.ingest.fragment import blocks_of, taken_heading, tree
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.xml_tree import child_text, parsed
from dossierkit.ingest.zip_package import Package
from dossierkit.model.source import Fact, Source

_WHAT = "Word document (.docx)"
_BODY = "word/document.xml"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


def read(given: Given) -> Source:
    """A document's text as it would be printed: insertions stay, deletions and comments do not. Raises RefusedError."""
    package = Package(given.data, _WHAT)
    _refuse(package)
    root = tree(_markup(given.data))
    heading = taken_heading(root) if root is not None else ""
    facts = _facts(package)
    facts["title"] = first(facts["title"], fact(heading, "its first heading"), named(given.name))
    blocks = blocks_of(root) if root is not None else []
    notes = (
        ("the date is when the document was made, by its properties: check it",) if facts["published"] else ()
    )
    return source_of(blocks, facts, notes)


def _refuse(package: Package) -> None:
    if _BODY not in package.names:
        raise RefusedError(
            f"is a ZIP archive without {_BODY}, so no {_WHAT}: rename it for what it is, or save it again"
        )
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        raise RefusedError("holds macros: save it as .docx without them")
    for name in (_BODY, "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"):
        data = package.read(name)
        if data:
            parsed(data, _WHAT)


def _markup(data: bytes) -> str:
    mammoth: Any = required("mammoth", "office")
    try:
        made = mammoth.convert_to_html(BytesIO(data), style_map=_STYLES, convert_image=lambda _image: [])
    except RecursionError:
        raise RefusedError("is nested too deeply to be read: copy the text to a .txt file") from None
    except Exception as error:  # mammoth has no errors of its own: what a damaged file sets off can be any
        raise RefusedError(
            f"cannot be read as a {_WHAT} ({type(error).__name__}): open it in Word and save it again"
        ) from error
    return str(made.value)


def _facts(package: Package) -> dict[str, Fact]:
    core = package.read("docProps/core.xml")
    if not core:
        return {"title": NONE, "published": NONE}
    root = parsed(core, _WHAT)
    return {
        "title": fact(child_text(root, "title"), "its property title"),
        "author": fact(child_text(root, "creator"), "its property creator"),
        "published": fact(day(child_text(root, "created")), "its property created"),
        "lang": fact(child_text(root, "language"), "its property language"),
    }
