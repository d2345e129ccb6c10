"""Bodies that are finished HTML: what Python-Markdown would return for them, without calling it."""

from __future__ import annotations

import re
from collections.abc import Collection

from dossierkit.evidence import plain_body

# Python-Markdown's own block-level elements, as far as fragments begin with them.
_ELEMENT = re.compile(
    r"<(article|aside|details|div|dl|figure|footer|h[1-6]|header|nav|ol|p|script|section|table|ul)(?=[ >])"
)
_SPACES = re.compile(" *")
_NEVER = ("\t", "\r", "\x02", "\x03", "<!", "<?")
_LEFT_ALONE = plain_body.KNOWN
"""Extensions that leave HTML and plain paragraphs as they are, whatever their options."""


def applies(extensions: Collection[str]) -> bool:
    """Whether a site's Markdown extensions leave finished HTML as it is."""
    return {str(name).removeprefix("markdown.extensions.") for name in extensions} <= _LEFT_ALONE


def finished(body: str) -> str | None:
    """The HTML of a body whose blocks are each whole elements on a line, or a plain paragraph; None for any other."""
    if any(sign[-1] in body and sign in body for sign in _NEVER):  # its last character alone is found faster
        return None
    pieces: list[str] = []
    body = body.strip("\n")
    for block in body.split("\n\n") if "\n" in body else (body,):
        if elements := _elements(block):
            pieces += ("\n".join(elements), "\n\n")
        elif plain_body.is_paragraph(block):
            pieces += (f"<p>{block}</p>", "\n")
        else:
            return None
    return "".join(pieces[:-1])


def _elements(block: str) -> list[str]:
    """The elements of a block that is nothing but whole elements on one line, with spaces between them or none; else empty."""
    found: list[str] = []
    at = 0
    while at < len(block):
        end = 0 if "\n" in block else _end(block, at)
        if not end:
            return []
        found.append(block[at:end])
        at = next(_SPACES.finditer(block, end)).end()
    return found if block.endswith(">") else []


def _end(block: str, at: int) -> int:
    """Where the element ends that begins at `at`; 0 if none begins there, or it does not end."""
    start = _ELEMENT.match(block, at)
    if start is None:
        return 0
    depth = 0
    for tag in re.compile(rf"<(/?){start[1]}(?=[ >])").finditer(block, at):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end() + 1 if block[tag.end()] == ">" else 0
    return 0
