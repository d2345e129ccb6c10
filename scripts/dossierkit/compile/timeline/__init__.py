"""Timelines over several articles: entries joined into events, gathered by time, drawn, and made ready to be filtered."""
