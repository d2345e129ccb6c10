"""Text of a page that its readers did not see, or saw struck out: elements that are hidden by `hidden`, by a style of their own or by
a simple rule of a style sheet within the page, and deletions.

What a script, another file or a selector of several elements hides is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lxml.html import HtmlElement

_LONGEST = 10_000  # characters of a style
_LONGEST_SHEET = 1_000_000
_MOST_SHARE = 0.5  # of the text: more is what a script would have shown
_STRUCK = frozenset({"del", "s", "strike"})
_NOTHING = re.compile(r"\A(?:0++(?:\.0++)?|\.0++)(?:[a-z]++|%)?\Z")
_FAR = re.compile(r"-(?:999|\d{4,}+)(?:\.\d++)?(?:px|pt|em|rem)?\Z")
_NO_CLIP = re.compile(r"rect\([\s0-9px,]{1,40}\)\Z|inset\((?:50|100)%\)\Z")
_REVEALED = frozenset({"opacity", "visibility"})
"""Properties by which style sheets hide what a script shows as soon as it is scrolled into view."""
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:(?P<mark>[.#])(?P<name>[\w-]+))?\Z", re.IGNORECASE)
_HIDING = {
    "display": re.compile(r"none\Z"),
    "visibility": re.compile(r"(?:hidden|collapse)\Z"),
    "opacity": _NOTHING,
    "font-size": _NOTHING,
    "left": _FAR,
    "top": _FAR,
    "text-indent": _FAR,
    "clip": _NO_CLIP,
    "clip-path": _NO_CLIP,
    "color": re.compile(r"transparent\Z"),
    "text-decoration": re.compile(r"(?:[a-z ]{0,40} )?line-through\b"),
    "text-decoration-line": re.compile(r"(?:[a-z ]{0,40} )?line-through\b"),
}
_Verdicts = Mapping[str, bool]
"""By property, whether its value hides the text."""


class _Rule(NamedTuple):
    """`weight`: the specificity and the place of a rule; of two rules for one property, the heavier one holds."""

    tag: str
    mark: str
    name: str
    weight: tuple[int, int]
    verdicts: _Verdicts


def without_hidden(tree: HtmlElement) -> None:
    """Remove hidden and struck out elements, in place; one that holds most of the text stays, since pages are hidden until a script
    has run.
    """
    whole = 0
    rules = _by_name(_rules(tree))
    for element in [one for one in tree.iter() if isinstance(one.tag, str) and _is_hidden(one, rules)]:
        whole = whole or _size(tree)
        if element.getparent() is not None and _size(element) <= _MOST_SHARE * whole:
            element.drop_tree()


def struck_out(tree: HtmlElement) -> str:
    """The words that elements for deletions strike out, with single spaces."""
    return " ".join(" ".join("".join(one.itertext()).split()) for one in tree.iter(*_STRUCK)).strip()


def _is_hidden(element: HtmlElement, rules: Mapping[str, list[_Rule]]) -> bool:
    hidden = element.get("hidden")
    if hidden is not None and hidden.strip().lower() != "until-found":
        return True
    if element.tag in _STRUCK or (element.tag == "dialog" and element.get("open") is None):
        return True
    verdicts = dict[str, bool]()
    for rule in sorted(_matching(element, rules), key=lambda rule: rule.weight):
        verdicts.update(rule.verdicts)
    verdicts.update(_verdicts((element.get("style") or "")[:_LONGEST]))
    return any(verdicts.values())


def _matching(element: HtmlElement, rules: Mapping[str, list[_Rule]]) -> Iterator[_Rule]:
    if not rules:
        return
    names = [f".{name}" for name in (element.get("class") or "").split()]
    for name in dict.fromkeys([element.tag, *names, f"#{element.get('id') or ''}"]):
        yield from (rule for rule in rules.get(name, ()) if rule.tag in {"", element.tag})


def _by_name(rules: Iterable[_Rule]) -> dict[str, list[_Rule]]:
    found: dict[str, list[_Rule]] = {}
    for rule in rules:
        found.setdefault(f"{rule.mark}{rule.name}" if rule.mark else rule.tag, []).append(rule)
    return found


def _rules(tree: HtmlElement) -> Iterator[_Rule]:
    """The rules of style sheets within the page that concern hiding, and whose selector is one element, class or id. Rules of
    conditions (`@media`) are left out.
    """
    sheets = "\n".join(sheet.text or "" for sheet in tree.iter("style") if not sheet.get("media"))
    for place, (selectors, style) in enumerate(_plain_rules(_without_comments(sheets[:_LONGEST_SHEET]))):
        verdicts = {
            name: hides for name, hides in _verdicts(style[:_LONGEST]).items() if name not in _REVEALED
        }
        for selector in selectors.split(",") if verdicts else ():
            found = _SELECTOR.match(selector.strip())
            if found and found[0]:
                tag, mark, name = ((found[part] or "") for part in ("tag", "mark", "name"))
                specificity = (100 if mark == "#" else 10 if mark else 0) + bool(tag)
                yield _Rule(tag.lower(), mark, name, (specificity, place), verdicts)


def _without_comments(sheet: str) -> str:
    begin, *parts = sheet.split("/*")
    return " ".join([begin, *(part.partition("*/")[2] for part in parts)])


def _plain_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules of a style sheet that no other rule contains."""
    depth = start = opened = 0
    for sign in re.finditer(r"[{};]", sheet):
        if sign[0] == "{":
            depth += 1
            opened = sign.start() if depth == 1 else opened
        elif sign[0] == "}" and depth:
            depth -= 1
            if depth == 0:
                yield sheet[start:opened], sheet[opened + 1 : sign.start()]
        if depth == 0:
            start = sign.end()


def _verdicts(style: str) -> _Verdicts:
    found: dict[str, bool] = {}
    important: set[str] = set()
    values: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = (part.strip().lower() for part in declaration.partition(":"))
        plain, _, weight = (part.strip() for part in value.partition("!"))
        if name in important and not weight:
            continue
        if weight:
            important.add(name)
        values[name] = plain
        if name in _HIDING:
            found[name] = _HIDING[name].match(plain) is not None
    if values.get("color") and values["color"] in {values.get("background"), values.get("background-color")}:
        found["color"] = True
    return found


def _size(element: HtmlElement) -> int:
    return sum(len("".join(text.split())) for text in element.itertext())
