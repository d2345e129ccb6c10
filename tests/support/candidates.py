"""The candidates of a repository, as the index of an editing session has them."""

from __future__ import annotations

from dossierkit.workflow.editing.index import SiteIndex


def derived(root):
    """The candidates for the names without a record, as editors are asked about them."""
    index = SiteIndex(root)
    index.refresh()
    index.derive()
    return index.found
