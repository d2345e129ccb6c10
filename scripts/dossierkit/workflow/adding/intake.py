"""Decides which sources are added: those whose bytes, name in seeds/ and page are new, in the order given."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from dossierkit.ingest.place import Place, SourceInContainer, Url
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.parallel.fence import problems_of
from dossierkit.store import seeds
from dossierkit.text.number_of import number_of, some
from dossierkit.text.shingles import body_of, marks_of, runs_of, shares
from dossierkit.workflow.adding.admission import (
    Added,
    Admission,
    AdmittedSource,
    LeftOut,
    Unread,
    corrected_edition,
    with_digits,
)
from dossierkit.workflow.adding.containers import Found, Splitting
from dossierkit.workflow.adding.preparing import Prepared, Task
from dossierkit.workflow.source_file import refusal

_MOST_LINES = 10  # messages about skipped sources
_MOST_NAMED = 5
_SAME = 0.9  # a word that was changed costs five runs of words
_MOSTLY = 0.5


class Intake:
    """Accepts sources one after another, and compares each with those before it.

    `_by_...`: the first source of this command with an identifier, a name, bytes, a page, a stem in seeds/. `_renamed`: paths in
    seeds/ of files that got another name there.
    """

    def __init__(self, admission: Admission, splitting: Splitting) -> None:
        self._admission = admission
        self._splitting = splitting
        self._by_identifier: dict[str, str] = {}
        self._by_name: dict[str, Place] = {}
        self._renamed: dict[str, str] = {}
        self._texts = _KnownTexts(admission.root, admission.sources.texts)
        self._by_sha256: dict[str, str] = {}
        self._by_page: dict[str, str] = {}
        self._by_stem: dict[str, str] = {}
        self._repeats: list[str] = []
        self._added_before: list[str] = []
        self._skipped = 0
        self._left_out: dict[str, list[str]] = {}

    def sources(self, files: Sequence[Place]) -> Iterator[Task]:
        """The tasks: sources to prepare, sources added already, or problems. Single sources at addresses are not read here."""
        for file in files:
            for found in self._splitting.each(file):
                if isinstance(found, DiagnosticsError):
                    yield found.problems
                elif not self._repeated(found):
                    yield self._task(found)

    def _task(self, found: Found) -> Task:
        file = found.file
        if found.page:
            return Added(file, "", found.page)
        if found.left_out:
            return LeftOut(file, found.left_out)
        try:
            existing = self._admission.knowledge_bytes(file)
            if isinstance(file, Url):
                return Unread(file, existing)
            return self._named(self._admission.read(file, existing, found.identifier))
        except Exception as error:  # noqa: BLE001 -- any error concerns this source only
            return problems_of(str(file), error)

    def _named(self, task: AdmittedSource | Added) -> AdmittedSource | Added:
        """The source, renamed in seeds/ if it was found in a folder and another source of this command has its name."""
        if isinstance(task, Added):
            return task
        if isinstance(task.file, SourceInContainer):
            tied = self._renamed.get(task.file.container) if task.part_of.startswith("seeds/") else None
            return replace(task, part_of=tied) if tied else task
        first = self._by_name.setdefault(seeds.same_name(PurePosixPath(task.seed).stem), task.file)
        if first == task.file or task.file not in self._admission.in_folders:
            return task
        self._renamed[str(task.file)] = with_digits(task.seed, task.sha256)
        return replace(task, seed=self._renamed[str(task.file)])

    def _repeated(self, found: Found) -> bool:
        """Whether a source of this command has the same identifier; it is then skipped."""
        first = self._by_identifier.setdefault(found.identifier, str(found.file)) if found.identifier else ""
        if not first or first == str(found.file):
            return False
        line = f"{found.file}: is the same as {first}, by its identifier {found.identifier}"
        self._note_skipped(line, self._repeats)
        return True

    def claim(self, one: Prepared) -> Prepared | None:
        """Reserve bytes, name and page for a source, and return what is to be written; None if a part or a file of a folder
        repeats bytes.

        Raises DiagnosticsError if an earlier source has them.
        """
        file, seed, sha256 = one.source.file, one.source.seed, one.source.sha256
        if isinstance(file, SourceInContainer) or file in self._admission.in_folders:
            if sha256 in self._by_sha256:
                line = f"{file}: has the same bytes as {self._by_sha256[sha256]}"
                self._note_skipped(line, self._added_before)
                return None
            one = self._with_free_page(one)
        self._refuse_planned_bytes(file, sha256)
        stem = seeds.same_name(PurePosixPath(seed).stem)
        if stem in self._by_stem:
            raise refusal(
                file,
                "D404",
                f"would have the same name in seeds/ as {self._by_stem[stem]}: rename one of them",
            )
        if (self._admission.root / one.page).exists():
            message = f"there is a page {one.page} already: {corrected_edition(file, one.page)}; an article of its own gets another id with `--slug`"
            raise refusal(file, "D403", message)
        if one.page in self._by_page:
            message = f"the page {one.page} is taken by {self._by_page[one.page]}: give this article another id with `--slug`"
            raise refusal(file, "D403", message)
        self._by_sha256[sha256] = self._by_page[one.page] = str(file)
        self._by_stem[stem] = str(file)
        note = self._texts.take(one)
        return replace(one, notes=(*one.notes, note)) if note else one

    def _with_free_page(self, prepared: Prepared) -> Prepared:
        """A part, or a file of a folder, with a page of its own if its page is taken, because many mails have the same
        subject. Eight digits of its SHA-256 make the page's name unique.
        """
        if prepared.page not in self._by_page and not (self._admission.root / prepared.page).exists():
            return prepared
        page = f"{prepared.page.removesuffix('.md')}-{prepared.source.sha256[:8]}.md"
        written = {page if path == prepared.page else path: data for path, data in prepared.written.items()}
        return replace(prepared, page=page, written=written)

    def skip(self, added: Added) -> None:
        """Skip a source. Raises DiagnosticsError if an earlier one has the same bytes."""
        if added.sha256 and not isinstance(added.file, SourceInContainer):
            self._refuse_planned_bytes(added.file, added.sha256)
        if added.sha256:
            self._by_sha256[added.sha256] = str(added.file)
        seed = self._admission.sources.seeds.get(added.sha256, "")
        line = f"{added.file}: was added already: its page is {added.page}"
        self._note_skipped(f"{line}, its source {seed}" if seed else line, self._added_before)

    def leave_out(self, one: LeftOut) -> None:
        """Note a source that is not added."""
        self._left_out.setdefault(one.why, []).append(str(one.file))

    def _note_skipped(self, line: str, lines: list[str]) -> None:
        self._skipped += 1
        if len(lines) < _MOST_LINES:
            lines.append(line)

    def skipped_lines(self) -> Iterator[str]:
        """Messages about skipped sources, those recognised by identifier first.

        Identifiers are recognised while other sources are prepared, so their order among the other messages would vary.
        """
        lines = (*self._repeats, *self._added_before)[:_MOST_LINES]
        yield from lines
        if self._skipped > len(lines):
            yield f"{self._skipped:,} sources in all were skipped, since they were added before"
        for why, names in sorted(self._left_out.items()):
            yield f"{number_of(len(names), 'source')} left out, {why}: {some(names, _MOST_NAMED)}"

    def _refuse_planned_bytes(self, file: Place, sha256: str) -> None:
        if sha256 in self._by_sha256:
            raise refusal(file, "D402", f"has the same bytes as {self._by_sha256[sha256]}: add one of them")


class _KnownTexts:
    """The texts of pages, indexed by digests: pages on disk, and pages that this command has not written yet."""

    def __init__(self, root: Path, marks: Mapping[int, str]) -> None:
        self._root, self._marks = root, dict(marks)
        self._coming: dict[str, array[int]] = {}

    def take(self, one: Prepared) -> str:
        """Add the text of a source, and return a note if an earlier page has the same text or a part of it."""
        text = runs_of(body_of(one.written[one.page].decode("utf-8", "replace")))
        marks = marks_of(text)
        pages = dict.fromkeys(self._marks[mark] for mark in marks if mark in self._marks)
        found = [(*shares(text, other), page) for page in pages if (other := self._of(page))]
        best = max(found, key=lambda each: (each[0] + each[1], each[2]), default=None)
        self._coming[one.page] = text
        for mark in marks:
            self._marks.setdefault(mark, one.page)
        return _note(*best) if best else ""

    def _of(self, page: str) -> array[int] | None:
        if page in self._coming:
            return self._coming[page]
        file = self._root / page
        return (
            runs_of(body_of(file.read_text(encoding="utf-8", errors="replace"))) if file.is_file() else None
        )


def _note(here: float, there: float, page: str) -> str:
    """The note for two similar texts. `here`: the share of the source's text that the page has; `there`: the share of the
    page's text that the source has.
    """
    if min(here, there) >= _SAME:
        return f"it has the same text as {page}: keep one of the two, or say in both which is which"
    if here >= _SAME:
        return f"all its text is in {page} too, which says more: keep that one, or say in both which is which"
    if there >= _SAME:
        return f"it has all the text of {page}, and more: keep one of the two, or say in both which is which"
    if min(here, there) >= _MOSTLY:
        return f"it has {here:.0%} of its text in common with {page}: keep one of the two, or say in both which is which"
    return ""
