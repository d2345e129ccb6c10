"""Ukrainian: dates, verbs and clauses; names are those of records."""

from dossierkit.extract.languages import Language

LANGUAGE = Language(__name__)
