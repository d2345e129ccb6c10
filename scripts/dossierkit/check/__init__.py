"""Checks before publication: rules over pages, records and dossiers, each with a code."""
