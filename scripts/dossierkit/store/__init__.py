"""Pages on disk <-> nouns: the only place where files are validated. Positions are kept for error messages."""
