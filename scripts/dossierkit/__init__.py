"""Dossierkit: articles in, a published dossier out. CONTRIBUTING.md describes the packages and which may import which."""

__version__ = "0.1.0"
