"""The pattern language of time rules, and which rules can begin with which two tokens.

`name:class` captures a token of a class; `class` or 'word' (either quotes) matches one token; ( ) groups, and
captures with a name before it; `?` and `|` as in regular expressions; `*` up to five times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_ITEM = re.compile(
    r"""(?<!\s)\s*(?:(?:(?P<name>[a-z]\w*):)?(?:(?P<word>[a-z]\w*)|'(?P<single>[^']+)'|"(?P<double>[^"]+)"|(?P<open>\())"""
    r"""|(?P<sign>[)|?*]))"""
)
_MACRO = re.compile(r"(?<![\w'\"])[A-Z]{2,}(?![\w'\"])")


@dataclass(frozen=True, slots=True)
class PatternNode:
    """`kind`: atom (one of the characters in `chars`), seq, alt, maybe (0 or 1), many (0 to 5). `name`: of the capture."""

    kind: str
    parts: tuple[PatternNode, ...] = ()
    chars: str = ""
    name: str = ""


_MANY = "{0,5}"  # bounded, so that a long run of numbers is not scanned from each of them
_NOTHING = PatternNode("seq")  # matches the empty string
_NEVER = PatternNode("alt")  # matches no string


def expand(text: str, macros: Mapping[str, str]) -> str:
    """The rule with its macros (names in capitals) expanded, up to three levels deep."""
    for _ in range(3):
        text = _MACRO.sub(lambda found: macros[found[0]], text)
    return text


def literals(text: str) -> Iterator[str]:
    """The quoted words of an expanded rule."""
    for item in _ITEM.finditer(text):
        word = item["single"] or item["double"]
        if word:
            yield word


def parse(text: str, sets: Mapping[str, str]) -> PatternNode:
    """Parse an expanded rule. `sets`: class, or word in single quotes -> its characters. Raises ValueError."""
    node, position = _alternatives(text, 0, sets)
    if text[position:].strip():
        raise ValueError(f"time rule {text!r}: cannot read {text[position:]!r}")
    return node


def _alternatives(text: str, position: int, sets: Mapping[str, str]) -> tuple[PatternNode, int]:
    branches: list[PatternNode] = []
    parts: list[PatternNode] = []
    while item := _ITEM.match(text, position):
        if item["sign"] == ")":
            break
        position = item.end()
        if item["sign"] == "|":
            branches.append(PatternNode("seq", tuple(parts)))
            parts = []
        elif item["sign"]:
            parts[-1] = PatternNode("maybe" if item["sign"] == "?" else "many", (parts[-1],))
        elif item["open"]:
            inner, position = _alternatives(text, position, sets)
            closing = _ITEM.match(text, position)
            if closing is None:
                raise ValueError(f"time rule {text!r}: a bracket is not closed")
            position = closing.end()
            parts.append(PatternNode("seq", (inner,), name=item["name"] or ""))
        else:
            parts.append(_atom(item, sets))
    branches.append(PatternNode("seq", tuple(parts)))
    return (branches[0] if len(branches) == 1 else PatternNode("alt", tuple(branches))), position


def _atom(item: re.Match[str], sets: Mapping[str, str]) -> PatternNode:
    key = item["word"] or f"'{item['single'] or item['double']}'"
    if key not in sets and item["word"]:
        raise ValueError(f"time rule: there is no class {key!r}; put words in quotes")
    return PatternNode("atom", chars=sets.get(key, ""), name=item["name"] or "")


def regex(node: PatternNode) -> str:
    """The tree as a regular expression over class characters, with captures as named groups."""
    if node.kind == "atom":
        body = f"[{node.chars}]" if node.chars else "(?!)"
    elif node.kind == "alt":
        body = f"(?:{'|'.join(map(regex, node.parts))})"
    elif node.kind in {"maybe", "many"}:
        body = f"(?:{regex(node.parts[0])}){'?' if node.kind == 'maybe' else _MANY}"
    else:
        body = "".join(map(regex, node.parts))
    return f"(?P<{node.name}>{body})" if node.name else body


def continuations(node: PatternNode, char: str) -> tuple[bool, frozenset[str]]:
    """For matches that begin with `char`: whether it can be the whole match, and which characters may follow."""
    after = _after(node, char)
    return _empty(after), frozenset(first(after))


def first(node: PatternNode) -> str:
    """The characters a match may begin with."""
    if node.kind == "atom":
        return node.chars
    if node.kind != "seq":
        return "".join(first(part) for part in node.parts)
    found = ""
    for part in node.parts:
        found += first(part)
        if not _empty(part):
            break
    return found


def _empty(node: PatternNode) -> bool:
    """Whether the node matches no tokens at all."""
    if node.kind in {"maybe", "many"}:
        return True
    if node.kind == "alt":
        return any(map(_empty, node.parts))
    return node.kind == "seq" and all(map(_empty, node.parts))


def _after(node: PatternNode, char: str) -> PatternNode:
    """What remains to match after `char` (the derivative of a regular expression, Brzozowski 1964)."""
    if node.kind == "atom":
        return _NOTHING if char in node.chars else _NEVER
    if node.kind == "alt":
        return PatternNode("alt", tuple(_after(part, char) for part in node.parts))
    if node.kind == "maybe":
        return _after(node.parts[0], char)
    if node.kind == "many":
        return PatternNode("seq", (_after(node.parts[0], char), node))
    if not node.parts:
        return _NEVER
    head, rest = node.parts[0], PatternNode("seq", node.parts[1:])
    taken = PatternNode("seq", (_after(head, char), rest))
    return PatternNode("alt", (taken, _after(rest, char))) if _empty(head) else taken
