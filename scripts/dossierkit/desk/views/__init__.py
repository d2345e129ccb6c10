"""Views of the desk: each returns a page, or carries out a form and redirects."""
