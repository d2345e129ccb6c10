"""Twins of pages for programs: an article's bare text, and pages as Markdown."""
