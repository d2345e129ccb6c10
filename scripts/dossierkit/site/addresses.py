"""Addresses for programs: absolute if `site_url` is set, otherwise relative to the page that contains them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dossierkit.site.interface import Site
from dossierkit.site.urls import Way


@dataclass(frozen=True)
class Addresses:
    """Makes addresses for the page `here` (a path below docs_dir), in the form in which readers request them."""

    site: Site
    here: str

    def page(self, path: str, anchor: str = "") -> str:
        """The address of a page, or of the element `anchor` in it."""
        fragment = f"#{anchor}" if anchor else ""
        return self.file(self._way.urls.of(path)) + fragment

    def relative(self, path: str, anchor: str = "") -> str:
        """The same, relative to this page, for data that state its address as their base."""
        return f"#{anchor}" if anchor and path == self.here else self._way.to(self._way.urls.of(path))

    def file(self, address: str) -> str:
        """The address of a file whose path below the site's root is `address`."""
        known = self.site.publication.address
        return known + address if known else self._way.to(address)

    @cached_property
    def _way(self) -> Way:
        return self.site.urls.as_served().way(self.here)
