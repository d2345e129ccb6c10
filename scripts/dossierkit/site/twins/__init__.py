"""Copies of pages for programs: an article's plain text, and pages as Markdown."""
