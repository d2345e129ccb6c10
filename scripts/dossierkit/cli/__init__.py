"""Arguments, progress, exit codes: one module for each command. Commands import what they need when they run, to start fast."""

from __future__ import annotations

import sys
from importlib import import_module

_COMMANDS = (
    "add archive arrivals authority build bundle check desk diff export extract init mcp merge merge_driver propose publish "
    "rename review serve sign split stamp stats suggest update verify withdraw"
)

try:
    from dossierkit.cli.group import main as main

    for _module in _COMMANDS.split():  # each adds its command to `main`
        import_module(f"{__name__}.{_module}")
except KeyboardInterrupt:  # nothing has begun: as click ends a command
    sys.exit("\nAborted!")
