"""Identity of names without a record. Pure: computed from all pages and proposals, never stored."""
