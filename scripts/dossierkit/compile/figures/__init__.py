"""Pictures drawn at build time: who is named with whom, and where. Pure geometry; the templates write the SVG."""
