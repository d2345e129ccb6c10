"""Where the templates are that ship with the package: by itself, since commands need it that compile nothing."""

from __future__ import annotations

from pathlib import Path


def packaged_templates() -> Path:
    """The templates that ship with the package, or the repository's own when it is installed from a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "templates"
    return shipped if shipped.is_dir() else package.parents[1] / "templates"
