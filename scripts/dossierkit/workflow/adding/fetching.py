"""Web pages named on the command line: fetched when they are added, with the response stored as a WARC in seeds/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import dossierkit
from dossierkit.ingest import warc
from dossierkit.ingest.place import Place, SourceInContainer, Url
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.web.address import FetchError
from dossierkit.ingest.web.as_warc import as_warc
from dossierkit.ingest.web.fetch import Fetcher
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.source import Part
from dossierkit.workflow.adding.source_file import refusal


@dataclass(frozen=True, slots=True)
class Found:
    """A source found among the named files. `identifier`: what identifies it besides its bytes; `page`: if added before."""

    file: Place
    identifier: str = ""
    page: str = ""


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
