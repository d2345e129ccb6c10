"""The repository while an editor works on it: read once, then decided on, edited, undone. Used by the desk and by `terminal`.

`session` is the way in: it has the `index` of all pages, the `queue` of names, and `joined_entries`. `names` decides on rows
of the queue; `article_edits`, `record_edits`, `dossier_edits` and `event_edits` make the new text of a page.
"""
