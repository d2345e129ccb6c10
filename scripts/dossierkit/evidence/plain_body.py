"""Convert plain Markdown, as most reported text is, to HTML without a parser.

Supported: paragraphs, headings on their own line, `*emphasis*`, `**strong emphasis**` and `[links](address)`, not
nested, between spaces or punctuation. Anything else is left to Python-Markdown. The result equals that of
Python-Markdown and nh3 byte for byte; a property test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

# Their additions to Markdown begin with characters that are not plain.
KNOWN = frozenset("abbr admonition attr_list def_list fenced_code footnotes sane_lists tables toc".split())
_WORDS = r"[^\s\\`*_\[\]<>&\#!|~^{}\x00-\x1f\x7f-\xa0\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
_RUN = rf"{_WORDS}++(?>(?: {_WORDS}++)*)"  # possessive: a single way to match, no backtracking
_ADDRESS = r"(?:https?://)?[A-Za-z0-9][A-Za-z0-9./-]*"
_INLINE = re.compile(
    rf"(?<![^ (“‘\n])(?:\*\*(?P<strong>{_RUN})\*\*|\*(?P<em>{_RUN})\*|\[(?P<label>{_RUN})\]\((?P<href>{_ADDRESS})\))"
    r"(?![^ .,;?)”’\n])"
)
_OPENING = r"(?![-+=:>]|[0-9]+[.)])"
_LINE = rf"{_OPENING}{_RUN}"
_BLOCK = re.compile(rf"(?P<level>\#{{1,6}}) (?P<heading>{_RUN})|{_LINE}(?>(?:\n{_LINE})*)")
_MARK = "\ue000"
_SIGNS = re.compile(r"[*\[]")


def applies(extensions: Collection[object], configs: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a site's Markdown extensions leave plain text unchanged: known ones without options."""
    names = {str(name).removeprefix("markdown.extensions.") for name in extensions}
    return names <= KNOWN and not any(configs.values())


def is_paragraph(block: str) -> bool:
    """Whether a block of Markdown is one paragraph of words only."""
    match = _BLOCK.fullmatch(block)
    return match is not None and not match["level"]


def html(markdown: str) -> str | None:
    """The HTML of a plain text; None if it is not plain."""
    blocks = []
    for block in markdown.strip("\n").split("\n\n"):
        bare, found = _replaced(block.strip("\n"))
        match = _BLOCK.fullmatch(bare)
        if match is None:
            return None
        level = len(match["level"]) if match["level"] else 0
        tag, text = (f"h{level}", match["heading"]) if level else ("p", bare)
        blocks.append(f"<{tag}>{_restored(text, found)}</{tag}>")
    return "\n".join(blocks)


def _replaced(block: str) -> tuple[str, list[str]]:
    """The block with a mark for everything but words, and its HTML."""
    found: list[str] = []
    if _MARK in block or not _SIGNS.search(block):
        return block if _MARK not in block else "\\", found

    def replace(match: re.Match[str]) -> str:
        if match["href"]:
            found.append(f'<a href="{match["href"]}" rel="noopener noreferrer">{match["label"]}</a>')
        elif match["strong"]:
            found.append(f"<strong>{match['strong']}</strong>")
        else:
            found.append(f"<em>{match['em']}</em>")
        return _MARK

    return _INLINE.sub(replace, block), found


def _restored(text: str, found: list[str]) -> str:
    if not found:
        return text
    between = text.split(_MARK)
    return between[0] + "".join(html + rest for html, rest in zip(found, between[1:], strict=True))
