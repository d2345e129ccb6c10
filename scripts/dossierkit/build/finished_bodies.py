"""Bodies that are finished HTML: what Python-Markdown would return for them, without calling it."""

from __future__ import annotations

import re
from collections.abc import Collection

from dossierkit.evidence import plain_body

# Python-Markdown's own block-level elements, as far as fragments begin with them.
_ELEMENT = re.compile(
    r"<(article|aside|details|div|dl|figure|footer|h[1-6]|header|nav|ol|p|section|table|ul)(?=[ >])"
)
_NEVER = ("\t", "\r", "\x02", "\x03", "<!", "<?")
_LEFT_ALONE = (
    plain_body.KNOWN
)  # extensions that leave HTML and plain paragraphs as they are, whatever their options


def applies(extensions: Collection[str]) -> bool:
    """Whether a site's Markdown extensions leave finished HTML as it is."""
    return {str(name).removeprefix("markdown.extensions.") for name in extensions} <= _LEFT_ALONE


def finished(body: str) -> str | None:
    """The HTML of a body whose blocks are each one whole element on a line, or a plain paragraph; None for any other."""
    if any(
        sign[-1] in body and sign in body for sign in _NEVER
    ):  # looking for its last character first is faster
        return None
    pieces: list[str] = []
    body = body.strip("\n")
    for block in body.split("\n\n") if "\n" in body else (body,):
        if _whole(block):
            pieces += (block, "\n\n")
        elif plain_body.is_paragraph(block):
            pieces += (f"<p>{block}</p>", "\n")
        else:
            return None
    return "".join(pieces[:-1])


def _whole(block: str) -> bool:
    """Whether the block is one element, on one line."""
    start = _ELEMENT.match(block)
    if start is None or "\n" in block or not block.endswith(f"</{start[1]}>"):
        return False
    depth = 0
    for tag in re.finditer(rf"<(/?){start[1]}(?=[ >])", block):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.start() == len(block) - len(start[1]) - 3
    return False
