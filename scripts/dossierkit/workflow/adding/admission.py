"""Checks whether a source may be added, independently of the other sources of a command, and collects known facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path, PurePosixPath
from shlex import quote

from dossierkit.ingest.place import Place, SourceInContainer, Url
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store import seeds
from dossierkit.store.inside import leads_out, real
from dossierkit.workflow.adding.source_table import TableRow
from dossierkit.workflow.source_file import curated_bytes, file_bytes, kept_bytes, refusal
from dossierkit.workflow.stated_values import wrong_values


@dataclass(frozen=True, slots=True)
class AdmittedSource:
    """A source that may be added. `seed`: its path in the repository; `curated`: the bytes of the curator's file beside it, None
    without.

    `part_of`: the container or mail that it was taken out of, in the words of its page.
    """

    file: Place
    seed: str
    data: bytes
    sha256: str
    known: seeds.Knowledge
    curated: bytes | None
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A source at an address, which is read when it is prepared. `curated`: the bytes of seeds/NAME.yml, None without."""

    url: Url
    curated: bytes | None


@dataclass(frozen=True, slots=True)
class Added:
    """A source whose bytes were added before, and its page."""

    file: Place
    sha256: str
    page: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A source that is not added, without being wrong, and why ("not published there")."""

    file: Place
    why: str


@dataclass(frozen=True, slots=True)
class Admission:
    """Decides on single sources. `given`: facts from the command line, for all; `sources`: the sources in the repository.

    `table`: facts about single sources, by `str` of their place. `in_folders`: files found in a named folder, which get
    another name in seeds/ if theirs is taken.
    """

    root: Path
    given: seeds.Knowledge
    sources: seeds.KnownSources
    table: Mapping[str, TableRow] = field(default_factory=dict)
    in_folders: frozenset[Place] = frozenset()

    def read(self, file: Place, existing: bytes | None, identifier: str = "") -> AdmittedSource | Added:
        """Read the source and decide on it. `existing`: the bytes of seeds/NAME.yml; `identifier`: the source's identifier,
        besides its bytes.

        Raises DiagnosticsError.
        """
        data = file_bytes(file)
        sha256 = seeds.digest(data)
        page = self.sources.pages.get(sha256) or self.sources.identifiers.get(identifier)
        if page:
            return Added(file, sha256, page)
        seed = self._seed(file, sha256)
        curated, known = self._knowledge(file, seed, existing)
        return AdmittedSource(file, seed, data, sha256, known, curated, getattr(file, "part_of", ""))

    def knowledge_bytes(self, file: Place) -> bytes | None:
        """The curator's file for the source in seeds/; None if there is none."""
        return self._kept(self.root / seeds.beside(seed_of(file), ".yml"))

    def _kept(self, curated: Path) -> bytes | None:
        """The bytes of a curator's file. Raises DiagnosticsError if it is in the repository and a link out of it."""
        ours = curated.absolute().is_relative_to(self.root.absolute())
        if ours and curated.is_file() and leads_out(curated, real(self.root)):
            raise refusal(
                curated,
                "D404",
                "is a link out of the repository: put the file itself there, or remove the link",
            )
        return kept_bytes(curated)

    def _seed(self, file: Place, sha256: str) -> str:
        """The path for the source in seeds/. Raises DiagnosticsError if its bytes or its name are there already."""
        seed = seed_of(file)
        existing = self.sources.seeds.get(sha256)
        if file.suffix.lower() in {".yml", ".yaml"}:
            raise refusal(
                file, "D401", "is YAML, not an article: seeds/NAME.yml says what a curator knows of NAME.txt"
            )
        if isinstance(file, Path) and file.resolve().is_relative_to((self.root / "content").resolve()):
            raise refusal(
                file,
                "D401",
                "is in content/, where pages are, not sources: `dossier check` reads it there as it is; a source is a file outside "
                "of content/",
            )
        inside = isinstance(file, Path) and file.resolve().parent == (self.root / "seeds").resolve()
        if inside and PurePosixPath(seed).name != file.name:
            raise refusal(file, "D404", f"has a name that some systems cannot hold: rename it to {seed}")
        if existing and not inside:
            raise refusal(
                file,
                "D402",
                f"is already in seeds/ as {existing}, without a page: run `dossier add {existing}`",
            )
        holder = self.sources.names.get(seeds.same_name(PurePosixPath(seed).stem))
        if holder and file in self.in_folders and not inside:
            return with_digits(seed, sha256)
        if holder and not (inside and holder == seed):
            page = self._page_of(holder)
            way = f"{corrected_edition(file, page)}; else " if page else ""
            message = f"{holder} has that name and other bytes: {way}rename the file and add it again"
            raise refusal(file, "D404", message)
        return seed

    def _page_of(self, seed: str) -> str:
        digest = next((sha256 for sha256, path in self.sources.seeds.items() if path == seed), "")
        return self.sources.pages.get(digest, "")

    def _knowledge(
        self, file: Place, seed: str, existing: bytes | None
    ) -> tuple[bytes | None, seeds.Knowledge]:
        """The curator's file beside the source (None without), and all known facts; options take precedence."""
        curated: Place = (
            Path(self.root / seeds.beside(seed, ".yml"))
            if isinstance(file, SourceInContainer)
            else file.with_suffix(".yml")
        )
        if isinstance(file, SourceInContainer):
            data = existing
        else:
            data = self._kept(curated) if isinstance(curated, Path) else curated_bytes(curated)
        if data is not None and existing is not None and existing != data:
            raise refusal(
                curated, "D404", f"{seeds.beside(seed, '.yml')} says otherwise: keep one of the two"
            )
        if data is None and existing is not None:
            curated, data = Path(self.root / seeds.beside(seed, ".yml")), existing
        row = self.table.get(str(file))
        if row is not None:
            data = seeds.with_values(data, row.values, str(curated))
        if data is None:
            return None, self.given
        knowledge = seeds.load_knowledge(data, str(curated))
        problems = [Diagnostic(str(curated), 0, 0, "D406", wrong) for wrong in wrong_values(knowledge)]
        if problems:
            raise DiagnosticsError(problems)
        given = {one.name: getattr(self.given, one.name) for one in fields(self.given)}
        return data, replace(knowledge, **{name: value for name, value in given.items() if value})


def with_digits(seed: str, sha256: str) -> str:
    """The path of a source whose name is taken: its name with eight digits of its SHA-256."""
    path = PurePosixPath(seed)
    return str(path.with_name(f"{path.stem}-{sha256[:8]}{path.suffix}"))


def corrected_edition(file: Place, page: str) -> str:
    """Advice for the case that a source is a later edition of the source of `page`."""
    return f"if this is a corrected edition of it, run `dossier add {quote(str(file))} --replaces {page}`"


def seed_of(file: Place) -> str:
    """The path of the file in seeds/."""
    return f"seeds/{seeds.safe_name(file.name)}"
