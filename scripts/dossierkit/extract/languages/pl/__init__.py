"""Polish: dates, verbs and clauses; names are the network’s."""

from dossierkit.extract.languages import Language

LANGUAGE = Language(__name__)
