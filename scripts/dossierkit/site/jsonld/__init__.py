"""The content as schema.org describes it, for search engines and archives (JSON-LD 1.1, https://schema.org)."""
