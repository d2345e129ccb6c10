"""From content and evidence to pages: context, charts, heads, feeds, search. Pure: takes records and callables."""
