"""Exports: what readers may see in standard formats, one module for each. Pure: a compiled site in, texts and bytes out."""
