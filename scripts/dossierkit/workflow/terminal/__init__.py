"""`dossier review` over the whole repository: by entity, many at once, by page, by event, and changes since the last commit."""
