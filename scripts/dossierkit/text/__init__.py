"""Plain text: sentences, folded forms, names, quotes, dates in words. Pure."""
