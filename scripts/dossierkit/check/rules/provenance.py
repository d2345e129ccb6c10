"""Provenance: the source in seeds/ against its recorded digest, and reliability grades."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import normpath

from dossierkit.check.finding import Finding
from dossierkit.check.sheet import CheckedPage
from dossierkit.model.page import SourceNote

_GRADE = re.compile(r"[A-F][1-6]\Z")


def source(note: SourceNote, seeds: Mapping[str, str]) -> Iterator[Finding]:
    """D601 to D603. `seeds`: SHA-256 by path of every file below seeds/."""
    if not note.file:
        return
    if note.file not in seeds:
        inside = normpath(note.file).startswith("seeds/")
        what = "is not there" if inside else "is not in seeds/"
        message = f"the source {note.file} {what}: put it back from git, or correct the path"
        yield Finding("D602", message, ("source", "file"))
    elif not note.sha256:
        message = f"no `sha256` is recorded for {note.file}: today it is {seeds[note.file]}"
        yield Finding("D603", message, ("source", "file"))
    elif note.sha256.lower() != seeds[note.file]:
        message = (
            f"{note.file} is not what was added: its SHA-256 is {seeds[note.file]}. Bring it back from git; "
            "add a corrected edition as a source of its own"
        )
        yield Finding("D601", message, ("source", "sha256"))


def reliability(sheet: CheckedPage) -> Iterator[Finding]:
    """D707 and D708: grades of the Admiralty code (A to F for the source, 1 to 6 for the information)."""
    note = sheet.values.get("source")
    grade = note.get("reliability") if isinstance(note, dict) else None
    if not isinstance(grade, str):
        return
    at = ("source", "reliability")
    if not _GRADE.match(grade):
        message = f"`{grade}` is no grade: a letter A to F for the source, then a digit 1 to 6 for what it says, such as `B2`"
        yield Finding("D707", message, at)
    elif (grade[0] in "DE" or grade[1] in "45") and sheet.values.get("status") in {"reviewed", "published"}:
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
