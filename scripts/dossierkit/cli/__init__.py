"""Arguments, progress, exit codes: one module for each command. Commands import what they need when they run, to start fast."""

from dossierkit.cli.group import main as main
