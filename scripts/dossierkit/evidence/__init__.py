"""The support of each claim: marks and quotes, the index of mentions, joined events, visibility, and consistency of pages. Pure."""
