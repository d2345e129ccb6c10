"""Addresses for machines: absolute where `site_url` is set, else relative to the page that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dossierkit.site.interface import Site
from dossierkit.site.urls import Way


@dataclass(frozen=True)
class Addresses:
    """As they stand on the page `here` (a path below docs_dir), in the form that readers are served."""

    site: Site
    here: str

    def page(self, path: str, anchor: str = "") -> str:
        """The address of a page, or of a place in it."""
        fragment = f"#{anchor}" if anchor else ""
        return self.file(self._way.urls.of(path)) + fragment

    def file(self, address: str) -> str:
        """The address of what stands at `address` below the site's root."""
        known = self.site.publication.address
        return known + address if known else self._way.to(address)

    @cached_property
    def _way(self) -> Way:
        return self.site.urls.as_served().way(self.here)
