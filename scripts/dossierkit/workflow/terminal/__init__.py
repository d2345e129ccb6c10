"""`dossier review` over the whole repository: by entity, many at once, by page, by event, and what changed in git."""
