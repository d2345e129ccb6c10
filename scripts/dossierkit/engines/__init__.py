"""From pages to a site. No lower layer knows an engine."""
