"""Source files -> readings: one reader a format. Readers are pure (bytes in, `Source` out) and refuse in clear words."""
