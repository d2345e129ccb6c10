"""Adds sources: sources into seeds/, proposals beside them, draft pages into content/."""
