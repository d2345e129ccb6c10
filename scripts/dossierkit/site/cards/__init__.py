"""The pictures that pages are shared with: an SVG each, that an engine's shell draws as PNG."""
