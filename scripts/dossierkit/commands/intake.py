"""Which sources may come in: those whose bytes, name in seeds/ and page are not taken, in the order in which they are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path, PurePosixPath

from dossierkit.commands.preparing import Prepared, Refused, Source
from dossierkit.commands.proposing import beside
from dossierkit.commands.source import file_bytes, refusal
from dossierkit.commands.stated import wrong_values
from dossierkit.model.problem import Problem, ProblemsError
from dossierkit.store import seeds

_MOST_TOLD = 10  # of what was passed over


class Intake:
    """Lets sources in one after another, each knowing of those before it. `given`: what the command line says of all."""

    def __init__(self, root: Path, given: seeds.Knowledge) -> None:
        self.root = root
        self.given = given
        self.standing = seeds.standing(root)
        self.planned: dict[str, str] = {}
        self.stems: dict[str, str] = {}
        self.told: list[str] = []
        self.skipped = 0

    def sources(self, files: Sequence[Path]) -> Iterator[Source | Refused]:
        """The sources to prepare, or why they cannot be added; without those that were added already."""
        for file in files:
            try:
                source = self._source(file)
            except ProblemsError as error:
                yield error.problems
            else:
                if source is not None:
                    yield source

    def claim(self, one: Prepared) -> None:
        """Take bytes, name and page for a source. Raises ProblemsError where an earlier one took them."""
        file, seed, sha256 = one.source.file, one.source.seed, one.source.sha256
        self._refuse_planned_bytes(file, sha256)
        stem = seeds.same_name(PurePosixPath(seed).stem)
        if stem in self.stems:
            raise refusal(
                file, "D404", f"would have the same name in seeds/ as {self.stems[stem]}: rename one of them"
            )
        holder = one.page if (self.root / one.page).exists() else self.planned.get(one.page)
        if holder:
            message = f"the page {one.page} is taken by {holder}: give this article another id with `--slug`"
            raise refusal(file, "D403", message)
        self.planned |= {sha256: str(file), one.page: str(file)}
        self.stems[stem] = str(file)

    def passed(self) -> Iterator[str]:
        """What there is to say of sources that were added already."""
        yield from self.told
        if self.skipped > len(self.told):
            yield f"{self.skipped:,} sources in all were added already"

    def _source(self, file: Path) -> Source | None:
        """What is to be prepared; None where the bytes were added already. Raises ProblemsError."""
        data = file_bytes(file)
        sha256 = seeds.digest(data)
        page = self.standing.pages.get(sha256)
        if page:
            self._refuse_planned_bytes(file, sha256)
            self._pass(file, sha256, page)
            return None
        seed = self._seed(file, sha256)
        curated, known = self._knowledge(file, seed)
        return Source(file, seed, data, sha256, known, curated)

    def _refuse_planned_bytes(self, file: Path, sha256: str) -> None:
        if sha256 in self.planned:
            raise refusal(file, "D402", f"has the same bytes as {self.planned[sha256]}: add one of them")

    def _pass(self, file: Path, sha256: str, page: str) -> None:
        self.planned[sha256] = str(file)
        self.skipped += 1
        if len(self.told) < _MOST_TOLD:
            stands = self.standing.seeds.get(sha256, "missing")
            self.told.append(f"{file}: was added already: its page is {page}, its source {stands}")

    def _seed(self, file: Path, sha256: str) -> str:
        """The place of the source in seeds/. Raises ProblemsError when these bytes or that name stand there already."""
        seed = f"seeds/{seeds.safe_name(file.name)}"
        stands = self.standing.seeds.get(sha256)
        if file.suffix.lower() in {".yml", ".yaml"}:
            raise refusal(
                file, "D401", "is YAML, not an article: seeds/NAME.yml says what a curator knows of NAME.txt"
            )
        inside = file.resolve().parent == (self.root / "seeds").resolve()
        if inside and PurePosixPath(seed).name != file.name:
            raise refusal(file, "D404", f"has a name that some systems cannot hold: rename it to {seed}")
        if stands and not inside:
            raise refusal(
                file, "D402", f"stands in {stands} already, without a page: run `dossier add {stands}`"
            )
        holder = self.standing.names.get(seeds.same_name(PurePosixPath(seed).stem))
        if holder and not (inside and holder == seed):
            raise refusal(
                file, "D404", f"{holder} has that name and other bytes: rename the file and add it again"
            )
        return seed

    def _knowledge(self, file: Path, seed: str) -> tuple[bytes | None, seeds.Knowledge]:
        """The curator's file beside the source, and what is known in all: options first."""
        curated = file.with_suffix(".yml")
        kept = self.root / beside(seed, ".yml")
        data = curated.read_bytes() if curated.is_file() else None
        if data is not None and kept.is_file() and kept.read_bytes() != data:
            raise refusal(curated, "D404", f"{beside(seed, '.yml')} says otherwise: keep one of the two")
        if data is None and kept.is_file():
            curated, data = kept, kept.read_bytes()
        if data is None:
            return None, self.given
        try:
            stated = seeds.load_knowledge(data.decode("utf-8-sig").replace("\r\n", "\n"), str(curated))
        except UnicodeDecodeError as error:
            raise refusal(
                curated, "D406", f"byte {error.start} is not UTF-8: save the file as UTF-8"
            ) from None
        problems = [Problem(str(curated), 0, 0, "D406", wrong) for wrong in wrong_values(stated)]
        if problems:
            raise ProblemsError(problems)
        given = {field.name: getattr(self.given, field.name) for field in fields(self.given)}
        return data, replace(stated, **{name: value for name, value in given.items() if value})
