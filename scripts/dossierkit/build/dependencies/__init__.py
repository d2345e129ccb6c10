"""The dependencies of a page: what it reads while it is made, with a digest for each part."""
