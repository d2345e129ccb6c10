"""Git operations for editors: status, commits, new branches. Never pushes and never forces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dossierkit.store.edit import EditError
from dossierkit.store.git import NO_PROGRAMS, git

FOLDERS = ("content", "seeds")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
_LONGEST = 200_000  # characters of a text diff
_LITERAL = "--literal-pathspecs"


@dataclass(frozen=True, slots=True)
class GitState:
    """`branch`: empty if no branch is checked out. `changed`: pairs of git's two letters and a path from the repository.
    `there`: False without a git repository. `first`: whether there is no commit yet.
    """

    branch: str = ""
    changed: tuple[tuple[str, str], ...] = ()
    there: bool = True
    first: bool = False


def state(root: Path) -> GitState:
    """The state of the work tree below content/ and seeds/."""
    code, output = _run(
        root, "status", "--porcelain=v1", "-z", "--branch", "--untracked-files=all", "--", *FOLDERS
    )
    if code:
        return GitState(there=False)
    head, *rest = output.split("\0")
    first = head.startswith("## No commits yet on ")
    branch = head.removeprefix("## ").removeprefix("No commits yet on ").partition("...")[0]
    return GitState(
        "" if branch.startswith("HEAD (") else branch, tuple(_changed(rest, _prefix(root))), first=first
    )


def _prefix(root: Path) -> str:
    """The path of the repository below the top of the work tree."""
    return _run(root, "rev-parse", "--show-prefix")[1].strip("\n")


def _changed(fields: Sequence[str], prefix: str) -> list[tuple[str, str]]:
    found, skip = [], False
    for field in fields:
        if skip or len(field) < 4:
            skip = False
            continue
        found.append((field[:2], field[3:].removeprefix(prefix)))
        skip = "R" in field[:2] or "C" in field[:2]
    return found


def text_diff(root: Path, path: str) -> str:
    """The difference of one file from the last commit; of an untracked file, its whole content."""
    known = _run(root, "ls-files", "--error-unmatch", "--", path)[0] == 0
    _, output = (
        _run(root, "diff", "--no-color", *NO_PROGRAMS, "HEAD", "--", path)
        if known
        else _run(root, "diff", "--no-color", *NO_PROGRAMS, "--no-index", "--", "/dev/null", path)
    )
    return output[:_LONGEST]


def commit(root: Path, paths: Sequence[str], message: str) -> str:
    """Commit only these files, and return a line about the commit. Raises EditError with git's message."""
    if not message.strip():
        raise EditError("a commit needs a message")
    if not paths:
        raise EditError("nothing is selected for the commit")
    _must(root, "add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul", stdin="\0".join(paths))
    _must(
        root,
        "commit",
        "--quiet",
        "--only",
        f"--message={message.strip()}",
        "--pathspec-from-file=-",
        "--pathspec-file-nul",
        stdin="\0".join(paths),
    )
    return _must(root, "log", "-1", "--format=%h %s").strip()


def new_branch(root: Path, name: str) -> None:
    """Create a branch here and switch to it. Raises EditError."""
    if not _BRANCH.fullmatch(name):
        raise EditError(
            "`{name}` is not a name for a branch: use letters, digits, hyphens, points and slashes", name=name
        )
    _must(root, "switch", "--create", name)


def _must(root: Path, *arguments: str, stdin: str = "") -> str:
    """The output of an action of the user, with hooks. Raises EditError."""
    done = git(root, _LITERAL, *arguments, stdin=stdin.encode("utf-8", "surrogateescape"), own=True)
    if done.returncode:
        words = _text(done.stderr or done.stdout).strip()
        raise EditError("git {command}: {words}", command=arguments[0], words=words or "failed")
    return _text(done.stdout)


def _run(root: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and the output."""
    done = git(root, _LITERAL, *arguments)
    return done.returncode, _text(done.stdout)


def _text(output: bytes) -> str:
    return output.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
