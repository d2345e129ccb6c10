"""Time expressions: found by a grammar per language, resolved against the publication date and the text before them."""

from dossierkit.extract.timex.find import LANGUAGES, find_timexes

__all__ = ["LANGUAGES", "find_timexes"]
