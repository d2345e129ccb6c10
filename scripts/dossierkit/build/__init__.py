"""Pages -> files: the builder, the layout, the outputs, the manifest and caches of incremental builds, and the preview."""
