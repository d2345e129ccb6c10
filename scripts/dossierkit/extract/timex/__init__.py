"""Time expressions: found by a grammar per language, resolved against the publication date and the text before them."""

from dossierkit.extract.timex.find import find_timexes

__all__ = ["find_timexes"]
