"""What a page reads while it is made, and a digest for each part of it."""
