"""What `dossier add` says in a site of MkDocs that does not use the plugin, and so has no page of what is added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from dossierkit.store.settings_file import plugins, written

_PLUGIN = "dossier"
_CODE = "D146"


def hint(root: Path) -> Iterator[str]:
    """A line if mkdocs.yml lacks the plugin, and does not name the rule of `dossier check` about it.

    The file is read, not carried out: adding needs no plugin or hook of the site. One that cannot be read is left to `dossier check`.
    """
    try:
        texts = written(root / "mkdocs.yml").values()
        lacks = _PLUGIN not in plugins(texts)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return
    if lacks and not any(_CODE in text for text in texts):
        yield f"the site has no page of these articles: `plugins` in mkdocs.yml lacks `dossier`: add `- dossier` ({_CODE})"
