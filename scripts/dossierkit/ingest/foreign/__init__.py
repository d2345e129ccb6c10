"""What other programs say of articles, from their exports: each format to `ForeignItem`s. Pure."""
