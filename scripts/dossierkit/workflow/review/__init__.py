"""Editors' decisions: as values, carried out and undone; and the review of pages in the terminal, one key for each.

`item_decisions` lists the decisions, `decisions` carries out each, `engine` writes and undoes them. `session` is the walk
through pages in the terminal, with `prompts`, `display` and `remaining`; `page_review` and `record_reviews` are what it
reviews.
"""
