"""Arguments, progress, exit codes. What a command needs is imported when it runs, since start-up counts."""

from __future__ import annotations

from dossierkit.cli import authority, desk, records, share, site, sources
from dossierkit.cli.group import main

__all__ = ["authority", "desk", "main", "records", "share", "site", "sources"]
