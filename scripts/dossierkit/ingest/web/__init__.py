"""Pages fetched from the web at a person's request, and never at build time: politely, and from public addresses alone."""
