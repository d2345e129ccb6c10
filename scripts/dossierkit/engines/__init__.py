"""Pages -> a site. Nothing below this room knows an engine."""
