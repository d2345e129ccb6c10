"""Addresses between pages: always relative, so that a site works below any path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["directory", "file", "source"]


@dataclass(frozen=True, slots=True)
class Urls:
    """The form of links that the engine needs.

    `form`: pages are served as `a/b/` (directory) or `a/b.html` (file), as MkDocs' `use_directory_urls` says; or the engine
    resolves links itself and needs paths of sources, `a/b.md` (source). `served`: the form of addresses that readers see, if
    `form` is "source".
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
        """The form for files that the engine copies unchanged: addresses that readers can follow."""
        return Urls(self.served) if self.form == "source" else self

    def way(self, here: str) -> Way:
        """The links from a page to other pages."""
        at = self.of(here)
        steps = at.split("/")[:-1]
        above = tuple(
            ("/".join((*steps[:depth], "")), "../" * (len(steps) - depth))
            for depth in range(len(steps), 0, -1)
        )
        return Way(self, here, above, "../" * len(steps))

    def href(self, source: str, target: str, anchor: str = "") -> str:
        """The link from one page to another, or within a page."""
        return self.way(source).href(target, anchor)

    def to(self, source: str, address: str) -> str:
        """The link from a page to an address below the site's root."""
        return self.way(source).to(address)


@dataclass(frozen=True, slots=True)
class Way:
    """Links from one page, `here`. `above`: the folders that contain it, innermost first, each with the path up to it."""

    urls: Urls
    here: str
    above: tuple[tuple[str, str], ...]
    root: str

    def href(self, target: str, anchor: str = "") -> str:
        """The link to a page, or within this page."""
        fragment = f"#{anchor}" if anchor else ""
        if target == self.here:
            return fragment or "#"
        return self.to(self.urls.of(target)) + fragment

    def to(self, address: str) -> str:
        """The link to an address below the site's root."""
        for folder, up in self.above:
            if address.startswith(folder):
                return up + address[len(folder) :] or "./"
        return self.root + address or "./"
