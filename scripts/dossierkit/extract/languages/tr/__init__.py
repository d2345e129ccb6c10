"""Turkish: dates and verbs; names are the network’s."""

from dossierkit.extract.languages import Language

LANGUAGE = Language(__name__)
