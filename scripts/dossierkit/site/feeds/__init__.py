"""Feeds of articles in Atom, RSS and JSON: of the site, of each dossier, of each entity."""
