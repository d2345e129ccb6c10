"""An error in a template of the site's own, as a message that says where: such a copy is often from another version."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from dossierkit.store.packaged import packaged_templates

_SUFFIXES = frozenset({".html", ".xml", ".md"})


def template_fault(error: Exception) -> str:
    """The message; empty for any other error, and for one in which no template of the site's own takes part."""
    if "jinja2" not in sys.modules:
        return ""
    from jinja2 import TemplateError, TemplateSyntaxError  # noqa: PLC0415 - heavy

    if not isinstance(error, TemplateError):
        return ""
    if isinstance(error, TemplateSyntaxError):
        places = [(error.filename or "", error.lineno)]
    else:
        frames = traceback.extract_tb(error.__traceback__)
        places = [(frame.filename, frame.lineno or 0) for frame in frames]
    own = [(file, line) for file, line in places if file and _is_own(Path(file))]
    if not own:
        return ""
    file, line = own[-1]
    return (
        f"{file}:{line}: {str(error).rstrip('.')}. This file replaces Dossierkit's, and may have been copied from another version: compare it with "
        f"{packaged_templates()}, or remove it"
    )


def _is_own(file: Path) -> bool:
    others = file.is_relative_to(packaged_templates()) or "site-packages" in file.parts
    return file.suffix in _SUFFIXES and not others
