"""What the head of each page tells machines: descriptions, feeds, shared links, citation, and schema.org's JSON-LD."""
