"""Find code and styles in a page, as browsers parse it, with the tokenizer of the HTML standard.

Stricter than a browser where that is simpler: the contents of titles and text fields count, and a CDATA section,
which ends elsewhere inside a drawing than outside, is reported itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_ATTRIBUTES = (
    r"""(?>(?:[\s/]++|[^\s/>=][^\s/>=]*+(?>(?:\s*+=\s*+(?>(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?))?)|=)*)"""
)
_TOKEN = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|(?P<cdata><!\[CDATA\[)|</[a-z][^\s/>]*+{_ATTRIBUTES}>|<(?:[!?]|/(?![a-z]))[^>]*+>"
    rf"|<(?P<raw>script|style)(?=[\s/>])(?P<given>{_ATTRIBUTES})>(?P<text>.*?)</(?P=raw)(?=[\s/>])[^>]*+>"
    rf"|<(?P<name>[a-z][^\s/>]*+)(?P<rest>{_ATTRIBUTES})>",
    re.DOTALL | re.IGNORECASE,
)
REACHING = frozenset("button embed fencedframe form frame iframe input link meta object portal".split())
"""Elements that can send a reader or a request to another host, some of them whatever the policy says."""
_CODED = r"&(?:amp|\#39|\#34|quot|lt|gt|\#x27);"
_DULL = re.compile(
    rf"""(?>(?:
      [^<]++
      | </[a-z][a-z0-9]*+>
      | <(?!script|style|title|textarea|xmp|no(?:embed|frames|script)|{"|".join(sorted(REACHING))})[a-z][a-z0-9]*+
        (?>(?:\ (?:
          (?:href|src)="(?!(?i:java|vb|live))(?>(?:[^"&\x00-\x20]++|{_CODED})*)"
          | (?!(?i:dk|on|style|srcdoc|href|src|action|formaction|data=|xlink|to=|from=|values|http))
            [a-zA-Z][a-zA-Z0-9:-]*+ (?>(?:="(?>(?:[^"&]++|{_CODED})*)")?)
        ))*) \ ?/?>
    )*)""",
    re.VERBOSE,
)
"""Text and tags that are of no interest whatever, as nearly all are: passed over at once."""
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>=][^\s/>=]*+)(?>(?:\s*+=\s*+(?>(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+))?))?)"""
)
CDATA = "![CDATA["
_CLOSING = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in "title textarea xmp iframe noembed noframes noscript".split()
}
"""What ends the elements whose content browsers take for text."""
_SUSPECT = re.compile(
    r"""[\s/"'-](?:on[a-z]|style|srcdoc|http-equiv|own)|script|&[^;\s]*+;?""", re.IGNORECASE
)
_PLAIN = re.compile(r"&(?:amp|#39|#34|quot|lt|gt|#x27);")
_LEADS = frozenset({"href", "src", "action", "formaction", "data", "xlink:href"})
_MOVING = frozenset({"animate", "set", "animatetransform", "animatemotion"})
_RUNS = re.compile(r"(?:^|;)((?:java|vb|live)script:)", re.IGNORECASE)
_DATA = re.compile(
    r"(?:application/|text/)(?:[\w.+-]+\+)?json|text/(?:template|html|plain|x-[\w-]+-template)"
)


class Attribute(NamedTuple):
    """`start`, `end`: offsets in the page. `value`: as browsers read it."""

    name: str
    value: str
    start: int
    end: int


class HtmlTag(NamedTuple):
    """A start tag, or a script or style with its text, which begins at `inner`."""

    name: str
    start: int
    end: int
    attributes: tuple[Attribute, ...]
    text: str = ""
    inner: int = 0

    def get(self, name: str) -> str | None:
        return next((attribute.value for attribute in self.attributes if attribute.name == name), None)


def tags(html: str) -> Iterator[HtmlTag]:
    """Scripts, styles, and tags with a relevant attribute, in order."""
    yield from _tags(html, 0, len(html))


def _tags(html: str, at: int, end: int) -> Iterator[HtmlTag]:
    while (at := _end(_DULL.match(html, at, end), at)) < end:
        match = _TOKEN.match(html, at, end)
        if match and (tag := _tag(html, match)):
            yield tag
        at = _end(match, at + 1)
        if match and (closing := _CLOSING.get((match["name"] or "").lower())):
            found = closing.search(html, at, end)
            inner = found.start() if found else end
            yield from _tags(html, at, inner)
            at = inner


def _end(match: re.Match[str] | None, otherwise: int) -> int:
    return match.end() if match else otherwise


def _tag(html: str, match: re.Match[str]) -> HtmlTag | None:
    if match["cdata"]:
        return HtmlTag(CDATA, *match.span(), ())
    if raw := match["raw"]:
        given = _attributes(html, *match.span("given"))
        return HtmlTag(raw.lower(), *match.span(), given, match["text"], match.start("text"))
    name = match["name"]
    if name and (name.lower() in REACHING or _is_suspect(html, *match.span("rest"))):
        return HtmlTag(name.lower(), *match.span(), _attributes(html, *match.span("rest")))
    return None


def _is_suspect(html: str, start: int, end: int) -> bool:
    return any(not _PLAIN.fullmatch(found[0]) for found in _SUSPECT.finditer(html, start, end))


def _attributes(html: str, start: int, end: int) -> tuple[Attribute, ...]:
    return tuple(
        Attribute(
            match["name"].lower(),
            unescape(next(filter(None, match.group("double", "single", "bare")), "")),
            *match.span(),
        )
        for match in _ATTRIBUTE.finditer(html, start, end)
    )


def is_data(script: HtmlTag) -> bool:
    """Whether a script element contains data, not code."""
    return bool(_DATA.fullmatch((script.get("type") or "").strip().lower()))


def runs(tag: HtmlTag, attribute: Attribute) -> str:
    """What an attribute of the tag would run, in words, or ""."""
    if re.match(r"on[a-z]", attribute.name):
        return f"the handler `{attribute.name}`"
    if attribute.name == "srcdoc":
        return "`srcdoc`, a page within the page"
    if scheme := _RUNS.search(re.sub(r"[\x00-\x20]", "", _address(tag, attribute))):
        return f"a `{scheme[1].lower()}` address in `{attribute.name}`"
    return ""


def _address(tag: HtmlTag, attribute: Attribute) -> str:
    """The address in the attribute, or ""."""
    name, value = attribute.name, attribute.value
    if name == "content":
        return (
            value[value.lower().find("url=") + len("url=") :].lstrip(" '\"") if tag.get("http-equiv") else ""
        )
    return value if name in _LEADS or (tag.name in _MOVING and name in {"to", "from", "values"}) else ""


def place(html: str, at: int) -> tuple[int, int]:
    """Line and column, from 1."""
    return html.count("\n", 0, at) + 1, at - (html.rfind("\n", 0, at) + 1) + 1
