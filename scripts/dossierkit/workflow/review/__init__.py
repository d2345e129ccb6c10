"""Editors' decisions: as values, carried out and undone; and what the terminal shows of an item and asks about it.

`item_decisions` lists the decisions, `decisions` carries out each, `engine` writes and undoes them; `page_review` and
`record_reviews` are what is decided on. `screen`, `display`, `prompts`, `remaining` and `record_prompts` are the terminal's.
"""
