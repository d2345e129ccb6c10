"""Word documents (.docx): mammoth's HTML, and core properties (ISO 29500-2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from lxml.etree import QName, _Element, tostring

from dossierkit.ingest import page_marks
from dossierkit.ingest.clean import one_line
from dossierkit.ingest.docx_unseen import looks, unseen
from dossierkit.ingest.facts import (
    NONE,
    fact,
    first,
    made,
    made_note,
    named,
    named_day,
    person,
    source_of,
    struck_note,
    unseen_note,
)
from dossierkit.ingest.formats import Given, required
from dossierkit.ingest.html.fragment import blocks_of, struck_out_of, tree
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.xml_tree import attribute, child_text, children, parsed, value_at
from dossierkit.ingest.zip_package import Package
from dossierkit.model.source import Fact, Source

_WHAT = "Word document (.docx)"
_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_OFF = frozenset({"0", "false", "off"})
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


def read(given: Given) -> Source:
    """A document's text as printed: with insertions, without deletions, comments and hidden text. Raises RefusedError."""
    package = Package(given.data, _WHAT)
    _refuse(package)
    prepared, unseen_words = _prepared(package)
    markup = _markup(prepared or given.data)
    root = tree(markup)
    heading, before = page_marks.taken_title(root)
    facts = _facts(package, given.name)
    facts["title"] = first(fact(heading, "its first heading"), facts["title"], named(given.name))
    pages = page_marks.numbered(page_marks.taken(root)[0], before) if root is not None else ()
    blocks = blocks_of(root) if root is not None else []
    notes = (
        *made_note(facts["published"]),
        *struck_note(struck_out_of(markup)),
        *unseen_note(one_line(unseen_words)),
    )
    return source_of(blocks, facts, notes, pages=pages)


def _prepared(package: Package) -> tuple[bytes, str]:
    """The document with a mark at the beginning of each page but the first, and without hidden text; and what readers do not see.

    The first is b"" if it is the same.
    """
    parts = {name: parsed(data, _WHAT) for name in (_BODY, *_NOTES) if (data := package.read(name))}
    styles = _hidden_styles(package)
    hidden = [_remove_hidden(root, styles) for root in parts.values()]
    look = looks(_styles(package))
    unseen_words = " ".join(unseen(root, look) for root in parts.values())
    if not (_add_signs(parts[_BODY], package) or any(hidden)):
        return b"", unseen_words
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as made:
        for name in sorted(set(package.names)):
            if name in parts:
                made.writestr(name, tostring(parts[name], xml_declaration=True, encoding="UTF-8"))
            elif name.endswith((".xml", ".rels")):
                made.writestr(name, package.read(name))
    return out.getvalue(), unseen_words


def _add_signs(root: _Element, package: Package) -> bool:
    """Put a mark at the beginning of each page but the first; False if the document does not record them.

    Word records where pages began when it last laid out the document. Manual breaks alone are used only if their number
    agrees with the page count.
    """
    if page_marks.signed(root):
        return False
    breaks = list(root.iter("{*}lastRenderedPageBreak"))
    if not breaks:
        breaks = [one for one in root.iter("{*}br") if attribute(one, "type") == "page"]
        if not breaks or len(breaks) + 1 != _pages(package):
            return False
    for one in breaks:
        one.tag = f"{{{QName(one).namespace}}}t"
        one.text = page_marks.SIGN
    return True


def _styles(package: Package) -> _Element | None:
    data = package.read("word/styles.xml")
    return parsed(data, _WHAT) if data else None


def _hidden_styles(package: Package) -> frozenset[str]:
    """The ids of styles that hide text; a style that is based on one hides it too, if it says nothing itself."""
    root = _styles(package)
    hidden, heirs = list[str](), defaultdict[str, list[str]](list)
    for one in children(root, "style") if root is not None else ():
        own, name = _vanishes(one), attribute(one, "styleId")
        if own:
            hidden.append(name)
        elif own is None:
            heirs[value_at(one, "basedOn")].append(name)
    for name in hidden:  # grows with each heir
        hidden += heirs.pop(name, ())
    return frozenset(hidden)


def _remove_hidden(root: _Element, styles: frozenset[str]) -> bool:
    """Remove hidden runs, in place; whether there were any."""
    runs = [run for paragraph in root.iter("{*}p") for run in _hidden_runs(paragraph, styles)]
    for run in dict.fromkeys(runs):
        if (parent := run.getparent()) is not None:
            parent.remove(run)
    return bool(runs)


def _hidden_runs(paragraph: _Element, styles: frozenset[str]) -> Iterator[_Element]:
    all_of_them = value_at(paragraph, "pPr", "pStyle") in styles
    return (run for run in paragraph.iter("{*}r") if all_of_them or _hides(run, styles))


def _hides(run: _Element, styles: frozenset[str]) -> bool:
    """Whether a run hides its text, by itself or by the style that it names; its own word goes before."""
    own = _vanishes(run)
    return value_at(run, "rPr", "rStyle") in styles if own is None else own


def _vanishes(element: _Element) -> bool | None:
    """What a run or a style says itself of hiding its text; None if it says nothing."""
    said = (own for properties in children(element, "rPr") for own in children(properties, "vanish"))
    own = next(said, None)
    return None if own is None else attribute(own, "val") not in _OFF


def _pages(package: Package) -> int:
    """The page count in the properties; 0 without one."""
    listed = package.read("docProps/app.xml")
    return page_marks.page_count(child_text(parsed(listed, _WHAT), "Pages")) if listed else 0


def _refuse(package: Package) -> None:
    if _BODY not in package.names:
        raise RefusedError(
            f"is a ZIP archive without {_BODY}, so no {_WHAT}: rename it for what it is, or save it again"
        )
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        raise RefusedError("contains macros: save it as .docx without them")
    links = (name for name in package.names if name.endswith(".rels"))
    for name in (
        _BODY,
        "word/styles.xml",
        "word/numbering.xml",
        "word/comments.xml",
        "[Content_Types].xml",
        *_NOTES,
        *links,
    ):
        data = package.read(name)
        if data:
            parsed(data, _WHAT)


def _markup(data: bytes) -> str:
    mammoth: Any = required("mammoth", "office")
    try:
        made = mammoth.convert_to_html(BytesIO(data), style_map=_STYLES, convert_image=lambda _image: [])
    except RecursionError:
        raise RefusedError("is nested too deeply to be read: copy the text to a .txt file") from None
    except Exception as error:  # mammoth has no errors of its own: a damaged file can raise any exception
        raise RefusedError(
            f"cannot be read as a {_WHAT} ({type(error).__name__}): open it in Word and save it again"
        ) from error
    return str(made.value)


def _facts(package: Package, name: str) -> dict[str, Fact]:
    core = package.read("docProps/core.xml")
    if not core:
        return {"title": NONE, "published": named_day(name)}
    root = parsed(core, _WHAT)
    return {
        "title": fact(child_text(root, "title"), "its property title"),
        "author": person(child_text(root, "creator"), "its property creator"),
        "published": made(child_text(root, "created"), "its property created", name),
        "lang": fact(child_text(root, "language"), "its property language"),
    }
