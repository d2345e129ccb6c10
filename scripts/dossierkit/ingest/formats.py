"""Readers by suffix: those of the package, and those of other packages.

A reader is a module or object with `read(given) -> Source`, and for files with several sources `split(opened) ->
Iterator[Part]`. Both raise RefusedError and depend on the bytes alone: no file, clock or network. Other packages
register one as an entry point of the group `dossierkit.readers`, named after the suffix without its dot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Protocol, cast

from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.extension import READERS, blaming, extensions, loaded, wrong
from dossierkit.model.source import Part, Source

# Suffix -> module in this package. Text, Markdown and HTML are also recognised by their first bytes (reader.py).
BUILT_IN = {
    ".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".epub": "epub", ".eml": "mail", ".mbox": "mbox", ".rss": "feed",
    ".atom": "feed", ".xml": "feed", ".warc": "warc", ".wacz": "wacz", ".jsonl": "records", ".ndjson": "records",
    ".csv": "records", ".json": "json_document", ".mhtml": "saved_page", ".mht": "saved_page", ".webarchive": "saved_page", ".vtt": "subtitles", ".srt": "subtitles",
}  # fmt: skip
TEXT = frozenset({"", ".txt", ".text"})
MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
_WITHIN = {".warc.gz": "warc", ".jsonl.gz": "records"}
_NAMES = frozenset(suffix.removeprefix(".") for suffix in (*BUILT_IN, *_WITHIN, *TEXT, *MARKDOWN, *HTML))


@dataclass(frozen=True, slots=True)
class Given:
    """One file as passed to a reader. `encoding`: a person's statement about its text."""

    name: str
    data: bytes
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """One file that may contain many sources. `mapping`: a person's choice of columns, if any (records.py)."""

    name: str
    stream: BinaryIO
    mapping: bytes | None = None


class Reader(Protocol):
    """Reads files of one format."""

    def read(self, given: Given) -> Source:
        """The only source in the file. Raises RefusedError."""


def reader_of(suffix: str) -> Reader | None:
    """The reader of files with this suffix (lower-case, with its dot); None if nothing reads them. Raises ExtensionError."""
    brought = _brought(suffix)
    module = BUILT_IN.get(suffix)
    return cast("Reader", import_module(f"dossierkit.ingest.{module}")) if module else brought


def splitter_of(name: str) -> Any:  # noqa: ANN401 - a module or object with `split`
    """The splitter for a file name; None if its files are one source each."""
    lower = name.lower()
    within = next((module for suffix, module in _WITHIN.items() if lower.endswith(suffix)), None)
    if within:
        return import_module(f"dossierkit.ingest.{within}")
    reader = reader_of(PurePosixPath(lower).suffix)
    return reader if hasattr(reader, "split") else None


@cache
def _brought(suffix: str) -> Reader | None:
    """The reader that another package brings for a suffix. Raises ExtensionError."""
    found = extensions(READERS, _NAMES).get(suffix.removeprefix("."))
    if found is None:
        return None
    reader = loaded(found)
    if not callable(getattr(reader, "read", None)):
        raise wrong(READERS, found.name, "has no `read`")
    return (_Splitter if hasattr(reader, "split") else _Brought)(found.name, reader)


@dataclass(frozen=True, slots=True)
class _Brought:
    """Another package's reader: whatever it raises but a refusal is told as its error."""

    name: str
    reader: Any

    def read(self, given: Given) -> Source:
        with blaming(READERS, self.name, passed=(RefusedError,)):
            found = self.reader.read(given)
        if not isinstance(found, Source):
            raise wrong(READERS, self.name, f"returns {type(found).__name__} and not a Source")
        return found


class _Splitter(_Brought):
    def split(self, opened: Opened) -> Iterator[Part]:
        with blaming(READERS, self.name, passed=(RefusedError,)):
            for part in self.reader.split(opened):
                if not isinstance(part, Part):
                    raise wrong(READERS, self.name, f"splits a file into {type(part).__name__} and not Part")
                yield part


def suffixes() -> list[str]:
    """All suffixes that something reads, sorted, besides those of text, Markdown and HTML. Raises ExtensionError."""
    return sorted({*BUILT_IN, *_WITHIN, *(f".{name}" for name in extensions(READERS, _NAMES))})


def required(module: str, extra: str) -> Any:  # noqa: ANN401 - a module
    """Import a library of an extra. Raises RefusedError, naming what to install, if it is missing."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] != module.split(".", maxsplit=1)[0]:
            raise
        raise RefusedError(
            f"needs {module.split('.', maxsplit=1)[0]}, which is not installed: run `pip install 'dossierkit[{extra}]'`"
        ) from None


def readable(suffix: str) -> bool:
    """Whether files with this suffix (lower-case) are read."""
    return suffix in TEXT | MARKDOWN | HTML or suffix in BUILT_IN or _brought(suffix) is not None
