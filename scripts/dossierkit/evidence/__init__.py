"""Evidence of each claim: marks and quotes, index of mentions, joined events, visibility, consistency of pages. Pure."""
