"""Which reader a file needs, by its suffix and its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from dossierkit.ingest.encoding import Decoded, decode
from dossierkit.ingest.markdown import read_markdown
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.text import read_text
from dossierkit.model.article import Reading

MOST_BYTES = 64_000_000
MOST_TEXT = 1_000_000
# Python-Markdown copies a block once for each escape in it: 10^11 took a minute, this takes a second.
_MOST_WORK = 2_000_000_000
_ESCAPES = re.compile(r"[\\&*\[]")
_TEXT = frozenset({"", ".txt", ".text"})
_MARKDOWN = frozenset({".md", ".markdown"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_AS_TEXT = "copy its text into a .txt file, with the title on the first line"
# The first bytes of files that are no text, by format; https://www.garykessler.net/library/file_sigs.html
_SIGNATURES = (
    (b"%PDF-", "a PDF", _AS_TEXT),
    (b"PK\x03\x04", "a ZIP archive (a .docx, .odt, .epub or .zip)", _AS_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)", _AS_TEXT),
    (b"{\\rtf", "an RTF file", _AS_TEXT),
    (b"\x89PNG", "a picture", _AS_TEXT),
    (b"\xff\xd8\xff", "a picture", _AS_TEXT),
    (b"GIF8", "a picture", _AS_TEXT),
    (b"RIFF", "a picture, sound or film", _AS_TEXT),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x7fELF", "a program", _AS_TEXT),
    (b"MZ\x90", "a program", _AS_TEXT),
    (b"WARC/", "a web archive (WARC)", "save the page as HTML"),
    (b"bplist", "a Safari web archive", "save the page as HTML"),
)
_MHTML = re.compile(
    rb"\A(?:(?!content-type:\s*multipart/related)[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*+content-type:\s*multipart/related",
    re.IGNORECASE,
)
_IS_HTML = re.compile(
    r"\A\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE,
)
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*+=\s*+[\"']?+\s*+([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")


def read(name: str, data: bytes, encoding: str | None = None) -> Reading:
    """The reading of one file. `encoding`: what a person says it is in, instead of what the file says.

    Raises RefusedError, saying what was found and what to do; never guesses past a doubt.
    """
    _refuse_unreadable(data)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in _TEXT | _MARKDOWN | _HTML:
        raise RefusedError(
            f"files of the kind `{suffix}` are not read: {_AS_TEXT}, or save it as .md or .html"
        )
    reading = _read(suffix, decode(data, _declared(data, suffix), encoding))
    if len(reading.markdown) > MOST_TEXT:
        raise RefusedError(
            f"its text has {len(reading.markdown):,} characters, more than {MOST_TEXT:,}: that is a book, not an "
            "article; split it into the parts that are cited"
        )
    if any(
        len(block) * len(_ESCAPES.findall(block)) > _MOST_WORK for block in reading.markdown.split("\n\n")
    ):
        raise RefusedError(
            "one paragraph holds so many characters with a meaning in Markdown that pages would take minutes to build: "
            "split it into paragraphs"
        )
    return reading


def _read(suffix: str, decoded: Decoded) -> Reading:
    is_page = _IS_HTML.match(decoded.text.lstrip("\ufeff")[:4000]) is not None
    if suffix in _HTML or (is_page and suffix in _TEXT):
        from dossierkit.ingest.html import read_html  # noqa: PLC0415 -- heavy

        return read_html(decoded)
    if len(decoded.text) > 4 * MOST_TEXT:
        raise RefusedError(
            f"holds {len(decoded.text):,} characters: that is not an article; split it into parts"
        )
    return read_markdown(decoded) if suffix in _MARKDOWN else read_text(decoded)


def _refuse_unreadable(data: bytes) -> None:
    if not data.strip():
        raise RefusedError("is empty: add the file that holds the article")
    if len(data) > MOST_BYTES:
        raise RefusedError(
            f"has {len(data):,} bytes, more than {MOST_BYTES:,}: save the page without its pictures"
        )
    for signature, kind, advice in _SIGNATURES:
        if data.startswith(signature):
            raise RefusedError(f"is {kind}, not a text: {advice}")
    if _MHTML.match(data[:4000]):
        raise RefusedError("is a web archive (MHTML): save the page as HTML")


def _declared(data: bytes, suffix: str) -> str | None:
    """The encoding that a page states in its head; other files state none."""
    head = data[:4096]
    if suffix not in _HTML and b"<html" not in head.lower():
        return None
    match = _XML.search(head) or _META.search(head)
    return match[1].decode("ascii") if match else None
