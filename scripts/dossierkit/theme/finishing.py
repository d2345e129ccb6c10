"""A page as an engine made it -> as readers get it: nothing inline in it, its policy set, its section marked in the navigation.

Engines and their theme write scripts and styles into pages, which a strict Content-Security-Policy refuses to run. Here
those that the templates wrote, and signed, move into files named by what they hold, the same for every engine. Nothing
else does: whatever else would run is an error, wherever it came from. Styles of the content move too, since Markdown
writes them into tables; the sanitizer lets none of an article's through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from operator import methodcaller
from pathlib import Path
from posixpath import dirname
from urllib.parse import urljoin

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.theme import inline
from dossierkit.theme.inline import HtmlTag
from dossierkit.theme.moving import Moving
from dossierkit.theme.signature import new, unsigned

_ROOT = re.compile(r"""(?:href|src)="([^"]*?)assets/(?:dossierkit|stylesheets|javascripts)/""")
_NAV = re.compile(r'<a href="([^"]*)" class="md-nav__link( md-nav__link--active)?"')
_HEAD = re.compile(r"<head(?=[\s>])[^>]*>(?:\s*<meta charset[^>]*>)?", re.IGNORECASE)
_START = re.compile(r"\s*+(?:<!doctype[^>]*+>\s*+)?(?:<html(?=[\s>])[^>]*+>)?", re.IGNORECASE)
_POLICY = "content-security-policy"
_TOUCHED = re.compile(
    r"""<style\b|[\s"'/](?:style|srcdoc)\s*=|script:|md-nav__link|</head>|md-content__inner""", re.IGNORECASE
)
_SIGNS = (b"style", b"md-", b"/head>", b"script:", b"srcdoc")
# What may stand before it is looked at apart: a pattern that begins with letters is found fast. No event has a name of 32.
_HANDLER = re.compile(rb"on[a-z]{2,32}+\s*+=")
_REACHES = re.compile(
    rf"<(?:{'|'.join(sorted(inline.REACHING - {'button', 'form', 'input'}))})|action".encode()
)
_CODED = re.compile(rb"&(?:#(?!39;|34;|x27;)|colon;|tab;|newline;)")


_INERT = (b'<script src="', b'<script type="application/ld+json">')
_BEFORE = (b"", *(bytes([one]) for one in b" \t\n\f\r\"'/"))
_start = methodcaller("start")


@dataclass(frozen=True, slots=True)
class Finished:
    """A page's HTML, the files it now asks for by their path on the site, and what was found in it that must not be there."""

    html: str
    files: dict[str, str] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()


def finish(
    html: str, address: str, policy: str = "", signature: str = "", *, trusted: bool = False
) -> Finished:
    """`address`: where the page stands, from the site's root (`articles/x/`); `policy`: put into its head, if any.

    `signature`: as the page's templates were signed with. `trusted`: all that is written outside of the content is the
    theme's, signed or not. A page whose templates state a policy of their own is left as it is.
    """
    signature = signature or new()
    found = tuple(inline.tags(html))
    work = Moving(html, _root(html, address), signature, policy, trusted=trusted)
    for tag in found:
        work.take(tag)
    if work.problems:
        path = f"{address}index.html" if address.endswith("/") or not address else address
        return Finished(html, {}, tuple(Diagnostic(path, *at, "D150", text) for at, text in work.problems))
    if any(_states_policy(tag, html, f"{signature}-") for tag in found):
        return Finished(unsigned(html, signature))
    if trusted and any(_states_policy(tag, html) for tag in found):
        policy = ""
    html = _with_section(unsigned(work.html(), signature), address)
    return Finished(_with_policy(html, policy) if policy else html, work.moved)


def leaves(text: str, *, content: bool = False) -> bool:
    """Whether a page is finished alike with any such text: nothing in it is moved, refused, or taken for the theme's.

    `content`: the text is the page's content.
    """
    small = text.encode(
        errors="replace"
    ).lower()  # looking for words in bytes is far faster than for the pattern
    if small.count(b"<script") > sum(map(small.count, _INERT)):
        return False
    if content and _REACHES.search(small):
        return False
    if any(small[found.start() - 1 : found.start()] in _BEFORE for found in _HANDLER.finditer(small)):
        return False
    if any(small.rfind(b"<", 0, at) > small.rfind(b">", 0, at) for at in map(_start, _CODED.finditer(small))):
        return False
    return not any(sign in small for sign in _SIGNS) or not _TOUCHED.search(text)


def finish_site(site: Path, docs: Path, policy: str, signature: str = "", *, trusted: bool = False) -> None:
    """Finish every page below `site`, but what was copied from `docs` as it is. Raises DiagnosticsError."""
    moved: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if not (docs / path).is_file():
            html = file.read_text(encoding="utf-8")
            done = finish(html, path.removesuffix("index.html"), policy, signature, trusted=trusted)
            moved |= done.files
            problems += done.problems
            file.write_text(done.html, encoding="utf-8", newline="\n")
    if problems:
        raise DiagnosticsError(problems)
    write_files(site, moved)


def write_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Texts by their path below the folder."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def with_script(html: str, address: str, path: str) -> str:
    """The page with a script of the site that runs when all of it is there. `path`: from the site's root."""
    before, _, after = html.rpartition("</body>")
    return (
        f'{before}<script src="{_root(html, address)}{path}" defer></script></body>{after}'
        if before
        else html
    )


def _root(html: str, address: str) -> str:
    """The way from the page to the site's root as its theme writes it: absolute on the page for what is not found."""
    found = _ROOT.search(html)
    return found[1] if found else "../" * address.count("/")


def _states_policy(tag: HtmlTag, html: str, signed: str = "") -> bool:
    """Whether it is a policy in the page's head."""
    return (
        tag.name == "meta"
        and (tag.get(f"{signed}http-equiv") or "").lower() == _POLICY
        and (html.find("<body") > tag.start or "<body" not in html)
    )


def _with_policy(html: str, policy: str) -> str:
    """The policy right behind the charset, before anything that it is to rule; in any page, however little of one."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'
    start = _HEAD.search(html) or _START.match(html)
    assert start
    return f"{html[: start.end()]}\n      {meta}{html[start.end() :]}"


def _with_section(html: str, address: str) -> str:
    """Mark the page's own entry of the navigation; where it has none, the entry of the index that it belongs to."""
    if 'md-nav__link--active" aria-current="' in html:
        return html
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
