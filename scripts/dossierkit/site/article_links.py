"""Links that an article's text itself holds: to other pages and files of the repository."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape, unescape
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from dossierkit.site.urls import Urls

_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
"""A start tag. What a text shows as one has `&lt;`."""
_ATTRIBUTE = re.compile(r"""(?<=\s)([^\s"'<>/=]+)=(?:"([^"]*)"|'[^']*')""")


class Links(NamedTuple):
    """What relative addresses may lead to: `pages` and `files` are paths below content/."""

    urls: Urls
    pages: Collection[str]
    files: Collection[str]

    def resolve(self, html: str, page: str) -> tuple[str, tuple[str, ...]]:
        """Relative addresses rewritten from the source tree's to the site's, and those that lead nowhere."""
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
        """The address on the site; empty when it is no relative path; None when nothing is there."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return ""
        target = normpath(join(dirname(page), unquote(parts.path)))
        if target in self.pages:
            return self.urls.href(page, target, parts.fragment)
        return self.urls.to(page, quote(target)) if target in self.files else None
