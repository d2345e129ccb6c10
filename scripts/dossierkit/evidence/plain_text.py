"""The text of a page as readers see it."""

from __future__ import annotations

from functools import lru_cache


def plain_text(markdown: str) -> str:
    """The text that readers will see of a page's body, in which quotes must occur."""
    return _plain(markdown.strip("\n"))


@lru_cache(maxsize=2)  # a page and its source mostly have the same text
def _plain(markdown: str) -> str:
    from dossierkit.evidence.body_html import renderer  # noqa: PLC0415 -- heavy
    from dossierkit.evidence.layer import layer  # noqa: PLC0415 -- heavy

    return layer(renderer(("tables",), {})(markdown)).text
