"""What supports each claim: marks and quotes, who is named where, joined events, what may be seen, and whether pages agree. Pure."""
