"""From content and its evidence to pages: context, views, charts, heads, feeds, search. Pure: takes texts, records and
callables, returns pages.
"""
