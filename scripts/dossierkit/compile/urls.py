"""Addresses between pages: always relative, so that a site works below any path."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, normpath
from typing import Literal

Form = Literal["directory", "file", "source"]


@dataclass(frozen=True, slots=True)
class Urls:
    """How the engine wants its links.

    `form`: pages are served as `a/b/` (directory) or `a/b.html` (file), as MkDocs' `use_directory_urls` says; or the
    engine resolves links itself and is given paths of sources, `a/b.md` (source). `served`: the form of the addresses
    that readers see, where the engine is given sources.
    """

    form: Form = "directory"
    served: Form = "directory"

    def of(self, page: str) -> str:
        """The address of a page (`articles/2016/x.md`) from the site's root; empty for the home page."""
        if self.form == "source":
            return page
        stem = page.removesuffix(".md")
        if stem == "index":
            return ""
        if self.form == "file":
            return f"{stem}.html"
        return f"{stem.removesuffix('index').rstrip('/')}/" if stem.endswith("/index") else f"{stem}/"

    def served_at(self, page: str) -> str:
        """The address that readers see, from the site's root."""
        return self.as_served().of(page)

    def as_served(self) -> Urls:
        """For what the engine copies as it is: addresses that readers can follow."""
        return Urls(self.served) if self.form == "source" else self

    def href(self, source: str, target: str, anchor: str = "") -> str:
        """The link from one page to another, or within it."""
        fragment = f"#{anchor}" if anchor else ""
        if source == target:
            return fragment or "#"
        return self.to(source, self.of(target)) + fragment

    def to(self, source: str, address: str) -> str:
        """The link from a page to an address below the site's root."""
        here = self.of(source)
        folder = here.rstrip("/") if here.endswith("/") else dirname(here)
        link = _relative(address or ".", folder or ".")
        return f"{link}/" if address.endswith("/") or not address else link


def _relative(target: str, start: str) -> str:
    """As `posixpath.relpath`, of paths below one root, without asking the system where it stands."""
    there, here = _steps(target), _steps(start)
    common = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        common += 1
    return "/".join([".."] * (len(here) - common) + list(there[common:])) or "."


@lru_cache(maxsize=65_536)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for step in normpath(path).split("/") if step not in ("", "."))
