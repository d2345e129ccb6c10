"""Compiled pages -> a search index of static files. Pure: records in, bytes by path out."""
