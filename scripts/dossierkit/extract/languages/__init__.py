"""What finds names in one language only, a folder a language."""
