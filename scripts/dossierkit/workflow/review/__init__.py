"""Editors' decisions: as values, carried out and undone; and the review of pages in the terminal, one key for each."""
