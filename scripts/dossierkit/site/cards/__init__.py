"""Pictures for shared links: one SVG for each card, which the build renders as PNG."""
