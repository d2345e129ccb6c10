"""Citations of a page, in each format. Pure; a date of access is never invented."""
