"""Plain text -> Markdown with the same words, whichever of Material's usual extensions a site enables.

Only what would be read as markup is escaped, so that pages stay readable for editors. A backslash is used where
Python-Markdown always accepts it (its ESCAPED_CHARS), elsewhere a character reference, which needs no extension. `{`
is always a reference, so that `{{` and `{%` never reach a template engine.
"""

from __future__ import annotations

import re

_INLINE = re.compile(
    r"""
    [\\`*\[\]]                         # escapes, code, emphasis, links, notes
  | (?<![^\W_])_ | _(?![^\W_])         # emphasis; an underscore inside a word is none
  | \+{2,}                             # keys
  | [<{]                               # HTML, attribute lists, CriticMarkup, snippets, templates
  | &(?=\#?\w+;)                       # character references
  | :(?=[-+\w]+:)                      # emoji
  | ={2,}                              # highlight, setext headings, tabs
  | [~^]                               # struck out, subscript, superscript, fences
    """,
    re.VERBOSE,
)
_LINE = re.compile(
    r"""
    ^(?:
      (?P<slash>[#>] | [-+](?=\s|$) | -(?=(?>(?:-|[^\S\n])*)$) | !(?=!!))   # headings, quotes, lists, rules, admonitions
    | (?P<number>\d+)\.(?=\s|$)                                 # ordered lists
    | (?P<entity>\?(?=\?\?) | :(?=\s|::) | /(?=//) | =)         # details, definitions, blocks, setext headings
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_TABLE_RULE = re.compile(r"^(?=[:\- \t]*+\|)[|:\- \t]*+$", re.MULTILINE)
_EDGES = re.compile(r"^[^\S\n]+|(?<![^\S\n])[^\S\n]+$", re.MULTILINE)
_METADATA = re.compile(r"\A(?:(?=---)|([A-Za-z0-9_-]+):)")
_PAIRED = "~^"


def markdown_text(plain: str) -> str:
    """One block of plain text as Markdown. Line breaks stay; white space at the edges of lines is removed.

    `plain` must have passed `clean`. A lone `~` or `^` has no meaning and stays.
    """
    text = _EDGES.sub("", plain)
    alone = {char for char in _PAIRED if text.count(char) == 1}
    text = _INLINE.sub(lambda match: match[0] if match[0] in alone else _inline(match[0]), text)
    text = _TABLE_RULE.sub(lambda match: match[0].replace("|", _reference("|")), text)
    return _LINE.sub(_at_line_start, text)


def page_body(blocks: list[str]) -> str:
    """Blocks of Markdown as the body of a page, ending in one line break.

    Python-Markdown's `meta` extension would take a first line such as `Note: ...` or `--- ...` for metadata.
    """
    body = "\n\n".join(block for block in blocks if block.strip())
    body = _METADATA.sub(lambda match: match[1] + _reference(":") if match[1] else "\\", body)
    return f"{body}\n" if body else ""


def _reference(chars: str) -> str:
    return "".join({"<": "&lt;", "&": "&amp;"}.get(char) or f"&#{ord(char)};" for char in chars)


def _inline(found: str) -> str:
    if found[0] in "<{&:=~^":
        return _reference(found)
    return "".join(f"\\{char}" for char in found)


def _at_line_start(match: re.Match[str]) -> str:
    if match["number"]:
        return f"{match['number']}\\."
    return _reference(match["entity"]) if match["entity"] else f"\\{match['slash']}"
