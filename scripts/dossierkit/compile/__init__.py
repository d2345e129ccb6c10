"""Content -> pages: evidence, marks, back-references, indexes. Pure: texts, records and callables in, pages out."""
