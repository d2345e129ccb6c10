"""Makes proposals again and merges them into pages: `update` goes through pages and records, `page` merges one page."""
