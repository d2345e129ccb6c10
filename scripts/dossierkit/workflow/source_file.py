"""One source file: its bytes, its reading, and the article made from it."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from dossierkit.ingest.place import Place, SourceInContainer, UnsupportedError, Url, expanded, read_url
from dossierkit.ingest.reader import MOST_BYTES, read
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.edtf import EdtfError
from dossierkit.model.source import Article, Source
from dossierkit.store.schema import SOURCE, names
from dossierkit.store.seeds import LANG, Knowledge
from dossierkit.text.language import DetectedLanguage, detect
from dossierkit.workflow.named_files import meant
from dossierkit.workflow.stated_values import canonical_date


def addresses(files: Iterable[Place]) -> tuple[tuple[Place, ...], list[Diagnostic]]:
    """The places, with each `*` in an address expanded, and the problems of such addresses.

    Raises click.UsageError if no installed package reads them.
    """
    found: list[Place] = []
    problems: list[Diagnostic] = []
    for file in files:
        try:
            with _reading(file):
                at = tuple(expanded(file)) if isinstance(file, Url) else (file,)
            problems += () if at else refusal(file, "D401", "names nothing: check the address").problems
            found += at
        except DiagnosticsError as error:
            problems += error.problems
    return tuple(found), problems


@contextmanager
def _reading(place: Place) -> Iterator[None]:
    """Raise click.UsageError for an address that is not supported, and DiagnosticsError for any other error of the block."""
    try:
        yield
    except UnsupportedError as error:
        raise click.UsageError(str(error)) from None
    except Exception as error:  # noqa: BLE001 -- each file system of fsspec has its own errors
        raise _unreadable(place, error) from None


def file_bytes(file: Place) -> bytes:
    """The bytes at a path or an address. Raises DiagnosticsError, and click.UsageError for unsupported addresses."""
    if isinstance(file, Url):
        return _url_bytes(file)
    if isinstance(file, SourceInContainer):
        return file.part.data
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise refusal(file, "D401", "is a device or the like: name files, or folders of files")
        if status.st_size > MOST_BYTES:
            raise _too_large(file, f"{status.st_size:,} bytes")
        return file.read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None


def curated_bytes(file: Place) -> bytes | None:
    """The bytes of a curator's file beside a source; None if there is none. Raises like `file_bytes`."""
    if isinstance(file, Path):
        return kept_bytes(file)
    if isinstance(file, SourceInContainer):
        return None
    with _reading(file):
        try:
            return read_url(file)
        except FileNotFoundError:
            return None


def kept_bytes(file: Path) -> bytes | None:
    """The bytes of a file; None if there is none. Raises DiagnosticsError."""
    try:
        return file.read_bytes() if file.is_file() else None
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None


def _url_bytes(url: Url) -> bytes:
    with _reading(url):
        data = read_url(url)
    if len(data) > MOST_BYTES:
        raise _too_large(url, "bytes")
    return data


def _too_large(file: Place, size: str) -> DiagnosticsError:
    return refusal(file, "D401", f"has {size}, more than {MOST_BYTES:,}: save the page without its pictures")


def _unreadable(file: Place, error: Exception) -> DiagnosticsError:
    if isinstance(file, Path) and isinstance(error, FileNotFoundError):
        beside = (other.name for other in file.parent.glob("*"))
        return refusal(
            file, "D401", f"does not exist: {meant(file.name, beside)}check the name and the folder"
        )
    # The words of fsspec's errors alone often say too little.
    kind = f"{type(error).__name__}: " if isinstance(file, Url) else ""
    reason = getattr(error, "strerror", None) or f"{kind}{error}"
    return refusal(file, "D401", f"cannot be read ({reason}): check the name and the rights")


def read_source(file: Place, data: bytes, encoding: str, name: str = "") -> Source:
    """Read the source. `name`: its name in seeds/, by default the file's own. Raises DiagnosticsError."""
    try:
        return read(name or file.name, data, encoding or None)
    except RefusedError as error:
        raise refusal(file, "D401", str(error)) from None


def describe(file: Place, reading: Source, known: Knowledge) -> tuple[Article, tuple[str, ...]]:
    """The article to make a proposal from, still without id and text, and a note if the language was detected."""
    title = known.title or reading.title
    if not title:
        message = "has no title: put one on its first line, or `title:` in its front matter or in NAME.yml beside it"
        raise refusal(file, "D405", message)
    lang = _stated_lang(reading, known)
    found = DetectedLanguage(lang, 1.0) if lang else detect(reading.markdown)
    published = known.date or _own_date(file, reading.published or "")
    notes = () if lang else (_language_note(found),)
    publisher = known.publisher or reading.publisher or ""
    return Article("", "", title, published or None, found.lang, publisher), notes


def _stated_lang(reading: Source, known: Knowledge) -> str:
    return known.lang or (reading.lang if reading.lang and LANG.match(reading.lang) else "")


def page_fields(reading: Source, known: Knowledge) -> dict[str, str]:
    """The values that curator and source give for a page's own keys (`merge.page_items.FIELDS`), empty if they give none."""
    return {
        "title": known.title or reading.title,
        "date": known.date or reading.published or "",
        "lang": _stated_lang(reading, known),
        **{
            f"source.{name}": known.stated(name) or getattr(reading, name, "") or ""
            for name in names(SOURCE, "source")
        },
        "tags": known.tags,
    }


def _own_date(file: Place, date: str) -> str:
    try:
        return canonical_date(date)
    except EdtfError as error:
        raise refusal(
            file, "D406", f"its own date is not an EDTF date ({error}): give it with `--date`"
        ) from None


def _language_note(found: DetectedLanguage) -> str:
    """A note for editors about a detected language."""
    if found.score:
        return (
            f"the language was not stated: taken as `{found.lang}` from its words (score {found.score:.2f})"
        )
    return f"the language was not stated and the text too short to tell: taken as `{found.lang}`"


def refusal(file: Place, code: str, message: str) -> DiagnosticsError:
    return DiagnosticsError([Diagnostic(str(file), 0, 0, code, message)])
