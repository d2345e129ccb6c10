"""Dossierkit: articles in, a published dossier out.

Rooms, from the ground up (a room imports only rooms below it, siblings never each other):
`model` nouns · `text` sentences, names, quotes, dates in words · `store` pages on disk <-> nouns ·
`ingest` source files -> articles · `extract` article -> proposal · `compile` content -> pages ·
`merge`, `check`, `export` · `engines` pages -> site · `commands` · `cli`.
"""

__version__ = "0.1.0"
