"""The repository while an editor works on it: read once, then decided on, edited, undone. Used by the desk and by `terminal`."""
