"""Importing this loads what commands load when they need it, for all processes that begin as copies of the one that imports it."""

from __future__ import annotations

from importlib import import_module

from dossierkit.extract.authority import build
from dossierkit.extract.pipeline import extract
from dossierkit.model.source import Article
from dossierkit.text.language import detect

SLOW = ("dossierkit.build.mkdocs_build", "dossierkit.engines.run", "dossierkit.workflow.adding.add", "dossierkit.workflow.check")  # fmt: skip
"""What takes longest to load of that which commands load when they need it."""
WORDS = "Talks open\n\nThe Ministry said on 3 May 2016 that Jane Example, born in 1970, will leave in 2018."
"""An article, for the rules of its language and what tells languages apart: both are made when they are first asked for."""

for name in SLOW:
    import_module(name)
detect(WORDS)
extract(Article("a", WORDS, "Talks", "2016-05-30", "en"), build(()), None)
