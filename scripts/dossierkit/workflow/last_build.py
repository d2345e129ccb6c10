"""Recognises that nothing changed since the last build, without importing the builder."""

from __future__ import annotations

from pathlib import Path

from dossierkit.build.messages import messages
from dossierkit.build.unchanged import unchanged


def standing(root: Path, *, strict: bool) -> Path | None:
    """The site folder of the repository at `root`, if nothing changed since MkDocs built it last; otherwise None.

    The warnings of that build are printed again.
    """
    last = unchanged(root, strict=strict)
    if last is None:
        return None
    with messages() as logger:
        for line in last.warnings:
            logger.warning(line)
        logger.info("nothing changed since the last build: the site stays as it is")
    return Path(last.site)
