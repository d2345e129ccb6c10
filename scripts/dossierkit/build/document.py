"""A compiled page as the Markdown file that an engine reads."""

from __future__ import annotations

from dossierkit.site.interface import CompiledPage
from dossierkit.store.yamltext import front_matter


def document(page: CompiledPage) -> str:
    """Front matter and body, LF line breaks."""
    return f"{front_matter(page.meta)}{page.body}"
