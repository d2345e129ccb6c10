"""Decisions of editors, one key each."""
