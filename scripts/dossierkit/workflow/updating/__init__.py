"""Makes proposals again and merges them into pages."""
