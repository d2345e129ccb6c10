"""Source files -> `Source` values: one reader for each format. Readers are pure and raise RefusedError with a plain message."""
