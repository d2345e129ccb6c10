"""Sentences that report an event, the date of each, and those of them that an editor is shown. `find` has the steps in order."""
