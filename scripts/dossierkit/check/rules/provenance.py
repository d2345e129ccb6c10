"""Provenance: the source in seeds/ against its recorded digest, and reliability grades."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from posixpath import normpath
from typing import NamedTuple

from dossierkit.check.report import Finding
from dossierkit.check.sheet import CheckedPage
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import PUBLIC, SourceNote
from dossierkit.store.edit_nodes import Path
from dossierkit.store.seeds import load_knowledge, unusable

_GRADE = re.compile(r"[A-F][1-6]\Z")


class Seeds(NamedTuple):
    """The files below seeds/. `digests`: SHA-256 by path. `converted`: what git made at a path of the file that another SHA-256 is of,
    and what to do; empty if the file is something else. `read`: the bytes of a file.
    """

    digests: Mapping[str, str]
    converted: Callable[[str, str], str]
    read: Callable[[str], bytes]


def curated(data: bytes, path: str) -> tuple[Diagnostic, ...]:
    """Problems of a curator's file beside a source (D102, D107, D406, ...)."""
    try:
        known = load_knowledge(data, path)
    except DiagnosticsError as error:
        return tuple(error.problems)
    return tuple(Diagnostic(path, 0, 0, "D406", wrong) for wrong in unusable(known))


def source(note: SourceNote, seeds: Seeds) -> Iterator[Finding]:
    """D601 to D603."""
    yield from _copy(note.file, note.sha256, seeds, ("source",))
    for at, one in enumerate(note.earlier):
        yield from _copy(one.file, one.sha256, seeds, ("source", "earlier", at))


def _copy(file: str, sha256: str, seeds: Seeds, place: Path) -> Iterator[Finding]:
    if not file:
        return
    if file not in seeds.digests:
        inside = normpath(file).startswith("seeds/")
        what = "is not there" if inside else "is not in seeds/"
        message = f"the source {file} {what}: put it back from git, or correct the path"
        yield Finding("D602", message, (*place, "file"))
    elif not sha256:
        message = f"no `sha256` is recorded for {file}: today it is {seeds.digests[file]}"
        yield Finding("D603", message, (*place, "file"))
    elif sha256.lower() != seeds.digests[file]:
        made = seeds.converted(file, sha256)
        message = (
            f"{file} {made}"
            if made
            else f"{file} is not what was added: its SHA-256 is {seeds.digests[file]}. Bring it back from git; "
            "add a corrected edition with `dossier add FILE --replaces PAGE`"
        )
        yield Finding("D601", message, (*place, "sha256"))


def reliability(page: CheckedPage) -> Iterator[Finding]:
    """D707 and D708: grades of the Admiralty code (A to F for the source, 1 to 6 for the information)."""
    grade = page.origin.get("reliability")
    if not isinstance(grade, str):
        return
    at = ("source", "reliability")
    if not _GRADE.match(grade):
        message = f"`{grade}` is no grade: a letter A to F for the source, then a digit 1 to 6 for what it says, such as `B2`"
        yield Finding("D707", message, at)
    elif (grade[0] in "DE" or grade[1] in "45") and page.values.get("status") in PUBLIC:
        message = (
            f"the source is graded {grade} ({_words(grade)}): say so to readers, or find a second source"
        )
        yield Finding("D708", message, at)


_SOURCES = (
    "completely reliable|usually reliable|fairly reliable|not usually reliable|unreliable|cannot be judged"
)
_CLAIMS = "confirmed by others|probably true|possibly true|doubtful|improbable|cannot be judged"


def _words(grade: str) -> str:
    """A grade in words. Scale: NATO AJP-2.1, source reliability and information credibility."""
    return f"{_SOURCES.split('|')['ABCDEF'.index(grade[0])]}; {_CLAIMS.split('|')[int(grade[1]) - 1]}"
