"""A page as an engine made it -> as readers get it: nothing inline in it, and its section marked in the navigation.

Engines and their theme write scripts and styles into pages, which a strict Content-Security-Policy refuses to run. Here
each moves into a file named by what it holds, the same for every engine. What stands in the content of a page does not
move: only templates may bring scripts, and a script that slipped through with a source stays dead.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from posixpath import dirname
from urllib.parse import urljoin

FOLDER = "assets/dossierkit/moved/"
_CONTENT = re.compile(r'<article class="md-content__inner.*</article>', re.DOTALL)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_STYLED = re.compile(r"""\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_CLASSED = re.compile(r"""(\sclass\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_ROOT = re.compile(r"""(?:href|src)="([^"]*?)assets/(?:dossierkit|stylesheets|javascripts)/""")
_CHARSET = re.compile(r"<head>(?:\s*<meta charset[^>]*>)?", re.IGNORECASE)
_NAV = re.compile(r'<a href="([^"]*)" class="md-nav__link( md-nav__link--active)?"')
_POLICY = 'http-equiv="Content-Security-Policy"'
_TOUCHED = re.compile(
    r"<style\b|\sstyle\s*=|md-nav__link|</head>|md-content__inner|Content-Security-Policy", re.IGNORECASE
)
_SIGNS = (b"style", b"md-", b"/head>", b"security-policy")
_RUNS = {"", "text/javascript", "application/javascript", "module"}


@dataclass(frozen=True, slots=True)
class Finished:
    """A page's HTML, and the files it now asks for by their path on the site."""

    html: str
    files: dict[str, str] = field(default_factory=dict)


def finish(html: str, address: str, policy: str = "") -> Finished:
    """`address`: where the page stands, from the site's root (`articles/x/`); `policy`: put into its head, if any.

    A page that brings a policy of its own is left as it is.
    """
    if _POLICY in html:
        return Finished(html)
    root = _root(html, address)
    moved: dict[str, str] = {}
    html = _without_scripts(html, root, moved)
    html = _without_styles(html, root, moved)
    html = _with_section(html, address)
    if policy:
        meta = f'<meta {_POLICY} content="{escape(policy, quote=False)}">'
        html = _CHARSET.sub(lambda match: f"{match[0]}\n      {meta}", html, count=1)
    return Finished(html, moved)


def leaves(text: str) -> bool:
    """Whether a page is finished alike with any such text as its content: nothing in it is moved, or taken for the theme's."""
    small = text.encode(
        errors="replace"
    ).lower()  # looking for words in bytes is far faster than for the pattern
    return not any(sign in small for sign in _SIGNS) or not _TOUCHED.search(text)


def finish_site(site: Path, docs: Path, policy: str) -> None:
    """Finish every page below `site`, but what was copied from `docs` as it is."""
    moved: dict[str, str] = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if not (docs / path).is_file():
            done = finish(file.read_text(encoding="utf-8"), path.removesuffix("index.html"), policy)
            moved |= done.files
            file.write_text(done.html, encoding="utf-8", newline="\n")
    write_files(site, moved)


def write_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Texts by their path below the folder."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def _root(html: str, address: str) -> str:
    """The way from the page to the site's root as its theme writes it: absolute on the page for what is not found."""
    found = _ROOT.search(html)
    return found[1] if found else "../" * address.count("/")


def _move(text: str, ending: str, moved: dict[str, str]) -> str:
    path = f"{FOLDER}{hashlib.sha256(text.encode()).hexdigest()[:12]}.{ending}"
    moved[path] = text
    return path


def _without_scripts(html: str, root: str, moved: dict[str, str]) -> str:
    content = _CONTENT.search(html)
    start, end = content.span() if content else (0, 0)

    def out(match: re.Match[str]) -> str:
        attributes, code = match.groups()
        kind = _TYPE.search(attributes)
        runs = (kind[1].lower() if kind else "") in _RUNS
        if (
            not runs
            or not code.strip()
            or re.search(r"\bsrc\s*=", attributes)
            or start <= match.start() < end
        ):
            return match[0]
        return f'<script{attributes} src="{root}{_move(code, "js", moved)}"></script>'

    return _SCRIPT.sub(out, html)


def _without_styles(html: str, root: str, moved: dict[str, str]) -> str:
    rules: dict[str, None] = {}

    def out(match: re.Match[str]) -> str:
        rules[match[1].strip()] = None
        return ""

    def named(match: re.Match[str]) -> str:
        styled = _STYLED.search(match[0])
        return _classed(match[0], styled, rules) if styled else match[0]

    html = _STYLE.sub(out, html)
    if _STYLED.search(html):
        html = _TAG.sub(named, html)
    if not rules:
        return html
    path = _move("\n".join((*rules, "")), "css", moved)
    link = f'<link rel="stylesheet" href="{root}{path}">'
    return html.replace("</head>", f"  {link}\n  </head>", 1)


def _classed(tag: str, styled: re.Match[str], rules: dict[str, None]) -> str:
    """The tag with a class for its style; the rule weighs more than any of a style sheet, as the attribute did."""
    style = unescape(next(filter(None, styled.groups()), "")).strip().rstrip(";")
    rest = tag[: styled.start()] + tag[styled.end() :]
    if not style or re.search(r"[{}<]", style):
        return rest
    name = f"dk-s-{hashlib.sha256(style.encode()).hexdigest()[:8]}"
    rules[f".{name}:not(#_):not(#_) {{{style}}}"] = None
    if found := _CLASSED.search(rest):
        names = next((value for value in found.groups()[1:] if value is not None), "")
        return f'{rest[: found.start()]}{found[1]}"{names} {name}"{rest[found.end() :]}'
    opening = re.match(r"<[^\s/>]+", rest)
    assert opening
    return f'{opening[0]} class="{name}"{rest[opening.end() :]}'


def _with_section(html: str, address: str) -> str:
    """Mark the page's own entry of the navigation; where it has none, the entry of the index that it belongs to."""
    links = list(_NAV.finditer(html))
    own = [link for link in links if link[2]]
    if own:
        return _marked(html, own[0], "page")
    sections = [(_folder(urljoin(f"/{address}", link[1])), link) for link in links]
    above = [
        (folder, link) for folder, link in sections if folder != "/" and f"/{address}".startswith(folder)
    ]
    return _marked(html, max(above, key=lambda one: len(one[0]))[1], "true") if above else html


def _folder(address: str) -> str:
    """`/articles/` for the index of a folder, whichever way its address is written; the page's own address for others."""
    return f"{dirname(address)}/".replace("//", "/") if address.endswith(("/", "/index.html")) else address


def _marked(html: str, link: re.Match[str], current: str) -> str:
    marked = f'<a href="{link[1]}" class="md-nav__link md-nav__link--active" aria-current="{current}"'
    return html[: link.start()] + marked + html[link.end() :]
