"""Reads and writes pages on disk: the only place where files are validated. Positions are recorded for error messages."""
