"""The Content-Security-Policy of the pages; the only module that writes it.

Directives: https://www.w3.org/TR/CSP3/. Only as an HTTP header it can contain `frame-ancestors`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_STRICT: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),  # the theme's style sheets have icons as data URLs
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
}
DIRECTIVES = frozenset(_STRICT) | {
    *"connect-src font-src frame-src manifest-src media-src worker-src script-src-elem script-src-attr".split(),
    *"style-src-elem style-src-attr child-src upgrade-insecure-requests".split(),
}


def policy(asked: object) -> str:
    """The policy as one line; "" if `asked` (`extra.dossier.csp`) is false.

    `asked` true is the strict policy; a mapping adds sources to its directives: `{img-src: https://tiles.example.org}`.
    """
    if asked is False:
        return ""
    sources = {name: list(values) for name, values in _STRICT.items()}
    for name, values in asked.items() if isinstance(asked, Mapping) else ():
        sources.setdefault(str(name), ["'self'"]).extend(_clean(values))
    return "; ".join(f"{name} {' '.join(_unique(values))}".strip() for name, values in sources.items())


def framed(asked: object) -> str:
    """The policy of pages for frames on other sites: they run nothing, whatever the site permits its own pages.

    Which sites may frame them can only be set by a header (`frame-ancestors`).
    """
    if asked is False:
        return ""
    own = ("img-src 'self' data:", "style-src 'self'", "font-src 'self'")
    return "; ".join(("default-src 'none'", *own, "base-uri 'none'", "form-action 'none'"))


def _clean(values: object) -> list[str]:
    """Sources without characters that would end the directive or its attribute."""
    listed = values if isinstance(values, (list, tuple)) else [values]
    return [word for value in listed for word in re.sub(r"[;,\"<>]", " ", str(value)).split()]


def _unique(values: Sequence[str]) -> list[str]:
    """Distinct sources; `'none'` only alone."""
    wanted = list(dict.fromkeys(values))
    return [value for value in wanted if value != "'none'"] or wanted
