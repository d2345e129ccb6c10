"""The content in the terms of schema.org, for search engines and archives (JSON-LD 1.1, https://schema.org)."""
