"""Source files -> readings: one reader a format. Readers are pure (bytes in, `Reading` out) and refuse in clear words."""
