"""The location of the templates that ship with the package, in a module that commands can import without compiling anything."""

from __future__ import annotations

from pathlib import Path


def packaged_templates() -> Path:
    """The templates that ship with the package; in a checkout, those of the repository."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "templates"
    return shipped if shipped.is_dir() else package.parents[1] / "templates"
