"""Finish a page: move inline scripts and styles into files, add the policy, mark its section in the navigation.

Engines and themes write inline scripts and styles, which a strict Content-Security-Policy blocks. Those written by
templates, and signed, move into files named by content hash, with every engine. Anything else that would run is an
error. Styles in content move too, because Markdown writes them for tables; the sanitizer removes them from articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
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
# The text before is matched separately: patterns that begin with letters are found fast. No event name has 32 letters.
_HANDLER = re.compile(rb"on[a-z]{2,32}+\s*+=")
_ACTION = re.compile(rb"action\s*+=")  # of a form, or `formaction` of a button
_REACHES = re.compile(rf"<(?:{'|'.join(sorted(inline.REACHING - {'button', 'form', 'input'}))})".encode())
_CODED = re.compile(rb"&(?:#(?!39;|34;|x27;)|colon;|tab;|newline;)")


_INERT = (b'<script src="', b'<script type="application/ld+json">')
_BEFORE = (b"", *(bytes([one]) for one in b" \t\n\f\r\"'/"))
_start = methodcaller("start")


@dataclass(frozen=True, slots=True)
class Finished:
    """A page's HTML, the files it now refers to by path on the site, and forbidden code found in it."""

    html: str
    files: dict[str, str] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()


def finish(
    html: str, address: str, policy: str = "", signature: str = "", *, trusted: bool = False
) -> Finished:
    """Finish one page. `address`: from the site's root (`articles/x/`); `policy`: put into its head, or "".

    `signature`: of the page's templates. `trusted`: everything outside the content is the theme's, signed or not. A page
    whose templates set a policy keeps it.
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
    """Whether finishing does not depend on text like this: nothing in it is moved, refused, or taken for the theme's.

    `content`: whether the text is the content of the page.
    """
    small = text.encode(errors="replace").lower()  # searching words in bytes is far faster than the pattern
    if (scripts := small.count(b"<script")) and scripts > sum(map(small.count, _INERT)):
        return False
    if content and (_REACHES.search(small) or any(map(partial(_begins, small), _actions(small)))):
        return False
    if any(map(partial(_begins, small), map(_start, _HANDLER.finditer(small)))):
        return False
    if any(small.rfind(b"<", 0, at) > small.rfind(b">", 0, at) for at in map(_start, _CODED.finditer(small))):
        return False
    return not any(sign in small for sign in _SIGNS) or not _TOUCHED.search(text)


def _actions(small: bytes) -> Iterator[int]:
    for at in map(_start, _ACTION.finditer(small)):
        yield at - 4 if small[max(0, at - 4) : at] == b"form" else at


def _begins(small: bytes, at: int) -> bool:
    """Whether a name at this offset may be that of an attribute."""
    return small[max(0, at - 1) : at] in _BEFORE


def finish_site(site: Path, docs: Path, policy: str, signature: str, *, trusted: bool) -> None:
    """Finish every page below `site`, except files copied unchanged from `docs`. Raises DiagnosticsError."""
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
    """Write texts by path below the folder."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def with_script(html: str, address: str, path: str) -> str:
    """The page with a deferred script of the site. `path`: from the site's root."""
    before, _, after = html.rpartition("</body>")
    return (
        f'{before}<script src="{_root(html, address)}{path}" defer></script></body>{after}'
        if before
        else html
    )


def _root(html: str, address: str) -> str:
    """Relative path from the page to the site's root; absolute on the page for errors."""
    found = _ROOT.search(html)
    return found[1] if found else "../" * address.count("/")


def _states_policy(tag: HtmlTag, html: str, signed: str = "") -> bool:
    """Whether the page's head contains a policy."""
    return (
        tag.name == "meta"
        and (tag.get(f"{signed}http-equiv") or "").lower() == _POLICY
        and (html.find("<body") > tag.start or "<body" not in html)
    )


def _with_policy(html: str, policy: str) -> str:
    """Insert the policy directly after the charset, before anything that it governs, in any page however incomplete."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'
    start = _HEAD.search(html) or _START.match(html)
    assert start
    return f"{html[: start.end()]}\n      {meta}{html[start.end() :]}"


def _with_section(html: str, address: str) -> str:
    """Mark the page's entry in the navigation, or if it has none, the entry of its index."""
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
    """`/articles/` for any form of a folder's index address; other addresses unchanged."""
    return f"{dirname(address)}/".replace("//", "/") if address.endswith(("/", "/index.html")) else address


def _marked(html: str, link: re.Match[str], current: str) -> str:
    marked = f'<a href="{link[1]}" class="md-nav__link md-nav__link--active" aria-current="{current}"'
    return html[: link.start()] + marked + html[link.end() :]
