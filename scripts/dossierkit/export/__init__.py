"""What readers may see -> the formats of others, one file a format. Pure: a compiled site in, texts and bytes out."""
