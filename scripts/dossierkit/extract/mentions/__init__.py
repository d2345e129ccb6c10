"""Mentions of names in a text: `find` calls the other modules, one for each way of finding them."""
