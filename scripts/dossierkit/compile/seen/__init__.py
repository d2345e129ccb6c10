"""What pages read, written down while they are made, and a digest for all of it."""
