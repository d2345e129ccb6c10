"""`dossier review`, in an editing session: by page, by entity, many at once, by event, and changes since the last commit."""
