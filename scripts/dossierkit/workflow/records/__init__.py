"""Authority records: import, merge, split, rename, withdraw, and proposals of articles to them."""
