"""The history of pages in git: the day on which each was first shown to readers, and the day of its last change.

It is read by one call of `git log --first-parent`, so that a day is the one on which a page reached this branch, not the one
on which somebody began to write it. A shallow clone gives no days.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dossierkit.store.git import NO_PROGRAMS, command, git, in_git

_SHOWN = frozenset({b"reviewed", b"published"})
_DAY = re.compile(rb"\x00(\d{4}-\d{2}-\d{2})\n")
_RAW = re.compile(rb":\d{6} \d{6} [0-9a-f]+ ([0-9a-f]+) ([AMDTRC])\d*\t([^\t\n]+)(?:\t([^\t\n]+))?\n")
_FILE = re.compile(rb"\+\+\+ b/([^\t\n]+)\t?\n")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_STATUS = re.compile(rb"\+status: *[\"']?(\w+)")
_BODY = 2  # lines of dashes before the body
_LOG = (
    "log",
    "--reverse",
    "--first-parent",
    "-m",
    "-M",
    "--raw",
    "--no-abbrev",
    "--patch",
    "-U0",
    *NO_PROGRAMS,
    "--format=%x00%cs",
)


class ShallowError(ValueError):
    """The clone does not have the complete history."""


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The history of a page. `arrived`: the day on which it was first shown to readers, empty if it is not shown. `first`,
    `last`: the names in git of its content then and now. `touched`: the day of its last change.
    """

    arrived: str = ""
    first: str = ""
    touched: str = ""
    last: str = ""


def head(root: Path) -> str:
    """The commit that is checked out; empty without history. Raises ShallowError."""
    output = _git(root, "rev-parse", "--is-shallow-repository", "HEAD").split()
    if len(output) != 2:
        return ""
    if output[0] == b"true":
        raise ShallowError
    return output[1].decode()


def committed(root: Path, built: Path) -> str:
    """The commit that is checked out; empty if a file differs from it, or without git. `built`: a folder to ignore."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", "HEAD").strip().decode()
    if not commit:
        return ""
    places = [".", *_left_out(root, built)]
    status = _run(root, "status", "--porcelain", "--untracked-files=normal", "--", *places)
    return "" if status is None or status else commit


def _left_out(root: Path, built: Path) -> Iterator[str]:
    """A pathspec that excludes a folder, if it is inside the repository."""
    if built != root and built.is_relative_to(root):
        yield f":(exclude,literal){built.relative_to(root).as_posix()}"


def histories(root: Path, folder: str) -> dict[str, PageHistory]:
    """The histories of the present pages below the folder, by path below the repository."""
    line = command(root, *_LOG, "--relative", "--", folder)
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:  # noqa: S603 - our own arguments
        assert run.stdout
        return read(run.stdout)


def read(lines: Iterable[bytes]) -> dict[str, PageHistory]:
    """Read git's output line by line. Lines inside a change of a file are never taken for git's own lines."""
    log = _Log()
    within = 0
    for line in lines:
        if within:
            within -= not line.startswith(b"\\")  # "no newline at end of file" is none of them
            log.changed(line)
        elif hunk := _HUNK.match(line):
            within = sum(int(number) if number is not None else 1 for number in hunk.groups())
        elif named := _DAY.fullmatch(line):
            log.commit(named[1].decode())
        elif raw := _RAW.fullmatch(line):
            log.file(raw[1].decode(), raw[2], _text(raw[3]), _text(raw[4] or raw[3]))
        elif patched := _FILE.fullmatch(line):
            log.patch(_text(patched[1]))
    log.commit("")
    return log.pages


class _Log:
    """What was read so far of pages, and of the current commit."""

    def __init__(self) -> None:
        self.pages: dict[str, PageHistory] = {}
        self._shown: dict[str, bool] = {}
        self._blobs: dict[str, str] = {}
        self._day, self._path = "", ""
        self._fences, self._stated = 0, False

    def commit(self, day: str) -> None:
        """Apply the changes of the previous commit, which is completely read, and begin the next."""
        for path, blob in self._blobs.items():
            page = replace(self.pages.get(path, PageHistory()), touched=self._day, last=blob)
            if self._shown.get(path) and not page.arrived:
                page = replace(page, arrived=self._day, first=blob)
            self.pages[path] = page
        self._day, self._path, self._blobs = day, "", {}

    def file(self, blob: str, kind: bytes, old: str, new: str) -> None:
        """Record that a file was added, changed, removed or renamed."""
        if kind == b"D":
            self.pages.pop(old, None)
            self._shown.pop(old, None)
            return
        if kind == b"R":
            self.pages[new] = self.pages.pop(old, PageHistory())
            self._shown[new] = self._shown.pop(old, False)
        self._blobs[new] = blob

    def patch(self, path: str) -> None:
        self._path, self._fences = path, 0
        self._stated = path in self._shown

    def changed(self, line: bytes) -> None:
        """Read a changed line of a file. A page's status is the first in its front matter, or one that replaces it."""
        if line.startswith(b"-status:"):
            self._stated = False
        elif line.startswith(b"+---"):
            self._fences += 1
        elif self._fences < _BODY and not self._stated and (status := _STATUS.match(line)):
            self._shown[self._path] = status[1] in _SHOWN
            self._stated = True


def introducer(root: Path, blob: str) -> str:
    """The author of the commit that introduced a blob, with the name from `.mailmap`; empty if unknown."""
    output = _git(root, "log", "--first-parent", "-m", "--format=%aN", f"--find-object={blob}")
    return output.decode("utf-8", "replace").strip().rpartition("\n")[2].strip()


def contents(root: Path, names: Iterable[str]) -> Iterator[bytes]:
    """The blobs of these names, in order; empty bytes for a missing one."""
    asked = "".join(f"{name}\n" for name in names).encode()
    output = _git(root, "cat-file", "--batch", stdin=asked)
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        *_, kind, size = output[at:end].split(b" ") if b" blob " in output[at:end] else (b"", b"0")
        length = int(size)
        yield output[end + 1 : end + 1 + length]
        at = end + 1 + (length + 1 if kind == b"blob" else 0)


def _git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """Git's output; empty without git or a repository, or if git refuses it (see `store.git.refusal`)."""
    return _run(root, *arguments, stdin=stdin) or b""


def _run(root: Path, *arguments: str, stdin: bytes = b"") -> bytes | None:
    """Git's output; None if git failed, or would."""
    if not in_git(root):  # starting git only to hear that takes longer than looking
        return None
    done = git(root, *arguments, stdin=stdin)
    return None if done.returncode else done.stdout


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
