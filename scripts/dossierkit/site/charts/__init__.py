"""Timelines, networks and maps drawn at build time. Pure geometry; the templates write the SVG."""
