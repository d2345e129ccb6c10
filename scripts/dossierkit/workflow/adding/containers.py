"""The sources in what is named: parts of files that contain several (mailboxes, feeds, archives, tables of scrapers, mails with
attachments), and web pages, which are fetched and stored as WARCs in seeds/.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import dossierkit
from dossierkit.ingest import warc
from dossierkit.ingest.formats import Opened, splitter_of
from dossierkit.ingest.place import Place, SourceInContainer, Url
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.warc import as_warc
from dossierkit.ingest.web.address import FetchError
from dossierkit.ingest.web.fetch import Fetcher
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.source import Part
from dossierkit.parallel.fence import LIMIT, Loss, OverdueError, limited, lost, trouble
from dossierkit.store import seeds
from dossierkit.workflow.source_file import file_bytes, refusal

MOST_BYTES = 20_000_000_000
"""The most bytes of a file that is read as a stream."""
MOST_PARTS = 1_000_000
_DEEPEST = 3  # an attachment of a mail that is attached to a mail in a mailbox


@dataclass(frozen=True, slots=True)
class Found:
    """A source found among the named files. `identifier`: what identifies it besides its bytes; `page`: if added before; `left_out`: why it is not
    added.
    """

    file: Place
    identifier: str = ""
    page: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Fetching:
    """Fetches web pages. `known`: paths of pages by address; these addresses are not fetched again."""

    fetcher: Fetcher = field(default_factory=Fetcher)
    known: Mapping[str, str] = field(default_factory=dict)

    def found(self, url: Url) -> Iterator[Found | DiagnosticsError]:
        """The source at an address, or why it is not fetched (D411)."""
        if url.text in self.known:
            yield Found(url, page=self.known[url.text])
            return
        try:
            yield self._fetched(url)
        except (FetchError, RefusedError) as error:
            yield refusal(url, "D411", str(error))

    def _fetched(self, url: Url) -> Found:
        answers = self.fetcher.fetched(url.text)
        data, identifier = as_warc(answers, datetime.now(UTC), f"dossierkit {dossierkit.__version__}")
        part = Part(warc.page_name(answers[-1].target.url), data, "the page")
        return Found(SourceInContainer(url.text, part), identifier)


def is_web(url: Url) -> bool:
    """Whether an address is a web address, not one of a file store."""
    return url.text.lower().startswith(("http://", "https://")) and "*" not in url.text


@dataclass(frozen=True, slots=True)
class Splitting:
    """How files are split. `limit`: seconds for each part; `mapping`: which fields of records mean what.

    `fetching`: fetches web pages; None if they are not fetched.
    """

    limit: float | None = None
    mapping: bytes | None = None
    fetching: Fetching | None = None

    def each(self, file: Place, depth: int = 0) -> Iterator[Found | DiagnosticsError]:
        """The sources in a file, or the file itself if it is no container. Errors take the place of the part they are about."""
        if isinstance(file, Url) and self.fetching is not None and is_web(file):
            yield from self.fetching.found(file)
            return
        try:
            splitter = splitter_of(file.name) if depth < _DEEPEST else None
        except RefusedError as error:
            yield refusal(file, "D401", str(error))
            return
        if splitter is None:
            yield Found(file)
            return
        try:
            with closing(_opened(file)) as stream:
                parts = (one for one in splitter.split(Opened(file.name, stream, self.mapping)))
                with closing(parts):
                    yield from self._parts(file, parts, depth)
        except DiagnosticsError as error:
            yield error

    def _parts(self, file: Place, parts: Iterator[Part], depth: int) -> Iterator[Found | DiagnosticsError]:
        holder = str(file) if isinstance(file, SourceInContainer) else file.name
        mail = ""
        for number, found in enumerate(self._stepped(file, parts), 1):
            part = found
            if number > MOST_PARTS:
                raise refusal(file, "D401", f"holds more than {MOST_PARTS:,} sources: split it into parts")
            if not part.label:  # the file itself, with attachments
                mail = f"seeds/{seeds.safe_name(file.name)}"
                yield Found(file, part.identifier)
                continue
            part_of = mail if part.attached and mail else f"{holder}, {part.label}"
            if isinstance(file, SourceInContainer):
                part = replace(part, label=f"{file.part.label}, {part.label}")
            item = SourceInContainer(
                str(file) if not isinstance(file, SourceInContainer) else file.container, part, part_of
            )
            if part.left_out:
                yield Found(item, left_out=part.left_out)
            elif part.attached:
                yield from self.each(item, depth + 1)
            else:
                mail = f"seeds/{seeds.safe_name(item.name)}"
                yield Found(item, part.identifier)

    def _stepped(self, file: Place, parts: Iterator[Part]) -> Iterator[Part]:
        """The parts, each read within the time limit of a source."""
        limit = self.limit or LIMIT
        while True:
            try:
                with limited(limit):
                    part = next(parts, None)
            except OverdueError:
                raise DiagnosticsError([lost(str(file), Loss(limit))]) from None
            except RefusedError as error:
                raise refusal(file, "D401", str(error)) from None
            except Exception as error:  # noqa: BLE001 -- any error concerns this file only
                raise DiagnosticsError([trouble(str(file), error)]) from None
            if part is None:
                return
            yield part

    def count(self, files: Iterable[Place]) -> int:
        """How many sources there are, to share out the work; a container of unknown size counts as one."""
        return sum(1 if isinstance(file, Url) else sum(1 for _ in self.each(file)) or 1 for file in files)


def _opened(file: Place) -> BinaryIO:
    """The file's bytes as a stream. Raises DiagnosticsError."""
    if not isinstance(file, Path):
        return io.BytesIO(file_bytes(file))
    try:
        if not file.is_file():
            file_bytes(file)  # raises the error that says what is wrong
        if file.stat().st_size > MOST_BYTES:
            raise refusal(file, "D401", f"has more than {MOST_BYTES:,} bytes: split it into parts")
        return file.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise refusal(file, "D401", f"cannot be read ({reason}): check the name and the rights") from None


def is_container(file: Any) -> bool:  # noqa: ANN401 - a place
    """Whether a file is split into sources."""
    try:
        return not isinstance(file, Url) and splitter_of(file.name) is not None
    except RefusedError:
        return False
