"""`dossier suggest`: asks a language model of the user's choice, and submits its answers as `dossier propose` does."""
