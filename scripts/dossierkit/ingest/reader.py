"""Choose the reader of a file by suffix and first bytes, and check what no reader may return."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from dossierkit.ingest.encoding import Decoded, decode
from dossierkit.ingest.formats import BUILT_IN, HTML, MARKDOWN, TEXT, Given, reader_of, suffixes
from dossierkit.ingest.markdown import read_markdown
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.text import read_text
from dossierkit.model.source import Source

MOST_BYTES = 64_000_000
MOST_TEXT = 1_000_000
# Python-Markdown copies a block once for each escape in it: 10^11 took a minute, this takes a second.
_MOST_WORK = 2_000_000_000
_ESCAPES = re.compile(r"[\\&*\[]")
_AS_TEXT = "copy its text into a .txt file, with the title on the first line"
_UNPACK = "unpack it, and add the files in it"
_RENAME = "rename it so that its name ends in {}, or look where it comes from"
_ZIP = b"PK\x03\x04"
# Documents that are ZIP archives, by suffix: what they are, and what to do.
_OFFICE = {
    **dict.fromkeys(
        (".xlsx", ".xlsm", ".ods", ".numbers"),
        (
            "a spreadsheet",
            "save it as CSV, and add it with `--mapping` if its rows are articles, or name it with `--metadata` if they are about sources",
        ),
    ),
    **dict.fromkeys((".pptx", ".odp", ".key"), ("a presentation", "save it as PDF")),
    ".pages": ("a document of Pages", "save it as .docx"),
}
# First bytes of binary formats; https://www.garykessler.net/library/file_sigs.html
_SIGNATURES = (
    (b"%PDF-", "a PDF", _RENAME.format(".pdf")),
    (
        _ZIP,
        "a ZIP archive",
        f"{_UNPACK}. Where it is a document by itself, {_RENAME.format('.docx, .odt, .epub or .wacz')}",
    ),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .msg)", "save it as .docx, .odt or .eml"),
    (b"{\\rtf", "an RTF file", "save it as .docx or .odt"),
    (b"\x89PNG", "a picture", _AS_TEXT),
    (b"\xff\xd8\xff", "a picture", _AS_TEXT),
    (b"GIF8", "a picture", _AS_TEXT),
    (b"RIFF", "a picture, sound or film", _AS_TEXT),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\x7fELF", "a program", _AS_TEXT),
    (b"MZ\x90", "a program", _AS_TEXT),
    (b"WARC/", "a web archive (WARC)", _RENAME.format(".warc")),
    (b"bplist", "a Safari web archive", _RENAME.format(".webarchive")),
    (
        b"version https://git-lfs.github.com/spec/",
        "a pointer of Git LFS",
        "get the file that it stands for: run `git lfs pull`",
    ),
)
# Suffix -> first bytes of the format, where they are fixed.
_BEGINNINGS = {".pdf": b"", ".docx": b"PK", ".odt": b"PK", ".epub": b"PK", ".wacz": b"PK", ".warc": b"WARC/"}
_MHTML = re.compile(
    rb"\A(?>(?:(?!content-type:\s*multipart/related)[\w-]++:[^\n]*+\n(?>(?:[ \t][^\n]*+\n)*))*)content-type:\s*multipart/related",
    re.IGNORECASE,
)
_IS_HTML = re.compile(
    r"\A\s*+(?>(?:<\?xml[^>]*+>\s*+)?)(?>(?:<!--(?>(?:[^-]|-(?!->))*)-->\s*+)*)<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE,
)
_FRONT = re.compile(r"\ufeff?(?:---|\+\+\+)[ \t]{0,9}\r?\n")
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*+=\s*+[\"']?+\s*+([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")


def read(name: str, data: bytes, encoding: str | None = None) -> Source:
    """One file as a source. `encoding`: given by a person, replaces the file's own.

    Raises RefusedError, saying what was found and what to do; does not guess.
    """
    return read_parsed(Given(name, data, encoding))


def read_parsed(given: Given, declared: str | None = None) -> Source:
    """The same for a file from an archive. `declared`: encoding from its headers. Raises RefusedError."""
    suffix = PurePosixPath(given.name).suffix.lower()
    _refuse_size(given.data)
    if suffix in BUILT_IN or reader_of(suffix) is None:  # what a package reads, it knows best
        _refuse_unreadable(given.data, suffix)
    source = _read(given, suffix, declared)
    _refuse_long(source.markdown)
    return source


def _read(given: Given, suffix: str, declared: str | None) -> Source:
    if suffix in TEXT | MARKDOWN | HTML:
        charset = declared or _declared(given.data, suffix)
        return _read_text(given.name, suffix, decode(given.data, charset, given.encoding))
    reader = reader_of(suffix)
    if reader is None:
        known = ", ".join((*sorted(TEXT - {""}), ".md", ".html", *suffixes()))
        raise RefusedError(
            f"is of the kind `{suffix}`, which nothing here reads: install the package that does, if there is one; else {_AS_TEXT}, "
            f"or save it as one of {known}"
        )
    return reader.read(given)


def _refuse_long(markdown: str) -> None:
    if len(markdown) > MOST_TEXT:
        raise RefusedError(
            f"its text has {len(markdown):,} characters, more than {MOST_TEXT:,}: that is a book, not an "
            "article; split it into the parts that are cited"
        )
    if any(len(block) * len(_ESCAPES.findall(block)) > _MOST_WORK for block in markdown.split("\n\n")):
        raise RefusedError(
            "one paragraph holds so many characters with a meaning in Markdown that pages would take minutes to build: "
            "split it into paragraphs"
        )


def _read_text(name: str, suffix: str, decoded: Decoded) -> Source:
    if suffix in HTML and _FRONT.match(decoded.text):
        return read_markdown(decoded, name, html=True)
    is_page = _IS_HTML.match(decoded.text.lstrip("\ufeff")[:4000]) is not None
    if suffix in HTML or (is_page and suffix in TEXT):
        from dossierkit.ingest.html.page import read_html  # noqa: PLC0415 -- heavy

        return read_html(decoded)
    if len(decoded.text) > 4 * MOST_TEXT:
        raise RefusedError(
            f"holds {len(decoded.text):,} characters: that is not an article; split it into parts"
        )
    return read_markdown(decoded, name) if suffix in MARKDOWN else read_text(decoded)


def _refuse_size(data: bytes) -> None:
    if not data.strip():
        raise RefusedError("is empty: add the file that holds the article")
    if len(data) > MOST_BYTES:
        raise RefusedError(
            f"has {len(data):,} bytes, more than {MOST_BYTES:,}: save the page without its pictures"
        )


def _refuse_unreadable(data: bytes, suffix: str) -> None:
    if data.startswith(_ZIP) and suffix in _OFFICE:
        kind, advice = _OFFICE[suffix]
        raise RefusedError(f"is {kind}, which nothing here reads: {advice}")
    beginning = _BEGINNINGS.get(suffix)
    for signature, kind, advice in _SIGNATURES:
        if (
            data.startswith(signature)
            and not (suffix == ".webarchive" and signature == b"bplist")
            and (beginning is None or not (beginning and data.startswith(beginning)))
            and not (suffix == ".pdf" and signature == b"%PDF-")
        ):
            problem = f"is named {suffix}, but is {kind}" if suffix in BUILT_IN else f"is {kind}, not a text"
            raise RefusedError(f"{problem}: {advice}")
    if beginning and not data.startswith(beginning):
        raise RefusedError(
            f"is named {suffix}, but does not begin as such a file does: find out what it is, and rename it or get it again"
        )
    if suffix in TEXT | MARKDOWN | HTML and _MHTML.match(data[:4000]):
        raise RefusedError(f"is a web archive (MHTML): {_RENAME.format('.mhtml')}")


def _declared(data: bytes, suffix: str) -> str | None:
    """The encoding that a page declares in its head; other files declare none."""
    head = data[:4096]
    if suffix not in HTML and b"<html" not in head.lower():
        return None
    match = _XML.search(head) or _META.search(head)
    return match[1].decode("ascii") if match else None
