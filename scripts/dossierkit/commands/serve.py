"""`dossier serve`: a live preview, drafts included."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(root: Path, address: str) -> int:
    """Serve until interrupted; the exit code of the server."""
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(root / "mkdocs.yml"), "-a", address]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    try:
        return subprocess.run(command, cwd=root, env=environment, check=False).returncode  # noqa: S603 - our own arguments
    except KeyboardInterrupt:
        return 0
