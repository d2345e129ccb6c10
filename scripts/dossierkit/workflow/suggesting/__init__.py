"""`dossier suggest`: asks a language model that the user runs or chose, and puts its answers through the same door as all proposals."""
