"""Runs git, always in the same way: what only reads starts no program that a repository's configuration names.

Off are the monitor of files (`core.fsmonitor`), hooks, the pager, checks of signatures, and optional writes to the index, after
which a hook would run. Calls for `log` and `diff` also say `--no-ext-diff --no-textconv`. A filter (`filter.NAME.clean`) cannot be
switched off: `git status` needs it to compare a file that `.gitattributes` gives to it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_SETTINGS = ("core.fsmonitor=false", "core.quotePath=false", "log.showSignature=false")
_READING = ("--no-optional-locks", "-c", f"core.hooksPath={os.devnull}")
NO_PROGRAMS = ("--no-ext-diff", "--no-textconv")
MISSING, FAILED = 127, 126
"""The exit code, as of a shell, if there is no git."""


def command(root: Path, *arguments: str, own: bool = False) -> list[str]:
    """The command line for git in the repository at `root`. `own`: an action of the user, for which hooks run."""
    settings = (part for setting in _SETTINGS for part in ("-c", setting))
    return ["git", "--no-pager", *settings, *(() if own else _READING), "-C", str(root), *arguments]


def git(
    root: Path, *arguments: str, stdin: bytes = b"", own: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Run git. `own`: see `command`. Without git, the exit code is `MISSING`, and `FAILED` if the system
    does not let it begin; standard error says so.
    """
    line = command(root, *arguments, own=own)
    try:
        return subprocess.run(line, input=stdin, capture_output=True, check=False)  # noqa: S603 -- our own arguments
    except FileNotFoundError:
        return subprocess.CompletedProcess(line, MISSING, b"", b"git is not installed")
    except OSError as error:
        return subprocess.CompletedProcess(line, FAILED, b"", f"git cannot be run: {error.strerror}".encode())


def refusal(root: Path) -> str:
    """Why git does not read the repository that contains `root`, with a remedy; empty if it does, or if there is none."""
    if not in_git(root):
        return ""
    done = git(root, "rev-parse", "--git-dir")
    if not done.returncode:
        return ""
    lines = [line.strip() for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    reason = next((line for line in lines if line.startswith("fatal:")), (lines or ["no reason"])[0])
    trust = next((line for line in lines if line.startswith("git config") and "safe.directory" in line), "")
    if trust:
        remedy = f"if you trust whoever can write to this folder, run `{trust}`"
    elif done.returncode == MISSING:
        remedy = "install it, or leave `.git` out of this copy"
    else:
        remedy = "run `git status` there"
    return f"{reason.removeprefix('fatal: ')}: {remedy}"


def in_git(root: Path) -> bool:
    """Whether git, if it works, finds a repository here; git's messages depend on the language."""
    place = root.resolve()
    return "GIT_DIR" in os.environ or any((folder / ".git").exists() for folder in (place, *place.parents))
