"""Time expressions: found by a grammar per language, resolved against the publication date and the text before them."""

from dossierkit.extract.timex.find import find_timexes
from dossierkit.extract.timex.locales import LANGUAGES

__all__ = ["LANGUAGES", "find_timexes"]
