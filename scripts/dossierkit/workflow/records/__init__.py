"""Authority records: merged, split, renamed, and what articles propose for them."""
