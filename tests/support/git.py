"""Git as tests use it: by nobody's name, without what the machine or its user has set."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
_WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")


def git(root: Path, *words: str, when: str = "", code: int = 0) -> str:
    """What `git WORDS` prints in a folder, where it ends with this code. `when`: the date of what it commits."""
    dates = {f"GIT_{who}_DATE": when for who in ("AUTHOR", "COMMITTER") if when}
    done = subprocess.run(
        ["git", *_WHO, *words],
        cwd=root,
        env={**os.environ, **_ALONE, **dates},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout.rstrip("\n")


def first_commit(root: Path, *paths: str, message: str = "x") -> None:
    """A repository of git in a folder, whose branch `main` has what is below these paths, by default all."""
    git(root, "init", "-q")
    git(root, "add", *(paths or ("-A",)))
    git(root, "commit", "-qm", message)


def known(root: Path) -> None:
    """Say in a repository's own settings who commits, for commands that commit in the user's name."""
    for name, value in (("user.name", "A"), ("user.email", "a@example.org")):
        git(root, "config", name, value)
