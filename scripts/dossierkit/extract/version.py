"""What a proposal says made it; raised whenever the same input would give another proposal."""

from __future__ import annotations

from dossierkit import __version__

EXTRACTOR = f"dossierkit {__version__} rules 2"
