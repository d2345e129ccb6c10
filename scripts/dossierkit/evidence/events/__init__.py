"""Entries of several articles joined into events."""
