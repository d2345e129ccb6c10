"""PDF: the text layer in reading order, with the page of every position."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from dossierkit.ingest.clean import one_line
from dossierkit.ingest.escape import markdown_text
from dossierkit.ingest.facts import NONE, fact, first, made, made_note, named, person, source_of, unseen_note
from dossierkit.ingest.formats import Given
from dossierkit.ingest.pdf.layout import TextLine, ordered
from dossierkit.ingest.pdf.paragraphs import BREAK, PdfParagraph, marks, paragraphs
from dossierkit.ingest.pdf.process import opened
from dossierkit.ingest.pdf.running import without_printed, without_running
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Fact, Source

_FEWEST = 25  # characters for each page on average; less is a scan with a stamp
# Ligatures and Arabic presentation forms -> letters as typed (NFKC).
_SHAPED = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
_RTL_LANGUAGES = frozenset({"ar", "ckb", "fa", "he", "ps", "ur", "yi"})
_RTL = re.compile("[\u0590-\u08ff]{3}")
_SITE = re.compile(r" [|–—»·•-] \S")
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|\(anonymous\)|\(unspecified\)|document\d*|sans titre|unbenannt|.*\.(?:docx?|indd|qxd|pdf|odt|rtf|tex|xlsx?|pptx?)\Z)",
    re.IGNORECASE,
)


def read(given: Given) -> Source:
    """The document's text, pages labelled by number from 1. Raises RefusedError, also for a scan without text."""
    if b"%PDF-" not in given.data[:1024]:
        raise RefusedError(
            "is named .pdf, but is not a PDF: find out what it is, and rename it or get it again"
        )
    found = opened(given.data)
    pages, notes = _pages(found), (*_broken(found), *_unseen(found))
    if sum(len(line.text) for lines in pages for line in lines) < _FEWEST * len(pages):
        pages, notes = (
            _recognised(given, found),
            (
                *_broken(found),
                "it contains no text: read by OCR, so check names, dates and figures in the original",
            ),
        )
    heights = [page["height"] for page in found["pages"]]
    lines = [ordered(page) for page in without_running(without_printed(pages, heights), heights)]
    numbers = [number for number, page in enumerate(lines, 1) if page]
    whole = paragraphs(lines)
    if not whole:
        raise RefusedError("contains no text: there is nothing to add")
    facts, rest = _facts(found, given.name, whole)
    body, begun = marks(rest, numbers)
    if _RTL.search("".join(paragraph.text for paragraph in body[:20])):
        notes = (
            *notes,
            "letters of Arabic and Hebrew can come out of a PDF in another order (لا): compare names with the original",
        )
    notes = (*notes, *made_note(facts["published"]))
    return source_of([_block(one) for one in body], facts, notes, pages=begun)


def _pages(found: dict[str, Any]) -> list[list[TextLine]]:
    return [
        [line for segment in page["segments"] if (line := _line(segment)).text] for page in found["pages"]
    ]


def _line(segment: Sequence[Any]) -> TextLine:
    text = _SHAPED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), str(segment[0]))
    soft = text.endswith("\u00ad")
    cleaned = one_line(text)
    return TextLine(f"{cleaned}\u00ad" if soft and cleaned else cleaned, *segment[1:6])


def _broken(found: dict[str, Any]) -> tuple[str, ...]:
    numbers = [str(number) for number, page in enumerate(found["pages"], 1) if page.get("broken")]
    return (f"these pages cannot be read and are missing: {', '.join(numbers[:20])}",) if numbers else ()


def _unseen(found: dict[str, Any]) -> tuple[str, ...]:
    return unseen_note(" ".join(one_line(page["unseen"]) for page in found["pages"] if page["unseen"]))


def _recognised(given: Given, found: dict[str, Any]) -> list[list[TextLine]]:
    from dossierkit.ingest.pdf.ocr import recognised  # noqa: PLC0415 -- an extra

    return [
        [_line(segment) for segment in page if str(segment[0]).strip()]
        for page in recognised(given.data, len(found["pages"]))
    ]


def _facts(
    found: dict[str, Any], name: str, whole: list[PdfParagraph]
) -> tuple[dict[str, Fact], list[PdfParagraph]]:
    """The facts of a PDF, and its paragraphs without those that became the title.

    The title is the document's property; if there is none, or one of a word or two that says less ("Layout 1"), it is the largest
    type of the first lines, which are then removed from the text.
    """
    info = found.get("info") or {}
    title = str(info.get("Title") or "").strip()
    large = whole[0].text.replace(BREAK, "") if whole[0].level == 2 and len(whole) > 1 else ""
    title = large if _is_named_with_site(title, large) else title
    known = fact("" if _NO_TITLE.match(title) or len(title) < 4 else title, "the PDF's property Title")
    shown = fact(large if len(large) <= 300 else "", "its first heading")
    less = len(known.value.split()) < min(3, len(shown.value.split()))
    facts = {
        "title": first(*((shown, known) if less else (known, shown)), named(name)),
        "author": person(str(info.get("Author") or ""), "the PDF's property Author"),
        "published": made(str(info.get("CreationDate") or ""), "the PDF's property CreationDate", name),
        "lang": _lang(str(found.get("lang") or ""), whole),
    }
    if large and facts["title"].value.casefold() == large.casefold():
        breaks = BREAK * whole[0].text.count(BREAK)
        whole = [PdfParagraph(breaks + whole[1].text, whole[1].level), *whole[2:]]
    return facts, whole


def _is_named_with_site(title: str, heading: str) -> bool:
    """Whether the title is the heading with a site's name behind it, as browsers write it: "Chair resigns | The Courier"."""
    rest = title[len(heading) :] if heading and title.casefold().startswith(heading.casefold()) else ""
    return _SITE.match(rest) is not None


def _lang(lang: str, whole: list[PdfParagraph]) -> Fact:
    """The language in the catalog, unless its script differs: programs enter their own default there."""
    right_to_left = _RTL.search("".join(paragraph.text for paragraph in whole[:20])) is not None
    differs = right_to_left and lang.partition("-")[0].lower() not in _RTL_LANGUAGES
    return NONE if differs else fact(lang, "the PDF's catalog")


def _block(paragraph: PdfParagraph) -> str:
    text = markdown_text(paragraph.text)
    return f"{'#' * paragraph.level} {text}" if paragraph.level else text
