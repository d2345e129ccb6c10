"""Pictures for shared links: one SVG a card, which the build renders as PNG."""
