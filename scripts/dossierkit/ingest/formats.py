"""Which reader takes which files, by suffix: those of the package, and those that other packages bring.

A reader is a module or object with `read(given) -> Source`. One for files that hold several sources has
`split(opened) -> Iterator[Part]` besides. Both raise RefusedError, and rest on the bytes alone: no file, clock or network.
Other packages join by an entry point of the group `dossierkit.readers`, named for the suffix without its dot.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Protocol, cast

from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.extension import READERS, ExtensionError, extensions, loaded
from dossierkit.model.source import Source

# Suffix -> module of this room. Text, Markdown and HTML are told apart by their first bytes too (reader.py).
BUILT_IN = {
    ".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".epub": "epub", ".eml": "mail", ".mbox": "mbox", ".rss": "feed",
    ".atom": "feed", ".xml": "feed", ".warc": "warc", ".wacz": "wacz", ".jsonl": "records", ".ndjson": "records",
    ".csv": "records", ".json": "json_document",
}  # fmt: skip
TEXT = frozenset({"", ".txt", ".text"})
MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
_WITHIN = {".warc.gz": "warc", ".jsonl.gz": "records"}
_NAMES = frozenset(suffix.removeprefix(".") for suffix in (*BUILT_IN, *_WITHIN, *TEXT, *MARKDOWN, *HTML))


@dataclass(frozen=True, slots=True)
class Given:
    """One file as a reader gets it. `encoding`: what a person says that its text is in."""

    name: str
    data: bytes
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """One file that may hold many sources. `mapping`: which columns mean what, where a person gave that (records.py)."""

    name: str
    stream: BinaryIO
    mapping: bytes | None = None


class Reader(Protocol):
    """What takes files of one format."""

    def read(self, given: Given) -> Source:
        """The one source that the file is. Raises RefusedError."""


def reader_of(suffix: str) -> Reader | None:
    """The reader of files with this suffix (lower-case, with its dot); None if nothing reads them. Raises ExtensionError."""
    brought = _brought(suffix)
    module = BUILT_IN.get(suffix)
    return cast("Reader", import_module(f"dossierkit.ingest.{module}")) if module else brought


def splitter_of(name: str) -> Any:  # noqa: ANN401 - a module or object with `split`
    """What splits files of this name into sources; None where they are one source each."""
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
        raise ExtensionError(
            f"{found.value}, which is to read `{suffix}`, has no `read`: report it to its makers"
        )
    return cast("Reader", reader)


def suffixes() -> list[str]:
    """All suffixes that something reads, sorted, besides those of text, Markdown and HTML. Raises ExtensionError."""
    return sorted({*BUILT_IN, *_WITHIN, *(f".{name}" for name in extensions(READERS, _NAMES))})


def required(module: str, extra: str) -> Any:  # noqa: ANN401 - a module
    """A library of an extra. Raises RefusedError with what to install where it is missing."""
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
