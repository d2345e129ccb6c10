"""Pages -> files: the builder, the layout, the outputs, what may stay from the last build, and the preview."""
