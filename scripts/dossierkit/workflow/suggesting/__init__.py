"""`dossier suggest`: asks a language model that the user chooses, and submits its answers as `dossier propose` does."""
