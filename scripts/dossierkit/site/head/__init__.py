"""The head of each page: descriptions, feeds, shared links, citation, and schema.org's JSON-LD."""
