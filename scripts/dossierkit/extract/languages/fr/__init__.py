"""French: names and tense."""

from dossierkit.extract.languages import Language
from dossierkit.extract.languages.fr.names import find_names
from dossierkit.extract.languages.fr.tense import tense

LANGUAGE = Language(__name__, find_names, tense)
