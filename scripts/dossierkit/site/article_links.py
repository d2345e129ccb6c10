"""Links in an article's own text to other pages and files of the repository."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape, unescape
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.page import ArticlePage
from dossierkit.site.urls import Urls

_PAGE = ".md"
_TAG = re.compile(r"""<[a-zA-Z](?>(?:[^<>"']++|"[^"]*+"|'[^']*+')*)>""")
"""A start tag. A literal `<` in an article's text is escaped as `&lt;`, so it never matches."""
_ATTRIBUTE = re.compile(r"""(?<=\s)([^\s"'<>/=]+)=(?:"([^"]*)"|'[^']*')""")


class Links(NamedTuple):
    """The targets that relative links may have: `pages` and `files` are paths below content/."""

    urls: Urls
    pages: Collection[str]
    files: Collection[str]

    def resolve(self, html: str, page: str) -> tuple[str, tuple[str, ...]]:
        """Return `html` with relative addresses rewritten from the source tree's to the site's, and the broken addresses."""
        if '="' not in html:  # most texts have no attribute at all
            return html, ()
        broken: list[str] = []

        def replaced(match: re.Match[str]) -> str:
            if match[1] not in {"href", "src"} or match[2] is None:
                return match[0]
            link = self._link(unescape(match[2]), page)
            if link is None:
                broken.append(unescape(match[2]))
            return f'{match[1]}="{escape(link)}"' if link else match[0]

        return _TAG.sub(lambda tag: _ATTRIBUTE.sub(replaced, tag[0]), html), tuple(broken)

    def _link(self, address: str, page: str) -> str | None:
        """The address on the site; empty if `address` is not a relative path; None if it leads to no page or file."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return ""
        target = normpath(join(dirname(page), unquote(parts.path)))
        page_of_engine = target in self.files and target.endswith(_PAGE)
        if target in self.pages or page_of_engine:
            return self.urls.href(page, target, parts.fragment)
        return self.urls.to(page, quote(target)) if target in self.files else None


def broken(page: ArticlePage, address: str) -> Diagnostic:
    """D304 for an address in the text of an article."""
    message = f"the link `{address}` leads to no page or file: correct it"
    return Diagnostic(page.path, page.body_line, 1, "D304", message)
