"""From compiled pages to a search index of static files. Pure: takes records, returns bytes by path."""
