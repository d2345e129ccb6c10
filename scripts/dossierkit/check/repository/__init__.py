"""What is wrong with the files of a repository before any of them is read as a page."""
