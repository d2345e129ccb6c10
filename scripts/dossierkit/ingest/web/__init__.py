"""Fetch pages at a person's request, never at build time: politely, and from public addresses only."""
