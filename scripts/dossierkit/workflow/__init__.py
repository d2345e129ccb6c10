"""The commands, apart from their arguments and exit codes."""
