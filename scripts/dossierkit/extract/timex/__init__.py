"""Time expressions: found by a grammar for each language, resolved against the publication date and preceding text."""

from dossierkit.extract.timex.find import find_timexes

__all__ = ["find_timexes"]
