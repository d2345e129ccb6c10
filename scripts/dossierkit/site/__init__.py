"""Content and its evidence -> pages: context, views, charts, heads, feeds, search. Pure: texts, records and callables in, pages out."""
