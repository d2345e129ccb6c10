"""How to verify the site: in the browser, with Dossierkit, or by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes
from dossierkit.store.site_manifest import FOLDER, PATH

_SCRIPT = "assets/dossierkit/verify.js"
_BY_SCRIPT = (
    "stop", "insecure", "disk", "no_list", "progress", "same", "differ", "stopped", "wrong_list", "changed", "gone", "unread",
)  # fmt: skip
_BY_HAND = f"find . -type f ! -path './{FOLDER}/dossier.json*' -printf '%P\\0' | xargs -0 sha256sum | LC_ALL=C sort | sha256sum"


def every(frame: Context) -> Iterator[Later]:
    yield indexes.later(frame, "verify", _values)


def _values(frame: Context, listing: Listing) -> dict[str, Any]:
    served = frame.site.urls.as_served()
    return {
        "words": {name.replace("_", "-"): frame.t(f"verify.{name}") for name in _BY_SCRIPT},
        "manifest": served.to(listing.here, PATH),
        "script": served.to(listing.here, _SCRIPT),
        "command": f"dossier verify --site {frame.site.publication.address or 'https://…'}",
        "by_hand": _BY_HAND,
    }
