"""How much the aliases (`*name`) of YAML stand for: some lines can stand for more values than a program lives to count."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from dossierkit.text.data import LOADER

MOST_VALUES = 10_000
"""Values for which the front matter of a page may stand, each alias counted as what it repeats."""
_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
"""What MkDocs and its kin take for front matter."""


def overgrown(text: str) -> bool:
    """Whether the front matter of a page of the site's own stands for more than `MOST_VALUES`, or contains itself."""
    match = _FRONT.match(text)
    if match is None or "*" not in match[1]:
        return False
    try:
        root = yaml.compose(match[1], Loader=LOADER)
    except (yaml.YAMLError, RecursionError):
        return False
    return root is not None and _stands_for(root, MOST_VALUES) > MOST_VALUES


def _stands_for(root: yaml.Node, most: int) -> int:
    """The number of values, at most `most + 1`, which also stands for a node that contains itself."""
    counted: dict[int, int] = {}
    above: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting[-1]
        within = _within(node)
        if id(node) in counted:
            waiting.pop()
        elif id(node) in above:
            above.remove(id(node))
            counted[id(node)] = min(most + 1, 1 + sum(counted[id(one)] for one in within))
        elif any(id(one) in above or one is node for one in within):
            return most + 1
        else:
            above.add(id(node))
            waiting += within
    return counted[id(root)]


def _within(node: yaml.Node) -> Sequence[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [one for pair in node.value for one in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else ()
