"""Arabic: names and tense."""

from dossierkit.extract.languages import Language
from dossierkit.extract.languages.ar.names import find_names

LANGUAGE = Language(__name__, find_names)
