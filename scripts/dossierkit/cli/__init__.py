"""Arguments, progress, exit codes: one module for each command. Commands import what they need when they run, to start fast."""

from __future__ import annotations

import sys

try:
    from dossierkit.cli.group import main as main
except KeyboardInterrupt:  # nothing has begun: as click ends a command
    sys.exit("\nAborted!")
