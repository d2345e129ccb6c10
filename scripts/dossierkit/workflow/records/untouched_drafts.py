"""Draft records of older versions that nobody has touched: what the machine wrote, and no decision."""

from __future__ import annotations

from dossierkit.merge.untouched import undecided

__all__ = ["undecided"]
