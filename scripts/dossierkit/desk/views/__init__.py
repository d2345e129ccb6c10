"""The views of the desk: each reads a request and answers with a page, or carries out a form and leads on."""
