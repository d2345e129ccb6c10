"""Move inline code that templates wrote into files named by content hash, and report other code that would run."""

from __future__ import annotations

import hashlib
import re

from dossierkit.theme import inline, reaching
from dossierkit.theme.inline import Attribute, HtmlTag
from dossierkit.theme.signature import own, unsigned

FOLDER = "assets/dossierkit/moved/"
_CONTENT = re.compile(r'<article class="md-content__inner.*</article>', re.DOTALL)
_CLASSED = re.compile(r"""(\sclass\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_ADVICE = "put scripts into a file that `extra_javascript` names, or into templates/"
_RUNS = {"", "text/javascript", "application/javascript", "module"}


class Moving:
    """State for one page. `moved`: files that it now refers to, by path on the site. `problems`: position and description
    of code that no template wrote.
    """

    def __init__(self, html: str, root: str, signature: str, policy: str, *, trusted: bool) -> None:
        self._html, self._root, self._signature, self._trusted = html, root, signature, trusted
        self._policy = policy
        content = _CONTENT.search(html)
        self._content = content.span() if content else (0, 0)
        self._pieces: list[str] = []
        self._done = 0
        self._sheets: dict[str, None] = {}
        self._rules: dict[str, None] = {}
        self.moved: dict[str, str] = {}
        self.problems: list[tuple[tuple[int, int], str]] = []

    def take(self, tag: HtmlTag) -> None:
        start, end = self._content
        inside = start <= tag.start < end
        signed = tag.get(own(self._signature)) is not None
        if inside and (what := reaching.sends(tag, self._policy)):
            self._refuse(tag.start, what, reaching.ADVICE)
        if tag.name == inline.CDATA and not self._trusted:
            self._refuse(tag.start, "a CDATA section, which no page needs")
        if tag.name == "script":
            self._script(tag, theirs=signed or (self._trusted and not inside))
        elif tag.name == "style" and tag.text:
            self._sheet(tag, theirs=signed or inside or self._trusted)
        for attribute in {
            one.name: one for one in reversed(tag.attributes)
        }.values():  # of two equal attributes browsers use the first
            self._attribute(tag, attribute, inside=inside)

    def html(self) -> str:
        """The page, with a link to its extracted styles."""
        html = "".join((*self._pieces, self._html[self._done :]))
        rules = {**self._sheets, **self._rules}
        if not rules:
            return html
        path = self._move("\n".join((*rules, "")), "css")
        link = f'<link rel="stylesheet" href="{self._root}{path}">'
        return html.replace("</head>", f"  {link}\n  </head>", 1)

    def _script(self, tag: HtmlTag, *, theirs: bool) -> None:
        if tag.get("src") is not None or not tag.text.strip():
            return
        if theirs and (tag.get("type") or "").lower() in _RUNS:
            opening = self._html[tag.start : tag.inner - 1]
            path = self._move(unsigned(tag.text, self._signature), "js")
            self._put(tag.start, tag.end, f'{opening} src="{self._root}{path}"></script>')
        elif not (theirs or self._trusted or inline.is_data(tag)):
            self._refuse(tag.start, "a script that no template wrote")

    def _sheet(self, tag: HtmlTag, *, theirs: bool) -> None:
        if theirs:
            self._sheets[unsigned(tag.text, self._signature).strip()] = None
            self._put(tag.start, tag.end, "")
        else:
            self._refuse(tag.start, "a style sheet that no template wrote")

    def _attribute(self, tag: HtmlTag, attribute: Attribute, *, inside: bool) -> None:
        if attribute.name == f"{self._signature}-style" or (
            attribute.name == "style" and (inside or self._trusted)
        ):
            self._put(tag.start, tag.end, self._classed(tag, attribute))
        elif attribute.name == "style":
            self._refuse(attribute.start, "the attribute `style`, which no template wrote")
        elif not self._trusted and (what := inline.runs(tag, attribute)):
            self._refuse(attribute.start, f"{what}, which no template wrote")

    def _refuse(self, at: int, what: str, advice: str = _ADVICE) -> None:
        message = (
            f"the page holds {what}: text of an article cannot, so look for HTML in a record, a dossier or a page of your own; "
            f"{advice}"
        )
        self.problems.append((inline.place(self._html, at), message))

    def _put(self, start: int, end: int, text: str) -> None:
        self._pieces += (self._html[self._done : start], text)
        self._done = end

    def _move(self, text: str, ending: str) -> str:
        path = f"{FOLDER}{hashlib.sha256(text.encode()).hexdigest()[:12]}.{ending}"
        self.moved[path] = text
        return path

    def _classed(self, tag: HtmlTag, styled: Attribute) -> str:
        """The tag with a class for its style; the rule has precedence over any style sheet, like the attribute had."""
        style = unsigned(styled.value, self._signature).strip().rstrip(";")
        before = self._html[tag.start : styled.start].rstrip()
        rest = before + self._html[styled.end : tag.end]
        if not style or re.search(r"[{}<]", style):
            return rest
        name = f"dk-s-{hashlib.sha256(style.encode()).hexdigest()[:8]}"
        self._rules[f".{name}:not(#_):not(#_) {{{style}}}"] = None
        if found := _CLASSED.search(rest):
            names = next((value for value in found.groups()[1:] if value is not None), "")
            return f'{rest[: found.start()]}{found[1]}"{names} {name}"{rest[found.end() :]}'
        opening = re.match(r"<[^\s/>]+", rest)
        assert opening
        return f'{opening[0]} class="{name}"{rest[opening.end() :]}'
