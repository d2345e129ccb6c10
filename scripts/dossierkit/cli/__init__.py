"""Arguments, progress, exit codes: one file a command. What a command needs is imported when it runs, since start-up counts."""

from __future__ import annotations

from dossierkit.cli import (
    add,
    authority,
    build,
    check,
    diff,
    export,
    extract,
    init,
    merge,
    merge_driver,
    propose,
    publish,
    rename,
    review,
    serve,
    split,
    stats,
    update,
    verify,
    withdraw,
)
from dossierkit.cli.group import main

__all__ = [
    "add",
    "authority",
    "build",
    "check",
    "diff",
    "export",
    "extract",
    "init",
    "main",
    "merge",
    "merge_driver",
    "propose",
    "publish",
    "rename",
    "review",
    "serve",
    "split",
    "stats",
    "update",
    "verify",
    "withdraw",
]
