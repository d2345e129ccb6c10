"""Checks of a repository's files, before any is read as a page."""
