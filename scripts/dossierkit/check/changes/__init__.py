"""Changes in meaning between two states of a repository."""
