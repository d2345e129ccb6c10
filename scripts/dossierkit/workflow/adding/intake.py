"""Which sources may come in: those whose bytes, name in seeds/ and page are not taken, in the order in which they are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

import click

from dossierkit.ingest.place import Place, Url
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.parallel.fence import trouble
from dossierkit.store import seeds
from dossierkit.workflow.adding.admission import Added, Admission, Unread
from dossierkit.workflow.adding.preparing import Prepared, Task
from dossierkit.workflow.adding.source_file import refusal

_MOST_TOLD = 10  # of what was passed over


class Intake:
    """Lets sources in one after another, each knowing of those before it."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.planned: dict[str, str] = {}
        self.stems: dict[str, str] = {}
        self.told: list[str] = []
        self.skipped = 0

    def sources(self, files: Sequence[Place]) -> Iterator[Task]:
        """What there is to prepare, was added already, or cannot be added. Addresses are not read here."""
        for file in files:
            try:
                kept = self.admission.kept(file)
                yield Unread(file, kept) if isinstance(file, Url) else self.admission.read(file, kept)
            except DiagnosticsError as error:
                yield error.problems
            except click.ClickException:
                raise
            except Exception as error:  # noqa: BLE001 -- whatever it is, the other sources go on
                yield (trouble(str(file), error),)

    def claim(self, one: Prepared) -> None:
        """Take bytes, name and page for a source. Raises DiagnosticsError where an earlier one took them."""
        file, seed, sha256 = one.source.file, one.source.seed, one.source.sha256
        self._refuse_planned_bytes(file, sha256)
        stem = seeds.same_name(PurePosixPath(seed).stem)
        if stem in self.stems:
            raise refusal(
                file, "D404", f"would have the same name in seeds/ as {self.stems[stem]}: rename one of them"
            )
        holder = one.page if (self.admission.root / one.page).exists() else self.planned.get(one.page)
        if holder:
            message = f"the page {one.page} is taken by {holder}: give this article another id with `--slug`"
            raise refusal(file, "D403", message)
        self.planned |= {sha256: str(file), one.page: str(file)}
        self.stems[stem] = str(file)

    def skip(self, one: Added) -> None:
        """Pass over a source. Raises DiagnosticsError where an earlier one has the same bytes."""
        self._refuse_planned_bytes(one.file, one.sha256)
        self.planned[one.sha256] = str(one.file)
        self.skipped += 1
        if len(self.told) < _MOST_TOLD:
            stands = self.admission.standing.seeds.get(one.sha256, "missing")
            self.told.append(f"{one.file}: was added already: its page is {one.page}, its source {stands}")

    def passed(self) -> Iterator[str]:
        """What there is to say of sources that were added already."""
        yield from self.told
        if self.skipped > len(self.told):
            yield f"{self.skipped:,} sources in all were added already"

    def _refuse_planned_bytes(self, file: Place, sha256: str) -> None:
        if sha256 in self.planned:
            raise refusal(file, "D402", f"has the same bytes as {self.planned[sha256]}: add one of them")
